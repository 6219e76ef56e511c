"""Layout: from a graph to boxes, by Graphviz where it can be used, else by a simpler way of our own."""

from __future__ import annotations

from .arrange import arrange
from .boxes import Box, Layout

__all__ = ["Box", "Layout", "arrange"]
