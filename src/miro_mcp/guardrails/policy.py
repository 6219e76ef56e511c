"""The operator's policy: which operations are there at all, what each risk needs, which files may be uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from ..catalogue import GROUPS, READ, Effect, Operation, Toolset
from ..errors import Refused
from ..settings import Settings
from .risk import RISKS, Risk, Rule
from .uploads import check_upload

_TOOLSET = {operation.id: group.toolset for group in GROUPS for operation in group.operations}


class Policy:
    """Decides from the settings alone; asked when tools are listed, and again before every request."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def records_reads(self) -> bool:
        return self._settings.audit_reads

    @property
    def download_root(self) -> Path | None:
        return self._settings.download_root

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
            raise Refused(f"{operation.id} is not available here, so it was not sent: {self._why_not(operation)}")

    def check_look(self, operation: Operation) -> None:
        """What the server looks up for a question: of confidential records what the assistant could read too.

        Raises:
            Refused: the operation is not exposed.
        """
        if operation.sensitive and _TOOLSET[operation.id] == "compliance":
            self.check(operation)

    def _why_not(self, operation: Operation) -> str:
        toolset = _TOOLSET[operation.id]
        if toolset in self._settings.toolsets:
            return "the operator set MIRO_READ_ONLY."
        return f"it is in toolset {toolset}, which the operator switches on with MIRO_TOOLSETS=default,{toolset}."

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
        _, rule = RISKS[risk.level]
        return Rule.CONFIRM if risk.many and rule is Rule.ALLOW else rule

    def check_uploads(self, operation: Operation, given: Mapping[str, Any]) -> dict[str, list[Path]]:
        """The real paths of the files a call uploads, by argument; see uploads.py for the errors."""
        return {
            name: [check_upload(name, path, self._settings.upload_roots) for path in _as_list(given[name])]
            for name in operation.files
            if name in given and not _is_written_out(given[name])
        }


def _is_written_out(value: Any) -> bool:
    """Whether the content of a file was given in place of its path."""
    return isinstance(value, list) and not all(isinstance(one, str) for one in cast("list[Any]", value))


def _as_list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]
