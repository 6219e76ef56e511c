"""XY charts."""
