"""Writes every file that follows from the code: pages of docs, manifests, figures of the README; `--check` compares.

Usage: python tools/make_docs.py [--check]
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from generate.administrators import administrators
from generate.configuration import configuration
from generate.manifest import manifest
from generate.readme import with_parts
from generate.registry import registry_entry
from generate.tables import row, table_head
from generate.toolsets import PURPOSES

from miro_mcp.catalogue import GROUPS, READ, Operation, OperationGroup, Toolset
from miro_mcp.catalogue.operation import CREDITS, UNLISTED
from miro_mcp.guardrails.policy import Policy
from miro_mcp.guardrails.risk import CONCERNS_OTHERS, RISKS, Risk
from miro_mcp.mermaid.kinds import KINDS
from miro_mcp.settings import Settings
from miro_mcp.tools.additions import ADDITIONS, MADE
from miro_mcp.workflows.listing import WORKFLOWS
from miro_mcp.workflows.workflow import Workflow

ROOT = Path(__file__).parents[1]

PLANS = {"enterprise": "Enterprise", "enterprise_guard": "Enterprise Guard", None: ""}

INTRODUCTION = """\
# Tools

Written by `make docs` from the catalogue; not to be edited by hand.

Every tool of operations takes `operation` and that operation's arguments, of which the **bold** ones are required.
Beside them, reads take `fields` (dotted paths to keep) and `verbose` (links, empty values and audit fields too), lists
also `max_items` (the pages are walked), and writes and deletes take `dry_run` (the exact request, and nothing is sent).

Risk runs from 0 (reads) to 5 (irreversible, or organization-wide). Credits are what a call costs of Miro's 100,000 a
minute.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    only_check = parser.parse_args().check
    stale = False
    for name, text in written().items():
        target = ROOT / name
        if only_check and not (target.is_file() and target.read_text(encoding="utf-8") == text):
            print(f"{name} is out of date: run `make docs`.", file=sys.stderr)
            stale = True
        elif not only_check:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return 1 if stale else 0


def written() -> dict[str, str]:
    """Every file that follows from the code, by its name in the repository."""
    pages = {
        "docs/tools.md": [INTRODUCTION, *overview(), *reference()],
        "docs/guardrails.md": guardrails(),
        "docs/configuration.md": configuration(),
        "docs/mermaid.md": mermaid(),
        "docs/administrators.md": administrators(),
    }
    data = {"manifest.json": manifest(), "server.json": registry_entry()}
    return {
        **{name: "\n".join(lines) for name, lines in pages.items()},
        **{name: json.dumps(value, indent=2, ensure_ascii=False) + "\n" for name, value in data.items()},
        "README.md": with_parts((ROOT / "README.md").read_text(encoding="utf-8")),
    }


def mermaid() -> Iterator[str]:
    """The kinds of diagrams, each with an example."""
    yield "# Mermaid\n"
    yield "`miro_diagram_write` draws these kinds from Mermaid text, with Miro's own shapes and connectors. Text that"
    yield "isn't valid is refused with its line, its column and what was expected there.\n"
    for kind in KINDS:
        yield f"## {kind.word}\n"
        yield f"{kind.says}\n"
        yield f"```mermaid\n{kind.example}\n```\n"


def tools_of(toolset: str) -> dict[str, list[Operation]]:
    """The tools of one toolset with their operations, in the catalogue's order."""
    tools: dict[str, list[Operation]] = {}
    for group in GROUPS:
        for operation in group.operations:
            if group.toolset == toolset:
                tools.setdefault(group.tool_of(operation), []).append(operation)
    return tools


def overview() -> Iterator[str]:
    yield from table_head("Toolset", "Tools", "Operations", "For")
    for toolset in get_args(Toolset):
        tools = tools_of(toolset)
        count = sum(len(operations) for operations in tools.values())
        number = len(tools) + len(workflows_of(toolset))
        yield row(f"[`{toolset}`](#{toolset})", str(number), str(count), PURPOSES[toolset])
    yield ""


def reference() -> Iterator[str]:
    for toolset in get_args(Toolset):
        yield f"## {toolset}\n\n{PURPOSES[toolset][0].upper()}{PURPOSES[toolset][1:]}.\n"
        if toolset == UNLISTED:
            yield MAY_VANISH
        for workflow in workflows_of(toolset):
            yield from describe(workflow)
        for tool, operations in tools_of(toolset).items():
            effect = operations[0].effect
            yield f"### {tool}\n"
            yield f"Effect: {effect}.\n"
            yield from table_head(*COLUMNS)
            for operation in operations:
                yield row(*cells(operation))
            yield ""


def workflows_of(toolset: str) -> list[Workflow]:
    return [workflow for workflow in WORKFLOWS if workflow.toolset == toolset]


def describe(workflow: Workflow) -> Iterator[str]:
    """A workflow tool: it has arguments of its own and no operation; its calls are those of other tools."""
    yield f"### {workflow.name}\n"
    yield f"Effect: {workflow.effect}. Makes calls of its own, each checked, confirmed and recorded like any other.\n"
    yield f"{workflow.description.replace('<', '&lt;')}\n"
    yield f"Arguments: {', '.join(arguments(workflow))}\n"


MAY_VANISH = (
    "May vanish: these routes answered a plain token when they were probed, and Miro promises nothing of them. They "
    "are no part of `all`; `MIRO_TOOLSETS=all,unlisted` takes both.\n"
)
COLUMNS = ("Operation", "What it does", "Request", "Arguments", "Risk", "Scopes", "Level", "Plan")


