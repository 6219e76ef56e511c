"""Compliance: logs, cases and legal holds, exports of boards, data classification."""

from . import board_exports, classification, legal_holds, logs

__all__ = ["board_exports", "classification", "legal_holds", "logs"]
