"""An edited SVG document, read: its elements with their outlines, paint, places and texts."""
