"""Errors in the shape of the SCIM protocol (RFC 7644, section 3.12)."""

from ..http.handlers import ErrorReply

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


class ScimError(ErrorReply):
    """`kind` is the protocol's word for what a 400 or 409 is about, such as `invalidFilter`."""

    def __init__(self, status: int, detail: str, kind: str | None = None) -> None:
        super().__init__(status, kind or "error", detail)
        self.body = {"schemas": [ERROR], "status": str(status), "detail": detail} | ({"scimType": kind} if kind else {})


def no_resource(what: str, id: str) -> ScimError:
    return ScimError(404, f"{what} {id} not found")
