"""What a person and a team are made of in SCIM: the attributes as a table, and how to find one by its path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from ..store import Document

USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


@dataclass(frozen=True, kw_only=True)
class Attribute:
    name: str
    description: str
    type: Literal["string", "boolean", "complex"] = "string"
    many: bool = False
    required: bool = False
    writable: bool = True
    unique: bool = False
    parts: tuple["Attribute", ...] = ()


USER = (
    Attribute(name="userName", description="E-mail address to sign in with", required=True, unique=True),
    Attribute(
        name="name",
        description="Parts of the name",
        type="complex",
        parts=(
            Attribute(name="formatted", description="The name as shown"),
            Attribute(name="familyName", description="Last name"),
            Attribute(name="givenName", description="First name"),
        ),
    ),
    Attribute(name="displayName", description="The name shown to others"),
    Attribute(name="userType", description="Licence"),
    Attribute(name="active", description="Whether the person may sign in", type="boolean"),
    Attribute(
        name="emails",
        description="E-mail addresses",
        type="complex",
        many=True,
        writable=False,
        parts=(
            Attribute(name="value", description="Address", writable=False),
            Attribute(name="display", description="Address as shown", writable=False),
            Attribute(name="type", description="Kind of address", writable=False),
            Attribute(name="primary", description="Whether it is the main one", type="boolean", writable=False),
        ),
    ),
    Attribute(
        name="photos",
        description="Pictures of the person",
        type="complex",
        many=True,
        parts=(
            Attribute(name="value", description="URL of the picture"),
            Attribute(name="type", description="Kind of picture"),
        ),
    ),
    Attribute(
        name="groups",
        description="Teams the person is in",
        type="complex",
        many=True,
        writable=False,
        parts=(
            Attribute(name="value", description="Id of the team", writable=False),
            Attribute(name="display", description="Name of the team", writable=False),
        ),
    ),
    Attribute(
        name="roles",
        description="The role in the organization, and admin roles",
        type="complex",
        many=True,
        parts=(
            Attribute(name="value", description="Role"),
            Attribute(name="display", description="Role as shown"),
            Attribute(name="type", description="Kind of role"),
            Attribute(name="primary", description="Whether it is the role in the organization", type="boolean"),
        ),
    ),
    Attribute(name="preferredLanguage", description="Language, such as en_US"),
)
GROUP = (
    Attribute(name="displayName", description="Name of the team", required=True),
    Attribute(
        name="members",
        description="People of the team",
        type="complex",
        many=True,
        parts=(
            Attribute(name="value", description="Id of the person"),
            Attribute(name="type", description="Always User", writable=False),
            Attribute(name="display", description="Name of the person", writable=False),
        ),
    ),
)
ENTERPRISE = (
    Attribute(name="employeeNumber", description="Number of the employee"),
    Attribute(name="costCenter", description="Cost center"),
    Attribute(name="organization", description="Organization"),
    Attribute(name="division", description="Division"),
    Attribute(name="department", description="Department"),
    Attribute(
        name="manager",
        description="Who the person reports to",
        type="complex",
        parts=(
            Attribute(name="value", description="Id of the manager"),
            Attribute(name="displayName", description="Name of the manager"),
        ),
    ),
)

SCHEMAS: dict[str, tuple[str, str, tuple[Attribute, ...]]] = {
    USER_SCHEMA: ("User", "A person", USER),
    GROUP_SCHEMA: ("Group", "A team", GROUP),
    ENTERPRISE_SCHEMA: ("EnterpriseUser", "What a company adds to a person", ENTERPRISE),
}
"""Name, description and attributes of each schema."""


def attribute_named(name: str, attributes: Sequence[Attribute]) -> Attribute | None:
    return next((attribute for attribute in attributes if attribute.name.casefold() == name.casefold()), None)


def split_schema(path: str) -> tuple[str | None, str]:
    """The schema that a path is qualified with, if any, and the path inside it."""
    for schema in SCHEMAS:
        if path.casefold() == schema.casefold():
            return schema, ""
        if path.casefold().startswith(f"{schema}:".casefold()):
            return schema, path[len(schema) + 1 :]
    return None, path


def values_at(resource: Mapping[str, Any], path: str) -> list[Any]:
    """Everything that a path leads to; of a list of objects without a further step, their `value`."""
    schema, inner = split_schema(path)
    here: list[Any] = _members(resource, schema) if schema == ENTERPRISE_SCHEMA else [resource]
    for step in filter(None, inner.split(".")):
        here = [found for value in here for found in _members(value, step)]
    return [found for value in here for found in (_members(value, "value") or [value])]


def _members(value: Any, name: str) -> list[Any]:
    if not isinstance(value, dict):
        return []
    found = next((member for key, member in cast("Document", value).items() if key.casefold() == name.casefold()), None)
    if isinstance(found, list):
        return cast("list[Any]", found)
    return [] if found is None else [found]
