"""`miro_batch`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ...catalogue import DELETE
from ...catalogue.operation import ABSENT, Arguments, Body, parse_json_text
from ...tools.fit import MOST_TOKENS, MaxTokens
from ..workflow import Workflow

MAX_STEPS = 500


_ARGUMENTS = {
    "type": "object",
    "properties": {"operation": {"type": "string"}, "board_id": {"type": "string"}},
    "additionalProperties": True,
}
"""Those of the step's tool: an object without properties is no schema for some models' APIs."""


class BatchStep(Body):
    id: Annotated[str, Field(pattern=r"^[\w-]+$", max_length=50, examples=["frame"])] = ABSENT
    tool: Annotated[str, Field(examples=["miro_shapes_write"])]
    arguments: Annotated[
        dict[str, Any],
        BeforeValidator(parse_json_text),
        WithJsonSchema(_ARGUMENTS),
        Field(examples=[{"operation": "create", "board_id": "uXjVOD6LSME=", "parent": {"id": {"$ref": "frame.id"}}}]),
    ]


class BatchArguments(Arguments):
    steps: Annotated[list[BatchStep], Field(min_length=1, max_length=MAX_STEPS)]
    on_error: Literal["stop", "continue"] = ABSENT
    in_order: bool = ABSENT
    max_tokens: MaxTokens = MOST_TOKENS
    dry_run: bool = ABSENT


DESCRIPTION = """\
Run up to 500 steps in one call: each has a tool and its arguments. A tool is one that takes an operation, or \
miro_layout_write, miro_diagram_write, miro_svg_write; no other is.
{"$ref": "ID.path"} in the arguments stands for a part of an earlier step's whole answer: {"$ref": "frame.id"}, \
{"$ref": "bulk.data.0.id"}.
All steps are checked before any is run; what needs a person's approval is asked about once. They run in parallel \
where none needs another or works on the same object; in_order runs them one by one.
on_error: stop (the default) starts no further step after a failure, continue skips only what refers to it."""


BATCH = Workflow(
    name="miro_batch",
    title="Batch",
    description=DESCRIPTION,
    arguments=BatchArguments,
    effect=DELETE,
    destructive=True,
    repeatable=False,
    follows_read_only=True,
)
