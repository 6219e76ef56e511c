"""A small organization to begin with: people, teams, a project, user groups, labels, a case, logs, and two boards."""

from .identity import ORGANIZATION_ID, TEAM_ID, USER_ID
from .store import Store

__all__ = ["ORGANIZATION_ID", "TEAM_ID", "USER_ID", "seed"]


def seed(store: Store) -> None:
    """Fills a store that has no organization yet; leaves any other as it is."""
