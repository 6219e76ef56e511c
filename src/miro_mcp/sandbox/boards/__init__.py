"""Boards: who has access to them, and how they are copied."""
