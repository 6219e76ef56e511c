"""The access token: whose it is and what it may do."""

from ...catalogue import OPERATIONS
from ..http import oauth
from ..http.handlers import ApiCall, Reply, handles
from ..identity import ORGANIZATION_ID, TEAM_ID
from ..organization.memberships import teams_with
from ..people import acting_user
from ..store import Document


@handles("token-info")
def info(call: ApiCall) -> Reply:
    user = acting_user(call.store)
    person: Document = {"type": "user", "id": user["id"], "name": user["displayName"]}
    organization = call.store.get("organization", "", ORGANIZATION_ID)
    team = next(iter(teams_with(call.store, user["id"])), None)
    scopes = {scope for operation in OPERATIONS.values() for scope in operation.scopes}
    return Reply(
        200,
        {
            "type": "oauth-token",
            "organization": _place("organization", ORGANIZATION_ID, organization),
            "team": _place("team", team["id"] if team else TEAM_ID, team),
            "user": person,
            "createdBy": person,
            "scopes": sorted(scopes),
        },
    )


@handles("revoke-token", "revoke-token-v2")
def revoke(call: ApiCall) -> Reply:
    """Ends a sign-in; of tokens that it did not grant, the sandbox takes any, so there is none to forget."""
    oauth.revoke_access(call.store, call.arguments.get("accessToken") or call.arguments["access_token"])
    return Reply(204)


def _place(kind: str, id: str, found: Document | None) -> Document:
    return {"type": kind, "id": id, "name": found["name"] if found else ""}
