"""Keeps the server's own tokens out of everything it says: results, errors, questions, the audit log, log lines."""

from __future__ import annotations

import logging

_SHORTEST = 8
"""Characters; what is shorter could be a word of the text around it."""

_HIDDEN = "(hidden)"
_known: set[str] = set()


def keep_secret(*secrets: str | None) -> None:
    """From now on these texts are shown nowhere."""
    _known.update(secret for secret in secrets if secret and len(secret) >= _SHORTEST)


def without_secrets(text: str, *others: str) -> str:
    """The text with every secret in it replaced, and `others` that are secret in it alone."""
    for secret in (*_known, *others):
        text = text.replace(secret, _HIDDEN)
    return text


def bytes_without_secrets(data: bytes, *others: str) -> bytes:
    """The same of bytes: whatever is cut from them later, no part of a secret is left at its end."""
    for secret in (*_known, *others):
        data = data.replace(secret.encode("utf-8", "surrogatepass"), _HIDDEN.encode())
    return data


class DiscreetFormatter(logging.Formatter):
    """Formats log records, their tracebacks too, without the secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
