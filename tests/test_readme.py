"""What the README tells people to type has to exist."""

import json
import re
from pathlib import Path

from miro_mcp.options import OPTIONS
from miro_mcp.settings import TOOLSETS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SNIPPETS = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", README, re.DOTALL)]
SERVERS = [
    server for snippet in SNIPPETS for server in (snippet.get("mcpServers") or snippet.get("servers") or {}).values()
]


def read_variables() -> set[str]:
    """Names of the environment variables that settings.py reads."""
    return set(re.findall(r'text\("(MIRO_\w+)"\)', (ROOT / "src/miro_mcp/settings.py").read_text(encoding="utf-8"))) | {
        option.variable for option in OPTIONS
    }


def test_the_two_commands_come_first() -> None:
    first_block = README.split("```")[1]
    assert re.findall(r"^make (\w+)", first_block, re.MULTILINE) == ["demo", "test"]


def test_every_make_target_named_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", DOCUMENTS, re.MULTILINE))
    assert {"demo", "test", "setup"} <= named <= targets


def test_json_snippets_start_this_server_on_an_account_and_on_the_sandbox() -> None:
    assert len(SERVERS) == len(SNIPPETS) == 5
    for server in SERVERS:
        command = [server["command"], *server.get("args", [])]
        assert [word for word in command if word != "--sandbox"][-1].endswith("miro-mcp")
    assert any("MIRO_ACCESS_TOKEN" in server.get("env", {}) for server in SERVERS)
    assert any("MIRO_SANDBOX" in server.get("env", {}) for server in SERVERS)


def test_variables_named_are_those_that_are_read() -> None:
    assert set(re.findall(r"MIRO_[A-Z_]+", README)) == read_variables()


def test_every_toolset_and_option_is_in_a_table() -> None:
    assert set(re.findall(r"^\| `([a-z]+)` \|", README, re.MULTILINE)) == {*TOOLSETS, "all"}
    assert set(re.findall(r"`(--[a-z-]+)[^`]*` \| ", README)) == {option.flag for option in OPTIONS if option.flag}


def test_files_that_are_linked_exist() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", DOCUMENTS)
    assert links
    assert [link for link in links if not (ROOT / link).is_file()] == []
