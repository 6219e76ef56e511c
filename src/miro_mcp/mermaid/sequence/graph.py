"""Sequence diagrams: what stands in the text is the diagram; its places follow from it in diagrams/layout."""

from .parse import sequence_of as read

__all__ = ["read"]
