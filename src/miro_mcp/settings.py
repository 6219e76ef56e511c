"""What the operator has set: one row per setting, which the command line, the docs and the manifests follow."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from platformdirs import user_data_path

from .catalogue import Toolset
from .catalogue.operation import UNLISTED
from .catalogue.types import board_id_of

REST_URL = "https://api.miro.com"
SCIM_URL = "https://miro.com/api/v1/scim"
SANDBOX_PORT = 8765
SANDBOX_URL = f"http://localhost:{SANDBOX_PORT}"
"""Where `miro-mcp sandbox` shows what the links in answers lead to; the calls themselves stay in the process."""

TOOLSETS: tuple[str, ...] = get_args(Toolset)

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}
_CONFIRMING = {"ask": "confirm", "confirm": "confirm", "allow": "allow", "deny": "deny"}


class SettingsError(Exception):
    """A setting that can't be taken; the message names it and shows a right one."""


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


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this machine."""
    name = host.strip("[]")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def default_sandbox_path() -> Path:
    return user_data_path("miro-mcp", appauthor=False) / "sandbox.db"


def _switch(name: str, value: str) -> bool:
    word = value.lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise SettingsError(f"{name}={value!r} is neither on nor off. Set {name}=1 or {name}=0.")


def _share(name: str, value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise SettingsError(f"{name}={value!r} is not a number from 0 to 1. For example {name}=0.5.")
    return share


def _text(_: str, value: str) -> str | None:
    return value or None


def _path(_: str, value: str) -> Path | None:
    return Path(value).expanduser() if value else None


def _names(_: str, value: str) -> tuple[str, ...]:
    return tuple(_words(value))


def _origins(name: str, value: str) -> tuple[str, ...]:
    origins = [word.rstrip("/") for word in _words(value)]
    for origin in origins:
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?", origin):
            raise SettingsError(
                f"{name} holds {origin!r}, which is no origin: scheme and host, with no path and no star. "
                f"For example {name}=https://app.example.com,http://localhost:5173."
            )
    return tuple(origin.lower() for origin in origins)


def _words(value: str) -> list[str]:
    """The words of a comma-separated list."""
    return [word.strip() for word in value.split(",") if word.strip()]


def _ids(name: str, value: str) -> frozenset[str]:
    """A list that names nothing is a slip: taken as no limit, it would open everything."""
    ids = frozenset(_words(value))
    if value and not ids:
        raise SettingsError(f"{name}={value!r} names nothing. List ids with commas between, or leave it unset.")
    return ids


def _board_ids(name: str, value: str) -> frozenset[str]:
    return frozenset(board_id_of(one) for one in _ids(name, value))


def _domains(name: str, value: str) -> frozenset[str]:
    domains = [word.removeprefix("@") for word in _words(value)]
    for domain in domains:
        if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", domain):
            raise SettingsError(
                f"{name} holds {domain!r}, which isn't a domain (no stars; foreign letters as xn--…). "
                f"For example {name}=example.com,example.org."
            )
    return frozenset(domain.lower() for domain in domains)


def _rules(name: str, value: str) -> dict[int, str]:
    rules: dict[int, str] = {}
    for word in _words(value):
        risk, _, rule = word.partition("=")
        if risk not in ("0", "1", "2", "3", "4", "5") or rule not in ("allow", "confirm", "deny"):
            raise SettingsError(
                f"{name} holds {word!r}, which isn't RISK=RULE with a risk from 0 to 5 and allow, confirm or deny. "
                f"For example {name}=3=confirm,5=deny."
            )
        rules[int(risk)] = rule
    return rules


def _confirm(name: str, value: str) -> str:
    rule = _CONFIRMING.get(value.lower())
    if rule is None:
        raise SettingsError(
            f"{name}={value!r} is none of ask (a person confirms), allow (nobody is asked) and deny. "
            f"For example {name}=ask."
        )
    return rule


def _is_sandbox(_: str, value: str) -> bool:
    return value.lower() not in _FALSE


def _toolsets(name: str, value: str) -> frozenset[str]:
    names = [word.lower() for word in _words(value)]
    unknown = [word for word in names if word not in (*TOOLSETS, "all")]
    if unknown:
        raise SettingsError(
            f"{name} names {', '.join(unknown)}, which isn't a toolset. There are "
            f"{', '.join(TOOLSETS)} and all; for example {name}=default,organization."
        )
    everything = set(TOOLSETS) - {UNLISTED} if "all" in names else set[str]()
    return frozenset(everything | set(names) - {"all"})


def _url(name: str, value: str) -> str:
    parts = urlsplit(value)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise SettingsError(f"{name} must have no user, password or query in it. For example {name}={REST_URL}.")
    if parts.scheme == "https" and parts.hostname:
        return value.rstrip("/")
    if parts.scheme == "http" and parts.hostname and is_loopback(parts.hostname):
        return value.rstrip("/")
    raise SettingsError(
        f"{name}={value!r} is not an https address (plain http is taken for this machine only). "
        f"For example {name}={REST_URL}."
    )


def _folders(_: str, value: str) -> tuple[Path, ...]:
    return tuple(Path(part).expanduser().resolve() for part in value.split(os.pathsep) if part.strip())


def _address(name: str, value: str) -> tuple[str, int] | None:
    if not value:
        return None
    host, _, port = value.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise SettingsError(f"{name}={value!r} is not HOST:PORT. For example {name}=127.0.0.1:8000.")
    return host.strip("[]") or "127.0.0.1", int(port)


def _seconds(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise SettingsError(f"{name}={value!r} is not a number of seconds up to 3600. For example {name}=120.")
    return seconds


def _log_level(name: str, value: str) -> str:
    level = value.upper()
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        raise SettingsError(f"{name}={value!r} is not a log level. For example {name}=INFO.")
    return level


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

    access_token: str | None = _setting("MIRO_ACCESS_TOKEN", _text, "access token for Miro's REST API", secret=True)
    client_id: str | None = _setting(
        "MIRO_CLIENT_ID", _text, "client id of the app that `miro-mcp login` signs in to", default="asked for"
    )
    client_secret: str | None = _setting(
        "MIRO_CLIENT_SECRET", _text, "client secret of that app", default="asked for", secret=True
    )
    scim_token: str | None = _setting(
        "MIRO_SCIM_TOKEN", _text, "token for SCIM, from the company settings", secret=True
    )
    sandbox: bool = _setting(
        "MIRO_SANDBOX",
        _is_sandbox,
        "run on the embedded sandbox (tokens are ignored then): 1, or the path of the file it is kept in",
        default="off",
        takes="PATH",
        bare="1",
    )
    sandbox_faults: float = _setting(
        "MIRO_SANDBOX_FAULTS", _share, "share of new frames that the sandbox answers with 500", value="0", takes="SHARE"
    )
    toolsets: frozenset[str] = _setting(
        "MIRO_TOOLSETS",
        _toolsets,
        "default, all, or a comma-separated list of toolsets",
        value="default",
        takes="NAMES",
    )
    read_only: bool = _setting("MIRO_READ_ONLY", _switch, "expose read operations only", default="off", bare="1")
    allowed_boards: frozenset[str] = _setting(
        "MIRO_ALLOWED_BOARDS",
        _board_ids,
        "comma-separated list of the boards (ids or URLs) that calls may touch",
        default="no limit",
        takes="IDS",
    )
    allowed_teams: frozenset[str] = _setting(
        "MIRO_ALLOWED_TEAMS",
        _ids,
        "comma-separated list of the teams that calls may touch",
        default="no limit",
        takes="IDS",
    )
    allowed_orgs: frozenset[str] = _setting(
        "MIRO_ALLOWED_ORGS",
        _ids,
        "comma-separated list of the organizations that calls may touch",
        default="no limit",
        takes="IDS",
    )
    share_allowed_domains: frozenset[str] = _setting(
        "MIRO_SHARE_ALLOWED_DOMAINS",
        _domains,
        "comma-separated list of e-mail domains people may be invited from",
        default="the signed-in person's own",
        takes="DOMAINS",
    )
    rules: Mapping[int, str] = _setting(
        "MIRO_RULES",
        _rules,
        "allow, confirm or deny by risk, as in 3=confirm,5=deny",
        default="0 to 3 allow, 4 and 5 confirm",
        takes="RISK=RULE",
    )
    confirm: str = _setting(
        "MIRO_CONFIRM",
        _confirm,
        "what confirming means: ask a person, allow unasked, or deny",
        value="ask",
        takes="HOW",
    )
    audit_log: Path | None = _setting(  # noqa: RUF009
        "MIRO_AUDIT_LOG",
        _path,
        "the file that writes, deletes and sensitive reads are recorded in",
        default="in the user's state folder",
        takes="PATH",
    )
    audit_reads: bool = _setting(
        "MIRO_AUDIT_READS",
        _switch,
        "put every read on record too, not the sensitive alone",
        default="off",
        bare="1",
    )
    upload_roots: tuple[Path, ...] = _setting(
        "MIRO_UPLOAD_ROOTS",
        _folders,
        "folders that files may be uploaded from, separated as in PATH",
        default="none: no uploads",
        takes="FOLDERS",
    )
    http: tuple[str, int] | None = _setting(
        "MIRO_HTTP", _address, "serve Streamable HTTP there instead of stdio", default="stdio", takes="HOST:PORT"
    )
    http_token: str | None = _setting(
        "MIRO_HTTP_TOKEN", _text, "bearer token that HTTP clients have to send", secret=True
    )
    http_hosts: tuple[str, ...] = _setting(
        "MIRO_HTTP_HOSTS",
        _names,
        "comma-separated list of the names that HTTP clients reach the server by",
        default="loopback",
        takes="NAMES",
    )
    http_origins: tuple[str, ...] = _setting(
        "MIRO_HTTP_ORIGINS", _origins, "origins whose pages may call the HTTP server, with commas", takes="ORIGINS"
    )
    call_timeout: float = _setting(
        "MIRO_CALL_TIMEOUT",
        _seconds,
        "seconds that one call of the API may take, retries included",
        value="120",
        takes="SECONDS",
    )
    log_level: str = _setting(
        "MIRO_LOG_LEVEL", _log_level, "what is logged to stderr: DEBUG to CRITICAL", value="WARNING", takes="LEVEL"
    )
    api_base_url: str = _setting("MIRO_API_BASE_URL", _url, "another address of the REST API", value=REST_URL)
    scim_base_url: str = _setting("MIRO_SCIM_BASE_URL", _url, "another address of the SCIM API", value=SCIM_URL)
    sandbox_path: Path | None = None
    """The file that MIRO_SANDBOX names, where it isn't just switched on."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads every `MIRO_…` variable.

        Raises:
            SettingsError: a variable has a value that can't be taken.
        """
        given = {name: environment.get(option.variable, "").strip() for name, option in _BY_FIELD.items()}
        in_sandbox = _is_sandbox("", given["sandbox"])
        settings = cls(
            **{
                name: option.parse(option.variable, given[name])
                for name, option in _BY_FIELD.items()
                if given[name] and not (in_sandbox and name in _OF_THE_SANDBOX)
            }
        )
        if not in_sandbox:
            return settings
        named = None if given["sandbox"].lower() in _TRUE else Path(given["sandbox"]).expanduser()
        return replace(settings, sandbox_path=named, **_OF_THE_SANDBOX)


_BY_FIELD: dict[str, Option] = {one.name: one.metadata["option"] for one in fields(Settings) if one.metadata}

OPTIONS: tuple[Option, ...] = tuple(_BY_FIELD.values())
"""In the order that documentation shows them."""
