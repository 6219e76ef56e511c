"""Bad days on demand: now and then a new frame is answered with 500, as Miro was seen to do."""

from itertools import cycle
from typing import Literal


class FrameFaults:
    """Spreads its faults evenly; by turns the frame was not made, or was made all the same."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._due = 0.0
        self._kinds = cycle(("before", "after"))

    def next(self) -> Literal["before", "after"] | None:
        """Whether the next frame meets a fault, and if so before or after it is made."""
        self._due += self._share
        if self._due < 1:
            return None
        self._due -= 1
        return next(self._kinds)  # pyright: ignore[reportReturnType]
