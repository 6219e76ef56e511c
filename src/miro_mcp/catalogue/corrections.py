"""Where the catalogue knowingly differs from Miro's public API description, and why."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Correction:
    """One difference that is meant; `*` in `operation` and `where` stands for anything.

    `ours` and `theirs` narrow it to these very values; an ellipsis takes any.
    """

    operation: str
    where: str
    aspect: str
    reason: str
    ours: Any = ...
    theirs: Any = ...


_PROSE = "the description states it in prose only"
_CURSOR = "a cursor is opaque, and an empty one asks for nothing"
_GROUP = "the description refers to the schema of user groups; the body is the ids of the items"
_UNGROUP = "shares its path with another operation, into which the other value would turn it"
_SCOPE = "the description requires user, which isn't there; the field is users"

CORRECTIONS: tuple[Correction, ...] = (
    # Paging
    Correction("*", "query.limit", "type", "older endpoints call the number text", "integer", "string"),
    Correction("*", "query.offset", "type", "older endpoints call the number text", "integer", "string"),
    Correction("*", "query.offset", "minimum", "an offset counts from 0", 0, None),
    Correction("*", "query.cursor", "minLength", _CURSOR, 1, None),
    Correction("enterprise-board-export-job*", "query.cursor", "format", _CURSOR, None, "uuid"),
    Correction("enterprise-get-audit-logs", "query.limit", "minimum", "a page has an entry at least", 1, None),
    Correction("get-mindmap-nodes-experimental", "query.limit", "minimum", "as for every list of board items", 10),
    Correction("get-mindmap-nodes-experimental", "query.limit", "maximum", "as for every list of board items", 50),
    Correction("list*", "query.count", "minimum", "a page has an entry at least", 1, None),
    Correction("list*", "query.count", "maximum", _PROSE, 1000, None),
    Correction("list*", "query.startIndex", "minimum", "SCIM counts from 1", 1, None),
    # Text that has a form
    Correction("*", "body*olor", "pattern", "colours of these items are hex values", ..., None),
    Correction("*", "body*.cardTheme", "pattern", "colours of these items are hex values", ..., None),
    Correction("*-connector", "body*.position*", "pattern", "a place on an item or line is a percentage", ..., None),
    Correction("enterprise-get-audit-logs", "query.created*", "format", _PROSE, "date-time", None),
    # Values named in prose
    Correction("*-shape-item*", "body.data.shape", "enum", _PROSE, ..., None),
    Correction("get-items-within-frame", "query.type", "enum", "the types that items have", ..., None),
    Correction("create-mindmap-nodes-experimental", "body.data.nodeView.data.type", "enum", _PROSE, ("text",), None),
    Correction("enterprise-get-team-members", "query.role", "enum", _PROSE, ..., None),
    Correction("enterprise-board-export-job*", "query.status[]", "enum", _PROSE, ..., None),
    # Bounds named in prose
    Correction("createUser", "body.*", "maxLength", _PROSE, ..., None),
    Correction("replaceUser", "body.*", "maxLength", _PROSE, ..., None),
    Correction("*-legal-hold", "body.scope.users", "maxItems", _PROSE, 200, None),
    Correction("enterprise-update-group-members", "body.members*", "maxItems", _PROSE, 500, None),
    Correction("*-frame-item", "body.geometry.*", "minimum", "a frame is at least 100 wide and high", 100, None),
    Correction("create-items-in-bulk-using-file-from-device", "body.resources", "maxItems", _PROSE, 20, None),
    Correction("create-items-in-bulk-using-file-from-device", "body.resources", "minItems", "1 to 20 items", 1, None),
    # Bounds in the wrong place
    Correction("*-connector", "body.captions", "maxLength", "20 captions is what maxItems says", None, 20),
    Correction("get-items-within-frame", "query.parent_item_id", "minimum", "an id is text", None, 0),
    Correction("patchGroup", "body.schemas", "enum", "the enum is of the list's entries", None),
    Correction("patchGroup", "body.schemas[]", "enum", "the enum is of the list's entries", ..., None),
    # Bodies
    Correction("createGroup", "body.*", "missing", _GROUP),
    Correction("createGroup", "body.data", "extra", _GROUP),
    Correction("updateGroup", "body.*", "missing", _GROUP),
    Correction("updateGroup", "body.data", "extra", _GROUP),
    Correction("*-legal-hold", "body.scope.user", "missing", _SCOPE),
    Correction("*-legal-hold", "body.scope.users", "required", _SCOPE, True, False),
    Correction("replaceUser", "body.id", "missing", "it is the id in the path"),
    Correction("patchUser", "body.Operations[].value", "required", "removing takes no value", False, True),
    Correction("patchUser", "body.Operations[].value", "type", "roles are a list", "array|string", "string"),
    Correction("patchUser", "body.Operations[].value[]", "extra", "roles are a list"),
    Correction("patchGroup", "body.Operations[].value", "type", "renaming takes an object"),
    Correction("patchGroup", "body.Operations[].value.*", "extra", "renaming takes an object"),
    Correction("create-items", "body[].data.*", "extra", "frames can be created in bulk, and this is their data"),
    Correction("create-connector", "body.*Item.id", "required", "both ends are needed", True, False),
    # Traps
    Correction(
        "enterprise-dataclassification-team-boards-bulk",
        "body.notClassifiedOnly",
        "required",
        "left out, it overwrites the labels of every board",
        True,
        False,
    ),
    Correction("unGroup", "query.delete_items", "enum", _UNGROUP, (False,), None),
    Correction("deleteGroup", "query.delete_items", "enum", _UNGROUP, (True,), None),
)
