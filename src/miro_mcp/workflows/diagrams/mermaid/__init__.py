"""Mermaid text to a diagram, and a graph back to Mermaid text."""

from __future__ import annotations

from ..graph import Graph
from .reading import parse
from .writing import write

__all__ = ["Graph", "parse", "write"]
