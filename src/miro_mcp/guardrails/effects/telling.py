"""What every function here is: it tells, in sentences, what a call will have done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from ..lookups import Given, Lookup
from ..subjects import Subject

Tell = Callable[[Given, Sequence[Subject], Lookup], Awaitable[list[str]]]
"""Takes the arguments, the objects the path names, and a look; answers with sentences."""

SHOWN = 10
"""How many of a list are looked up and named."""
