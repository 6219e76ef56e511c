"""Kanban boards."""
