"""Compliance: logs, cases and legal holds, exports of boards, data classification."""
