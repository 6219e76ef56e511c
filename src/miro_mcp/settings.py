"""What the operator has set: environment variables, and the command line's options over them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

from .catalogue import Toolset
from .catalogue.types import board_id_of
from .options import SANDBOX_PORT, SettingsError

REST_URL = "https://api.miro.com"
SCIM_URL = "https://miro.com/api/v1/scim"
SANDBOX_URL = f"http://localhost:{SANDBOX_PORT}"
"""Where `miro-mcp sandbox` shows what the links in answers lead to; the calls themselves stay in the process."""

CALL_TIMEOUT = 120.0
"""Seconds that one call of the API may take where the operator says nothing else."""

TOOLSETS: tuple[str, ...] = get_args(Toolset)

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}
_CONFIRMING = {"ask": "confirm", "confirm": "confirm", "allow": "allow", "deny": "deny"}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One field a setting; secrets are kept out of its representation."""

    access_token: str | None = field(default=None, repr=False)
    api_base_url: str = REST_URL
    scim_token: str | None = field(default=None, repr=False)
    scim_base_url: str = SCIM_URL
    toolsets: frozenset[str] = frozenset({"default"})
    read_only: bool = False
    allowed_boards: frozenset[str] = frozenset()
    allowed_teams: frozenset[str] = frozenset()
    allowed_orgs: frozenset[str] = frozenset()
    share_allowed_domains: frozenset[str] = frozenset()
    upload_roots: tuple[Path, ...] = ()
    rules: Mapping[int, str] = field(default_factory=dict[int, str])
    confirm: str = "confirm"
    audit_log: Path | None = None
    sandbox: bool = False
    sandbox_path: Path | None = None
    http: tuple[str, int] | None = None
    http_hosts: tuple[str, ...] = ()
    http_token: str | None = field(default=None, repr=False)
    log_level: str = "WARNING"
    call_timeout: float = CALL_TIMEOUT
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads every `MIRO_…` variable.

        Raises:
            SettingsError: a variable has a value that can't be taken.
        """

        def text(name: str) -> str | None:
            return environment.get(name, "").strip() or None

        sandbox, sandbox_path = _sandbox(text("MIRO_SANDBOX"))
        rest_url, scim_url = (SANDBOX_URL, f"{SANDBOX_URL}/api/v1/scim") if sandbox else (REST_URL, SCIM_URL)
        return cls(
            access_token="sandbox" if sandbox else text("MIRO_ACCESS_TOKEN"),
            api_base_url=rest_url if sandbox else _url("MIRO_API_BASE_URL", text("MIRO_API_BASE_URL") or rest_url),
            scim_token="sandbox" if sandbox else text("MIRO_SCIM_TOKEN"),
            scim_base_url=scim_url if sandbox else _url("MIRO_SCIM_BASE_URL", text("MIRO_SCIM_BASE_URL") or scim_url),
            toolsets=_toolsets(text("MIRO_TOOLSETS")),
            read_only=_switch("MIRO_READ_ONLY", environment.get("MIRO_READ_ONLY", "")),
            allowed_boards=frozenset(board_id_of(name) for name in _ids("MIRO_ALLOWED_BOARDS", text)),
            allowed_teams=_ids("MIRO_ALLOWED_TEAMS", text),
            allowed_orgs=_ids("MIRO_ALLOWED_ORGS", text),
            share_allowed_domains=_domains(text("MIRO_SHARE_ALLOWED_DOMAINS")),
            rules=_rules(text("MIRO_RULES")),
            confirm=_confirm(text("MIRO_CONFIRM")),
            audit_log=Path(path).expanduser() if (path := text("MIRO_AUDIT_LOG")) else None,
            upload_roots=_folders(text("MIRO_UPLOAD_ROOTS")),
            sandbox=sandbox,
            sandbox_path=sandbox_path,
            http=_address(text("MIRO_HTTP")),
            http_hosts=tuple(_words(text("MIRO_HTTP_HOSTS"))),
            http_token=text("MIRO_HTTP_TOKEN"),
            log_level=_log_level(text("MIRO_LOG_LEVEL")),
            call_timeout=_call_timeout(text("MIRO_CALL_TIMEOUT")),
            client_id=text("MIRO_CLIENT_ID"),
            client_secret=text("MIRO_CLIENT_SECRET"),
        )


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
    from platformdirs import user_data_path

    return user_data_path("miro-mcp", appauthor=False) / "sandbox.db"


def _switch(name: str, value: str) -> bool:
    word = value.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise SettingsError(f"{name}={value!r} is neither on nor off. Set {name}=1 or {name}=0.")


def _words(value: str | None) -> list[str]:
    """The words of a comma list."""
    return [word.strip() for word in (value or "").split(",") if word.strip()]


def _ids(name: str, text: Callable[[str], str | None]) -> frozenset[str]:
    """A list that names nothing is a slip: taken as no limit, it would open everything."""
    value = text(name)
    ids = frozenset(_words(value))
    if value and not ids:
        raise SettingsError(f"{name}={value!r} names nothing. List ids with commas between, or leave it unset.")
    return ids


def _domains(value: str | None) -> frozenset[str]:
    domains = [word.removeprefix("@") for word in _words(value)]
    for domain in domains:
        if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", domain):
            raise SettingsError(
                f"MIRO_SHARE_ALLOWED_DOMAINS holds {domain!r}, which isn't a domain (no stars; foreign letters as "
                "xn--…). For example MIRO_SHARE_ALLOWED_DOMAINS=example.com,example.org."
            )
    return frozenset(domain.lower() for domain in domains)


def _rules(value: str | None) -> dict[int, str]:
    rules: dict[int, str] = {}
    for word in _words(value):
        risk, _, rule = word.partition("=")
        if risk not in ("0", "1", "2", "3", "4", "5") or rule not in ("allow", "confirm", "deny"):
            raise SettingsError(
                f"MIRO_RULES holds {word!r}, which isn't RISK=RULE with a risk from 0 to 5 and allow, confirm or deny. "
                "For example MIRO_RULES=3=confirm,5=deny."
            )
        rules[int(risk)] = rule
    return rules


def _confirm(value: str | None) -> str:
    rule = _CONFIRMING.get((value or "ask").lower())
    if rule is None:
        raise SettingsError(
            f"MIRO_CONFIRM={value!r} is none of ask (a person confirms), allow (nobody is asked) and deny. "
            "For example MIRO_CONFIRM=ask."
        )
    return rule


def _sandbox(value: str | None) -> tuple[bool, Path | None]:
    if value is None or value.lower() in _FALSE:
        return False, None
    return True, None if value.lower() in _TRUE else Path(value).expanduser()


def _toolsets(value: str | None) -> frozenset[str]:
    names = [name.lower() for name in _words(value or "default")]
    if "all" in names:
        return frozenset(TOOLSETS)
    unknown = [name for name in names if name not in TOOLSETS]
    if unknown:
        raise SettingsError(
            f"MIRO_TOOLSETS names {', '.join(unknown)}, which isn't a toolset. There are "
            f"{', '.join(TOOLSETS)} and all; for example MIRO_TOOLSETS=default,organization."
        )
    return frozenset(names)


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


def _folders(value: str | None) -> tuple[Path, ...]:
    return tuple(Path(part).expanduser().resolve() for part in (value or "").split(os.pathsep) if part.strip())


def _address(value: str | None) -> tuple[str, int] | None:
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise SettingsError(f"MIRO_HTTP={value!r} is not HOST:PORT. For example MIRO_HTTP=127.0.0.1:8000.")
    return host.strip("[]") or "127.0.0.1", int(port)


def _call_timeout(value: str | None) -> float:
    try:
        seconds = float(value or CALL_TIMEOUT)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise SettingsError(
            f"MIRO_CALL_TIMEOUT={value!r} is not a number of seconds up to 3600. For example MIRO_CALL_TIMEOUT=120."
        )
    return seconds


def _log_level(value: str | None) -> str:
    level = (value or "WARNING").upper()
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        raise SettingsError(f"MIRO_LOG_LEVEL={value!r} is no log level. For example MIRO_LOG_LEVEL=INFO.")
    return level
