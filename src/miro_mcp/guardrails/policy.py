"""The operator's policy: which operations are there at all, what each risk needs, which files may be uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from ..catalogue import GROUPS, READ, Effect, Operation, Toolset
from ..client.errors import BadArguments, Refused
from ..settings import Settings
from .risk import Risk

MAX_UPLOAD = 6 * 1024 * 1024
"""Bytes; the API takes files of up to 6 MB."""

_TOOLSET = {operation.id: group.toolset for group in GROUPS for operation in group.operations}


class Rule(StrEnum):
    """What a call of some risk needs."""

    ALLOW = "allow"
    CONFIRM = "confirm"
    DENY = "deny"


DEFAULT_RULES: dict[int, Rule] = {
    0: Rule.ALLOW,
    1: Rule.ALLOW,
    2: Rule.ALLOW,
    3: Rule.ALLOW,
    4: Rule.CONFIRM,
    5: Rule.CONFIRM,
}
"""By risk, where the operator set no other; what deletes more than one item at a time is confirmed from 3 on."""


class Policy:
    """Decides from the settings alone; asked when tools are listed, and again before every request."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def exposes(self, operation: Operation) -> bool:
        """Whether an operation is there for the assistant; read-only beats every other setting."""
        if self._settings.read_only and operation.effect is not READ:
            return False
        return _TOOLSET[operation.id] in self._settings.toolsets

    def exposes_workflow(self, effect: Effect, toolset: Toolset) -> bool:
        """Whether a workflow tool of some effect is there for the assistant."""
        return toolset in self._settings.toolsets and (effect is READ or not self._settings.read_only)

    def check(self, operation: Operation, *, inner: bool = False) -> None:
        """A workflow's `inner` reads may be of any toolset, unless they are sensitive.

        Raises:
            Refused: the operation is not exposed.
        """
        if inner and operation.effect is READ and not operation.sensitive:
            return
        if not self.exposes(operation):
            raise Refused(f"{operation.id} is not available here: the operator's settings leave it out.")

    def rule_for(self, risk: Risk) -> Rule:
        """What a call needs; where that is confirming, what the operator made of confirming."""
        rule = self._rule_of(risk)
        return Rule(self._settings.confirm) if rule is Rule.CONFIRM else rule

    def is_waived(self, risk: Risk) -> bool:
        """Whether a call passes unasked only because the operator waived asking."""
        return self._rule_of(risk) is Rule.CONFIRM and self.rule_for(risk) is Rule.ALLOW

    def _rule_of(self, risk: Risk) -> Rule:
        """The rule of a risk, at least confirming where a call takes many items along and no rule was set."""
        if risk.level in self._settings.rules:
            return Rule(self._settings.rules[risk.level])
        rule = DEFAULT_RULES[risk.level]
        return Rule.CONFIRM if risk.many and rule is Rule.ALLOW else rule

    def check_uploads(self, operation: Operation, given: Mapping[str, Any]) -> dict[str, list[Path]]:
        """The real paths of the files a call uploads, by argument; see `check_upload` for the errors."""
        return {
            name: [self.check_upload(name, path) for path in _as_list(given[name])]
            for name in operation.files
            if name in given
        }

    def check_upload(self, argument: str, path: str) -> Path:
        """The real path of a file that may be uploaded.

        Raises:
            Refused: it lies outside the folders in MIRO_UPLOAD_ROOTS, links and `..` resolved.
            BadArguments: it is no readable file, or larger than the API takes.
        """
        try:
            real = Path(path).expanduser().resolve()
            inside = any(real.is_relative_to(root) for root in self._settings.upload_roots)
        except (OSError, RuntimeError, ValueError):
            raise BadArguments(f"{argument}: {path!r} is not the path of a file. Nothing was sent.") from None
        if not inside:
            roots = ", ".join(str(root) for root in self._settings.upload_roots)
            allowed = f"Files may come from {roots}" if roots else "No folder is open for uploads"
            raise Refused(
                f"{argument}: the file {path!r} may not be uploaded, and nothing was sent. {allowed}; the operator "
                "opens folders with MIRO_UPLOAD_ROOTS, for example MIRO_UPLOAD_ROOTS=/home/ada/miro."
            )
        if not real.is_file():
            raise BadArguments(f"{argument}: there is no file {path!r}. Nothing was sent.")
        if real.stat().st_size > MAX_UPLOAD:
            raise BadArguments(
                f"{argument}: the file {path!r} is larger than 6 MB, the most Miro takes. Nothing was sent."
            )
        return real


def _as_list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]
