"""Flexbox and grid in two passes: widths down, heights up. No box and no track is smaller than what is in it."""
