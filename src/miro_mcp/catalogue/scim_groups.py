"""SCIM groups."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .operation import ABSENT, READ, WRITE, Arguments, Body, Group, Operation
from .types import Id, PageSize1000, Whole


class ListGroups(Arguments):
    attributes: str = ABSENT
    filter: str = ABSENT
    startIndex: Annotated[Whole, Field(ge=1)] = ABSENT
    count: PageSize1000 = ABSENT
    sortBy: str = ABSENT
    sortOrder: Literal["ascending", "descending"] = ABSENT


class GetGroup(Arguments):
    id: Id
    attributes: str = ABSENT


class MemberReference(Body):
    value: str


class GroupRenaming(Body):
    id: str = ABSENT
    displayName: str


class GroupPatch(Body):
    op: Literal["Add", "Remove", "Replace"]
    path: Literal["members", "displayName"] = ABSENT
    value: list[MemberReference] | str | GroupRenaming = ABSENT

    @model_validator(mode="after")
    def _remove_needs_path(self) -> Self:
        if self.op == "Remove" and "path" not in self.model_fields_set:
            raise ValueError('op "Remove" needs path, for example "members"')
        return self


class PatchGroup(Arguments):
    id: Id
    attributes: str = ABSENT
    schemas: list[Literal["urn:ietf:params:scim:api:messages:2.0:PatchOp"]]
    Operations: Annotated[
        list[GroupPatch],
        Field(examples=[[{"op": "Add", "path": "members", "value": [{"value": "3074457364156964977"}]}]]),
    ]


GROUP = Group(
    name="scim_groups",
    title="SCIM groups",
    toolset="scim",
    operations=(
        Operation(
            id="listGroups",
            name="list",
            effect=READ,
            method="GET",
            path="/Groups",
            arguments=ListGroups,
            summary="Teams as SCIM groups",
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
            host="scim",
        ),
        Operation(
            id="getGroup",
            name="get",
            effect=READ,
            method="GET",
            path="/Groups/{id}",
            arguments=GetGroup,
            summary="One team as a SCIM group",
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
            host="scim",
        ),
        Operation(
            id="patchGroup",
            name="patch",
            effect=WRITE,
            method="PATCH",
            path="/Groups/{id}",
            arguments=PatchGroup,
            summary="Add, remove or replace a team's people, or rename it",
            plan="enterprise",
            risk=5,
            why="moves the boards of people it removes, may drop them altogether, may turn guests into full licences",
            overwrites=True,
            idempotent=True,
            host="scim",
            has_body=True,
            query=("attributes",),
        ),
    ),
)
