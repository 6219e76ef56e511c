"""User-story map: activities, steps and stories by release."""

from .prompt import Argument, Prompt
from .shared import BOARD

PROMPT = Prompt(
    name="user_story_map",
    title="Draw a user-story map",
    description="Activities across, steps below them, and stories in rows by release",
    arguments=(
        BOARD,
        Argument(name="product", description="The product, who uses it, and what for"),
        Argument(
            name="releases",
            description="The rows, most urgent first",
            default="Now, Next, Later",
            completes=("Now, Next, Later", "MVP, Release 2, Someday"),
        ),
    ),
    text="""\
Draw a user-story map on Miro board $board_id for: $product
Rows: $releases.

1. Write the map down first and show it to the person: 3 to 6 activities in the order a user does them, 2 to 4 steps
   each, and for each step 1 to 3 stories ("As a …, I want …, so that …") with the row they belong to. Mark guesses as
   such, and ask before drawing if the product leaves the users or their goal open.
2. See what is on the board with `miro_board_overview(board_id)`, and choose an empty place.
3. Make a frame with `miro_frames_write create(board_id, data, position, geometry)`: 260 wide for each step plus 300,
   400 high plus 400 a row.
4. Fill it with `miro_bulk_write create(board_id, items)`, at most 20 items a call, each with the frame as its
   `parent`: activities as shapes over the width of their steps, steps as sticky notes below, stories as cards in
   their row, and the name of each row as text at the left. One column is 260 wide; leave 20 between neighbours.
5. Look at it with `miro_board_view(board_id, frame_id)`.

Check at the end:
- `miro_items_read list_in_frame(board_id, parent_item_id, max_items)` finds every activity, step and story, none
  twice.
- Every story stands below the step it belongs to, and each activity spans its steps and no others.
- The first row alone is a usable product; if it isn't, say so. Tell the person the frame's link and your guesses.
""",
)
