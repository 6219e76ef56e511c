"""Where Miro's API description is wrong, says less than its own prose or lacks an operation; what is right, and why."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right at every place of the description that matches; `*` in `operation` and `where` is any text.

    `aspect` is `type`, `required`, `format`, `pattern`, `enum` or a bound, and `ours` its right value, None for none;
    or it is `schema`, and `ours` the JSON Schema of the whole place, None where there is no such place. `theirs`
    narrows a correction to places that say just this, an ellipsis takes any.
    """

    operation: str
    where: str
    aspect: str
    ours: Any
    reason: str
    theirs: Any = ...


_PROBED = "probed with a plain token in August 2026"
UNDESCRIBED: dict[str, str] = dict.fromkeys(
    (
        *("get-comments", "get-comment", "create-comment", "reply-to-comment", "resolve-comment"),
        *("get-native-diagrams", "get-native-diagram", "get-data-tables", "get-data-table"),
    ),
    _PROBED,
)
"""Operations that the description lacks, by id, and where each is known from."""


def _words(text: str) -> list[str]:
    return text.split()


_PROSE = "the description states it in prose only"
_TEXT_NUMBER = "older endpoints call the number text"
_CURSOR = "a cursor is opaque, and an empty one asks for nothing"
_HEX = "colours of these items are hex values"
_PERCENT = "a place on an item or line is a percentage"
_GROUP = "the description refers to the schema of user groups; the body is the ids of the items"
_UNGROUP = "shares its path with another operation, into which the other value would turn it"
_SCOPE = "the description requires user, which isn't there; the field is users"
_BULK_FRAME = "frames can be created in bulk, and this is their data"

_HEX_COLOUR = "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$"
_PERCENTAGE = r"^(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)%$"
_PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_ENTERPRISE = "body.urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
_BASIC_SHAPES = _words(
    "can circle cloud cross flow_chart_predefined_process hexagon left_arrow left_brace left_right_arrow octagon "
    "parallelogram pentagon rectangle rhombus right_arrow right_brace round_rectangle star trapezoid triangle "
    "wedge_round_rectangle_callout"
)
_FLOWCHART_SHAPES = [
    f"flow_chart_{name}"
    for name in _words(
        "connector decision delay display document input_output internal_storage magnetic_disk magnetic_drum "
        "manual_input manual_operation merge multidocuments note_curly_left note_curly_right note_square "
        "offpage_connector online_storage or predefined_process_2 preparation process summing_junction terminator"
    )
]
_ITEM_TYPES = _words(
    "app_card card data_table_format doc_format document embed frame image preview shape sticky_note text"
)
_JOB_STATES = [f"JOB_STATUS_{name}" for name in ("CANCELLED", "CREATED", "FINISHED", "IN_PROGRESS")]
_TASK_STATES = [f"TASK_STATUS_{name}" for name in ("CANCELLED", "CREATED", "ERROR", "SCHEDULED", "SUCCESS")]

_CAPS = _words(
    "none stealth rounded_stealth diamond filled_diamond oval filled_oval arrow triangle filled_triangle erd_one "
    "erd_many erd_only_one erd_zero_or_one erd_one_or_many erd_zero_or_many"
)
_NO_FILTER = "an empty text asks for nothing"
_ORIGIN = {"type": "string", "enum": ["center"]}
_COPIED = "seen live: a position copied from a read is taken"

_GROUP_BODY = {
    "type": "object",
    "properties": {
        "data": {
            "type": "object",
            "properties": {"items": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
            "required": ["items"],
        }
    },
    "required": ["data"],
}
_ROLE = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "value": {"type": "string"},
        "display": {"type": "string"},
        "primary": {"type": "boolean"},
    },
}
_MEMBER = {"type": "object", "properties": {"value": {"type": "string"}}, "required": ["value"]}
_RENAMING = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "displayName": {"type": "string"}},
    "required": ["displayName"],
}

