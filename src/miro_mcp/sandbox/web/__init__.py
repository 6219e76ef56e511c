"""Script and style of the sandbox's page."""
