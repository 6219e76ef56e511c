"""Whom a call gives access, and whether they are at a domain the operator allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..catalogue import Operation
from ..errors import Refused
from ..settings import Settings
from .lookups import Given, Lookup, OwnToken, entries, look_or_none, part

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")
"""One plain address and nothing else: quoted names, lists, comments and look-alike letters are no match."""


def _invited(name: str, given: Given) -> list[Any]:
    """Whom an argument gives access: addresses and ids, or what a SCIM record or change says of addresses."""
    people = entries(given, name)
    if name == "Operations":
        changes = [change for change in people if part(change, "op") != "Remove"]
        told = [change for change in changes if re.search("username|email", str(part(change, "path")).lower())]
        return [part(change, "value") for change in told]
    records = [part(person, "value") for person in people if isinstance(person, Mapping)]
    plain = [person for person in people if not isinstance(person, Mapping)] or ([] if people else [given.get(name)])
    return plain + [address for address in records if "@" in str(address)]


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
        invited = [person for name in operation.invites for person in _invited(name, given)]
        people = [str(person) for person in invited if person is not None]
        if not people:
            return
        addresses = [(person, await self._domain(person, given, look)) for person in people]
        if all(domain in self._allowed for _, domain in addresses):
            return
        allowed = self._allowed or await self._own_domain(look)
        arguments = ", ".join(operation.invites)
        for person, domain in addresses:
            if domain not in allowed:
                told = f"Allowed: {', '.join(sorted(allowed))}." if allowed else "No domain is known to be allowed."
                raise Refused(
                    f"{arguments}: {person[:100]!r} is not at an allowed domain, so nothing was sent. {told} "
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


async def _address(organization: str, person: str, look: Lookup) -> Any:
    arguments = {"org_id": organization, "member_id": person}
    return part(await look_or_none(look, "enterprise-get-organization-member", arguments), "email")
