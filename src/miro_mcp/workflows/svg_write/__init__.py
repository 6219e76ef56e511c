"""Writing a board as SVG: what was edited in a view's drawing becomes calls, and only what differs is sent."""
