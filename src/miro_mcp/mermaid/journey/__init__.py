"""User journeys."""
