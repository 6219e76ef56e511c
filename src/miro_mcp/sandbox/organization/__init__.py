"""The organization: its people, teams, projects, and user groups with what they may reach."""

from . import (
    group_access,
    members,
    project_members,
    projects,
    team_members,
    team_settings,
    teams,
    user_group_members,
    user_groups,
)

__all__ = [
    "group_access",
    "members",
    "project_members",
    "projects",
    "team_members",
    "team_settings",
    "teams",
    "user_group_members",
    "user_groups",
]
