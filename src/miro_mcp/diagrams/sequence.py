"""A sequence diagram as a value: who takes part, and what happens, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["loop", "rect", "opt", "alt", "par", "par_over", "critical", "break"]
NoteSide = Literal["left", "right", "over"]


@dataclass(frozen=True, kw_only=True)
class Participant:
    """`text` is HTML; `kind` is participant, actor, boundary, control, entity, database, collections or queue."""

    key: str
    text: str
    kind: str = "participant"
    box: int | None = None
    """The index of its box in `Sequence.boxes`."""


@dataclass(frozen=True, kw_only=True)
class ParticipantBox:
    title: str = ""
    colour: str | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """Caps are Miro's stroke caps; `number` is there where messages are numbered.

    Where it is `central`, at its start or end, there is a circle on the lifeline.
    """

    start: str
    end: str
    text: str = ""
    dotted: bool = False
    start_cap: str = "none"
    end_cap: str = "filled_triangle"
    number: str | None = None
    central: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, kw_only=True)
class Note:
    """Beside the first, or over one or from the first to the last."""

    side: NoteSide
    participants: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Activation:
    """From here on the participant is active once more, or once less."""

    participant: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class Life:
    """The participant begins, or ends, with the next message."""

    participant: str
    begins: bool


@dataclass(frozen=True, kw_only=True)
class BlockBegin:
    kind: BlockKind
    text: str = ""
    colour: str | None = None


@dataclass(frozen=True, kw_only=True)
class BlockSection:
    """The next part of the innermost block: `else`, `and` or `option`."""

    text: str = ""


@dataclass(frozen=True, kw_only=True)
class BlockEnd:
    """Of the innermost block."""


SequenceStep = Message | Note | Activation | Life | BlockBegin | BlockSection | BlockEnd


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """`title` is plain text, `notes` says what could not be carried over, a sentence each."""

    participants: tuple[Participant, ...] = ()
    boxes: tuple[ParticipantBox, ...] = ()
    steps: tuple[SequenceStep, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = field(default=())
