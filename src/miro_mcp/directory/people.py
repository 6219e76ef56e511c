"""The people that a review names: who they are in the organization, and what they are called in few tokens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..text.quoting import quoted
from ..text.render import flat

_INTERNAL = frozenset({"organization_internal_admin", "organization_internal_user"})
_OUTSIDE = frozenset({"organization_external_user", "organization_team_guest_user"})
_PLAIN = re.compile(r"[\w.+'@-]+")


@dataclass(frozen=True)
class Person:
    """One person; `role` and `license` are those in the organization, empty for one who is not in it."""

    id: str
    email: str = ""
    name: str = ""
    role: str = ""
    active: bool = True
    license: str = ""
    admin_roles: tuple[str, ...] = ()

    @property
    def is_admin(self) -> bool:
        return self.role == "organization_internal_admin"

    @property
    def is_internal(self) -> bool:
        return self.role in _INTERNAL


class People:
    """Everybody a review has met, by id; `listed` is whether the organization's own list was read."""

    def __init__(self) -> None:
        self._known: dict[str, Person] = {}
        self.listed = False

    def add(self, person: Person) -> None:
        self._known[person.id] = replace(person, name=person.name or self.get(person.id).name)

    def note(self, id: str, *, name: str = "", email: str = "") -> None:
        """Takes up what is told of somebody beside the organization's list."""
        known = self.get(id)
        self._known[id] = replace(known, name=known.name or name, email=known.email or email)

    def get(self, id: str) -> Person:
        return self._known.get(id, Person(id))

    def find(self, email: str) -> Person | None:
        wanted = email.strip().casefold()
        return next((one for one in self._known.values() if one.email.casefold() == wanted), None)

    @property
    def internal(self) -> list[Person]:
        """The organization's own people who can sign in."""
        return [person for person in self._known.values() if person.is_internal and person.active]

    @property
    def home(self) -> str:
        """The domain that most of the organization's own addresses have."""
        domains = Counter(person.email.rpartition("@")[2] for person in self._known.values() if person.is_internal)
        return next((domain for domain, _ in domains.most_common(1)), "")

    def is_external(self, id: str) -> bool:
        """Whether somebody is a guest of the organization, or not in it at all."""
        return self.listed and (id not in self._known or self.get(id).role in (*_OUTSIDE, ""))

    def is_inactive(self, id: str) -> bool:
        return not self.get(id).active

    def label(self, id: str) -> str:
        """The address, without the organization's own domain; where it isn't known, name and id."""
        person = self.get(id)
        address = flat(person.email.removesuffix(f"@{self.home}") if self.home else person.email)
        if not address:
            address = f"{quoted(person.name)} id {id}" if person.name else f"id {id}"
        elif not _PLAIN.fullmatch(address):
            address = quoted(address)
        return address

    def marked(self, id: str) -> str:
        """The label, and whether the person is external or deactivated."""
        marks = [
            word for word, is_so in (("external", self.is_external(id)), ("inactive", self.is_inactive(id))) if is_so
        ]
        return f"{self.label(id)}({', '.join(marks)})" if marks else self.label(id)

    def names(self, ids: Iterable[str]) -> list[str]:
        """What people are called whose address doesn't say so, as `label: name`."""
        told: list[str] = []
        for id in ids:
            person = self.get(id)
            said = re.sub(r"[\W_]+", " ", person.email.rpartition("@")[0]).casefold()
            if person.email and person.name and " ".join(person.name.casefold().split()) != said:
                told.append(f"{self.label(id)}: {quoted(person.name)}")
        return told
