"""The catalogue holds together, and says what the public API description says."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from miro_mcp import catalogue
from miro_mcp.catalogue import DELETE, GROUPS, OPERATIONS, READ, Operation
from miro_mcp.catalogue.corrections import CORRECTIONS, UNDESCRIBED
from miro_mcp.catalogue.schema import merge, schema_of
from miro_mcp.guardrails.effects.table import EFFECTS

ROOT = Path(__file__).parents[1]
DESCRIPTION = Path(os.environ.get("MIRO_OPENAPI") or ROOT.parent / "shared" / "miro-openapi.json")
needs_description = pytest.mark.skipif(not DESCRIPTION.is_file(), reason="the public API description is not here")

EVERY = list(OPERATIONS.values())
OWN_ARGUMENTS = {"operation", "fields", "verbose", "max_items", "dry_run"}


def names_of(operation: Operation) -> set[str]:
    return {field.alias or name for name, field in operation.arguments.model_fields.items()}


def required_of(operation: Operation) -> set[str]:
    return {field.alias or name for name, field in operation.arguments.model_fields.items() if field.is_required()}


def test_every_group_is_listed_and_each_operation_declared_once() -> None:
    modules = [import_module(f"{catalogue.__name__}.{found.name}") for found in iter_modules(catalogue.__path__)]
    assert sorted(group.name for group in GROUPS) == sorted(one.GROUP.name for one in modules if hasattr(one, "GROUP"))
    assert sum(len(group.operations) for group in GROUPS) == len(OPERATIONS)


def test_a_tool_has_no_two_operations_of_one_name() -> None:
    pairs = Counter((group.tool_of(o), o.name) for group in GROUPS for o in group.operations)
    assert max(pairs.values()) == 1


@pytest.mark.parametrize("operation", EVERY, ids=lambda operation: operation.id)
def test_a_declaration_holds_together(operation: Operation) -> None:
    names = names_of(operation)
    assert set(operation.path_arguments) <= required_of(operation)
    assert set(operation.query) | set(operation.files) <= names
    assert operation.body_is is None or operation.body_is in names
    assert not OWN_ARGUMENTS & names
    assert not (operation.method in ("GET", "DELETE") and operation.has_body)
    assert not (operation.effect is READ and (operation.destructive or operation.risk))
    assert operation.effect is not DELETE or operation.destructive
    assert 0 <= operation.risk <= 5
    assert re.fullmatch(r"[A-Z][^\n]{3,110}[^.\s]", operation.summary)
    assert re.fullmatch(r"[a-z0-9_]+", operation.name)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "before", "told"),
    [
        ("guardrails.effects.table", '"enterprise-project-create-group": (', "enterprise-project-create-groups"),
        ("catalogue.shared", '"get-items-within-frame"', "get-items-within-frames"),
        ("catalogue.board_members", 'invites=("emails"', "share-board takes no emailss"),
        ("catalogue.boards", 'RiskFactor("projectId"', "update-board takes no projectIds"),
        ("guardrails.subjects", 'OPERATIONS["get-specific-board"', "get-specific-boards"),
        ("guardrails.bounds", '"token-info"', "token-infos"),
        ("client.quota", '"patchGroup"', "patchGroups"),
        ("sandbox.items.tags", '@handles("create-tag"', "create-tags"),
    ],
)
def test_a_misspelt_name_fails_when_it_is_imported(module: str, before: str, told: str, tmp_path: Path) -> None:
    source = tmp_path / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    changed = source / "miro_mcp" / f"{module.replace('.', '/')}.py"
    text = changed.read_text(encoding="utf-8")
    name, end = before.rsplit('"', 1)
    assert before in text
    changed.write_text(text.replace(before, f'{name}s"{end}', 1), encoding="utf-8")
    command = [sys.executable, "-c", f"import miro_mcp.{module}"]
    environment = os.environ | {"PYTHONPATH": str(source)}
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert finished.returncode == 1
    assert told in finished.stderr.splitlines()[-1]


@pytest.mark.parametrize("operation", [one for one in EVERY if one.risk >= 4], ids=lambda operation: operation.id)
def test_what_a_person_is_asked_about_is_told(operation: Operation) -> None:
    assert operation.path_arguments or operation.counts or operation.id in EFFECTS


def test_operations_that_share_a_path_are_told_apart_by_required_arguments() -> None:
    by_route: dict[tuple[str, str], list[Operation]] = {}
    for operation in EVERY:
        by_route.setdefault((operation.method, operation.path), []).append(operation)
    shared = {route: operations for route, operations in by_route.items() if len(operations) > 1}
    assert len(shared) == 8
    for operations in shared.values():
        kinds = {(frozenset(required_of(o)), bool(o.files), o.body_is) for o in operations}
        assert len(kinds) == len(operations)


def test_merging_allows_what_either_schema_allows() -> None:
    assert merge({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]})["enum"] == ["a", "b"]
    assert "enum" not in merge({"type": "string", "enum": ["a"]}, {"type": "string"})
    assert merge({"type": "integer", "minimum": 1, "maximum": 5}, {"type": "integer", "minimum": 0}) == {
        "type": "integer",
        "minimum": 0,
    }
    assert merge({"type": "string"}, {"type": "array", "items": {"type": "string"}})["type"] == "string"
    first = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a", "b"]}
    second = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    assert merge(first, second)["required"] == ["a"]
    assert set(merge(first, second)["properties"]) == {"a", "b"}


def test_a_schema_holds_every_bound_and_enum_of_its_model() -> None:
    schema = schema_of(OPERATIONS["create-sticky-note-item"].arguments)
    assert schema["required"] == ["board_id"]
    assert "light_yellow" in schema["properties"]["style"]["properties"]["fillColor"]["enum"]
    assert schema_of(OPERATIONS["create-tag"].arguments)["properties"]["title"]["maxLength"] == 120
    frame = schema_of(OPERATIONS["create-frame-item"].arguments)["properties"]["geometry"]
    assert frame["properties"]["width"] == {"type": "number", "minimum": 100}


def check(description: Path, source: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the program on a description, with the catalogue that is in a copy of the source if one is named."""
    command = [sys.executable, str(ROOT / "tools" / "check_catalogue.py"), str(description)]
    environment = os.environ | ({"PYTHONPATH": str(source)} if source else {})
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@needs_description
def test_the_catalogue_says_what_the_description_says() -> None:
    finished = check(DESCRIPTION)
    assert finished.returncode == 0, finished.stdout
    assert finished.stdout.startswith(f"Compared {len(OPERATIONS) - len(UNDESCRIBED)} operations")


