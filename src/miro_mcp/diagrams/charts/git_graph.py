"""A git graph as a value: commits in the order of time, each on its branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..graph import Direction

CommitKind = Literal["normal", "reverse", "highlight", "merge", "cherry-pick"]


@dataclass(frozen=True, kw_only=True)
class Commit:
    """`key` is unique in its chart and not among its branches' names; texts are HTML, `parents` are keys."""

    key: str
    branch: str
    text: str = ""
    kind: CommitKind = "normal"
    tags: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GitGraph:
    """`branches` are names from the first lane on; time runs in `direction`, and `title` is plain text."""

    branches: tuple[str, ...]
    commits: tuple[Commit, ...]
    direction: Direction = "right"
    title: str = ""
