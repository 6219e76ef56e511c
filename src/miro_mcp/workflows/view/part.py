"""The part of a drawing that fits an answer: whole groups, so that it can be edited and sent back."""

from __future__ import annotations

import re
from typing import Any

from ...tools.fit import how_many_fit, is_too_long

_GROUP = re.compile(r'<g [^>]*?data-miro-id="[^>]*?data-miro-kind="(\w+)"')
_GO_ON = "Groups that aren't here stay as they are. Ask for a frame_id, region or item_ids, or give max_tokens."


def fitting_svg(svg: str, most: int) -> tuple[str, dict[str, Any]]:
    """The drawing with as many of its groups as fit, and what is told of those left out."""
    if not is_too_long(svg, most):
        return svg, {}
    groups = list(_GROUP.finditer(svg))
    end = svg.rindex("</svg>")
    begins = [group.start() for group in groups]
    head, parts = svg[: begins[0]], [svg[at:to] for at, to in zip(begins, [*begins[1:], end], strict=True)]
    kept = how_many_fit([head, *parts], most) - 1
    left = [group[1] for group in groups[max(kept, 0) :]]
    told = {"items": sum(kind != "connector" for kind in left), "connectors": left.count("connector")}
    return head + "".join(parts[: max(kept, 0)]) + svg[end:], {"left_out": told, "go_on": _GO_ON}
