"""Mermaid's shapes of flowchart nodes, by all their names, and what Miro draws for each."""

from __future__ import annotations

_FORMS: dict[str, tuple[str, str]] = {
    "rectangle": ("rectangle", "rect proc process rectangle squareRect square labelRect rectWithTitle state"),
    "rounded": ("round_rectangle", "rounded event roundedRect round composite note"),
    "stadium": ("round_rectangle", "stadium terminal pill"),
    "subroutine": ("flow_chart_predefined_process", "fr-rect subprocess subproc framed-rectangle subroutine"),
    "cylinder": ("can", "cyl db database cylinder"),
    "circle": ("circle", "circle circ mindmapCircle"),
    "diamond": ("rhombus", "diam decision diamond question choice"),
    "hexagon": ("hexagon", "hex hexagon prepare"),
    "parallelogram": ("parallelogram", "lean-r lean-right in-out lean_right"),
    "trapezoid": ("trapezoid", "trap-b priority trapezoid-bottom trapezoid"),
    "triangle": ("triangle", "tri extract triangle"),
    "cloud": ("cloud", "cloud"),
    "bang": ("star", "bang"),
    "crossed circle": ("cross", "cross-circ summary crossed-circle"),
    "left brace": ("left_brace", "brace comment brace-l"),
    "right brace": ("right_brace", "brace-r"),
    "notched rectangle": ("octagon", "notch-rect card notched-rectangle"),
    "notched pentagon": ("pentagon", "notch-pent loop-limit notched-pentagon"),
    "flag": ("wedge_round_rectangle_callout", "odd rect_left_inv_arrow"),
    "text": ("rectangle", "text"),
    "small circle": ("circle", "sm-circ start small-circle stateStart f-circ junction filled-circle anchor"),
    "framed circle": ("circle", "fr-circ stop framed-circle stateEnd"),
    "bar": ("rectangle", "fork join forkJoin"),
}
"""Forms that Miro draws as they are, or as near as its basic shapes come without loss of meaning."""

_NEAREST: dict[str, tuple[str, str]] = {
    "double circle": ("circle", "dbl-circ double-circle doublecircle"),
    "ellipse": ("circle", "ellipse"),
    "parallelogram that leans left": ("parallelogram", "lean-l lean-left out-in lean_left"),
    "trapezoid with its base on top": ("trapezoid", "trap-t manual trapezoid-top inv-trapezoid inv_trapezoid"),
    "triangle on its tip": ("triangle", "flip-tri manual-file flipped-triangle"),
    "cylinder of another kind": (
        "can",
        "datastore data-store bucket h-cyl das horizontal-cylinder lin-cyl disk lined-cylinder",
    ),
    "lined rectangle": (
        "flow_chart_predefined_process",
        "lin-rect lined-rectangle lined-process lin-proc shaded-process div-rect div-proc divided-rectangle "
        "divided-process win-pane internal-storage window-pane",
    ),
    "braces": ("left_brace", "braces"),
    "hourglass": ("rhombus", "hourglass collate"),
    "lightning bolt": ("star", "bolt com-link lightning-bolt"),
    "half-rounded rectangle": ("round_rectangle", "delay half-rounded-rectangle"),
    "display": ("hexagon", "curv-trap curved-trapezoid display"),
    "sloped rectangle": ("trapezoid", "sl-rect manual-input sloped-rectangle"),
    "bow tie rectangle": ("can", "bow-rect stored-data bow-tie-rectangle"),
    "document": (
        "rectangle",
        "doc document docs documents st-doc stacked-document tag-doc tagged-document lin-doc lined-document flag "
        "paper-tape",
    ),
    "stacked or tagged rectangle": (
        "rectangle",
        "st-rect procs processes stacked-rectangle tag-rect tag-proc tagged-rectangle tagged-process",
    ),
    "window, folder or person": ("round_rectangle", "folder directory console browser person"),
    "icon or image": ("rectangle", "icon iconSquare iconCircle iconRounded imageSquare"),
    "shape of another diagram": (
        "rectangle",
        "block_arrow collapsedGroup kanbanItem defaultMindmapNode classBox erBox requirementBox",
    ),
}
"""Forms that Miro's basic shapes can only hint at."""

_BRACKETS_ONLY = frozenset({"square", "round", "ellipse"})
_UNSAYABLE = frozenset(
    name
    for name in " ".join(names for _, names in (*_FORMS.values(), *_NEAREST.values())).split()
    if name != name.lower() or "_" in name
)

MIRO_SHAPES = {name: shape for shape, names in (*_FORMS.values(), *_NEAREST.values()) for name in names.split()}
"""Miro's shape by each of Mermaid's names."""

APPROXIMATE = {name: form for form, (_, names) in _NEAREST.items() for name in names.split()}
"""What the form is that a Miro shape only hints at, by Mermaid's name."""

BARE = frozenset(_FORMS["text"][1].split())
FRAMED = frozenset(_FORMS["framed circle"][1].split())
FILLED = frozenset((_FORMS["small circle"][1] + " " + _FORMS["bar"][1]).split())

SHAPES = sorted(MIRO_SHAPES.keys() - _BRACKETS_ONLY - _UNSAYABLE)
"""The names that `@{ shape: … }` takes."""
