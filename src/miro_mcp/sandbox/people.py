"""The people of the organization: one record each, which members, teams, user groups, boards and SCIM share."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .http.handlers import ErrorReply, not_found
from .identity import ORGANIZATION_ID, USER_ID
from .store import Document, Store

PERSON = "person"
"""Kind of document; its scope is the organization.

A record has `id`, `email`, `active`, `role`, `license`, `licenseAssignedAt`, `lastActivityAt`, `adminRoles`,
`displayName`, `givenName`, `familyName`, and what SCIM adds: `photos`, `preferredLanguage`, `enterprise`.
"""

ADMIN, MEMBER = "organization_internal_admin", "organization_internal_user"
"""Roles of the organization's own people; others are guests."""


def everyone(store: Store) -> list[Document]:
    """Every person, oldest record first."""
    return store.all(PERSON, ORGANIZATION_ID)


def person_of(store: Store, person_id: str) -> Document:
    """The person with an id.

    Raises:
        ErrorReply: 404, there is none.
    """
    person = store.get(PERSON, ORGANIZATION_ID, person_id)
    if person is None:
        raise not_found("User", person_id)
    return person


def find_by_email(store: Store, email: str) -> Document | None:
    wanted = email.strip().casefold()
    return next((person for person in everyone(store) if person["email"].casefold() == wanted), None)


def person_by_email(store: Store, email: str) -> Document:
    """The person with an e-mail address, in any case.

    Raises:
        ErrorReply: 404, there is none.
    """
    person = find_by_email(store, email)
    if person is None:
        raise ErrorReply(404, "notFound", f"User with email {email} not found")
    return person


GRANT = "grant"
"""Kind of document: whose a token is, as `person`; its scope is "", its id the token."""

_acting: ContextVar[str | None] = ContextVar("acting", default=None)


@contextmanager
def acting_by(store: Store, token: str) -> Generator[None]:
    """What is done inside the block is done by the person whose token it is.

    A token that nobody was given is that of the sandbox's owner, from whom nothing is hidden.
    """
    known = store.get(GRANT, "", token)
    kept = _acting.set(known["person"] if known else None)
    try:
        yield
    finally:
        _acting.reset(kept)


def somebody_acting() -> str | None:
    """The id of the person whose own token is used, who sees what they may see; None for the sandbox's owner."""
    return _acting.get()


def acting_id() -> str:
    return _acting.get() or USER_ID


def acting_user(store: Store) -> Document:
    """The person that the token stands for."""
    return person_of(store, acting_id())


def check_is_admin(store: Store) -> None:
    """What the API lets company admins do only.

    Raises:
        ErrorReply: 403, the token is that of somebody else.
    """
    if somebody_acting() and acting_user(store)["role"] != ADMIN:
        raise ErrorReply(403, "insufficientPermissions", "Only company admins may use this endpoint")


def is_internal(person: Document) -> bool:
    return person["role"] in (ADMIN, MEMBER)


def other_admins(store: Store, person_id: str) -> Iterator[Document]:
    """Active company admins beside this person."""
    return (
        other for other in everyone(store) if other["role"] == ADMIN and other["active"] and other["id"] != person_id
    )
