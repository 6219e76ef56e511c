"""`miro_diagram_write`: a diagram drawn from a graph or Mermaid text, or changed to it."""
