"""Logging: to stderr, since stdout carries the protocol alone, and without the server's secrets."""

from __future__ import annotations

import logging
import sys

from ..text.secrets import DiscreetFormatter


def log_to_stderr(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(DiscreetFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
    for library in ("httpx", "httpcore"):
        # They would log URLs, and one deprecated call of the API carries a token in its URL.
        logging.getLogger(library).setLevel(logging.WARNING)
