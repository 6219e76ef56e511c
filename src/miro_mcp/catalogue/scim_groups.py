"""SCIM groups."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .operation import ABSENT, READ, WRITE, Body, Operation, OperationGroup
from .shared import ScimList, ScimResource


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


class PatchGroup(ScimResource):
    schemas: list[Literal["urn:ietf:params:scim:api:messages:2.0:PatchOp"]]
    Operations: Annotated[
        list[GroupPatch],
        Field(examples=[[{"op": "Add", "path": "members", "value": [{"value": "3074457364156964977"}]}]]),
    ]


GROUP = OperationGroup(
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
            arguments=ScimList,
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
            arguments=ScimResource,
            summary="One team as a SCIM group",
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
            host="scim",
            object_name="team (SCIM group)",
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
