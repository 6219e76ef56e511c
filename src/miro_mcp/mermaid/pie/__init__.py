"""Pie charts."""
