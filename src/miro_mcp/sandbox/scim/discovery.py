"""What this SCIM service offers: its configuration, resource types and schemas."""

from typing import Any

from ..http.handlers import ApiCall, Reply, handles
from ..http.routes import SCIM_ROOT
from ..store import Document
from .lists import LIST
from .schemas import ENTERPRISE_SCHEMA, GROUP_SCHEMA, SCHEMAS, USER_SCHEMA, Attribute

_CORE = "urn:ietf:params:scim:schemas:core:2.0"
_CONFIGURATION: Document = {
    "schemas": [f"{_CORE}:ServiceProviderConfig"],
    "documentationUri": "https://developers.miro.com/docs/scim",
    "patch": {"supported": True},
    "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
    "filter": {"supported": True, "maxResults": 1000},
    "changePassword": {"supported": False},
    "sort": {"supported": True},
    "etag": {"supported": False},
    "authenticationSchemes": [
        {
            "name": "OAuth 2.0 Bearer Token",
            "description": "A bearer token in the Authorization header",
            "specUri": "https://www.rfc-editor.org/rfc/rfc6750",
            "type": "oauthbearertoken",
            "primary": True,
        }
    ],
}
_RESOURCE_TYPES: dict[str, tuple[str, list[str]]] = {
    "User": (USER_SCHEMA, [ENTERPRISE_SCHEMA]),
    "Group": (GROUP_SCHEMA, []),
}


@handles("listServiceProviderConfigs")
def get_configuration(call: ApiCall) -> Reply:
    return Reply(200, _CONFIGURATION | {"meta": _meta(call, "ServiceProviderConfig")})


@handles("listResourceTypes")
def list_resource_types(call: ApiCall) -> Reply:
    return _list([_resource_type(call, name) for name in _RESOURCE_TYPES])


@handles("getResourceType")
def get_resource_type(call: ApiCall) -> Reply:
    return Reply(200, _resource_type(call, call.arguments["resource"]))


@handles("listSchemas")
def list_schemas(call: ApiCall) -> Reply:
    return _list([_schema(call, id) for id in SCHEMAS])


@handles("getSchema")
def get_schema(call: ApiCall) -> Reply:
    return Reply(200, _schema(call, call.arguments["uri"]))


def _list(resources: list[Document]) -> Reply:
    count = len(resources)
    body = {"schemas": [LIST], "totalResults": count, "startIndex": 1, "itemsPerPage": count, "Resources": resources}
    return Reply(200, body)


def _resource_type(call: ApiCall, name: str) -> Document:
    schema, extensions = _RESOURCE_TYPES[name]
    return {
        "schemas": [f"{_CORE}:ResourceType"],
        "id": name,
        "name": name,
        "description": SCHEMAS[schema][1],
        "endpoint": f"/{name}s",
        "schema": schema,
        "schemaExtensions": [{"schema": extension, "required": False} for extension in extensions],
        "meta": _meta(call, "ResourceType", name),
    }


def _schema(call: ApiCall, id: str) -> Document:
    name, description, attributes = SCHEMAS[id]
    return {
        "schemas": [f"{_CORE}:Schema"],
        "id": id,
        "name": name,
        "description": description,
        "attributes": [_attribute(attribute) for attribute in attributes],
        "meta": _meta(call, "Schema", id),
    }


def _attribute(attribute: Attribute) -> Document:
    described: dict[str, Any] = {
        "name": attribute.name,
        "type": attribute.type,
        "multiValued": attribute.many,
        "description": attribute.description,
        "required": attribute.required,
        "caseExact": False,
        "mutability": "readWrite" if attribute.writable else "readOnly",
        "returned": "default",
        "uniqueness": "server" if attribute.unique else "none",
    }
    parts = [_attribute(part) for part in attribute.parts]
    return described | ({"subAttributes": parts} if parts else {})


def _meta(call: ApiCall, kind: str, id: str | None = None) -> Document:
    collection = kind if id is None else f"{kind}s/{id}"
    return {"resourceType": kind, "location": f"{call.base_url}{SCIM_ROOT}/{collection}"}
