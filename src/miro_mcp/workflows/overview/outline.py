"""An outline: a header, then blocks of lines that may be told in part; what is left out is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...text.hidden import visible
from .sections import Edges, OutlineLine, OutlineSection

EDGES, GROUPS = "## Connectors", "## Groups"


@dataclass
class Block:
    """A head and the lines below it, of which the first `told` are told; a section may be left out altogether."""

    head: str
    lines: Sequence[OutlineLine]
    section: OutlineSection | None = None
    told: int = 0
    unread: int = 0
    """Things beyond the lines, which were not read."""
    is_named: bool = True

    @property
    def left_out(self) -> Sequence[OutlineLine]:
        return self.lines[self.told :] if self.is_named else self.lines

    @property
    def amount_left_out(self) -> int:
        return sum(line.amount for line in self.left_out) + self.unread


@dataclass
class BoardOutline:
    """Blocks of lines, cut to `length` characters a text; `leaving` are connectors that stand on their items' lines."""

    header: list[str]
    blocks: list[Block]
    length: int | None = None
    leaving: Mapping[str, Edges] = field(default_factory=dict[str, Edges])
    note: str = ""

    @property
    def text(self) -> str:
        return visible("\n".join(self.lines))

    @property
    def frames(self) -> list[Block]:
        """The blocks of the frames that are named."""
        return [block for block in self.blocks if block.is_named and block.section and block.section.frame]

    @property
    def shortened(self) -> int:
        """How many of the texts that are told were cut."""
        told = (line for block in self.blocks if block.is_named for line in block.lines[: block.told])
        return sum(line.told(self.length) != line.told() for line in told)

    @property
    def lines(self) -> list[str]:
        lines = [*self.header, *([self.note] if self.note else [])]
        for block in self.blocks:
            if not block.is_named:
                continue
            lines += [
                block.head,
                *(line.told(self.length, self.leaving) for line in block.lines[: block.told]),
            ]
            if left_out := block.amount_left_out:
                lines.append(f"… {left_out} more")
        return lines


@dataclass
class Omitted:
    """How much an outline doesn't tell."""

    items: int = 0
    connectors: int = 0
    frames: int = 0
    by_kind: Counter[str] = field(default_factory=Counter[str])

    @classmethod
    def of(cls, outline: BoardOutline) -> Omitted:
        omitted = cls()
        for block in outline.blocks:
            if block.section is None:
                continue
            items = [line.item for line in block.left_out if line.item]
            frame = block.section.frame
            if frame and not block.is_named:
                items.append(frame)
                omitted.frames += 1
            omitted.items += len(items)
            omitted.by_kind.update(item.kind for item in items)
        omitted.connectors = sum(block.amount_left_out for block in outline.blocks if block.head == EDGES)
        return omitted
