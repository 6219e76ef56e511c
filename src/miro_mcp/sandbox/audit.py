"""The audit log: what the sandbox's operations leave in it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from .http.handlers import ApiCall, Handler, Reply
from .http.replies import now
from .identity import ORGANIZATION_ID
from .people import acting_user
from .store import Document, Store

AUDIT_LOG = "audit_log"
"""Kind of document; its scope is the organization."""


def audited(event: str, category: str) -> Callable[[Handler], Handler]:
    """Makes a handler leave an entry about what it has made, changed or removed."""

    def wrap(handler: Handler) -> Handler:
        @wraps(handler)
        def handle(call: ApiCall) -> Reply:
            reply = handler(call)
            who = acting_user(call.store)
            scim = call.operation.host == "scim"
            entry: Document = {
                "event": event,
                "category": category,
                "object": _object(call, reply),
                "createdAt": now(),
                "createdBy": {
                    "type": "scim_provisioner" if scim else "user",
                    "id": who["id"],
                    "name": who["displayName"],
                    "email": who["email"],
                },
                "details": {},
            }
            record(call.store, entry, call.arguments.get("team_id"))
            return reply

        return handle

    return wrap


def record(store: Store, entry: Document, team_id: str | None = None) -> None:
    """Adds an entry; the log is kept in the order of time."""
    context: Document = {"ip": "127.0.0.1"}
    for kind, scope, place_id in (("organization", "", ORGANIZATION_ID), ("team", ORGANIZATION_ID, team_id)):
        place = store.get(kind, scope, place_id) if place_id else None
        if place:
            context[kind] = {"id": place["id"], "name": place["name"]}
    id = f"{entry['createdAt']}#{store.new_id()}-DDB"
    store.add(AUDIT_LOG, ORGANIZATION_ID, id, {"id": id, "context": context, **entry})


def _object(call: ApiCall, reply: Reply) -> Document:
    """What an entry is about: what the reply shows, or what the path names."""
    arguments = call.arguments
    body: dict[str, Any] = reply.body if isinstance(reply.body, dict) else {}
    named = [arguments[name] for name in call.operation.path_arguments]
    name = body.get("name") or body.get("displayName") or body.get("email") or arguments.get("email")
    found = {"id": body.get("id") or body.get("jobId") or (named[-1] if named else None), "name": name}
    return {key: value for key, value in found.items() if isinstance(value, str)}
