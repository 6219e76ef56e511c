"""What of a plan an earlier call of the same SVG has done that was cut off: from its notes, and from the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from ...board.contents import Contents
from ...board.unanswered import SoughtItem, sought_item, sought_line
from ...keeping.journal import Note, Progress
from .steps import Creation, SvgPlan

Made = dict[str, tuple[str, str]]
"""Id and kind by label."""


class Done:
    """The notes of one call; without `progress`, of a dry run, nothing is noted."""

    def __init__(self, earlier: Iterable[Note], progress: Progress | None = None) -> None:
        self._earlier = list(earlier)
        self._progress = progress
        self._twins: list[str] = []

    @property
    def is_resumed(self) -> bool:
        return bool(self._earlier)

    @property
    def moved_frames(self) -> frozenset[str]:
        """Frames that may have been moved already."""
        return frozenset(str(note["frame"]) for note in self._earlier if "frame" in note)

    def made_on(self, contents: Contents, plan: SvgPlan) -> Made:
        """What was made and is still there: as noted, and of what was sent without an answer, as it is found.

        What was there before the first of the calls, and is just like it, is not it.
        """
        there = contents.ids
        noted = {
            str(label): (str(told[0]), str(told[1]))
            for note in self._earlier
            for label, told in cast("Mapping[str, Any]", note.get("made", {})).items()
        }
        made: Made = {label: told for label, told in noted.items() if told[0] in there}
        self._twins = [str(one) for note in self._earlier for one in note.get("twins", [])]
        taken = {*self._twins, *(identifier for identifier, _ in made.values())}
        sent = {str(label) for note in self._earlier for label in note.get("sent", [])} - made.keys() - noted.keys()

        def take(label: str, kind: str, fitting: Iterable[str]) -> None:
            found = next((one for one in fitting if one not in taken), None)
            if found is not None:
                taken.add(found)
                made[label] = (found, kind)

        for one in (*plan.frames, *plan.items):
            if one.label in sent:
                sought = sought_creation(one)
                take(one.label, one.kind, (item.id for item in contents.items.values() if sought.fits(item)))
        for one in plan.lines:
            if one.label in sent:
                line = sought_line(resolved(one.given, made))
                take(one.label, one.kind, (other.id for other in contents.connectors if line.fits(other)))
        if not self._earlier:
            self._twins = _twins(contents, plan)
        return made

    def begin(self, plan: SvgPlan) -> None:
        if not self._earlier and plan.size:
            self._note(twins=self._twins)

    def sent(self, labels: Iterable[str]) -> None:
        self._note(sent=list(labels))

    def made(self, made: Mapping[str, tuple[str, str]]) -> None:
        self._note(made=made)

    def moved(self, frame_id: str) -> None:
        self._note(frame=frame_id)

    def _note(self, **told: Any) -> None:
        if self._progress is not None:
            self._progress.note(**told)


def sought_creation(one: Creation) -> SoughtItem:
    """A new item as it will be found."""
    return sought_item({**one.given, "position": {"x": one.x, "y": one.y}})


def resolved(given: Mapping[str, Any], made: Made) -> dict[str, Any]:
    """What is given, with ids in place of the labels of what was made."""
    ids = {label: identifier for label, (identifier, _) in made.items()}
    return {
        name: {**part, "id": ids[part["id"]]}
        if name in ("parent", "startItem", "endItem") and part.get("id") in ids
        else part
        for name, part in given.items()
    }


def _twins(contents: Contents, plan: SvgPlan) -> list[str]:
    items = [sought_creation(one) for one in (*plan.frames, *plan.items)]
    lines = [sought_line(one.given) for one in plan.lines if not one.labels]
    alike = [one.id for one in contents.items.values() if any(sought.fits(one) for sought in items)]
    return alike + [one.id for one in contents.connectors if any(sought.fits(one) for sought in lines)]
