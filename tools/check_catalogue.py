"""Compares the catalogue with Miro's public API description as the recorded corrections put it right.

Usage: python tools/check_catalogue.py OPENAPI [--operations OPERATIONS]

OPENAPI is the description as JSON. OPERATIONS is a JSON list with one row an operation, of what the description only
says in prose: scopes, credit level, plan, risk, whether a read is sensitive. Each difference is told, and each
correction that corrects nothing any more; exits with 1 if anything was told. Operations recorded as not described are
left out.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from miro_mcp.catalogue import OPERATIONS, Operation
from miro_mcp.catalogue.corrections import CORRECTIONS, UNDESCRIBED, Correction
from miro_mcp.catalogue.schema import schema_of

Facts = dict[str, dict[str, Any]]
"""What one side says of one operation: place (`path.board_id`, `body.items[].type`, empty for the whole) and aspect."""

METHODS = ("get", "post", "put", "patch", "delete")
LOWEST = ("minimum", "minLength", "minItems")
HIGHEST = ("maximum", "maxLength", "maxItems")
LISTS = ("data", "Resources", "tags")
WIDTHS = ("int32", "int64", "float", "double")
ROW_ASPECTS = {
    "scopes": "scopes",
    "level": "level",
    "per_item": "credits_per_item",
    "plan": "plan",
    "risk": "risk",
    "sensitive": "sensitive_read",
    "deprecated": "deprecated",
    "host": "host",
}


@dataclass(frozen=True)
class Difference:
    operation: str
    where: str
    aspect: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        place = f"{self.operation} {self.where}".strip()
        return f"{place}: {self.aspect}: ours {shown(self.ours)}, theirs {shown(self.theirs)}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("openapi", type=Path)
    parser.add_argument("--operations", type=Path)
    given = parser.parse_args(arguments)
    theirs = described(json.loads(given.openapi.read_text(encoding="utf-8")))
    ours = {operation.id: declared(operation) for operation in OPERATIONS.values()}
    if given.operations:
        add_rows(ours, theirs, json.loads(given.operations.read_text(encoding="utf-8")))
    made = [correct(theirs, correction) for correction in CORRECTIONS]
    stale = [correction for correction, changes in zip(CORRECTIONS, made, strict=True) if not changes]
    needless = [one for one in UNDESCRIBED if one in theirs or one not in ours]
    differences = list(compare({one: facts for one, facts in ours.items() if one not in UNDESCRIBED}, theirs))
    for found in differences:
        print(found)
    for correction in stale:
        print(f"{correction.operation} {correction.where}: {correction.aspect}: this correction corrects nothing")
    for operation in needless:
        print(f"{operation}: recorded as not described: the description has it, or the catalogue lacks it")
    print(figures(ours, theirs, sum(made), len(differences), len(stale)))
    return 1 if differences or stale or needless else 0


def correct(theirs: dict[str, Facts], correction: Correction) -> int:
    """Puts a correction in wherever it matches; how many places said something else."""
    changed = 0
    for operation, facts in theirs.items():
        if matches(correction.operation, operation):
            changed += correct_facts(facts, correction)
    return changed


def correct_facts(facts: Facts, correction: Correction) -> int:
    if correction.aspect == "schema":
        return correct_whole(facts, correction)
    ours = plain(correction.ours)
    places = [
        fact
        for where, fact in facts.items()
        if matches(correction.where, where)
        and correction.theirs in (..., fact.get(correction.aspect))
        and fact.get(correction.aspect) != ours
    ]
    for fact in places:
        fact.pop(correction.aspect, None)
        fact |= {} if ours is None else {correction.aspect: ours}
    return len(places)


def correct_whole(facts: Facts, correction: Correction) -> int:
    place = correction.where
    if place.rpartition(".")[0] not in facts and place != "body":
        return 0
    theirs = {where: fact for where, fact in facts.items() if where == place or is_inside(where, place)}
    required = None if place == "body" else False
    ours = {} if correction.ours is None else flatten(correction.ours, place, required)
    for where in theirs:
        del facts[where]
    facts |= ours
    return int(ours != theirs)


def is_inside(where: str, place: str) -> bool:
    return where.startswith((f"{place}.", f"{place}["))


def declared(operation: Operation) -> Facts:
    """What the catalogue says."""
    content = None if not operation.has_body else "multipart" if operation.files else "json"
    facts: Facts = {"": {"method": operation.method, "path": operation.path, "content": content}}
    facts[""]["answer"] = plain([operation.answer, *(["array"] if operation.array_with else [])])
    if operation.has_body and not operation.body_is:
        facts["body"] = {"type": "object"}
    schema = schema_of(operation.arguments, full=True)
    fields = operation.arguments.model_fields
    for name, part in schema["properties"].items():
        place = place_of(operation, fields[name].serialization_alias or name if name in fields else name)
        required = name in schema.get("required", ()) if place != "body" else None
        facts |= flatten(as_binary(part) if name in operation.files else part, place, required)
    return facts


def place_of(operation: Operation, name: str) -> str:
    if name in operation.path_arguments:
        return f"path.{name}"
    if name in operation.query or not operation.has_body:
        return f"query.{name}"
    return "body" if name == operation.body_is else f"body.{name}"


def as_binary(part: dict[str, Any]) -> dict[str, Any]:
    if part["type"] == "array":
        return part | {"items": as_binary(part["items"])}
    return {"type": "string", "format": "binary"}


def described(document: dict[str, Any]) -> dict[str, Facts]:
    """What the description says, by operation id."""

    def resolve(part: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in part:
            found: Any = document
            for step in part["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            part = found
        return part

    return {
        item[method]["operationId"]: describe(method, path, item, resolve)
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    }


Resolve = Callable[[dict[str, Any]], dict[str, Any]]


def describe(method: str, path: str, item: dict[str, Any], resolve: Resolve) -> Facts:
    operation = item[method]
    body = resolve(operation.get("requestBody", {})).get("content", {})
    multipart = any(kind.startswith("multipart/") for kind in body)
    content = None if not body else "multipart" if multipart else "json"
    facts: Facts = {"": {"method": method.upper(), "path": wire(path).rstrip("?"), "content": content}}
    facts[""]["answer"] = plain(list(answers(operation, resolve)))
    for parameter in map(resolve, [*item.get("parameters", ()), *operation.get("parameters", ())]):
        name = wire(parameter["name"]) if parameter["in"] == "path" else parameter["name"]
        required = parameter.get("required", False)
        facts |= flatten(parameter["schema"], f"{parameter['in']}.{name}", required, resolve)
    for kind in body.values():
        facts |= flatten(kind["schema"], "body", None, resolve)
    return facts


def answers(operation: dict[str, Any], resolve: Resolve) -> set[str]:
    """What the bodies of 2xx answers are (see Operation.answer); of several, what isn't nothing."""
    replies = [resolve(reply) for code, reply in operation["responses"].items() if code.startswith("2")]
    schemas = [kind["schema"] for reply in replies for kind in reply.get("content", {}).values()]
    found = {answer for schema in schemas for answer in answers_of(schema, resolve)}
    return found - {"nothing"} or {"nothing"}


