"""Draw this codebase: an architecture diagram from the code at hand."""

from .prompt import Argument, Prompt
from .shared import BOARD

PROMPT = Prompt(
    name="draw_codebase",
    title="Draw this codebase",
    description="An architecture diagram of the code you are working in",
    arguments=(
        BOARD,
        Argument(
            name="focus",
            description="What the diagram shows",
            default="modules and what they use of each other",
            completes=("modules and what they use of each other", "the path of one request", "data and who owns it"),
        ),
        Argument(name="path", description="The folder or package to draw", default="the repository you are working in"),
    ),
    text="""\
Draw a diagram on Miro board $board_id of this codebase: $path. It shows: $focus.

1. Read the code itself, not only its documentation: entry points, packages, what calls or imports what, what is
   stored where. Aim for 8 to 25 nodes; put what belongs together into one node rather than drawing every file.
2. See what is on the board with `miro_board_overview(board_id)`, and choose an empty place.
3. Draw it with one call of `miro_diagram_write(board_id, nodes, edges, groups, direction, title)`: a node a
   component, labelled with the name it has in the code; an edge a use, its label a verb ("reads", "calls"); a group a
   package or process. Use different shapes for stores, services and people. Keep the `diagram_id` it answers with:
   calling again with it changes the diagram instead of drawing a second one.
4. Look at the result with `miro_board_view(board_id, frame_id)`.

Check at the end:
- Every edge stands for something you found in the code; name file and line of any you are unsure about.
- In the picture no label is cut off and nothing lies on top of something else; correct it and look again.
- `miro_diagram_read(board_id, diagram_id)` gives back the same nodes and edges that you meant.
- Tell the person the board's link, and what you left out.
""",
)
