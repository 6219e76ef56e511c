"""Where the catalogue knowingly differs from Miro's public API description, and why."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Correction:
    operation: str
    where: str
    aspect: str
    reason: str
    ours: Any = ...
    theirs: Any = ...

CORRECTIONS: tuple[Correction, ...] = ()
