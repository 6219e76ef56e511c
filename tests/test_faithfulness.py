"""Every operation, called with what the public description asks for, arrives as that description demands.

The expectations are derived from the description itself, not from the catalogue. The tests are skipped where the
description isn't there; its path is beside the project, or in MIRO_OPENAPI.
"""

import asyncio
import copy
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from mcp import Client
from support import Recorded, Recorder, connected, environment_for, over_stdio, recording, settings_for, text_of

from miro_mcp.catalogue import GROUPS
from miro_mcp.catalogue.corrections import UNDESCRIBED

DESCRIPTION = Path(os.environ.get("MIRO_OPENAPI") or Path(__file__).parents[2] / "shared" / "miro-openapi.json")

pytestmark = pytest.mark.skipif(not DESCRIPTION.is_file(), reason="the public API description is not here")

SCIM_TAGS = {"User", "Group", "Discovery"}
GROUP_BODY = {"data": {"items": ["3458764517517818001", "3458764517517818002"]}}
NEEDED_BY_FACT = {
    "enterprise-dataclassification-team-boards-bulk": {"notClassifiedOnly": True},
    "create-connector": {"startItem": {"id": "3458764517517818001"}, "endItem": {"id": "3458764517517818002"}},
    "create-legal-hold": {"scope": {"users": [{"email": "ada@example.com"}]}},
    "edit-legal-hold": {"scope": {"users": [{"email": "ada@example.com"}]}},
}
"""Arguments the API is known to need although the description leaves them open."""


@dataclass
class Case:
    """One call: arguments as an assistant passes them, and where each has to arrive."""

    operation_id: str
    method: str
    path: str
    path_arguments: dict[str, str]
    query: dict[str, Any]
    body: Any
    multipart: bool
    files: dict[str, Any]

    @property
    def arguments(self) -> dict[str, Any]:
        body = {"items": self.body} if isinstance(self.body, list) else self.body or {}
        return {**body, **self.files, **self.query, **self.path_arguments}


def load() -> dict[str, Any]:
    return json.loads(DESCRIPTION.read_text())


