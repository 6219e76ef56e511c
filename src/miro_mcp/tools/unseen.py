"""What was made or changed so that nobody can see it: a shape's fill or border with no opacity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ..catalogue.operation import Arguments

_NEEDED = {"fillColor": "fillOpacity", "borderColor": "borderOpacity"}


def note_unseen(arguments: Arguments, body: Any) -> str:
    """Words on a colour that was given and stays invisible, or on a new shape of which nothing can be seen."""
    answered = _object(body)
    style = _object(answered.get("style"))
    if answered.get("type") not in ("shape", "text") or not style:
        return ""
    given = _object(_object(arguments.model_dump(exclude_unset=True)).get("style"))
    hidden = [needed for colour, needed in _NEEDED.items() if colour in given and _is_none(style.get(needed))]
    if hidden:
        return f'Not to be seen: {" and ".join(hidden)} is 0. Set style.{hidden[0]}, for example "1.0".'
    is_new = "item_id" not in arguments.model_fields_set
    if is_new and answered["type"] == "shape" and all(_is_none(style.get(needed)) for needed in _NEEDED.values()):
        return 'The shape has neither fill nor border to be seen: set style.fillColor, or style.borderOpacity "1.0".'
    return ""


def _object(value: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _is_none(opacity: Any) -> bool:
    return str(opacity) in ("0", "0.0")
