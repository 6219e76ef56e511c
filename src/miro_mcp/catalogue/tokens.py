"""Access token."""

from .operation import DELETE, READ, Arguments, Operation, OperationGroup


class RevokeTokenV2(Arguments):
    accessToken: str
    clientId: str
    clientSecret: str


class RevokeToken(Arguments):
    access_token: str


GROUP = OperationGroup(
    name="tokens",
    title="Access token",
    toolset="app",
    operations=(
        Operation(
            id="token-info",
            name="get",
            effect=READ,
            method="GET",
            path="/v1/oauth-token",
            arguments=Arguments,
            summary="Whose token this server uses, its team and scopes",
            why="tells whose token it is",
            sensitive=True,
        ),
        Operation(
            id="revoke-token-v2",
            name="revoke",
            effect=DELETE,
            method="POST",
            path="/v2/oauth/revoke",
            arguments=RevokeTokenV2,
            summary="Revoke an access token; revoking its own locks this server out",
            risk=4,
            why="locks this server out when the token is its own",
            has_body=True,
            answers="nothing",
        ),
        Operation(
            id="revoke-token",
            name="revoke_v1",
            effect=DELETE,
            method="POST",
            path="/v1/oauth/revoke",
            arguments=RevokeToken,
            summary="Deprecated (the token travels in the URL): use revoke",
            risk=4,
            why="the token travels in the URL; its refresh token dies too",
            deprecated=True,
            answers="nothing",
        ),
    ),
)
