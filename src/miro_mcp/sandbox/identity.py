"""The ids that stay the same in every sandbox: its organization, where the caller works, and who the caller is."""

ORGANIZATION_ID = "3074457345618265001"
TEAM_ID = "3074457345618265101"
"""The team that a new board or a new person belongs to unless the call says otherwise."""
USER_ID = "3074457345618265201"
"""The person that the token stands for."""
