"""Git graphs: from commands to commits, as git would carry them out."""

from __future__ import annotations

from typing import Any, cast

from ...diagrams.charts.git_graph import Commit, CommitKind, GitGraph
from ...diagrams.charts.keys import Keys, own_key
from ...diagrams.graph import Direction
from ..cursor import Cursor
from ..errors import MermaidError
from ..labels import html_of
from ..source import Source
from .parse import Command, GitText, parse

_DIRECTIONS: dict[str, Direction] = {"LR": "right", "TB": "down", "BT": "up"}
_KINDS: dict[str, CommitKind] = {"NORMAL": "normal", "REVERSE": "reverse", "HIGHLIGHT": "highlight"}


def read(source: Source) -> GitGraph:
    """Raises:
    MermaidError: the text isn't a git graph, or a command in it can't be carried out.
    """
    cursor, found = parse(source)
    given = source.config.get("gitGraph")
    config = cast("dict[str, Any]", given) if isinstance(given, dict) else {}
    return _Repository(cursor, config).carried_out(found)


class _Repository:
    def __init__(self, cursor: Cursor, config: dict[str, Any]) -> None:
        self.cursor = cursor
        self.branch = str(config.get("mainBranchName") or "main")
        order = config.get("mainBranchOrder")
        self.heads: dict[str, str | None] = {self.branch: None}
        self.orders: dict[str, float | None] = {self.branch: float(order) if isinstance(order, int | float) else 0.0}
        self.commits: dict[str, Commit] = {}
        self.keys = Keys()

    def carried_out(self, found: GitText) -> GitGraph:
        for command in found.commands:
            match command.kind:
                case "commit":
                    self._commit(command)
                case "branch":
                    self._branch(command)
                case "checkout":
                    self.branch = self._known(command)
                case "merge":
                    self._merge(command)
                case _:
                    self._cherry_pick(command)
        places = {name: place for place, name in enumerate(self.heads)}
        lanes = sorted(self.heads, key=lambda name: self._lane(name, places[name]))
        return GitGraph(
            branches=tuple(lanes),
            commits=tuple(self.commits.values()),
            direction=_DIRECTIONS[found.direction],
            title=found.title,
        )

    def _lane(self, name: str, place: int) -> float:
        """Branches without an order stand between the first and the second."""
        order = self.orders[name]
        return float(f"0.{place}") if order is None else order

    def _wrong(self, command: Command, expected: str) -> MermaidError:
        return self.cursor.error_at(command.token, expected)

    def _add(self, command: Command, kind: CommitKind, parents: list[str], text: str, tags: list[str]) -> None:
        given = command.options.get("id", "") if command.kind != "cherry-pick" else ""
        key = own_key(given) or self.keys.of("commit", self.branch, text or kind)
        self.commits.pop(key, None)
        self.commits[key] = Commit(
            key=key,
            branch=self.branch,
            text=html_of(text or given),
            kind=kind,
            tags=tuple(html_of(tag) for tag in tags if tag),
            parents=tuple(one for one in parents if one != key),
        )
        self.heads[self.branch] = key

    def _commit(self, command: Command) -> None:
        head = self.heads[self.branch]
        kind = _KINDS[command.options.get("type", "NORMAL")]
        self._add(command, kind, [head] if head else [], command.options.get("msg", ""), command.tags)

    def _branch(self, command: Command) -> None:
        if command.name in self.heads:
            raise self._wrong(command, f"a branch that isn't there yet, or 'checkout {command.name}'")
        self.heads[command.name] = self.heads[self.branch]
        self.orders[command.name] = command.order
        self.branch = command.name

    def _known(self, command: Command) -> str:
        if command.name not in self.heads:
            raise self._wrong(command, f"a branch that is there, or 'branch {command.name}'")
        return command.name

    def _merge(self, command: Command) -> None:
        if command.name == self.branch:
            raise self._wrong(command, "another branch than the current one")
        head = self.heads[self.branch]
        if head is None:
            raise self._wrong(command, f"a commit on '{self.branch}' before a merge into it")
        other = self.heads[self._known(command)]
        if other is None:
            raise self._wrong(command, f"a commit on '{command.name}' before it is merged")
        if head == other:
            raise self._wrong(command, "two branches that differ")
        if own_key(command.options.get("id", "")) in self.commits:
            raise self._wrong(command, "an id that no commit has yet")
        kind = _KINDS[command.options["type"]] if "type" in command.options else "merge"
        self._add(command, kind, [head, other], "", command.tags)

    def _cherry_pick(self, command: Command) -> None:
        source = self.commits.get(own_key(command.options.get("id", "")))
        if source is None:
            raise self._wrong(command, 'the id of a commit that is there, as in cherry-pick id: "one"')
        parent = own_key(command.options.get("parent", ""))
        if parent and parent not in source.parents:
            raise self._wrong(command, f"a parent of {source.key}: {', '.join(source.parents) or 'it has none'}")
        if len(source.parents) > 1 and not parent:
            raise self._wrong(command, f'parent: "{source.parents[0]}" or another, as {source.key} is a merge')
        if source.branch == self.branch:
            raise self._wrong(command, f"a commit of another branch than '{self.branch}'")
        head = self.heads[self.branch]
        if head is None:
            raise self._wrong(command, f"a commit on '{self.branch}' before")
        told = f"cherry-pick:{source.key}" + (f"|parent:{parent}" if parent else "")
        self._add(command, "cherry-pick", [head], "", command.tags or [told])
