"""SCIM patches (RFC 7644, section 3.5.2) on a person: one operation after another on the resource as shown."""

import re
from typing import Any, cast

from ..store import Document
from .errors import ScimError
from .filters import predicate
from .schemas import ENTERPRISE, ENTERPRISE_SCHEMA, USER, Attribute, attribute_named, split_schema

_PATH = re.compile(r"(?P<name>[\w$-]+)(?:\[(?P<filter>.+)\])?(?:\.(?P<part>[\w$-]+))?")
_ONE_EQUALITY = re.compile(r'\s*([\w$-]+)\s+eq\s+"([^"\\]*)"\s*', re.IGNORECASE)
_BOOLEANS = {"true": True, "false": False}
_IGNORED = frozenset({"emails"})
"""Attributes that follow from others: what is sent for them has no effect and is no error."""


def patch(resource: Document, op: str, path: str, value: Any) -> None:
    """Carries out one operation.

    Raises:
        ScimError: 400, with the protocol's word for what is wrong.
    """
    schema, inner = split_schema(path)
    match = _PATH.fullmatch(inner)
    attributes = ENTERPRISE if schema == ENTERPRISE_SCHEMA else USER
    attribute = attribute_named(match["name"], attributes) if match else None
    if match is None or attribute is None:
        raise ScimError(400, f"There is no attribute {path}", "invalidPath")
    if attribute.name in _IGNORED:
        return
    if not attribute.writable:
        raise ScimError(400, f"{attribute.name} can't be changed", "mutability")
    part = attribute_named(match["part"], attribute.parts) if match["part"] else None
    if (match["part"] and part is None) or (match["filter"] and not attribute.many):
        raise ScimError(400, f"There is no attribute {path}", "invalidPath")
    holder: Document = resource.setdefault(ENTERPRISE_SCHEMA, {}) if schema == ENTERPRISE_SCHEMA else resource
    if match["filter"]:
        _patch_elements(holder, attribute, match["filter"], part, op, value)
    elif part:
        _patch_part(holder, attribute, part, op, value)
    elif op == "Remove":
        if attribute.required:
            raise ScimError(400, f"{attribute.name} can't be removed", "mutability")
        holder.pop(attribute.name, None)
    else:
        new = _checked(value, attribute)
        if op == "Add" and attribute.many:
            kept: list[Any] = holder.get(attribute.name, [])
            new = [*kept, *(element for element in new if element not in kept)]
        holder[attribute.name] = new


def _patch_part(holder: Document, attribute: Attribute, part: Attribute, op: str, value: Any) -> None:
    if attribute.many:
        raise ScimError(400, f"{attribute.name} is a list: say which element by a filter", "invalidPath")
    whole: Document = holder.setdefault(attribute.name, {})
    if op == "Remove":
        whole.pop(part.name, None)
    else:
        whole[part.name] = _checked(value, part)


def _patch_elements(
    holder: Document, attribute: Attribute, condition: str, part: Attribute | None, op: str, value: Any
) -> None:
    elements: list[Document] = holder.get(attribute.name, [])
    fits = predicate(condition)
    chosen = [element for element in elements if fits(element)]
    if op == "Remove" and part is None:
        holder[attribute.name] = [element for element in elements if not fits(element)]
        return
    equality = _ONE_EQUALITY.fullmatch(condition)
    if not chosen and part and equality and op != "Remove":
        chosen = [{equality[1]: equality[2]}]
        holder[attribute.name] = elements + chosen
    if not chosen:
        raise ScimError(400, f"No element of {attribute.name} fits {condition}", "noTarget")
    for element in chosen:
        if part is None:
            element.update(_checked(value, attribute)[0])
        elif op == "Remove":
            element.pop(part.name, None)
        else:
            element[part.name] = _checked(value, part)


def _checked(value: Any, attribute: Attribute) -> Any:
    """The value as the attribute takes it: a text may stand for a truth value, and for a manager's id."""
    if attribute.many:
        if isinstance(value, list) and value:
            return cast("list[Any]", value)
    elif isinstance(value, bool) and attribute.type == "boolean":
        return value
    elif isinstance(value, dict) and attribute.parts:
        return cast("Document", value)
    elif isinstance(value, str):
        if attribute.type == "string":
            return value
        if attribute.type == "boolean" and value.casefold() in _BOOLEANS:
            return _BOOLEANS[value.casefold()]
        if attribute.name == "manager":
            return {"value": value}
    raise ScimError(400, f"{attribute.name} does not take this value", "invalidValue")
