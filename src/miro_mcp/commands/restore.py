"""`miro-mcp restore`: makes again what a call deleted or overwrote."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from typing import Any, cast

from ..calls import miro_for
from ..errors import CallError
from ..guardrails.confirmation import Nobody
from ..session import Session
from ..settings import Settings
from ..system.logs import log_to_stderr
from ..system.terminal import agreed
from ..text.hidden import visible
from ..workflows.restore.tool import RESTORE, RestoreArguments
from .given import environment_of

_UNASKED = "Nobody can be asked here. MIRO_RULES=1=allow,2=allow lets it be made again."


def run(options: argparse.Namespace) -> int:
    settings = Settings.from_environment(environment_of(options))
    log_to_stderr(settings.log_level)
    given = {"call": options.call} if options.call else {}
    try:
        foreseen = asyncio.run(_restored(settings, {**given, "dry_run": True}))
        if options.list:
            print(_table(foreseen["calls"]))
            return 0
        print(f"Call {foreseen['call']}:\n{_table(foreseen['boards'])}")
        if not options.yes and not agreed("Make this again?"):
            return 1
        restored = asyncio.run(_restored(settings, {"call": foreseen["call"]}))
    except (CallError, ValueError) as error:
        print(visible(str(error)), file=sys.stderr)
        return 1
    print(_table(restored["boards"]))
    print(restored["note"])
    return 0


async def _restored(settings: Settings, given: dict[str, Any]) -> dict[str, Any]:
    miro = miro_for(settings)
    try:
        outcome = await RESTORE.run(RestoreArguments(**given), Session(miro, Nobody(_UNASKED), {}))
    finally:
        await miro.aclose()
    return outcome.value or {}


def _table(rows: list[dict[str, Any]]) -> str:
    """A block for each row; lists of ids one a line."""
    lines: list[str] = []
    for row in rows:
        lines.append("  ".join(f"{name} {value}" for name, value in row.items() if not isinstance(value, list | dict)))
        for name, value in row.items():
            if isinstance(value, dict):
                lines.append(f"    {name}: {json.dumps(value)[1:-1]}")
            elif isinstance(value, list) and value:
                lines.append(f"    {name}:")
                lines += [f"        {_one(one)}" for one in cast("list[Any]", value)]
    return visible("\n".join(lines))


def _one(value: Any) -> str:
    return f"{value['old']} is now {value['new']}" if isinstance(value, dict) else str(value)