class Describer:
    """Reads calls out of the description."""

    def __init__(self, document: dict[str, Any], folder: Path) -> None:
        self.document = document
        self.file = folder / "plan.pdf"
        self.file.write_bytes(b"%PDF-1.4 plan")
        self.list_file = folder / "items.json"
        self.list_file.write_text("[]")

    def resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in node:
            target: Any = self.document
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            node = target
        return node

    def sample(self, name: str, schema: dict[str, Any]) -> Any:
        """A value the description allows, with required members only."""
        schema = self.resolve(schema)
        kind = schema.get("type")
        if "enum" in schema and kind != "array":
            return next(value for value in schema["enum"] if value != "unknown")
        if "oneOf" in schema:
            return self.sample(name, schema["oneOf"][0])
        if kind == "object" or "properties" in schema:
            required = schema.get("required", [])
            return {key: self.sample(key, part) for key, part in schema["properties"].items() if key in required}
        if kind == "array":
            return [schema["enum"][0] if "enum" in schema else self.sample(name, schema["items"])]
        if kind == "integer":
            return schema.get("minimum", 7)
        if kind == "number":
            return 120.5
        if kind == "boolean":
            return True
        return self.text(name, schema)

    def text(self, name: str, schema: dict[str, Any]) -> str:
        formats = {
            "uuid": "92343229-c532-446d-b8cb-2f155bedb807",
            "date-time": "2026-01-31T09:30:00Z",
            "date": "2026-01-31",
        }
        if schema.get("format") in formats:
            return formats[schema["format"]]
        if "minimum" in schema and name != "parent_item_id":
            return str(schema["minimum"])
        if name in ("createdAfter", "createdBefore"):
            return "2026-01-31T09:30:00.000Z"
        by_name = {
            "shape": "circle", "type": "text", "role": "member", "limit": "10", "offset": "0",
            "status": "JOB_STATUS_CREATED",
        }  # fmt: skip
        if name in by_name:
            return by_name[name]
        if name in ("email", "emails", "userName", "membersToAdd"):
            return "ada@example.com"
        description = schema.get("description", "")
        if re.search(r"\bhex\b|color of the border|fill color|background color", description, re.IGNORECASE):
            return "#ff8800"
        if "percentage" in description:
            return "50%"
        return "3458764517517818867"

    def cases(self) -> Iterator[Case]:
        for path, entry in self.document["paths"].items():
            for method, operation in entry.items():
                if method != "parameters":
                    yield from self.cases_of(path, method.upper(), operation, entry.get("parameters", []))

    def cases_of(
        self, path: str, method: str, operation: dict[str, Any], shared: list[dict[str, Any]]
    ) -> Iterator[Case]:
        operation_id = operation["operationId"]
        parameters = {self.resolve(p)["name"]: self.resolve(p) for p in [*shared, *operation.get("parameters", [])]}
        path_arguments, required_query, optional_query = {}, {}, {}
        for name, parameter in parameters.items():
            value = self.sample(name, parameter["schema"])
            if name == "status" and "tasks" in path:
                value = ["TASK_STATUS_CREATED"]
            if parameter["in"] == "path":
                path_arguments[re.sub(r"_Platform\w*$", "", name)] = value
            else:
                (required_query if parameter.get("required") else optional_query)[name] = value
        if operation_id == "unGroup":
            optional_query["delete_items"] = False
        wire = re.sub(r"\{(\w+?)_Platform\w*\}", r"{\1}", path).rstrip("?")
        if set(operation["tags"]) & SCIM_TAGS:
            wire = f"/scim{wire}"
        bodies, files, multipart = self.bodies(operation_id, operation)
        minimal = Case(operation_id, method, wire, path_arguments, required_query, bodies[0], multipart, files)
        yield minimal
        for name, value in optional_query.items():
            variant = copy.deepcopy(minimal)
            variant.query[name] = value
            yield variant
        for body in bodies[1:]:
            variant = copy.deepcopy(minimal)
            variant.body = body
            yield variant

    def bodies(self, operation_id: str, operation: dict[str, Any]) -> tuple[list[Any], dict[str, Any], bool]:
        if "requestBody" not in operation:
            return [None], {}, False
        if operation_id in ("createGroup", "updateGroup"):
            return [GROUP_BODY], {}, False
        kind, content = next(iter(self.resolve(operation["requestBody"])["content"].items()))
        schema = self.resolve(content["schema"])
        if schema.get("type") == "array":
            return self.bulk_bodies(schema["items"]), {}, False
        files: dict[str, Any] = {}
        for name, part in schema["properties"].items():
            if part.get("format") == "binary":
                files[name] = str(self.list_file if name == "data" else self.file)
            elif part.get("items", {}).get("format") == "binary":
                files[name] = [str(self.file), str(self.file)]
        schema = {
            **schema,
            "properties": {name: part for name, part in schema["properties"].items() if name not in files},
            "required": [name for name in schema.get("required", []) if name not in files],
        }
        if operation_id == "replaceUser":
            schema["properties"] = {name: part for name, part in schema["properties"].items() if name != "id"}
        needed = NEEDED_BY_FACT.get(operation_id, {})
        base = {**self.sample("", schema), **needed}
        bodies = [{**body, **needed} if "users" in str(needed) else body for body in self.variants(schema, base)]
        return bodies, files, kind == "multipart/form-data"

    def bulk_bodies(self, item: dict[str, Any]) -> list[Any]:
        """Each type alone, all at once, and each type with every single member of what it may have."""
        members = self.resolve(item)["properties"]
        kinds = self.resolve(members["type"])["enum"]
        bodies = [[{"type": kind}] for kind in kinds] + [[{"type": kind} for kind in kinds]]
        for name in ("data", "style"):
            for branch in self.resolve(members[name])["oneOf"]:
                kind = self.kind_of(branch)
                bodies += [[{"type": kind, name: value}] for value in self.variants(branch, self.sample(name, branch))]
        for name in ("position", "geometry", "parent"):
            for value in self.variants(members[name], {}):
                bodies += [[{"type": kind, name: value}] for kind in kinds if kind != "text" or "height" not in value]
        return bodies

    def kind_of(self, branch: dict[str, Any]) -> str:
        """The type of item a schema is for, by its name: `AppCardStyle` is for an `app_card`."""
        name = re.sub(r"(Url)?(Data|Style)$", "", branch["$ref"].rpartition("/")[2])
        return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()

    def variants(self, schema: dict[str, Any], base: Any) -> Iterator[Any]:
        """The base, and the base with each single optional member at any depth."""
        yield base
        schema = self.resolve(schema)
        if "oneOf" in schema:
            for branch in schema["oneOf"]:
                branch_base = self.sample("", branch)
                yield branch_base
                if isinstance(branch_base, dict):
                    yield from self.variants(branch, branch_base)
            return
        if schema.get("type") == "array":
            for variant in self.variants(schema["items"], base[0]):
                yield [variant]
            return
        for name, part in schema.get("properties", {}).items():
            inner = base[name] if name in base else self.sample(name, part)
            for variant in self.variants(part, inner):
                yield {**base, name: variant}