def answers_of(schema: dict[str, Any], resolve: Resolve) -> set[str]:
    schema = resolve(schema)
    if branches := schema.get("oneOf"):
        return {answer for branch in branches for answer in answers_of(branch, resolve)}
    if schema.get("type") == "array":
        return {"array"}
    properties = dict(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        properties |= resolve(part).get("properties", {})
    lists = {name for name in LISTS if resolve(properties.get(name, {})).get("type") == "array"}
    return lists or ({"object"} if properties else {"nothing"})


def wire(path: str) -> str:
    """A path or parameter without the suffixes that keep the description's paths apart."""
    return re.sub(r"_Platform\w*", "", path)


def flatten(schema: dict[str, Any], where: str, required: bool | None, resolve: Resolve = lambda part: part) -> Facts:
    """What a schema says at every depth; the branches of a union together say what any of them allows."""
    schema = resolve(schema)
    if branches := schema.get("oneOf") or schema.get("anyOf"):
        return united([flatten(branch, where, required, resolve) for branch in branches])
    facts: Facts = {where: dict(rules(schema)) | ({} if required is None else {"required": required})}
    needed = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        facts |= flatten(part, f"{where}.{name}", name in needed, resolve)
    for name in needed:
        facts.setdefault(f"{where}.{name}", {"required": True})
    if "items" in schema:
        facts |= flatten(schema["items"], f"{where}[]", None, resolve)
    return facts


def rules(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in ("type", "pattern", *LOWEST, *HIGHEST):
        if name in schema and not (name in ("minLength", "minItems") and schema[name] == 0):
            yield name, schema[name]
    if schema.get("format", "int32") not in WIDTHS:
        yield "format", schema["format"]
    if "enum" in schema:
        yield "enum", tuple(sorted(schema["enum"]))


def united(branches: list[Facts]) -> Facts:
    return {
        where: dict(unite([branch[where] for branch in branches if where in branch]))
        for where in dict.fromkeys(where for branch in branches for where in branch)
    }


def unite(facts: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    for aspect in dict.fromkeys(aspect for fact in facts for aspect in fact):
        values = [fact.get(aspect) for fact in facts]
        if aspect == "type":
            yield (
                aspect,
                "|".join(sorted({kind for value in values if value for kind in value.split("|")})).replace(
                    "integer|number", "number"
                ),
            )
        elif None in values:
            continue
        elif aspect == "enum":
            yield aspect, tuple(sorted({choice for value in values for choice in value}))
        elif aspect == "required":
            yield aspect, all(values)
        elif aspect in LOWEST:
            yield aspect, min(values)
        elif aspect in HIGHEST:
            yield aspect, max(values)
        elif len(set(values)) == 1:
            yield aspect, values[0]


def add_rows(ours: dict[str, Facts], theirs: dict[str, Facts], rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        if row["operation_id"] in ours and row["operation_id"] in theirs:
            operation = OPERATIONS[row["operation_id"]]
            for aspect, column in ROW_ASPECTS.items():
                ours[operation.id][""][aspect] = plain(getattr(operation, aspect))
                theirs[operation.id][""][aspect] = plain(row[column])


def plain(value: Any) -> Any:
    return tuple(sorted(value)) if isinstance(value, (list, tuple)) else value


def compare(ours: dict[str, Facts], theirs: dict[str, Facts]) -> Iterator[Difference]:
    for operation in dict.fromkeys([*theirs, *ours]):
        if operation not in ours or operation not in theirs:
            yield one_sided(operation, "", operation in ours, {})
        else:
            yield from compare_facts(operation, ours[operation], theirs[operation])


def compare_facts(operation: str, ours: Facts, theirs: Facts) -> Iterator[Difference]:
    one: list[str] = []
    for where in sorted(ours.keys() | theirs.keys()):
        if any(is_inside(where, outer) for outer in one):
            continue
        if where not in ours or where not in theirs:
            one.append(where)
            yield one_sided(operation, where, where in ours, ours[where] if where in ours else theirs[where])
            continue
        for aspect in sorted(ours[where].keys() | theirs[where].keys()):
            mine, other = ours[where].get(aspect), theirs[where].get(aspect)
            if mine != other:
                yield Difference(operation, where, aspect, mine, other)


def one_sided(operation: str, where: str, is_ours: bool, fact: dict[str, Any]) -> Difference:
    kind = fact.get("type", "something")
    return Difference(operation, where, *(("extra", kind, None) if is_ours else ("missing", None, kind)))


def matches(pattern: str, text: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text) is not None


def shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "nothing" if value is None else str(value)


def figures(ours: dict[str, Facts], theirs: dict[str, Facts], corrected: int, differing: int, stale: int) -> str:
    counts: Counter[str] = Counter()
    for operation in ours.keys() & theirs.keys():
        for where in ours[operation].keys() | theirs[operation].keys():
            aspects = ours[operation].get(where, {}).keys() | theirs[operation].get(where, {}).keys()
            counts["fields" if where.startswith("body.") else "parameters" if where else "operations"] += 1
            counts["enums"] += "enum" in aspects
            counts["bounds"] += len(aspects & {*LOWEST, *HIGHEST, "pattern", "format"})
    compared = ", ".join(f"{counts[what]} {what}" for what in ("operations", "parameters", "fields", "enums", "bounds"))
    return (
        f"Compared {compared}: {corrected} corrected in the description, {differing} different; "
        f"{stale} corrections correct nothing."
    )


if __name__ == "__main__":
    sys.exit(main())
