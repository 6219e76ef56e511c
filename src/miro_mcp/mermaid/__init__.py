"""Mermaid text to a diagram, and a graph back to Mermaid text. Knows no board."""
