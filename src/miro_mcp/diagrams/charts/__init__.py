"""Charts as values: what a text says, before anybody knows where anything goes."""