CORRECTIONS: tuple[Correction, ...] = (
    # Paging
    Correction("*", "query.limit", "type", "integer", _TEXT_NUMBER, "string"),
    Correction("*", "query.offset", "type", "integer", _TEXT_NUMBER, "string"),
    Correction("*", "query.offset", "minimum", 0, "an offset counts from 0"),
    Correction("*", "query.cursor", "minLength", 1, _CURSOR),
    Correction("enterprise-board-export-job*", "query.cursor", "format", None, _CURSOR, "uuid"),
    Correction("enterprise-get-audit-logs", "query.limit", "minimum", 1, "a page has an entry at least"),
    Correction("get-mindmap-nodes-experimental", "query.limit", "minimum", 10, "as for every list of board items"),
    Correction("get-mindmap-nodes-experimental", "query.limit", "maximum", 50, "as for every list of board items"),
    Correction("list*", "query.count", "minimum", 1, "a page has an entry at least"),
    Correction("list*", "query.count", "maximum", 1000, _PROSE),
    Correction("list*", "query.startIndex", "minimum", 1, "SCIM counts from 1"),
    # Text that has a form
    Correction("*-app-card-item", "body*olor", "pattern", _HEX_COLOUR, _HEX),
    Correction("*-card-item", "body.style.cardTheme", "pattern", _HEX_COLOUR, _HEX),
    Correction("*-connector", "body.style.*olor", "pattern", _HEX_COLOUR, _HEX),
    Correction("*-frame-item", "body.style.fillColor", "pattern", _HEX_COLOUR, _HEX),
    Correction("*-shape-item*", "body.style.*olor", "pattern", _HEX_COLOUR, _HEX),
    Correction("*-text-item", "body.style.*olor", "pattern", _HEX_COLOUR, _HEX),
    Correction("create-items", "body[].data.fields[].*Color", "pattern", _HEX_COLOUR, _HEX),
    Correction("create-items", "body[].style.cardTheme", "pattern", _HEX_COLOUR, _HEX),
    Correction("create-items", "body[].style.borderColor", "pattern", _HEX_COLOUR, _HEX),
    Correction("create-items", "body[].style.color", "pattern", _HEX_COLOUR, _HEX),
    Correction("*-connector", "body.*Item.position.*", "pattern", _PERCENTAGE, _PERCENT),
    Correction("*-connector", "body.captions[].position", "pattern", _PERCENTAGE, _PERCENT),
    Correction("enterprise-get-audit-logs", "query.created*", "format", "date-time", _PROSE),
    Correction("*-connector", "body.style.*StrokeCap", "enum", _CAPS, "seen live: `unknown` is only read"),
    Correction("enterprise-board-export-jobs", "query.creatorId[]", "type", "string", "an id: as a number it is cut"),
    # Values named in prose
    Correction("*-shape-item*", "body.data.shape", "enum", [*_BASIC_SHAPES, *_FLOWCHART_SHAPES], _PROSE),
    Correction("get-items-within-frame", "query.type", "enum", _ITEM_TYPES, "the types that items have"),
    Correction("create-mindmap-nodes-experimental", "body.data.nodeView.data.type", "enum", ["text"], _PROSE),
    Correction(
        "enterprise-get-team-members", "query.role", "enum", ["admin", "member", "non_team", "team_guest"], _PROSE
    ),
    Correction("enterprise-board-export-jobs", "query.status[]", "enum", _JOB_STATES, _PROSE),
    Correction("enterprise-board-export-job-tasks", "query.status[]", "enum", _TASK_STATES, _PROSE),
    # Bounds named in prose
    Correction("*-sticky-note-item", "body.data.content", "maxLength", 6000, "seen live: a note has 6,000 characters"),
    Correction(
        "create-items-in-bulk-using-file-from-device",
        "body.data",
        "schema",
        {"type": "array", "items": {"type": "string", "format": "binary"}},
        "the list that the JSON file holds is taken itself, and sent as that file",
    ),
    Correction("create-items-in-bulk-using-file-from-device", "body.data", "required", True, "there are no items else"),
    Correction("createUser", "body.displayName", "maxLength", 60, _PROSE),
    Correction("createUser", "body.name.formatted", "maxLength", 60, _PROSE),
    Correction("*User", f"{_ENTERPRISE}.employeeNumber", "maxLength", 20, _PROSE),
    Correction("*User", f"{_ENTERPRISE}.costCenter", "maxLength", 120, _PROSE),
    Correction("*User", f"{_ENTERPRISE}.organization", "maxLength", 120, _PROSE),
    Correction("*User", f"{_ENTERPRISE}.division", "maxLength", 120, _PROSE),
    Correction("*User", f"{_ENTERPRISE}.department", "maxLength", 120, _PROSE),
    Correction("*User", f"{_ENTERPRISE}.manager.displayName", "maxLength", 60, _PROSE),
    Correction("*-legal-hold", "body.scope.users", "maxItems", 200, _PROSE),
    Correction("enterprise-update-group-members", "body.membersToAdd", "maxItems", 500, _PROSE),
    Correction("enterprise-update-group-members", "body.membersToRemove", "maxItems", 500, _PROSE),
    Correction("*-frame-item", "body.geometry.*", "minimum", 100, "a frame is at least 100 wide and high"),
    Correction("create-items-in-bulk-using-file-from-device", "body.resources", "maxItems", 20, _PROSE),
    Correction("create-items-in-bulk-using-file-from-device", "body.resources", "minItems", 1, "1 to 20 items"),
    Correction("get-boards", "query.query", "minLength", 1, _NO_FILTER),
    Correction("get-boards", "query.owner", "minLength", 1, _NO_FILTER),
    Correction("enterprise-get-teams", "query.name", "minLength", 1, _NO_FILTER),
    Correction("enterprise-get-organization-members", "query.emails", "minLength", 1, _NO_FILTER),
    Correction("*", "query.attributes", "minLength", 1, _NO_FILTER),
    Correction("list*", "query.filter", "minLength", 1, _NO_FILTER),
    Correction("list*", "query.sortBy", "minLength", 1, _NO_FILTER),
    # Bounds in the wrong place
    Correction("*-connector", "body.captions", "maxLength", None, "20 captions is what maxItems says"),
    Correction("get-items-within-frame", "query.parent_item_id", "minimum", None, "an id is text"),
    Correction("patchGroup", "body.schemas", "enum", None, "the enum is of the list's entries"),
    Correction("patchGroup", "body.schemas[]", "enum", [_PATCH], "the enum is of the list's entries"),
    # Bodies
    Correction("createGroup", "body", "schema", _GROUP_BODY, _GROUP),
    Correction("updateGroup", "body", "schema", _GROUP_BODY, _GROUP),
    Correction("*-legal-hold", "body.scope.user", "schema", None, _SCOPE),
    Correction("*-legal-hold", "body.scope.users", "required", True, _SCOPE),
    Correction("replaceUser", "body.id", "schema", None, "it is the id in the path"),
    Correction(
        "patchUser",
        "body.Operations[].value",
        "schema",
        {
            "anyOf": [
                {"type": "string"},
                {"type": "boolean"},
                {"type": "array", "items": _ROLE},
                {"type": "object"},
            ]
        },
        "removing takes no value, roles are a list, and directories send true, false and objects",
    ),
    Correction(
        "patchGroup",
        "body.Operations[].value",
        "schema",
        {"anyOf": [{"type": "array", "items": _MEMBER}, {"type": "string"}, _RENAMING]},
        "renaming takes an object too",
    ),
    Correction("*", "body.position.origin", "schema", _ORIGIN, _COPIED),
    Correction("*", "body[].position.origin", "schema", _ORIGIN, _COPIED),
    Correction("*", "body.data.position.origin", "schema", _ORIGIN, _COPIED),
    Correction("create-items", "body[].data.format", "schema", {"type": "string", "enum": ["custom"]}, _BULK_FRAME),
    Correction("create-items", "body[].data.type", "schema", {"type": "string", "enum": ["freeform"]}, _BULK_FRAME),
    Correction("create-items", "body[].data.showContent", "schema", {"type": "boolean"}, _BULK_FRAME),
    Correction("create-connector", "body.*Item.id", "required", True, "both ends are needed"),
    # Traps
    Correction(
        "enterprise-dataclassification-team-boards-bulk",
        "body.notClassifiedOnly",
        "required",
        True,
        "left out, it overwrites the labels of every board",
    ),
    Correction("unGroup", "query.delete_items", "enum", [False], _UNGROUP),
    Correction("deleteGroup", "query.delete_items", "enum", [True], _UNGROUP),
)
