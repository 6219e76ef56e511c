"""What a setting's text means: one function for each form, which tells a right one where it is another."""

from __future__ import annotations

import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

from .catalogue import Toolset
from .catalogue.operation import UNLISTED
from .catalogue.types import board_id_of

REST_URL = "https://api.miro.com"
TOOLSETS: tuple[str, ...] = get_args(Toolset)

TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}
_CONFIRMING = {"ask": "confirm", "confirm": "confirm", "allow": "allow", "deny": "deny"}


class SettingsError(Exception):
    """A setting that can't be taken; the message names it and shows a right one."""


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this machine."""
    name = host.strip("[]")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def parse_switch(name: str, value: str) -> bool:
    word = value.lower()
    if word in TRUE:
        return True
    if word in _FALSE:
        return False
    raise SettingsError(f"{name}={value!r} is neither on nor off. Set {name}=1 or {name}=0.")


def parse_days(name: str, value: str) -> int:
    if not value.isascii() or not value.isdecimal() or int(value) > 365:
        raise SettingsError(f"{name}={value!r} is not a number of days from 0 (off) to 365. For example {name}=7.")
    return int(value)


def parse_share(name: str, value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise SettingsError(f"{name}={value!r} is not a number from 0 to 1. For example {name}=0.5.")
    return share


def parse_text(_: str, value: str) -> str | None:
    return value or None


def parse_path(_: str, value: str) -> Path | None:
    return Path(value).expanduser() if value else None


def parse_names(_: str, value: str) -> tuple[str, ...]:
    return tuple(parse_words(value))


def parse_origins(name: str, value: str) -> tuple[str, ...]:
    origins = [word.rstrip("/") for word in parse_words(value)]
    for origin in origins:
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?", origin):
            raise SettingsError(
                f"{name} holds {origin!r}, which is no origin: scheme and host, with no path and no star. "
                f"For example {name}=https://app.example.com,http://localhost:5173."
            )
    return tuple(origin.lower() for origin in origins)


def parse_words(value: str) -> list[str]:
    """The words of a comma-separated list."""
    return [word.strip() for word in value.split(",") if word.strip()]


def parse_ids(name: str, value: str) -> frozenset[str]:
    """A list that names nothing is a slip: taken as no limit, it would open everything."""
    ids = frozenset(parse_words(value))
    if value and not ids:
        raise SettingsError(f"{name}={value!r} names nothing. List ids with commas between, or leave it unset.")
    return ids


def parse_board_ids(name: str, value: str) -> frozenset[str]:
    return frozenset(board_id_of(one) for one in parse_ids(name, value))


def parse_domains(name: str, value: str) -> frozenset[str]:
    domains = [word.removeprefix("@") for word in parse_words(value)]
    for domain in domains:
        if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", domain):
            raise SettingsError(
                f"{name} holds {domain!r}, which isn't a domain (no stars; foreign letters as xn--…). "
                f"For example {name}=example.com,example.org."
            )
    return frozenset(domain.lower() for domain in domains)


def parse_rules(name: str, value: str) -> dict[int, str]:
    rules: dict[int, str] = {}
    for word in parse_words(value):
        risk, _, rule = word.partition("=")
        if risk not in ("0", "1", "2", "3", "4", "5") or rule not in ("allow", "confirm", "deny"):
            raise SettingsError(
                f"{name} holds {word!r}, which isn't RISK=RULE with a risk from 0 to 5 and allow, confirm or deny. "
                f"For example {name}=3=confirm,5=deny."
            )
        rules[int(risk)] = rule
    return rules


def parse_confirm(name: str, value: str) -> str:
    rule = _CONFIRMING.get(value.lower())
    if rule is None:
        raise SettingsError(
            f"{name}={value!r} is none of ask (a person confirms), allow (nobody is asked) and deny. "
            f"For example {name}=ask."
        )
    return rule


def parse_is_sandbox(_: str, value: str) -> bool:
    return value.lower() not in _FALSE


def parse_toolsets(name: str, value: str) -> frozenset[str]:
    names = [word.lower() for word in parse_words(value)]
    unknown = [word for word in names if word not in (*TOOLSETS, "all")]
    if unknown:
        raise SettingsError(
            f"{name} names {', '.join(unknown)}, which isn't a toolset. There are "
            f"{', '.join(TOOLSETS)} and all; for example {name}=default,organization."
        )
    everything = set(TOOLSETS) - {UNLISTED} if "all" in names else set[str]()
    return frozenset(everything | set(names) - {"all"})


def parse_url(name: str, value: str) -> str:
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


def parse_folders(_: str, value: str) -> tuple[Path, ...]:
    return tuple(Path(part).expanduser().resolve() for part in value.split(os.pathsep) if part.strip())


def parse_address(name: str, value: str) -> tuple[str, int] | None:
    if not value:
        return None
    host, _, port = value.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise SettingsError(f"{name}={value!r} is not HOST:PORT. For example {name}=127.0.0.1:8000.")
    return host.strip("[]") or "127.0.0.1", int(port)


def parse_seconds(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise SettingsError(f"{name}={value!r} is not a number of seconds up to 3600. For example {name}=120.")
    return seconds


def parse_log_level(name: str, value: str) -> str:
    level = value.upper()
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        raise SettingsError(f"{name}={value!r} is not a log level. For example {name}=INFO.")
    return level