def cells(operation: Operation) -> tuple[str, ...]:
    deprecated = " Deprecated." if operation.deprecated else ""
    sensitive = " Sensitive." if operation.sensitive else ""
    return (
        f"`{operation.name}`",
        f"{operation.summary}.{deprecated}{sensitive}",
        f"`{operation.method} {operation.path}`",
        ", ".join(arguments(operation)),
        f"{operation.risk}: {operation.why}" if operation.risk else "0",
        ", ".join(f"`{scope}`" for scope in operation.scopes),
        level(operation),
        PLANS[operation.plan],
    )


def arguments(taker: Operation | Workflow) -> Iterator[str]:
    fields = taker.arguments.model_fields.items()
    made, _ = MADE.get(taker.id, ("", None)) if isinstance(taker, Operation) else ("", None)
    for name, field in sorted(fields, key=lambda item: not item[1].is_required() or item[0] == made):
        shown = f"`{field.alias or name}`"
        yield f"**{shown}**" if field.is_required() and name != made else shown
    if isinstance(taker, Operation) and taker.id in ADDITIONS:
        yield from (f"`{name}`" for name in ADDITIONS[taker.id].model_fields)


def level(operation: Operation) -> str:
    if operation.level is None:
        return ""
    return f"{operation.level} ({CREDITS[operation.level]} credits{' an item' if operation.per_item else ''})"


GUARDRAILS = """\
# Guardrails

Written by `make docs` from the catalogue and the policy; not to be edited by hand.

**Every call** takes one way. Its arguments are checked, then the operator's bounds (allowed boards, teams,
organizations, e-mail domains and upload folders), then the rule of its risk: `allow`, `confirm` or `deny`. Just before
it is sent, all that a person was shown is looked up again, and the call is put on record (`miro-mcp audit`).
"""
AFTER_RULES = """
**A person is asked**, through the client, about every call of risk 4 or 5, and about deletions as soon as there are
two: one deletion of risk 3 is not asked about, two or more in one call are, wherever they come from (a batch, a
diagram's update, an edited SVG, an operation that takes several things along). All calls of a plan are one question:
how many there are of each kind and risk comes first, then each call of risk 4 or 5, which has a tick of its own or
wants a name typed. What can't be answered rightly is refused with how to split it: more than 20 such calls, or 200
lines. After three times no nobody is asked about the same call for 10 minutes.

**Nobody is asked** about what this server drew and draws anew in the same call, nor about taking back what a call of
its own had just made. Only what is as it was drawn counts as its own: a record on a board that names other people's
items changes nothing about them.

**What is deleted or overwritten on a board is kept** before it goes, in a file beside the audit log that its owner
alone can read, for 7 days (`MIRO_KEEP_DAYS`; 0 keeps nothing) and up to 50 MB. `miro_restore`, or `miro-mcp restore`,
makes it again: items with texts, styles, places, frames, tags and the lines between them, under new ids.

**A change that is cut off** (a crash, a kill, a client that is gone) is finished by the same call: a diagram's record
on the board names what is to be made and deleted until that is done, SVG and layout writes note what they have made in
the folder `audit-unfinished` beside the audit log, and the lines of a batch name their steps: one without a line was
not begun, and one that is `pending` may have been carried out.

**The operator decides** with `MIRO_RULES` (`3=confirm,5=deny`) about each risk, and with `MIRO_CONFIRM` what confirming
means: `ask` a person, `allow` unasked, or `deny`. Read-only mode beats all of it. A client that can't ask a person gets
a refusal. Only the `default` toolset is there unless `MIRO_TOOLSETS` says otherwise; sensitive reads are in none that
is on by itself, and are put on record like writes.

## Writes and deletes
"""
READS = """
## Reads

Risk 0, not asked about.
"""


def guardrails() -> Iterator[str]:
    yield GUARDRAILS
    yield from table_head("Risk", "Which is", "By default")
    for risk, (which, rule) in RISKS.items():
        yield row(str(risk), which, f"`{rule}`")
    yield AFTER_RULES
    yield from table_head("Operation", "Tool and operation", "Toolset", "Effect", "Risk", "By default", "Why")
    for group in GROUPS:
        for operation in group.operations:
            if operation.effect is not READ:
                yield decided(operation, group)
    yield READS
    yield from table_head("Tool", "Toolset", "Operations", "Sensitive")
    by_tool: dict[tuple[str, str], list[Operation]] = {}
    for group in GROUPS:
        for operation in group.operations:
            if operation.effect is READ:
                by_tool.setdefault((group.tool_of(operation), group.toolset), []).append(operation)
    for (tool, toolset), reads in by_tool.items():
        sensitive = "; ".join(dict.fromkeys(one.why for one in reads if one.sensitive))
        yield row(f"`{tool}`", f"`{toolset}`", ", ".join(f"`{one.name}`" for one in reads), sensitive)
    yield ""


def decided(operation: Operation, group: OperationGroup) -> str:
    """What is decided about a write or deletion, as a row."""
    rule = Policy(Settings()).rule_for(Risk(operation.risk, operation.why, many=operation.takes_many))
    exceptions = [f"`confirm` when it {why}" for why in dict.fromkeys(factor.why for factor in operation.risk_factors)]
    if operation.any_kind:
        exceptions.append(f"`confirm` when the item is a {' or a '.join(CONCERNS_OTHERS)}")
    return row(
        f"`{operation.id}`",
        f"`{group.tool_of(operation)}` `{operation.name}`",
        f"`{group.toolset}`",
        str(operation.effect),
        str(operation.risk),
        "; ".join([f"`{rule}`", *exceptions]),
        operation.why,
    )


if __name__ == "__main__":
    sys.exit(main())
