"""Diagrams: from a graph or Mermaid text to items on a board, and back."""
