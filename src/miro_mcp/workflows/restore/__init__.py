"""Making again what a call deleted or overwrote."""
