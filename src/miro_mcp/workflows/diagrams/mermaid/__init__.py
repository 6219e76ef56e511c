"""Mermaid text to a diagram, and a graph back to Mermaid text."""

from .errors import MermaidError
from .reading import KINDS, Diagram, parse
from .writing import unsaid, write

__all__ = ["KINDS", "Diagram", "MermaidError", "parse", "unsaid", "write"]
