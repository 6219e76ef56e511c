"""Scripts and styles that show a board in a browser."""
