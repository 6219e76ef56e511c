"""Prompts for the administrators of an organization, as data."""

from .prompt import Argument, Prompt

_ORGANIZATION = Argument(name="org_id", description="The organization's id", completes="organization")

ACCESS_REVIEW = Prompt(
    name="access_review",
    title="Review access in an organization",
    description="Who can see which board, what is open, and what to look into; reads only (Enterprise plan)",
    arguments=(
        _ORGANIZATION,
        Argument(
            name="focus",
            description="What to look at",
            default="everything",
            completes=("everything", "public boards", "guests and outside domains", "deactivated people"),
        ),
    ),
    text="""\
Review who has access to what in Miro organization $org_id. Look at: $focus. Read only; change nothing.

1. `miro_access_review(budget)`: counts first, then a line a board. Where it says that something was left out, go on
   with `miro_access_review(start)`; where something was not looked at, keep that for the report.
2. For each finding that matters, `miro_access_review(only)` shows its boards, and the steps that would close it.
3. `miro_teams_read get_default_settings(org_id)`, and for teams with open boards `miro_teams_read
   get_settings(org_id, team_id)`: what the team allows explains what its boards do.
4. For a person who stands out, `miro_person_review(email)`.

Report, worst first, each with who or what, why it matters, and what to do: boards that anyone with the link may edit,
deactivated people who own boards, guests with more than reading, boards open to the whole organization that name
customers or people, groups that nobody knows.

Check at the end:
- The counts in the report are those of the first lines; what was not looked at, or left out, is said.
- No finding rests on a guess; give ids, so that it can be looked up.
- Nothing was changed. What you propose to change is a list for a person to decide on, with the steps that would do it.
- The report names people: tell the person to keep it where only those in charge can read it.
""",
)

OFFBOARDING = Prompt(
    name="offboarding",
    title="Take a person out",
    description="What somebody who leaves owns and is held by, and taking them out once a person agrees",
    arguments=(
        Argument(name="email", description="The address of the person who leaves"),
        Argument(
            name="when",
            description="When they leave",
            default="now",
            completes=("now", "at the end of the week", "only show the plan"),
        ),
    ),
    text="""\
$email leaves the Miro organization: $when. Take them out in the right order, and lose nothing.

1. `miro_person_review(email, leaving)`: what they are in and own, who inherits each board, the legal holds that name
   them, and the plan as batches. Where it says that something was left out, ask again with a larger `budget`.
2. Tell the person in charge in a few lines: how many boards pass to whom, what a legal hold would lose, what the plan
   can't do (the last admin of a team, the account itself), and what was not looked at. If legal holds were not looked
   at, or one would lose boards, somebody responsible for them has to agree first.
3. Ask whether the heirs are the right ones. For other heirs `miro_board_members_write update(board_id,
   board_member_id, role)` makes a member the owner; do that before anything is removed.
4. When they agree, and not before it is due: pass each batch to `miro_batch(steps, in_order)` without `dry_run`, one
   after the other. The server asks them itself, once a batch. Stop at the first step that fails.
5. `miro_person_review(email)` again.

Check at the end:
- They are in no team, project or user group, and own no board, but for what the plan said it can't do.
- Every board that they owned has the owner that was agreed on.
- They are signed out; whether the account is deactivated is said.
- What is left to do by hand is a list with names and ids.
""",
)
