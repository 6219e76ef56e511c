"""The worker processes that draw."""
