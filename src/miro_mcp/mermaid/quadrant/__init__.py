"""Quadrant charts."""
