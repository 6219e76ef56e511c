"""A board as values: what is on it, where, and how it is read and written. Nothing here knows a tool."""
