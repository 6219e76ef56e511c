"""What of a plan an earlier call of the same kind has done that was cut off: from its notes, and from the board."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from ...board.contents import Contents
from ...board.unanswered import SoughtItem, sought_item, sought_line
from ...board.write import Payload
from ...keeping.journal import JournalUnavailable, Note, Progress
from .steps import Creation, WritePlan

logger = logging.getLogger(__name__)

Made = dict[str, tuple[str, str]]
"""Id and kind of what was made, by its label."""


class Done:
    """The notes of one call and of those before it; without `progress`, in a dry run, nothing is noted."""

    def __init__(self, earlier: Iterable[Note] = (), progress: Progress | None = None) -> None:
        self._earlier = list(earlier)
        self._progress = progress
        self._is_begun = False

    @property
    def is_resumed(self) -> bool:
        return bool(self._earlier)

    @property
    def touched(self) -> frozenset[str]:
        """What may have been changed already."""
        return frozenset(str(note["change"]) for note in self._earlier if "change" in note)

    def before(self, contents: Contents) -> Contents:
        """What is left of the board as the first of the calls met it: by that the plan is drawn up again."""
        if not self._earlier:
            return contents
        there = self._there_before
        return replace(
            contents,
            items={identifier: item for identifier, item in contents.items.items() if identifier in there},
            connectors=tuple(one for one in contents.connectors if one.id in there),
        )

    def ids_before(self, contents: Contents) -> set[str]:
        return self._there_before if self._earlier else contents.ids

    def made_on(self, contents: Contents, plan: WritePlan) -> Made:
        """What was made and is still there: as noted, and of what was sent without an answer, as it is found."""
        there = contents.ids | contents.tags.keys()
        noted = {
            str(label): (str(told[0]), str(told[1]))
            for note in self._earlier
            for label, told in cast("Mapping[str, Any]", note.get("made", {})).items()
        }
        made: Made = {label: told for label, told in noted.items() if told[0] in there}
        taken = {*self._there_before, *(identifier for identifier, _ in made.values())}
        sent = {str(label) for note in self._earlier for label in note.get("sent", [])} - noted.keys()

        def take(one: Creation, fitting: Iterable[str]) -> None:
            found = next((identifier for identifier in fitting if identifier not in taken), None)
            if found is not None:
                taken.add(found)
                made[one.label] = (found, one.kind)

        for one in (*plan.frames, *plan.items):
            if one.label in sent:
                sought = sought_creation(one)
                take(one, (item.id for item in contents.items.values() if sought.fits(item)))
        for one in plan.lines:
            if one.label in sent:
                line = sought_line(resolved(one.given, {label: told[0] for label, told in made.items()}))
                take(one, (other.id for other in contents.connectors if line.fits(other)))
        return made

    def begin(self, contents: Contents) -> None:
        """Notes what there was before anything is sent."""
        if not self._earlier and not self._is_begun:
            self._is_begun = True
            self._note(before=sorted(contents.ids))

    def sent(self, labels: Iterable[str]) -> None:
        self._note(sent=list(labels))

    def made(self, made: Mapping[str, tuple[str, str]]) -> None:
        """Notes what was made; where it can't be written, what was noted as sent is looked for instead."""
        try:
            if made:
                self._note(made=made)
        except JournalUnavailable as error:
            logger.warning("%s", error)

    def change(self, identifier: str) -> None:
        self._note(change=identifier)

    def _note(self, **told: Any) -> None:
        if self._progress is not None:
            self._progress.note(**told)

    @property
    def _there_before(self) -> set[str]:
        return {str(one) for note in self._earlier for one in note.get("before", [])}


def sought_creation(one: Creation) -> SoughtItem:
    """A new item as it will be found."""
    return sought_item({**one.given, "position": {"x": one.x, "y": one.y}})


def resolved(given: Mapping[str, Any], ids: Mapping[str, str]) -> Payload:
    """What is given, with ids in place of labels."""
    told: Payload = {}
    for name, part in given.items():
        if name in ("parent", "startItem", "endItem") and part.get("id") in ids:
            part = {**part, "id": ids[part["id"]]}
        elif name in ("item_id", "tag_id"):
            part = ids.get(part, part)
        told[name] = part
    return told
