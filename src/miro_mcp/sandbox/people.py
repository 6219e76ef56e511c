"""The people of the organization: one record each, which members, teams, user groups, boards and SCIM share."""

from collections.abc import Iterator

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


def acting_user(store: Store) -> Document:
    """The person that the token stands for."""
    return person_of(store, USER_ID)


def is_internal(person: Document) -> bool:
    return person["role"] in (ADMIN, MEMBER)


def other_admins(store: Store, person_id: str) -> Iterator[Document]:
    """Active company admins beside this person."""
    return (
        other for other in everyone(store) if other["role"] == ADMIN and other["active"] and other["id"] != person_id
    )
