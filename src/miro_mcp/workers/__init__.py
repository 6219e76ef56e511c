"""Processes that do what takes long: the server goes on answering, and what takes too long can be ended."""
