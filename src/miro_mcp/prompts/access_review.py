"""Organization access review: who can reach what, and what looks wrong about it."""

from .prompt import Argument, Prompt

PROMPT = Prompt(
    name="access_review",
    title="Review access in an organization",
    description="Members, roles, teams and sharing settings, with what to look into; reads only (Enterprise plan)",
    arguments=(
        Argument(name="org_id", description="The organization's id", completes="organization"),
        Argument(
            name="focus",
            description="What to look at",
            default="everything",
            completes=("everything", "administrators", "guests and outside domains", "sharing settings of teams"),
        ),
    ),
    text="""\
Review who has access to what in Miro organization $org_id. Look at: $focus. Read only; change nothing.

1. `miro_organizations_read get(org_id)`, then `miro_organizations_read list_members(org_id, max_items)` and the same
   by `role` for administrators. Count by role, license and active or not, and by the domain of the mail address.
2. `miro_teams_read list(org_id, max_items)`; for each team `miro_team_members_read list(org_id, team_id, max_items)`
   and `miro_teams_read get_settings(org_id, team_id)`. Compare the settings with `miro_teams_read
   get_default_settings(org_id)`.
3. `miro_user_groups_read list(org_id, max_items)`, and for groups with access to much `miro_user_group_members_read
   list(org_id, group_id, max_items)` and `miro_group_access_read list_teams_of_group(org_id, group_id, max_items)`.
4. Where boards matter: `miro_boards_read list(team_id, max_items)` and `miro_board_members_read list(board_id,
   max_items)` for those shared by link or with people outside. With many teams, sample the largest first and say how
   many you left out: each call costs credits of the rate limit.

Report, worst first, each with who or what, why it matters, and what to do: inactive people with roles, more
administrators than needed, teams without an administrator, guests or outside domains with more than reading, teams
whose sharing is wider than the default, groups nobody owns.

Check at the end:
- Totals add up: members by role equal all members; say which pages or teams you did not read.
- No finding rests on a guess; give ids, so that it can be looked up.
- Nothing was changed. What you propose to change is a list for a person to decide on, with the tool that would do it.
- The report names people: tell the person to keep it where only those in charge can read it.
""",
)
