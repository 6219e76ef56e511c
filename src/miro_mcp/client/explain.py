"""Why Miro says no: what an operation needs beside what the token has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ..catalogue import GROUPS, OPERATIONS, Operation
from ..catalogue.operation import UNLISTED
from ..errors import ApiError

PLANS = {"enterprise": "an Enterprise plan", "enterprise_guard": "an Enterprise plan with Enterprise Guard"}


def may_lack_scopes(error: ApiError, operation: Operation) -> bool:
    """Whether a missing scope or plan may be the cause; Miro answers some of these cases as failed validation."""
    if operation is OPERATIONS["token-info"]:
        return False
    gated = error.status == 400 and not error.names_fields and "validation failure" in error.detail.lower()
    return error.status == 403 or gated


def other_way(error: ApiError, operation: Operation) -> str:
    """A hint at what would do, where this operation refuses things of some kind, or isn't there any more."""
    if error.status == 404 and operation.id in _UNLISTED and "no endpoint" in error.detail.lower():
        return (
            "No description of Miro's API has this route, and Miro doesn't answer it any more, or not for this token: "
            "leave the toolset unlisted out, and do without it."
        )
    if error.status in (400, 404) and operation.id in _DELETE_ANY:
        return (
            "A mind-map node can't be deleted by this route: miro_mindmap_nodes_delete does it, with the nodes below "
            "it (toolset experimental)."
        )
    return ""


_UNLISTED = frozenset(one.id for group in GROUPS if group.toolset == UNLISTED for one in group.operations)
_DELETE_ANY = ("delete-item", "delete-item-experimental")


def needs_of(operation: Operation) -> str:
    """As in "organizations:teams:write and an Enterprise plan"."""
    needs = [*operation.scopes, *([PLANS[operation.plan]] if operation.plan else [])]
    return " and ".join(needs)


def explain_refusal(operation: Operation, scopes: tuple[str, ...] | None) -> str:
    """A hint at the cause; `scopes` are the token's, None where they could not be read."""
    needs = needs_of(operation)
    if not needs:
        return ""
    if operation.host == "scim":
        return f"{operation.id} needs {needs}, and a SCIM token from the company settings."
    if scopes is None:
        return f"{operation.id} needs {needs}; the token's scopes could not be read."
    told = f"{operation.id} needs {needs}; this token has {', '.join(scopes) or 'no scopes'}."
    missing = [scope for scope in operation.scopes if scope not in scopes]
    if missing:
        return (
            f"{told} The operator has to add {', '.join(missing)} to the app in Miro, install it again, and sign in "
            "again or set the new token."
        )
    return f"{told} The scopes are there, so {'the plan or ' if operation.plan else ''}the person's role is the cause."


def scopes_of(info: Any) -> tuple[str, ...] | None:
    """The scopes that `GET /v1/oauth-token` tells, None where its answer has none."""
    scopes: Any = cast("Mapping[str, Any]", info).get("scopes") if isinstance(info, Mapping) else None
    if isinstance(scopes, str):
        return tuple(scopes.replace(",", " ").split())
    if isinstance(scopes, list):
        return tuple(str(scope) for scope in cast("list[Any]", scopes))
    return None
