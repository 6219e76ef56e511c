"""`miro-mcp doctor`: whether everything is there that the server needs, and what to do about what isn't."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from .account import expiry_of, token_source
from .calls import Miro, miro_for
from .catalogue import GROUPS
from .client.explain import PLANS, scopes_of
from .errors import ApiError, CallError, CannotOpen, NotSignedIn
from .guardrails.policy import Policy
from .settings import Settings
from .system.terminal import GREEN, RED, YELLOW, is_live, paint

_MOST_SKEW = 60.0
"""Seconds. Beyond it, what the API says of times (when a limit ends, when a token expires) is misread."""

_PATIENCE = 5.0
"""Seconds after which an API that doesn't answer counts as not there."""

_NONE = "none"


class Mark(StrEnum):
    GOOD = "ok"
    DOUBTFUL = "warning"
    BAD = "problem"


_COLOURS = {Mark.GOOD: GREEN, Mark.DOUBTFUL: YELLOW, Mark.BAD: RED}


@dataclass(frozen=True)
class Finding:
    """What was found about one thing, and what to do about it."""

    mark: Mark
    words: str
    remedy: str = ""


def examine(settings: Settings) -> int:
    """Prints a line for each check; the exit status is 1 when one found a problem."""
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> int:
    show = _Show()
    bad = False
    show.progress("Asking Miro")
    async for finding in _findings(settings):
        show.finding(finding)
        bad = bad or finding.mark is Mark.BAD
        show.progress("Asking Miro")
    show.end("Something has to be done first." if bad else "The server has what it needs.")
    return 1 if bad else 0


async def _findings(settings: Settings) -> AsyncGenerator[Finding]:
    miro = miro_for(replace(settings, call_timeout=min(settings.call_timeout, _PATIENCE)))
    try:
        info: Mapping[str, Any] | None = None
        begun = time.monotonic()
        try:
            info = await miro.look("token-info", {})
        except NotSignedIn as error:
            yield await _of_reach(settings)
            yield Finding(Mark.BAD, "there is no token that works", str(error))
        except CallError as error:
            for finding in _of_failure(settings, error):
                yield finding
        else:
            milliseconds = (time.monotonic() - begun) * 1000
            yield Finding(Mark.GOOD, f"{_api_of(settings)} answers (in {milliseconds:.0f} ms)")
            yield Finding(Mark.GOOD, f"the token is good: from {token_source(settings)}, expires {expiry_of(settings)}")
        if miro.clock_skew is not None:
            yield _of_clock(miro.clock_skew)
        if info is not None:
            for finding in _of_scopes(settings, scopes_of(info)):
                yield finding
        if "scim" in settings.toolsets:
            yield await _of_scim(settings, miro)
    finally:
        await miro.aclose()


def _api_of(settings: Settings) -> str:
    return "the sandbox" if settings.sandbox else settings.api_base_url


async def _of_reach(settings: Settings) -> Finding:
    """Whether there is an answer at all; to a token that is none, it is a refusal."""
    miro = miro_for(replace(settings, access_token=_NONE, call_timeout=min(settings.call_timeout, _PATIENCE)))
    try:
        await miro.look("token-info", {})
    except ApiError:
        pass
    except CallError as error:
        return _unreached(settings, error)
    finally:
        await miro.aclose()
    return Finding(Mark.GOOD, f"{_api_of(settings)} answers")


def _unreached(settings: Settings, error: CallError) -> Finding:
    if isinstance(error, CannotOpen):
        return Finding(Mark.BAD, f"{_api_of(settings)} can't be reached", str(error))
    proxies = {scheme: urlsplit(url) for scheme, url in getproxies().items() if scheme != "no"}
    through = ", ".join(
        f"{scheme} through {url.hostname}:{url.port}" for scheme, url in proxies.items() if url.hostname
    )
    proxy = f"Proxies that this environment sets: {through}." if through else "This environment sets no proxy."
    return Finding(Mark.BAD, f"{_api_of(settings)} can't be reached", f"{error} {proxy}")


def _of_failure(settings: Settings, error: CallError) -> list[Finding]:
    if not isinstance(error, ApiError):
        return [_unreached(settings, error)]
    reached = Finding(Mark.GOOD, f"{_api_of(settings)} answers")
    if error.status == 401:
        remedy = "Run `miro-mcp login`, or set MIRO_ACCESS_TOKEN to a new token from the app's page in Miro."
        return [reached, Finding(Mark.BAD, f"Miro doesn't take the token from {token_source(settings)}", remedy)]
    return [reached, Finding(Mark.BAD, "the token could not be looked at", str(error))]


def _of_clock(skew: float) -> Finding:
    if abs(skew) <= _MOST_SKEW:
        return Finding(Mark.GOOD, "the clock agrees with Miro's")
    direction = "ahead of" if skew > 0 else "behind"
    words = f"the clock is {abs(skew):.0f} s {direction} Miro's"
    return Finding(Mark.DOUBTFUL, words, "Set this machine's clock by the network's time.")


def _of_scopes(settings: Settings, scopes: tuple[str, ...] | None) -> list[Finding]:
    """For each toolset that is switched on, the scopes that its operations need and the token lacks."""
    if scopes is None:
        return [Finding(Mark.DOUBTFUL, "Miro doesn't tell the token's scopes")]
    policy = Policy(settings)
    needed: dict[str, set[str]] = {}
    plans: dict[str, set[str]] = {}
    for group in GROUPS:
        for operation in group.operations:
            if policy.exposes(operation):
                needed.setdefault(group.toolset, set()).update(operation.scopes)
                plans.setdefault(group.toolset, set()).update([PLANS[operation.plan]] if operation.plan else [])
    return [_of_toolset(name, need - set(scopes), plans[name]) for name, need in needed.items()]


def _of_toolset(name: str, missing: set[str], plans: set[str]) -> Finding:
    if not missing:
        needs = f"; the plan has to be {' or '.join(sorted(plans))}" if plans else ""
        return Finding(Mark.GOOD, f"toolset {name}: the token has every scope{needs}")
    return Finding(
        Mark.DOUBTFUL,
        f"toolset {name}: the token lacks {', '.join(sorted(missing))}",
        "Add them to the app in Miro, install it again and sign in again; or leave the toolset out (MIRO_TOOLSETS).",
    )


async def _of_scim(settings: Settings, miro: Miro) -> Finding:
    try:
        await miro.look("listServiceProviderConfigs", {})
    except NotSignedIn as error:
        return Finding(Mark.BAD, "toolset scim: there is no SCIM token", str(error))
    except CallError as error:
        return Finding(Mark.BAD, f"toolset scim: {settings.scim_base_url} refuses", str(error))
    return Finding(Mark.GOOD, "toolset scim: the SCIM token is good")


class _Show:
    """Lines on stdout: with colours and what is being done on a terminal, plain elsewhere."""

    def __init__(self) -> None:
        self._live = is_live()

    def progress(self, words: str) -> None:
        if self._live:
            print(f"\r\x1b[K{words} …", end="", flush=True)

    def finding(self, finding: Finding) -> None:
        self._clear()
        print(f"{paint(f'{finding.mark:<8}', _COLOURS[finding.mark])} {finding.words}")
        if finding.remedy:
            print(f"         {finding.remedy}")

    def end(self, words: str) -> None:
        self._clear()
        print(words)

    def _clear(self) -> None:
        if self._live:
            print("\r\x1b[K", end="")