def without_a_path(document: dict[str, Any]) -> str:
    del document["paths"]["/v2/boards/{board_id}/cards"]
    return "create-card-item"


def with_another_method(document: dict[str, Any]) -> str:
    path = document["paths"]["/v2/boards/{board_id}/cards"]
    path["put"] = path.pop("post")
    return "create-card-item"


def with_a_longer_enum(document: dict[str, Any]) -> str:
    document["components"]["schemas"]["StickyNoteStyle"]["properties"]["fillColor"]["enum"].append("teal")
    return "create-sticky-note-item body.style.fillColor"


def with_a_new_field(document: dict[str, Any]) -> str:
    document["components"]["schemas"]["ShapeDataForCreate"]["properties"]["depth"] = {"type": "number"}
    return "create-shape-item body.data.depth"


def with_another_bound(document: dict[str, Any]) -> str:
    document["components"]["schemas"]["TagCreateRequest"]["properties"]["title"]["maxLength"] = 99
    return "create-tag body.title"


def with_another_requirement(document: dict[str, Any]) -> str:
    document["components"]["schemas"]["TagCreateRequest"]["required"] = ["title", "fillColor"]
    return "create-tag body.fillColor"


def with_a_new_parameter(document: dict[str, Any]) -> str:
    parameters = document["paths"]["/v2/boards"]["get"]["parameters"]
    parameters.append({"in": "query", "name": "archived", "schema": {"type": "boolean"}})
    return "get-boards query.archived"


