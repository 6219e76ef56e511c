"""A sequence diagram as a value: who takes part, and what happens, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["loop", "rect", "opt", "alt", "par", "par_over", "critical", "break"]
Side = Literal["left", "right", "over"]


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
    """Caps are Miro's stroke caps; `number` is there where messages are numbered."""

    start: str
    end: str
    text: str = ""
    dotted: bool = False
    start_cap: str = "none"
    end_cap: str = "filled_triangle"
    number: str | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """Beside the first, or over one or from the first to the last."""

    side: Side
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
class Begin:
    kind: BlockKind
    text: str = ""
    colour: str | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """The next part of the innermost block: `else`, `and` or `option`."""

    text: str = ""


@dataclass(frozen=True, kw_only=True)
class End:
    """Of the innermost block."""


Step = Message | Note | Activation | Life | Begin | Section | End


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """`title` is plain text, `notes` says what could not be carried over, a sentence each."""

    participants: tuple[Participant, ...] = ()
    boxes: tuple[ParticipantBox, ...] = ()
    steps: tuple[Step, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = field(default=())
