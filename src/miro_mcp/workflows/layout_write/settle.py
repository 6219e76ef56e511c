"""Once the board has told the heights of new cards: what has to move, since others were taken for them.

Texts are taken as they were measured: lists don't tell their heights, so the same text sent again would move them.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...board.contents import Raw, as_object, number
from ...board.write import Payload
from ..plans.steps import ChangeStep, WritePlan
from ..svg_write.rules import rules_of
from .plan import LayoutPlan

NOTICED = 8.0
"""Board units by which a height has to differ for anything to be moved."""


def heights_told(plan: LayoutPlan, made: Mapping[str, str], answers: Mapping[str, Raw]) -> dict[str, float]:
    """The heights of cards by label, if any differs so much that others have to move; else nothing."""
    found: dict[str, float] = {}
    differs = False
    for label, piece in plan.placed.items():
        identifier = piece.item_id or made.get(label)
        answer = answers.get(identifier or "")
        if piece.kind != "card" or answer is None:
            continue
        height = number(as_object(answer.get("geometry")).get("height"))
        if height > 0:
            found[label] = height
            differs = differs or abs(height - piece.height) > NOTICED
    return found if differs else {}


def settling(before: LayoutPlan, after: LayoutPlan, made: Mapping[str, str]) -> WritePlan:
    """The moves and sizes that lead from what was made to what it is to be."""
    plan = WritePlan()
    for label, piece in after.placed.items():
        was, identifier = before.placed.get(label), piece.item_id or made.get(label)
        if was is None or identifier is None:
            continue
        body: Payload = {}
        resized = piece.kind in ("shape", "frame") and was.geometry != piece.geometry
        if resized:
            body["geometry"] = piece.geometry
        # A card's centre goes along with its height, which Miro changed about the centre.
        if was.payload["position"] != piece.payload["position"] or resized:
            body["position"] = piece.payload["position"]
        if not body:
            continue
        is_move = body.keys() == {"position"} and piece.kind != "frame"
        operation = "update-item-position-or-parent" if is_move else rules_of(piece.kind).update or ""
        step = ChangeStep(identifier, piece.kind, operation, {"item_id": identifier, **body}, tuple(body))
        (plan.frame_updates if piece.kind == "frame" else plan.updates).append(step)
    return plan
