"""Miro for AI assistants: the whole REST API as MCP tools."""

__version__ = "0.1.0"
