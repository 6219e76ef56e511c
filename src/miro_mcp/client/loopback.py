"""Addresses of this machine, which no proxy can reach: patterns of URLs, as httpx takes them for its mounts."""

LOOPBACK = ("all://localhost", "all://127.0.0.1", "all://[::1]")
