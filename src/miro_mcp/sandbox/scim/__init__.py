"""The directory by SCIM: the organization's people, and its teams as groups."""
