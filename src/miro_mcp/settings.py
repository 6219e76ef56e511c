"""What the operator has set: one row per setting, which the command line, the docs and the manifests follow."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from . import setting_values as values
from .setting_values import REST_URL
from .setting_values import TOOLSETS as TOOLSETS
from .setting_values import SettingsError as SettingsError
from .setting_values import is_loopback as is_loopback

SCIM_URL = "https://miro.com/api/v1/scim"
SANDBOX_PORT = 8765
SANDBOX_URL = f"http://localhost:{SANDBOX_PORT}"
"""Where `miro-mcp sandbox` shows what the links in answers lead to; the calls themselves stay in the process."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One setting, an environment variable.

    `takes` is what follows its option on the command line (None for a plain switch), `bare` the value of an option that
    is given with nothing after it; with neither, as secrets must be, there is no option: others could read it in the
    list of processes. `default` is in words. `parse` takes the variable's name and what it is set to.
    """

    variable: str
    meaning: str
    parse: Callable[[str, str], Any]
    takes: str | None = None
    bare: str | None = None
    default: str = "none"
    secret: bool = False

    @property
    def flag(self) -> str | None:
        """Its option on the command line."""
        named = "--" + self.variable.removeprefix("MIRO_").lower().replace("_", "-")
        return named if self.takes or self.bare else None


def default_sandbox_path() -> Path:
    return user_data_path("miro-mcp", appauthor=False) / "sandbox.db"


_OF_THE_SANDBOX: dict[str, Any] = {
    "access_token": "sandbox",
    "api_base_url": SANDBOX_URL,
    "scim_token": "sandbox",
    "scim_base_url": f"{SANDBOX_URL}/api/v1/scim",
}
"""What the sandbox sets, whatever else is set."""


def _setting(
    variable: str, parse: Callable[[str, str], Any], meaning: str, *, value: str = "", default: str = "none", **row: Any
) -> Any:
    """A field of `Settings` with its row; unset it is what `value` is read as, which `default` may tell in words."""
    option = Option(variable=variable, parse=parse, meaning=meaning, default=value or default, **row)
    return field(default_factory=partial(parse, variable, value), repr=not option.secret, metadata={"option": option})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is set, a field for each row; secrets are kept out of its representation."""

    access_token: str | None = _setting(
        "MIRO_ACCESS_TOKEN", values.parse_text, "access token for Miro's REST API", secret=True
    )
    client_id: str | None = _setting(
        "MIRO_CLIENT_ID",
        values.parse_text,
        "client id of the app that `miro-mcp login` signs in to",
        default="asked for",
    )
    client_secret: str | None = _setting(
        "MIRO_CLIENT_SECRET", values.parse_text, "client secret of that app", default="asked for", secret=True
    )
    scim_token: str | None = _setting(
        "MIRO_SCIM_TOKEN", values.parse_text, "token for SCIM, from the company settings", secret=True
    )
    sandbox: bool = _setting(
        "MIRO_SANDBOX",
        values.parse_is_sandbox,
        "run on the embedded sandbox (tokens are ignored then): 1, or the path of the file it is kept in",
        default="off",
        takes="PATH",
        bare="1",
    )
    sandbox_faults: float = _setting(
        "MIRO_SANDBOX_FAULTS",
        values.parse_share,
        "share of new frames that the sandbox answers with 500",
        value="0",
        takes="SHARE",
    )
    toolsets: frozenset[str] = _setting(
        "MIRO_TOOLSETS",
        values.parse_toolsets,
        "default, all, or a comma-separated list of toolsets",
        value="default",
        takes="NAMES",
    )
    read_only: bool = _setting(
        "MIRO_READ_ONLY", values.parse_switch, "expose read operations only", default="off", bare="1"
    )
    allowed_boards: frozenset[str] = _setting(
        "MIRO_ALLOWED_BOARDS",
        values.parse_board_ids,
        "comma-separated list of the boards (ids or URLs) that calls may touch",
        default="no limit",
        takes="IDS",
    )
    allowed_teams: frozenset[str] = _setting(
        "MIRO_ALLOWED_TEAMS",
        values.parse_ids,
        "comma-separated list of the teams that calls may touch",
        default="no limit",
        takes="IDS",
    )
    allowed_orgs: frozenset[str] = _setting(
        "MIRO_ALLOWED_ORGS",
        values.parse_ids,
        "comma-separated list of the organizations that calls may touch",
        default="no limit",
        takes="IDS",
    )
    share_allowed_domains: frozenset[str] = _setting(
        "MIRO_SHARE_ALLOWED_DOMAINS",
        values.parse_domains,
        "comma-separated list of e-mail domains people may be invited from",
        default="the signed-in person's own",
        takes="DOMAINS",
    )
    rules: Mapping[int, str] = _setting(
        "MIRO_RULES",
        values.parse_rules,
        "allow, confirm or deny by risk, as in 3=confirm,5=deny",
        default="0 to 3 allow, 4 and 5 confirm",
        takes="RISK=RULE",
    )
    confirm: str = _setting(
        "MIRO_CONFIRM",
        values.parse_confirm,
        "what confirming means: ask a person, allow unasked, or deny",
        value="ask",
        takes="HOW",
    )
    audit_log: Path | None = _setting(  # noqa: RUF009
        "MIRO_AUDIT_LOG",
        values.parse_path,
        "the file that writes, deletes and sensitive reads are recorded in",
        default="in the user's state folder",
        takes="PATH",
    )
    audit_reads: bool = _setting(
        "MIRO_AUDIT_READS",
        values.parse_switch,
        "put every read on record too, not the sensitive alone",
        default="off",
        bare="1",
    )
    keep_days: int = _setting(
        "MIRO_KEEP_DAYS",
        values.parse_days,
        "days that what calls delete or overwrite on boards is kept, for `miro-mcp restore`; 0 keeps nothing",
        value="7",
        takes="DAYS",
    )
    upload_roots: tuple[Path, ...] = _setting(
        "MIRO_UPLOAD_ROOTS",
        values.parse_folders,
        "folders that files may be uploaded from, separated as in PATH",
        default="none: no uploads",
        takes="FOLDERS",
    )
    download_root: Path | None = _setting(  # noqa: RUF009
        "MIRO_DOWNLOAD_ROOT",
        values.parse_path,
        "the folder that files of exports may be downloaded into",
        default="none: no downloads",
        takes="FOLDER",
    )
    http: tuple[str, int] | None = _setting(
        "MIRO_HTTP",
        values.parse_address,
        "serve Streamable HTTP there instead of stdio",
        default="stdio",
        takes="HOST:PORT",
    )
    http_token: str | None = _setting(
        "MIRO_HTTP_TOKEN", values.parse_text, "bearer token that HTTP clients have to send", secret=True
    )
    http_hosts: tuple[str, ...] = _setting(
        "MIRO_HTTP_HOSTS",
        values.parse_names,
        "comma-separated list of the names that HTTP clients reach the server by",
        default="loopback",
        takes="NAMES",
    )
    http_origins: tuple[str, ...] = _setting(
        "MIRO_HTTP_ORIGINS",
        values.parse_origins,
        "origins whose pages may call the HTTP server, with commas",
        takes="ORIGINS",
    )
    call_timeout: float = _setting(
        "MIRO_CALL_TIMEOUT",
        values.parse_seconds,
        "seconds that one call of the API may take, retries included",
        value="120",
        takes="SECONDS",
    )
    log_level: str = _setting(
        "MIRO_LOG_LEVEL",
        values.parse_log_level,
        "what is logged to stderr: DEBUG to CRITICAL",
        value="WARNING",
        takes="LEVEL",
    )
    api_base_url: str = _setting(
        "MIRO_API_BASE_URL", values.parse_url, "another address of the REST API", value=REST_URL
    )
    scim_base_url: str = _setting(
        "MIRO_SCIM_BASE_URL", values.parse_url, "another address of the SCIM API", value=SCIM_URL
    )
    sandbox_path: Path | None = None
    """The file that MIRO_SANDBOX names, where it isn't just switched on."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads every `MIRO_…` variable.

        Raises:
            SettingsError: a variable has a value that can't be taken.
        """
        given = {name: environment.get(option.variable, "").strip() for name, option in _BY_FIELD.items()}
        in_sandbox = values.parse_is_sandbox("", given["sandbox"])
        settings = cls(
            **{
                name: option.parse(option.variable, given[name])
                for name, option in _BY_FIELD.items()
                if given[name] and not (in_sandbox and name in _OF_THE_SANDBOX)
            }
        )
        if not in_sandbox:
            return settings
        named = None if given["sandbox"].lower() in values.TRUE else Path(given["sandbox"]).expanduser()
        return replace(settings, sandbox_path=named, **_OF_THE_SANDBOX)


_BY_FIELD: dict[str, Option] = {one.name: one.metadata["option"] for one in fields(Settings) if one.metadata}

OPTIONS: tuple[Option, ...] = tuple(_BY_FIELD.values())
"""In the order that documentation shows them."""
