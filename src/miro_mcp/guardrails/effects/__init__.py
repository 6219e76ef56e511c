"""What a call will have done, in sentences: who gains and loses access, whose boards pass to whom, what is opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from ..lookups import Given, Lookup
from ..subjects import Subject

EffectSentences = Callable[[Given, Sequence[Subject], Lookup], Awaitable[list[str]]]
"""Says what one effect is, from the arguments, the objects that the path names, and what is looked up."""

LOOKED_UP = 50
"""How many of a list are looked up and named; the others are told by their ids, none is left out."""
