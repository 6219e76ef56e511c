"""What the README and CONTRIBUTING.md tell people to type has to exist, and what they count has to be so many."""

import contextlib
import io
import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from miro_mcp import cli
from miro_mcp.catalogue import OPERATIONS
from miro_mcp.catalogue.corrections import UNDESCRIBED
from miro_mcp.settings import OPTIONS, TOOLSETS, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_the_two_commands_come_first() -> None:
    first_block = README.split("```")[1]
    assert re.findall(r"^make (\w+)", first_block, re.MULTILINE) == ["demo", "test"]


def test_the_readme_fits_on_a_screen() -> None:
    assert len(README.splitlines()) <= 90


def test_every_make_target_named_is_in_the_makefile_and_help_shows_all() -> None:
    named = {name for page in PAGES.values() for name in re.findall(r"(?:`|^)make ([a-z-]+)", page, re.MULTILINE)}
    shown = set(re.findall(r"^([a-z-]+):.*?## ", MAKEFILE, re.MULTILINE))
    assert {"demo", "test"} <= named <= TARGETS
    assert shown == TARGETS


def test_the_sandbox_is_connected_by_one_command_after_the_demo() -> None:
    commands = re.findall(r"`\.venv/bin/miro-mcp (install .*?)`", README)
    assert [shlex.split(command)[1] for command in commands] == ["claude-desktop", "claude-code", "cursor", "vscode"]
    assert all("--sandbox" in shlex.split(command) for command in commands)


def test_commands_named_are_those_there_are() -> None:
    named = {word for page in PAGES.values() for word in re.findall(r"`miro-mcp ([a-z]+)\b", page)}
    for command in sorted(named):
        with contextlib.redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as ended:
            cli.main([command, "--help"])
        assert ended.value.code == 0, command


def test_variables_named_anywhere_are_settings() -> None:
    named = {name for page in PAGES.values() for name in re.findall(r"\bMIRO_[A-Z_]+\b", page)}
    assert named - {"MIRO_OPENAPI", "MIRO_ALLOWED_"} == {option.variable for option in OPTIONS}


def test_each_setting_is_read_somewhere() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py") if file.name != "settings.py"
    )
    names = {one.name for one in fields(Settings)} - {"scim_base_url", "api_base_url"}
    assert [name for name in sorted(names) if not re.search(rf"settings\.{name}\b", code)] == []


def test_every_toolset_is_in_the_readme() -> None:
    assert set(re.findall(r"^\| `([a-z]+)` \|", README, re.MULTILINE)) == {*TOOLSETS, "all"}


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_counts_is_so_many(page: str) -> None:
    text = PAGES[page]
    if page == "CHANGELOG.md":
        text = re.split(r"^## \[\d", text, maxsplit=1, flags=re.MULTILINE)[0]  # What a release counted stays so.
    counted = {int(number) for number in re.findall(r"\b(\d+) operations\b", text)}
    assert counted <= {len(OPERATIONS) - len(UNDESCRIBED)} | ({500} if page == "docs/tools.md" else set())


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_linked_exist(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", PAGES[page])
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []
