"""What lies on a board."""
