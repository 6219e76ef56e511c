"""What the files around the code promise."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from miro_mcp import __version__

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def tracked_files() -> list[Path]:
    listed = run("git", "ls-files", "-z")
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def locked(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_version_is_the_same_everywhere() -> None:
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {PYPROJECT["project"]["version"], __version__, MANIFEST["version"], released[0], version("miro-mcp")} == {
        __version__
    }


@pytest.mark.slow
def test_the_demo_does_the_main_job() -> None:
    demo = run(sys.executable, "-m", "miro_mcp", "demo")
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "\nmiro_connectors_write create" in demo.stdout
    assert "\x1b" not in demo.stdout


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])]
)
def test_every_dependency_is_locked_at_a_version_it_allows(lock: str, groups: list[str]) -> None:
    listed = [entry for group in groups for entry in PYPROJECT["dependency-groups"][group] if isinstance(entry, str)]
    pinned = locked(lock)
    for requirement in map(Requirement, PYPROJECT["project"]["dependencies"] + listed):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_both_locks_agree() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.slow
def test_files_that_follow_from_the_code_are_up_to_date() -> None:
    check = run(sys.executable, "tools/make_docs.py", "--check")
    assert check.returncode == 0, check.stderr


def test_no_file_names_a_registry_or_a_place_on_some_machine() -> None:
    hosts = r"pypi\.(org|python)|pythonhosted|npmjs|registry\.yarnpkg"
    places = r"(?<![\w.])/(work|root|tmp|Users/[a-z]+)/"
    unwanted = re.compile(f"{hosts}|{places}")
    itself = Path(__file__)
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in tracked_files()
        if path != itself and (match := unwanted.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}
