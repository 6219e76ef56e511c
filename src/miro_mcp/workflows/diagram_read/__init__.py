"""`miro_diagram_read`."""
