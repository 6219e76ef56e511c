"""The pages on clients: every snippet is valid for what it is, and is what `miro-mcp install` would write."""

import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from miro_mcp import cli
from miro_mcp.install.clients import CLIENTS, Client, Server
from miro_mcp.install.documents import Toml, Yaml, at
from miro_mcp.settings import OPTIONS, Settings

FOLDER = Path(__file__).parents[1] / "docs" / "clients"
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
CONTAINER = (FOLDER.parent / "docker.md").read_text(encoding="utf-8")
FRAMEWORKS = ("openai-agents", "langchain", "pydantic-ai")
COMMAND = "/path/to/miro-mcp/.venv/bin/miro-mcp"
TOKENS = {"your token", "${MIRO_ACCESS_TOKEN}", "${input:miro-token}"}
LANGUAGES = {"Json": "json", "Toml": "toml", "Yaml": "yaml"}


def snippets(text: str, language: str) -> list[str]:
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [body for kind, body in fenced if kind == language]


def commands(text: str) -> list[list[str]]:
    """The command lines on a page, each as words, continued lines joined."""
    blocks = "".join(snippets(text, "")).replace("\\\n", " ")
    return [shlex.split(line) for line in blocks.splitlines()]


def test_every_client_and_framework_has_its_page() -> None:
    assert set(PAGES) == {"README", "chatgpt", *(client.name for client in CLIENTS), *FRAMEWORKS}
    assert all(f"]({name}.md)" in PAGES["README"] for name in PAGES if name != "README")


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_a_page_has_the_entry_that_install_writes_for_an_account_and_for_the_sandbox(client: Client) -> None:
    language = LANGUAGES[type(client.format).__name__]
    documents = [client.format.parse(text) for text in snippets(PAGES[client.name], language)]
    assert all(document.keys() <= {client.path[0], "inputs"} for document in documents)
    account, sandbox = [at(document, client.path) for document in documents]
    token = next(iter((account.get("env") or account.get("envs")).values()))
    assert token in TOKENS
    assert account == client.entry(Server([COMMAND], {"MIRO_ACCESS_TOKEN": token}))
    assert sandbox == client.entry(Server([COMMAND, "--sandbox"]))


def test_json_snippets_are_json_that_needs_no_leniency() -> None:
    for page in (*PAGES.values(), CONTAINER):
        for text in snippets(page, "json"):
            json.loads(text)


def test_vs_code_asks_for_the_token_that_the_entry_uses() -> None:
    (document,) = [json.loads(text) for text in snippets(PAGES["vscode"], "json") if "inputs" in text]
    (asked,) = document["inputs"]
    assert asked["type"] == "promptString"
    assert asked["password"] is True
    assert document["servers"]["miro"]["env"]["MIRO_ACCESS_TOKEN"] == f"${{input:{asked['id']}}}"


def test_every_snippet_is_of_a_known_kind() -> None:
    kinds = {kind for page in PAGES.values() for kind in re.findall(r"^```(.+)$", page, re.MULTILINE)}
    assert kinds == {"json", "toml", "yaml", "python"}
    assert Toml().parse(snippets(PAGES["codex"], "toml")[0])
    assert Yaml().parse(snippets(PAGES["goose"], "yaml")[0])


@pytest.mark.parametrize("name", ["claude-code", "codex"])
def test_commands_of_a_client_add_the_server_on_an_account_and_on_the_sandbox(name: str) -> None:
    account, sandbox = commands(PAGES[name])
    assert account[:3] == sandbox[:3] == [{"claude-code": "claude"}.get(name, name), "mcp", "add"]
    assert account[account.index("--") :] == ["--", COMMAND]
    assert "MIRO_ACCESS_TOKEN=your token" in account
    assert sandbox[sandbox.index("--") :] == ["--", COMMAND, "--sandbox"]


def environment_of(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Variables set before a command, and the command."""
    variables = dict(word.split("=", 1) for word in words if re.match(r"MIRO_\w+=", word))
    return variables, [word for word in words if not re.match(r"MIRO_\w+=", word)]


@pytest.mark.parametrize(
    ("page", "count"), [(PAGES["chatgpt"], 2), ((FOLDER.parent / "configuration.md").read_text(encoding="utf-8"), 3)]
)
def test_commands_that_start_the_server_have_settings_it_takes(page: str, count: int) -> None:
    started = commands(page)
    assert len(started) == count
    for words in started:
        variables, (program, *arguments) = environment_of(words)
        assert program in (COMMAND, "miro-mcp")
        options = vars(cli.build_parser().parse_args(arguments))
        given = {option.variable: value for option in OPTIONS if (value := options.get(option.variable)) is not None}
        settings = Settings.from_environment(variables | given)
        assert settings.access_token
        assert page is not PAGES["chatgpt"] or (settings.http and settings.http_token and settings.http_hosts)


def test_the_responses_api_gets_the_address_and_token_of_that_server() -> None:
    (tool,) = [json.loads(text) for text in snippets(PAGES["chatgpt"], "json")]
    assert tool["type"] == "mcp"
    assert tool["server_url"] == "https://miro.example.com/mcp"
    assert f'MIRO_HTTP_TOKEN="{tool["authorization"]}"' in PAGES["chatgpt"]


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_python_of_a_framework_compiles_and_starts_this_server(name: str) -> None:
    on_sandbox, on_account = snippets(PAGES[name], "python")
    for text in (on_sandbox, on_account):
        compile(text, name, "exec")
        assert f'"{COMMAND}"' in text
    assert '"--sandbox"' in on_sandbox
    assert 'os.environ["MIRO_ACCESS_TOKEN"]' in on_account


def test_containers_are_started_on_an_account_and_on_the_sandbox() -> None:
    entries: list[dict[str, Any]] = [json.loads(text)["mcpServers"]["miro"] for text in snippets(CONTAINER, "json")]
    known = {option.variable for option in OPTIONS}
    for entry in entries:
        assert [entry["command"], *entry["args"][:3]] == ["docker", "run", "--rm", "--interactive"]
        assert entry["args"][-1] == "miro-mcp"
        passed = [after.partition("=")[0] for word, after in pairwise(entry["args"]) if word == "--env"]
        assert set(passed) <= known
        assert set(entry.get("env", {})) <= set(passed)
    assert [("MIRO_ACCESS_TOKEN" in entry.get("env", {})) for entry in entries] == [True, False]
