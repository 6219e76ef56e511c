"""How the packages stand on each other: imports go one way, and a module knows only what it has to."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "miro_mcp"

ORDER = (
    *("errors", "text", "system", "catalogue", "setting_values", "settings", "guardrails", "keeping", "client"),
    *("downloads", "sandbox", "calls", "tools", "session", "board", "directory", "workers", "drawing", "sandbox.page"),
    *("diagrams", "mermaid", "layout_text"),
    *("workflows", "resources", "prompts", "server", "serving", "account", "doctor", "demo", "install"),
    *("sandbox.serve", "commands", "cli", "__main__"),
)
"""Each imports only what stands before it; the longest name that a module's begins with is its own."""

ONLY = {
    "catalogue": {"errors"},
    "guardrails": {"errors", "text", "system", "catalogue", "settings"},
    "keeping": {"errors", "text", "system", "catalogue", "guardrails"},
    "sandbox": {"text", "catalogue", "settings"},
    "mermaid": {
        "errors",
        "diagrams.charts",
        "diagrams.graph",
        "diagrams.kind",
        "diagrams.mind_map",
        "diagrams.sequence",
    },
}
"""Those that know even less than stands before them."""


def module_of(path: Path, root: Path) -> list[str]:
    parts = list(path.relative_to(root).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def imported(path: Path, root: Path) -> Iterator[str]:
    """What a file imports of the project, wherever in it the import stands."""
    package = list(path.relative_to(root).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1] + (node.module or "").split(".") * bool(node.module)
            yield from (".".join([*base, alias.name]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{SOURCE.name}."):
            yield from (f"{node.module.removeprefix(f'{SOURCE.name}.')}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("miro_mcp."):
            yield node.value.removeprefix("miro_mcp.")  # For import_module.


def place_of(module: str) -> str | None:
    fitting = [place for place in ORDER if f"{module}.".startswith(f"{place}.")]
    return max(fitting, key=len, default=None)


def faults(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*.py")):
        module = ".".join(module_of(path, root))
        own = place_of(module)
        for target in imported(path, root) if own else ():
            place = place_of(target)
            if place is None or place == own:
                continue
            told = f"{module} imports {target}"
            if ORDER.index(place) > ORDER.index(own) or (
                own in ONLY and not any(f"{target}.".startswith(f"{one}.") for one in ONLY[own])
            ):
                yield told


@pytest.mark.slow
def test_imports_go_one_way() -> None:
    assert list(faults(SOURCE)) == []


def test_every_module_has_its_place() -> None:
    without = [module for path in SOURCE.rglob("*.py") if not place_of(module := ".".join(module_of(path, SOURCE)))]
    assert without == [""]  # The package itself, which holds the version.
    assert [place for place in ORDER if not list(SOURCE.glob(place.replace(".", "/") + "*"))] == []


@pytest.mark.parametrize(
    ("module", "line", "fault"),
    [
        ("guardrails/risk.py", "from ..client.course import Answer", "guardrails.risk imports client.course.Answer"),
        ("guardrails/risk.py", "from .. import client", "guardrails.risk imports client"),
        ("sandbox/store.py", "from ..board import contents", "sandbox.store imports board.contents"),
        ("sandbox/page/page.py", "from ...workflows.view import run", "sandbox.page.page imports workflows.view.run"),
        ("diagrams/graph.py", "def late(): from ..mermaid import css", "diagrams.graph imports mermaid.css"),
        ("mermaid/css.py", "from ..board.geometry import Box", "mermaid.css imports board.geometry.Box"),
        ("mermaid/css.py", "from ..diagrams.layout import sides", "mermaid.css imports diagrams.layout.sides"),
        ("calls.py", 'import_module("miro_mcp.server")', "calls imports server"),
    ],
)
def test_an_import_that_runs_back_up_is_seen(module: str, line: str, fault: str, tmp_path: Path) -> None:
    changed = tmp_path / module
    changed.parent.mkdir(parents=True, exist_ok=True)
    changed.write_text((SOURCE / module).read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert list(faults(tmp_path)) == [fault]


ON_DEMAND = {
    "httpx": {"client"},  # A server that has listed its tools has not sent anything yet.
    "keyring": {"client.signin.store"},
    ".signin.renewal": {"client.tokens"},
}
"""What is imported inside a function, and by which modules: packages that a start can do without."""

SAME_ROLE = {
    "main": {"cli", "diagrams.layout.dot_worker", "workers.process"},
    "parse": {"mermaid"},
    "read": {"mermaid"},
    "run": {"commands", "workflows"},
}
"""Public names of several modules that play the same part; the sandbox's handlers are named by their verbs alone."""


def inside(module: str, places: set[str]) -> bool:
    return any(f"{module}.".startswith(f"{place}.") for place in places)


def test_imports_stand_at_the_top() -> None:
    for path in SOURCE.rglob("*.py"):
        module = ".".join(module_of(path, SOURCE))
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for node in ast.walk(function) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) else ():
                if isinstance(node, ast.Import):
                    names = [alias.name.split(".")[0] for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    names = ["." * node.level + (node.module or "") if node.level else str(node.module).split(".")[0]]
                else:
                    continue
                assert all(inside(module, ON_DEMAND.get(name, set())) for name in names), f"{module}:{node.lineno}"


def test_a_public_name_has_one_meaning() -> None:
    seen: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        module = ".".join(module_of(path, SOURCE))
        for node in () if inside(module, {"sandbox"}) else ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
                seen.setdefault(node.name, set()).add(module)
    twice = {name: modules for name, modules in seen.items() if len(modules) > 1}
    assert {n: m for n, m in twice.items() if not all(inside(one, SAME_ROLE.get(n, set())) for one in m)} == {}


def test_a_file_is_read_in_one_sitting_and_a_folder_taken_in_at_a_glance() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE.rglob("*.py")}
    assert [str(path) for path, lines in sizes.items() if lines > 400] == []
    folders = {path.parent for path in sizes} - {SOURCE / "catalogue"}
    assert [str(folder) for folder in folders if len(list(folder.glob("[!_]*.py"))) > 14] == []
