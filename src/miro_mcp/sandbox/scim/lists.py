"""SCIM lists and the choice of attributes: filtered, sorted, cut into pages counted from 1."""

from typing import Any, cast

from ..http.handlers import ApiCall, Reply
from ..store import Document
from .filters import predicate
from .schemas import split_schema, values_at

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_COUNT = 100
_ALWAYS = ("schemas", "id")


def page_of(call: ApiCall, resources: list[Document]) -> Reply:
    """One page of what the call's filter leaves.

    Raises:
        ScimError: 400 invalidFilter.
    """
    arguments = call.arguments
    if "filter" in arguments:
        fits = predicate(arguments["filter"])
        resources = [resource for resource in resources if fits(resource)]
    if "sortBy" in arguments:
        descending = arguments.get("sortOrder") == "descending"
        resources = sorted(resources, key=lambda found: _sort_key(found, arguments["sortBy"]), reverse=descending)
    start: int = arguments.get("startIndex", 1)
    shown = resources[start - 1 : start - 1 + arguments.get("count", _COUNT)]
    return Reply(
        200,
        {
            "schemas": [LIST],
            "totalResults": len(resources),
            "startIndex": start,
            "itemsPerPage": len(shown),
            "Resources": [chosen(call, resource) for resource in shown],
        },
    )


def chosen(call: ApiCall, resource: Document) -> Document:
    """A resource with the attributes the call asks for: all of them unless it names some."""
    paths = [path.strip() for path in call.arguments.get("attributes", "").split(",") if path.strip()]
    if not paths:
        return resource
    result: Document = {name: resource[name] for name in _ALWAYS}
    for path in paths:
        schema, inner = split_schema(path)
        steps = ([schema] if schema in resource else []) + [step for step in inner.split(".") if step]
        _copy(resource, result, steps)
    return result


def _copy(source: Document, target: Document, steps: list[str]) -> None:
    name = next((name for name in source if name.casefold() == steps[0].casefold()), None) if steps else None
    if name is None:
        return
    value = source[name]
    if len(steps) == 1:
        target[name] = value
    elif isinstance(value, dict):
        _copy(cast("Document", value), target.setdefault(name, {}), steps[1:])
    elif isinstance(value, list):
        elements = cast("list[Document]", value)
        parts: list[Document] = target.setdefault(name, [{} for _ in elements])
        for element, part in zip(elements, parts, strict=True):
            _copy(element, part, steps[1:])


def _sort_key(resource: Document, path: str) -> tuple[bool, str]:
    values: list[Any] = values_at(resource, path)
    return (not values, str(values[0]).casefold() if values else "")
