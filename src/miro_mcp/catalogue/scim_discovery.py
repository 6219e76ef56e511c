"""SCIM discovery."""

from typing import Literal

from .operation import READ, Arguments, Operation, OperationGroup


class GetResourceType(Arguments):
    resource: Literal["User", "Group"]


class GetSchema(Arguments):
    uri: Literal[
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:core:2.0:Group",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    ]


GROUP = OperationGroup(
    name="scim_discovery",
    title="SCIM discovery",
    toolset="scim",
    operations=(
        Operation(
            id="listServiceProviderConfigs",
            name="get_config",
            effect=READ,
            method="GET",
            path="/ServiceProviderConfig",
            arguments=Arguments,
            summary="What Miro's SCIM supports",
            plan="enterprise",
            host="scim",
        ),
        Operation(
            id="listResourceTypes",
            name="list_resource_types",
            effect=READ,
            method="GET",
            path="/ResourceTypes",
            arguments=Arguments,
            summary="SCIM resource types",
            plan="enterprise",
            host="scim",
            answers="Resources",
        ),
        Operation(
            id="getResourceType",
            name="get_resource_type",
            effect=READ,
            method="GET",
            path="/ResourceTypes/{resource}",
            arguments=GetResourceType,
            summary="One resource type",
            plan="enterprise",
            host="scim",
        ),
        Operation(
            id="listSchemas",
            name="list_schemas",
            effect=READ,
            method="GET",
            path="/Schemas",
            arguments=Arguments,
            summary="SCIM schemas",
            plan="enterprise",
            host="scim",
            answers="Resources",
        ),
        Operation(
            id="getSchema",
            name="get_schema",
            effect=READ,
            method="GET",
            path="/Schemas/{uri}",
            arguments=GetSchema,
            summary="One schema",
            plan="enterprise",
            host="scim",
        ),
    ),
)
