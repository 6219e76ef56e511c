"""Retrospective: a board area to run one on."""

from .prompt import Argument, Prompt
from .shared import BOARD

PROMPT = Prompt(
    name="retrospective",
    title="Set up a retrospective",
    description="Columns with headings and room for notes, ready for a team to fill in",
    arguments=(
        BOARD,
        Argument(
            name="format",
            description="The columns",
            default="Start, Stop, Continue",
            completes=(
                "Start, Stop, Continue",
                "Mad, Sad, Glad",
                "Liked, Learned, Lacked, Longed for",
                "Went well, Went badly, Ideas, Actions",
            ),
        ),
        Argument(name="title", description="Its title, as in Sprint 12", default="Retrospective"),
    ),
    text="""\
Set up a retrospective on Miro board $board_id. Title: $title. Columns: $format.

1. See what is on the board with `miro_board_overview(board_id)`, and choose an empty place to its right.
2. Make one frame for all of it with `miro_frames_write create(board_id, data, position, geometry)`: 500 wide for each
   column plus 100, 1200 high, titled as above.
3. Fill it with `miro_bulk_write create(board_id, items)`, at most 20 items a call, each with the frame as its
   `parent` (x and y count from the frame's top left corner, and place an item's centre). For each column: a text as
   heading, a line below it that says what belongs there, and three empty sticky notes, one colour a column. Colours
   of sticky notes are names (light_yellow, light_green, light_pink, light_blue).
4. Add an "Actions" area along the bottom with room for three cards, unless Actions is already one of the columns.
5. Look at it with `miro_board_view(board_id, frame_id)`.

Check at the end:
- `miro_items_read list_in_frame(board_id, parent_item_id, max_items)` finds every heading and note inside the frame,
  and as many notes a column as you meant.
- In the picture nothing overlaps, and nothing sticks out of the frame.
- Invent no feedback: the notes stay empty for the people. Tell them the frame's link and how to go through it.
""",
)
