"""SCIM users."""

from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, Field, model_validator

from .operation import ABSENT, DELETE, READ, WRITE, Arguments, Body, Operation, OperationGroup
from .shared import ScimList, ScimResource
from .types import Email, Id

_LONGEST_NAME = 60


class NewUserName(Body):
    formatted: Annotated[str, Field(max_length=60)] = ABSENT
    familyName: str
    givenName: str

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.familyName) + len(self.givenName) > _LONGEST_NAME:
            raise ValueError(f"familyName and givenName together may have {_LONGEST_NAME} letters at most")
        return self


class Photo(Body):
    type: str = ABSENT
    value: str = ABSENT


class Role(Body):
    type: str = ABSENT
    value: str = ABSENT
    display: str = ABSENT
    primary: bool = ABSENT


class Manager(Body):
    displayName: Annotated[str, Field(max_length=60)] = ABSENT
    value: str = ABSENT


class EnterpriseUser(Body):
    employeeNumber: Annotated[str, Field(max_length=20)] = ABSENT
    costCenter: Annotated[str, Field(max_length=120)] = ABSENT
    organization: Annotated[str, Field(max_length=120)] = ABSENT
    division: Annotated[str, Field(max_length=120)] = ABSENT
    department: Annotated[str, Field(max_length=120)] = ABSENT
    manager: Manager = ABSENT


_EXTENSION = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

_ENTERPRISE_USER = Field(
    default=ABSENT, validation_alias=AliasChoices("enterpriseUser", _EXTENSION), serialization_alias=_EXTENSION
)
"""The API's own name for it is no key that every model's API takes; it is taken all the same."""


class CreateUser(Arguments):
    schemas: list[Literal["urn:ietf:params:scim:schemas:core:2.0:User"]] = ABSENT
    userName: Email
    name: NewUserName = ABSENT
    displayName: Annotated[str, Field(max_length=60)] = ABSENT
    userType: str = ABSENT
    active: bool = ABSENT
    photos: list[Photo] = ABSENT
    roles: list[Role] = ABSENT
    preferredLanguage: str = ABSENT
    enterpriseUser: EnterpriseUser = _ENTERPRISE_USER


class Meta(Body):
    resourceType: str = ABSENT
    location: str = ABSENT


class UserName(Body):
    formatted: str = ABSENT
    familyName: str = ABSENT
    givenName: str = ABSENT


class UserEmail(Body):
    value: str = ABSENT
    type: str = ABSENT
    primary: bool = ABSENT


class UserGroup(Body):
    value: str = ABSENT
    display: str = ABSENT


class ReplaceUser(Arguments):
    id: Id
    schemas: list[Literal["urn:ietf:params:scim:schemas:core:2.0:User"]] = ABSENT
    meta: Meta = ABSENT
    userName: Email = ABSENT
    name: UserName = ABSENT
    displayName: str = ABSENT
    userType: str = ABSENT
    active: bool = ABSENT
    emails: list[UserEmail] = ABSENT
    photos: list[Photo] = ABSENT
    groups: list[UserGroup] = ABSENT
    roles: list[Role] = ABSENT
    preferredLanguage: str = ABSENT
    enterpriseUser: EnterpriseUser = _ENTERPRISE_USER


class UserPatch(Body):
    op: Literal["Add", "Remove", "Replace"]
    path: str
    value: str | bool | list[Role] | dict[str, Any] = ABSENT

    @model_validator(mode="after")
    def _needs_value(self) -> Self:
        if self.op != "Remove" and "value" not in self.model_fields_set:
            raise ValueError(f'op "{self.op}" needs value, for example "true"')
        return self


class PatchUser(Arguments):
    id: Id
    schemas: list[Literal["urn:ietf:params:scim:api:messages:2.0:PatchOp"]]
    Operations: Annotated[list[UserPatch], Field(examples=[[{"op": "Replace", "path": "active", "value": "false"}]])]


class DeleteUser(Arguments):
    id: Id


GROUP = OperationGroup(
    name="scim_users",
    title="SCIM users",
    toolset="scim",
    operations=(
        Operation(
            id="listUsers",
            name="list",
            effect=READ,
            method="GET",
            path="/Users",
            arguments=ScimList,
            summary="People in the directory",
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
            host="scim",
        ),
        Operation(
            id="getUser",
            name="get",
            effect=READ,
            method="GET",
            path="/Users/{id}",
            arguments=ScimResource,
            summary="One person",
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
            host="scim",
            object_name="person",
        ),
        Operation(
            id="createUser",
            name="create",
            effect=WRITE,
            method="POST",
            path="/Users",
            arguments=CreateUser,
            summary="Add a person to the organization's default team; may cost a licence",
            plan="enterprise",
            risk=5,
            why="adds a person to the default team; may cost a licence",
            host="scim",
            has_body=True,
            invites=("userName",),
        ),
        Operation(
            id="replaceUser",
            name="replace",
            effect=WRITE,
            method="PUT",
            path="/Users/{id}",
            arguments=ReplaceUser,
            summary="Replace a person's whole record",
            plan="enterprise",
            risk=5,
            why="can deactivate, change roles and licence, whole record at once",
            overwrites=True,
            idempotent=True,
            host="scim",
            has_body=True,
            invites=("userName", "emails"),
        ),
        Operation(
            id="patchUser",
            name="patch",
            effect=WRITE,
            method="PATCH",
            path="/Users/{id}",
            arguments=PatchUser,
            summary="Change parts: deactivate, rename, roles, licence",
            plan="enterprise",
            risk=5,
            why="can deactivate, change roles and licence",
            overwrites=True,
            idempotent=True,
            host="scim",
            has_body=True,
            invites=("Operations",),
        ),
        Operation(
            id="deleteUser",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/Users/{id}",
            arguments=DeleteUser,
            summary="Remove a person; their boards pass to the oldest team admin",
            plan="enterprise",
            risk=5,
            why="their boards pass to the oldest team admin; no way back",
            host="scim",
        ),
    ),
)
