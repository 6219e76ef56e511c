"""The app that calls: its token, and its metrics."""
