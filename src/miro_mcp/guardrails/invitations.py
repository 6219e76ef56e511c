"""Whom a call gives access, and whether they are at a domain the operator allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..catalogue import Operation
from ..errors import Refused
from ..settings import Settings
from .lookups import Given, Lookup, OwnToken, entries, look_or_none, part

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")
"""One plain address and nothing else: quoted names, lists, comments and look-alike letters are no match."""


def _under(name: str) -> Callable[[Given], list[Any]]:
    def found(given: Given) -> list[Any]:
        return entries(given, name) or [given.get(name)]

    return found


def _of_new_record(given: Given) -> list[Any]:
    addresses = [part(email, "value") for email in entries(given, "emails")]
    return [given.get("userName"), *(address for address in addresses if "@" in str(address))]


def _of_patched_person(given: Given) -> list[Any]:
    patches = [patch for patch in entries(given, "Operations") if part(patch, "op") != "Remove"]
    return [part(patch, "value") for patch in patches if re.search("username|email", str(part(patch, "path")).lower())]


_INVITED: dict[str, tuple[str, Callable[[Given], list[Any]]]] = {
    "share-board": ("emails", _under("emails")),
    "enterprise-invite-team-member": ("email", _under("email")),
    "enterprise-add-project-member": ("email", _under("email")),
    "enterprise-create-group-member": ("email", _under("email")),
    "enterprise-update-group-members": ("membersToAdd", _under("membersToAdd")),
    "createUser": ("userName", _of_new_record),
    "replaceUser": ("userName, emails", _of_new_record),
    "patchUser": ("Operations", _of_patched_person),
}
"""The arguments that name who gains access, and how they are read; SCIM groups take people who are in already."""


def domain_of(address: str) -> str | None:
    """The domain of a plain e-mail address, in small letters; None for anything else."""
    match = _ADDRESS.fullmatch(address)
    return match[1].lower() if match else None


class Invitations:
    """Lets people in from MIRO_SHARE_ALLOWED_DOMAINS; where it is not set, from the signed-in person's own domain."""

    def __init__(self, settings: Settings, own: OwnToken) -> None:
        self._allowed = settings.share_allowed_domains
        self._own = own

    async def check(self, operation: Operation, given: Given, look: Lookup) -> None:
        """Raises:
        Refused: somebody is at another domain, or at which can't be told.
        """
        argument, read = _INVITED.get(operation.id, ("", _nobody))
        people = [str(person) for person in read(given) if person is not None]
        if not people:
            return
        addresses = [(person, await self._domain(person, given, look)) for person in people]
        if all(domain in self._allowed for _, domain in addresses):
            return
        allowed = self._allowed or await self._own_domain(look)
        for person, domain in addresses:
            if domain not in allowed:
                told = f"Allowed: {', '.join(sorted(allowed))}." if allowed else "No domain is known to be allowed."
                raise Refused(
                    f"{argument}: {person[:100]!r} is not at an allowed domain, so nothing was sent. {told} "
                    "The operator sets them with MIRO_SHARE_ALLOWED_DOMAINS, for example "
                    "MIRO_SHARE_ALLOWED_DOMAINS=example.com."
                )

    async def _domain(self, person: str, given: Given, look: Lookup) -> str | None:
        if "@" in person:
            return domain_of(person)
        address = await _address(given["org_id"], person, look) if "org_id" in given else None
        return domain_of(address) if isinstance(address, str) else None

    async def _own_domain(self, look: Lookup) -> frozenset[str]:
        organization, person = await self._own.organization(look), await self._own.person(look)
        address = await _address(organization, person, look) if organization and person else None
        domain = domain_of(address) if isinstance(address, str) else None
        return frozenset({domain}) if domain else frozenset()


def _nobody(_: Given) -> list[Any]:
    return []


async def _address(organization: str, person: str, look: Lookup) -> Any:
    arguments = {"org_id": organization, "member_id": person}
    return part(await look_or_none(look, "enterprise-get-organization-member", arguments), "email")