def expect(case: Case, recorded: Recorded) -> None:
    assert recorded.method == case.method
    expected_path = case.path.format_map(case.path_arguments)
    assert unquote(recorded.path) == expected_path
    assert recorded.path.count("/") == case.path.count("/")
    expected_query = [
        (name, as_query(part))
        for name, value in case.query.items()
        for part in (value if isinstance(value, list) else [value])
    ]
    assert sorted(recorded.query) == sorted(expected_query)
    token = "scim-token" if case.path.startswith("/scim/") else "rest-token"
    assert recorded.headers["authorization"] == f"Bearer {token}"
    if case.multipart:
        expect_parts(case, recorded)
    else:
        assert recorded.json == case.body


def as_query(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def expect_parts(case: Case, recorded: Recorded) -> None:
    header = f"Content-Type: {recorded.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(header + recorded.body)
    found: dict[str, list[bytes]] = {}
    for part in message.get_payload():
        found.setdefault(part.get_param("name", header="content-disposition"), []).append(part.get_payload(decode=True))
    expected = {
        name: [Path(path).read_bytes() for path in (paths if isinstance(paths, list) else [paths])]
        for name, paths in case.files.items()
    }
    for name, value in case.body.items():
        assert json.loads(found.pop(name)[0]) == value
    assert found == expected


TOOLS = {operation.id: (group.tool_of(operation), operation.name) for group in GROUPS for operation in group.operations}


async def call(client: Client, recorder: Recorder, case: Case) -> str | None:
    """What went wrong with one call, or None."""
    recorder.requests.clear()
    tool, operation = TOOLS[case.operation_id]
    result = await client.call_tool(tool, {"operation": operation, **case.arguments})
    told = f"{case.operation_id} {json.dumps(case.arguments)[:300]}"
    if result.is_error or len(recorder.requests) != 1:
        return f"{told}: {text_of(result)} ({len(recorder.requests)} requests)"
    try:
        expect(case, recorder.requests[0])
    except (AssertionError, KeyError) as error:
        return f"{told}: {error}"
    return None


@pytest.mark.slow
def test_required_arguments_and_each_optional_one_arrive_where_the_description_wants_them(tmp_path: Path) -> None:
    cases = list(Describer(load(), tmp_path).cases())

    async def run() -> list[str]:
        with recording() as recorder:
            async with connected(settings_for(recorder, MIRO_UPLOAD_ROOTS=str(tmp_path))) as client:
                return [problem for case in cases if (problem := await call(client, recorder, case))]

    problems = asyncio.run(run())
    assert {case.operation_id for case in cases} == TOOLS.keys() - UNDESCRIBED.keys()
    assert not problems, f"{len(problems)} of {len(cases)}:\n" + "\n".join(problems[:40])


@pytest.mark.slow
@pytest.mark.parametrize("era", ["auto", "legacy"])
def test_all_operations_arrive_when_called_over_stdio(tmp_path: Path, era: str) -> None:
    first: dict[str, Case] = {}
    for case in Describer(load(), tmp_path).cases():
        first.setdefault(case.operation_id, case)

    async def run() -> list[str]:
        with recording() as recorder:
            environment = environment_for(recorder) | {"MIRO_UPLOAD_ROOTS": str(tmp_path)}
            async with over_stdio(environment, era=era) as client:
                return [problem for case in first.values() if (problem := await call(client, recorder, case))]

    assert first.keys() == TOOLS.keys() - UNDESCRIBED.keys()
    assert asyncio.run(run()) == []