@needs_description
@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        without_a_path,
        with_another_method,
        with_a_longer_enum,
        with_a_new_field,
        with_another_bound,
        with_another_requirement,
        with_a_new_parameter,
    ],
    ids=lambda change: change.__name__,
)
def test_a_difference_from_the_description_is_told(change: Callable[[dict[str, Any]], str], tmp_path: Path) -> None:
    document = json.loads(DESCRIPTION.read_text())
    place = change(document)
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(document))
    finished = check(changed)
    assert finished.returncode == 1
    assert place in finished.stdout


@pytest.mark.slow
@needs_description
@pytest.mark.parametrize(
    ("module", "before", "after", "told"),
    [
        ("sticky_notes", '    "light_yellow",\n', "", "create-sticky-note-item body.style.fillColor: enum"),
        ("tags", "max_length=120", "max_length=121", "create-tag body.title: maxLength: ours 121, theirs 120"),
        ("texts", "    content: str\n", "    content: str = ABSENT\n", "body.data.content: required"),
        ("shared", "    rotation: Number", "    rotated: Number", "create-card-item body.geometry.rotation: missing"),
        ("cards", 'path="/v2/boards/{board_id}/cards",', 'path="/v2/boards/{board_id}/card",', "path: ours /v2/"),
        ("boards", "    owner: Wanted = ABSENT\n", "    owner: str = ABSENT\n    old: bool\n", "query.old: extra"),
        ("items", 'method="PATCH"', 'method="PUT"', "method: ours PUT, theirs PATCH"),
        # Where the description is corrected, it is the correction that counts.
        ("groups", "    items: Annotated[list[Id]", "    ids: Annotated[list[Id]", "createGroup body.data.ids: extra"),
        ("shapes", '    "flow_chart_or",\n', "", "create-shape-item body.data.shape: enum"),
        ("cards", "cardTheme: HexColour", "cardTheme: str", "create-card-item body.style.cardTheme: pattern"),
        ("classification", "notClassifiedOnly: bool", "notClassifiedOnly: bool = ABSENT", "Only: required"),
        ("legal_holds", "max_length=200", "max_length=201", "create-legal-hold body.scope.users: maxItems"),
    ],
)  # fmt: skip
def test_a_slip_in_the_catalogue_is_told(module: str, before: str, after: str, told: str, tmp_path: Path) -> None:
    source = tmp_path / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    changed = source / "miro_mcp" / "catalogue" / f"{module}.py"
    text = changed.read_text()
    assert before in text
    changed.write_text(text.replace(before, after, 1))
    finished = check(DESCRIPTION, source)
    assert finished.returncode == 1, finished.stderr
    assert told in finished.stdout


@needs_description
def test_a_correction_that_the_description_no_longer_needs_is_told(tmp_path: Path) -> None:
    document = json.loads(DESCRIPTION.read_text())
    for schema in document["components"]["schemas"].values():
        schema.get("properties", {}).get("captions", {}).pop("maxLength", None)
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps(document))
    finished = check(mended)
    assert finished.returncode == 1
    assert finished.stdout.startswith("*-connector body.captions: maxLength: this correction corrects nothing\n")


def test_every_correction_has_a_reason_and_every_operation_not_described_a_source() -> None:
    assert all(re.search(r"\w+ \w+ \w+", correction.reason) for correction in CORRECTIONS)
    assert all(re.search(r"https://|\b20\d\d\b", source) for source in UNDESCRIBED.values())


@needs_description
@pytest.mark.parametrize("described", [False, True])
def test_an_operation_that_the_description_lacks_can_be_recorded(described: bool, tmp_path: Path) -> None:
    document = json.loads(DESCRIPTION.read_text())
    if not described:
        del document["paths"]["/v2/boards"]["post"]
    changed, source = tmp_path / "changed.json", tmp_path / "src"
    changed.write_text(json.dumps(document))
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    corrections = source / "miro_mcp" / "catalogue" / "corrections.py"
    recorded = corrections.read_text() + '\nUNDESCRIBED["create-board"] = "https://developers.miro.com"\n'
    corrections.write_text(recorded)
    finished = check(changed, source)
    assert finished.returncode == int(described), finished.stdout
    assert ("create-board: recorded as not described" in finished.stdout) is described
