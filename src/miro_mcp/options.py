"""Every setting as data: its variable, its option, and what it means; the command line, docs and manifests follow."""

from __future__ import annotations

from dataclasses import dataclass

SANDBOX_PORT = 8765
"""Where `miro-mcp sandbox` shows the sandbox's boards."""


class SettingsError(Exception):
    """A setting that can't be taken; the message names it and shows a right one."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One setting, an environment variable that settings.py reads.

    `flag` is its option on the command line, `takes` what follows it there (None for a plain switch), `bare` the value
    of an option that is given with nothing after it. `default` is in words. A secret has no option: others could read
    it in the list of processes.
    """

    variable: str
    meaning: str
    flag: str | None = None
    takes: str | None = None
    bare: str | None = None
    default: str = "none"
    secret: bool = False


OPTIONS: tuple[Option, ...] = (
    Option(variable="MIRO_ACCESS_TOKEN", meaning="access token for Miro's REST API", secret=True),
    Option(
        variable="MIRO_CLIENT_ID",
        default="asked for",
        meaning="client id of the app that `miro-mcp login` signs in to",
    ),
    Option(variable="MIRO_CLIENT_SECRET", default="asked for", meaning="client secret of that app", secret=True),
    Option(variable="MIRO_SCIM_TOKEN", meaning="token for SCIM, from the company settings", secret=True),
    Option(
        variable="MIRO_SANDBOX",
        flag="--sandbox",
        takes="PATH",
        bare="1",
        default="off",
        meaning="run on the embedded sandbox (tokens are ignored then): 1, or the path of the file it is kept in",
    ),
    Option(
        variable="MIRO_TOOLSETS",
        flag="--toolsets",
        takes="NAMES",
        default="default",
        meaning="default, all, or a comma list of toolsets",
    ),
    Option(variable="MIRO_READ_ONLY", flag="--read-only", bare="1", default="off", meaning="expose reads alone"),
    Option(
        variable="MIRO_ALLOWED_BOARDS",
        flag="--allowed-boards",
        takes="IDS",
        default="no limit",
        meaning="comma list of the boards (ids or URLs) that calls may touch",
    ),
    Option(
        variable="MIRO_ALLOWED_TEAMS",
        flag="--allowed-teams",
        takes="IDS",
        default="no limit",
        meaning="comma list of the teams that calls may touch",
    ),
    Option(
        variable="MIRO_ALLOWED_ORGS",
        flag="--allowed-orgs",
        takes="IDS",
        default="no limit",
        meaning="comma list of the organizations that calls may touch",
    ),
    Option(
        variable="MIRO_SHARE_ALLOWED_DOMAINS",
        flag="--share-allowed-domains",
        takes="DOMAINS",
        default="the signed-in person's own",
        meaning="comma list of mail domains of people that may be invited",
    ),
    Option(
        variable="MIRO_RULES",
        flag="--rules",
        takes="RISK=RULE",
        default="0 to 3 allow, 4 and 5 confirm",
        meaning="allow, confirm or deny by risk, as in 3=confirm,5=deny",
    ),
    Option(
        variable="MIRO_CONFIRM",
        flag="--confirm",
        takes="HOW",
        default="ask",
        meaning="what confirming means: ask a person, allow unasked, or deny",
    ),
    Option(
        variable="MIRO_AUDIT_LOG",
        flag="--audit-log",
        takes="PATH",
        default="in the user's state folder",
        meaning="the file that writes, deletes and sensitive reads are recorded in",
    ),
    Option(
        variable="MIRO_UPLOAD_ROOTS",
        flag="--upload-roots",
        takes="FOLDERS",
        default="none: no uploads",
        meaning="folders that files may be uploaded from, separated as in PATH",
    ),
    Option(
        variable="MIRO_HTTP",
        flag="--http",
        takes="HOST:PORT",
        default="stdio",
        meaning="serve Streamable HTTP there instead of stdio",
    ),
    Option(variable="MIRO_HTTP_TOKEN", meaning="bearer token that HTTP clients have to send", secret=True),
    Option(
        variable="MIRO_HTTP_HOSTS",
        flag="--http-hosts",
        takes="NAMES",
        default="loopback",
        meaning="comma list of the names that HTTP clients reach the server by",
    ),
    Option(
        variable="MIRO_CALL_TIMEOUT",
        flag="--call-timeout",
        takes="SECONDS",
        default="120",
        meaning="seconds that one call of the API may take, tries again included",
    ),
    Option(
        variable="MIRO_LOG_LEVEL",
        flag="--log-level",
        takes="LEVEL",
        default="WARNING",
        meaning="what is logged to stderr: DEBUG to CRITICAL",
    ),
    Option(variable="MIRO_API_BASE_URL", default="https://api.miro.com", meaning="another address of the REST API"),
    Option(
        variable="MIRO_SCIM_BASE_URL",
        default="https://miro.com/api/v1/scim",
        meaning="another address of the SCIM API",
    ),
)
"""In the order that documentation shows them."""
