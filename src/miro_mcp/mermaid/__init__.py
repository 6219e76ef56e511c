"""Mermaid text to a diagram, and a graph back to Mermaid text."""

from .errors import MermaidError
from .kinds import KINDS, Diagram, parse
from .write import unsaid, write

__all__ = ["KINDS", "Diagram", "MermaidError", "parse", "unsaid", "write"]
