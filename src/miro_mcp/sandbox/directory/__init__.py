"""The directory by SCIM: the organization's people, and its teams as groups."""

from . import discovery, groups, users

__all__ = ["discovery", "groups", "users"]
