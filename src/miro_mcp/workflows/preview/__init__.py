"""Seeing a board: its items drawn as SVG and PNG, and what looks wrong with them."""
