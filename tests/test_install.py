"""`miro-mcp install`: the right entry at the right place, everything else as it was, and all of it undone."""

import json
import stat
import sys
from io import StringIO
from pathlib import Path

import pytest
from mcp import Client as McpClient
from mcp import StdioServerParameters
from support import value_of

from miro_mcp.cli import CLIENT_NAMES, main
from miro_mcp.install import command, jsonc
from miro_mcp.install.clients import CLIENTS, Client, Machine, Server
from miro_mcp.install.command import install, plan_undo, server_of, uninstall
from miro_mcp.install.documents import at
from miro_mcp.install.files import backup_of

BY_NAME = {client.name: client for client in CLIENTS}
SANDBOX = Server(["/opt/miro-mcp", "--sandbox"])
ACCOUNT = Server(["/opt/miro-mcp"], {"MIRO_ACCESS_TOKEN": "secret-token"})

OTHERS = {
    "json": """{
  // The ones I use.
  "theme": "dark", /* never light */
  "TOP": {
    "other": { "command": "x", "args": ["-y", "//not a comment"] }, // keep it last
  },
  "after": [1, 2,],
}
""",
    "toml": """# mine
model = "m"   # fast

[TOP.other]
command = "x" # keep
""",
    "yaml": """# mine
MODEL: "m"   # fast
TOP:
  # comes with it
  other:
    enabled: true
    args:
    - 'quoted'
after: 1
""",
}


def machine(home: Path, platform: str = "linux", **environment: str) -> Machine:
    return Machine(platform, home, environment)


def others(client: Client) -> str:
    return OTHERS[type(client.format).__name__.lower()].replace("TOP", client.path[0])


def place(client: Client, home: Path, text: str) -> Path:
    path = client.file(machine(home))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def entry_of(client: Client, path: Path):
    return at(client.format.parse(path.read_text(encoding="utf-8")), client.path)


every_client = pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)


def test_the_command_line_offers_every_client() -> None:
    assert tuple(BY_NAME) == CLIENT_NAMES


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        (
            "linux",
            {
                "claude-desktop": ".config/Claude/claude_desktop_config.json",
                "claude-code": ".claude.json",
                "cursor": ".cursor/mcp.json",
                "vscode": ".config/Code/User/mcp.json",
                "gemini-cli": ".gemini/settings.json",
                "codex": ".codex/config.toml",
                "goose": ".config/goose/config.yaml",
            },
        ),
        (
            "darwin",
            {
                "claude-desktop": "Library/Application Support/Claude/claude_desktop_config.json",
                "vscode": "Library/Application Support/Code/User/mcp.json",
                "goose": ".config/goose/config.yaml",
            },
        ),
        (
            "win32",
            {
                "claude-desktop": "AppData/Roaming/Claude/claude_desktop_config.json",
                "vscode": "AppData/Roaming/Code/User/mcp.json",
                "goose": "AppData/Roaming/Block/goose/config/config.yaml",
                "codex": ".codex/config.toml",
            },
        ),
    ],
)
def test_files_are_where_the_platform_has_them(platform: str, expected: dict[str, str]) -> None:
    home = Path("/home/ada")
    assert {name: BY_NAME[name].file(machine(home, platform)) for name in expected} == {
        name: home / path for name, path in expected.items()
    }


@pytest.mark.parametrize(
    ("name", "variable", "rest"),
    [
        ("codex", "CODEX_HOME", "config.toml"),
        ("claude-code", "CLAUDE_CONFIG_DIR", ".claude.json"),
        ("vscode", "XDG_CONFIG_HOME", "Code/User/mcp.json"),
    ],
)
def test_a_folder_that_the_environment_names_is_taken(name: str, variable: str, rest: str) -> None:
    assert BY_NAME[name].file(machine(Path("/home/ada"), **{variable: "/elsewhere"})) == Path("/elsewhere") / rest


@every_client
def test_the_server_is_entered_and_nothing_else_changes(client: Client, tmp_path: Path) -> None:
    before = others(client)
    path = place(client, tmp_path, before)
    assert install(client, machine(tmp_path), SANDBOX, yes=True) == 0
    after = path.read_text(encoding="utf-8")
    lines = after.splitlines()
    assert [line for line in before.splitlines() if line not in lines] == []
    parsed = client.format.parse(after)
    assert parsed[client.path[0]].pop(client.path[1]) == client.entry(SANDBOX)
    assert parsed == client.format.parse(before)
    assert backup_of(path).read_text(encoding="utf-8") == before


@every_client
def test_undoing_gives_back_the_very_same_file(client: Client, tmp_path: Path) -> None:
    before = others(client).replace("\n", "\r\n")
    path = client.file(machine(tmp_path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before.encode())
    install(client, machine(tmp_path), SANDBOX, yes=True)
    assert path.read_bytes() != before.encode()
    assert uninstall(client, machine(tmp_path), yes=True) == 0
    assert path.read_bytes() == before.encode()
    assert not backup_of(path).exists()


@every_client
def test_a_file_that_was_not_there_is_made_and_taken_away_again(client: Client, tmp_path: Path) -> None:
    path = client.file(machine(tmp_path))
    assert install(client, machine(tmp_path), ACCOUNT, yes=True) == 0
    assert entry_of(client, path) == client.entry(ACCOUNT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert uninstall(client, machine(tmp_path), yes=True) == 0
    assert not path.exists()


@every_client
def test_what_changed_since_stays_when_it_is_undone(client: Client, tmp_path: Path) -> None:
    path = place(client, tmp_path, others(client))
    install(client, machine(tmp_path), SANDBOX, yes=True)
    added = (client.path[0], "later")
    path.write_text(client.format.change(path.read_text(encoding="utf-8"), added, {"command": "y"}), encoding="utf-8")
    uninstall(client, machine(tmp_path), yes=True)
    parsed = client.format.parse(path.read_text(encoding="utf-8"))
    assert parsed[client.path[0]].keys() == {"other", "later"}


@every_client
def test_an_entry_of_the_same_name_comes_back(client: Client, tmp_path: Path) -> None:
    path = place(client, tmp_path, client.format.change(others(client), client.path, {"command": "mine"}))
    before = path.read_text(encoding="utf-8")
    install(client, machine(tmp_path), SANDBOX, yes=True)
    assert entry_of(client, path) == client.entry(SANDBOX)
    uninstall(client, machine(tmp_path), yes=True)
    assert path.read_text(encoding="utf-8") == before


@every_client
def test_nothing_is_written_without_a_yes(client: Client, tmp_path: Path, capsys) -> None:
    path = place(client, tmp_path, others(client))
    asked: list[str] = []

    def refuse(question: str) -> str:
        asked.append(question)
        return ""

    assert install(client, machine(tmp_path), SANDBOX, yes=False, ask=refuse) == 1
    assert len(asked) == 1
    shown = capsys.readouterr().out
    assert "+" in shown
    assert "--sandbox" in shown
    assert path.read_text(encoding="utf-8") == others(client)
    assert [file for file in path.parent.iterdir() if file.is_file()] == [path]


@every_client
def test_the_second_time_there_is_nothing_to_do(client: Client, tmp_path: Path, capsys) -> None:
    install(client, machine(tmp_path), SANDBOX, yes=True)
    capsys.readouterr()
    assert install(client, machine(tmp_path), SANDBOX, yes=False, ask=pytest.fail) == 0
    assert "already" in capsys.readouterr().out
    uninstall(client, machine(tmp_path), yes=True)
    assert uninstall(client, machine(tmp_path), yes=False, ask=pytest.fail) == 0


@every_client
def test_a_file_that_cannot_be_read_is_left_alone(client: Client, tmp_path: Path, capsys) -> None:
    broken = others(client).replace('"x"', '"x').replace("enabled: true", "enabled: [true")
    path = place(client, tmp_path, broken)
    assert install(client, machine(tmp_path), SANDBOX, yes=True) == 1
    assert uninstall(client, machine(tmp_path), yes=True) == 1
    assert "can't be read" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == broken


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are kept elsewhere on Windows")
@every_client
def test_a_token_goes_into_no_file_that_others_can_read(client: Client, tmp_path: Path, capsys) -> None:
    path = place(client, tmp_path, others(client))
    path.chmod(0o644)
    install(client, machine(tmp_path), SANDBOX, yes=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    install(client, machine(tmp_path), ACCOUNT, yes=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    uninstall(client, machine(tmp_path), yes=True)
    shown = capsys.readouterr().out
    assert "others may read (mode 644)" in shown
    assert "secret-token" not in shown
    assert "(the token)" in shown


def test_a_file_that_changes_while_the_person_is_asked_is_not_written_over(tmp_path: Path, capsys) -> None:
    client = BY_NAME["claude-code"]
    path = place(client, tmp_path, "{}")

    def agree_late(_: str) -> str:
        path.write_text('{"numStartups": 2}', encoding="utf-8")
        return "y"

    assert install(client, machine(tmp_path), SANDBOX, yes=False, ask=agree_late) == 1
    assert "changed meanwhile" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == '{"numStartups": 2}'


def test_a_file_of_another_encoding_is_left_alone(tmp_path: Path, capsys) -> None:
    client = BY_NAME["cursor"]
    path = place(client, tmp_path, "")
    path.write_bytes('{"name": "Zoë"}'.encode("latin-1"))
    assert install(client, machine(tmp_path), SANDBOX, yes=True) == 1
    assert "can't be read" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / ".cursor").write_text("a file where a folder should be")
    assert main(["install", "cursor", "--sandbox", "--yes"]) == 1
    assert "as it was" in capsys.readouterr().err


def test_a_link_is_followed(tmp_path: Path) -> None:
    client = BY_NAME["cursor"]
    path = place(client, tmp_path, "{}")
    real = tmp_path / "dotfiles.json"
    path.rename(real)
    path.symlink_to(real)
    install(client, machine(tmp_path), SANDBOX, yes=True)
    assert path.is_symlink()
    assert entry_of(client, real) == client.entry(SANDBOX)


def test_options_are_passed_on_and_relative_paths_made_whole(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    server = server_of({"MIRO_SANDBOX": "box.db", "MIRO_READ_ONLY": "1", "MIRO_TOOLSETS": "all"}, None)
    assert server.command[-5:] == ["--sandbox", str(tmp_path / "box.db"), "--toolsets", "all", "--read-only"]
    assert server.environment == {}


def test_without_a_person_to_ask_nothing_is_written(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setattr("sys.stdin", StringIO())
    assert main(["install", "cursor", "--sandbox"]) == 1
    assert "--yes" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--token"], "MIRO_ACCESS_TOKEN"),
        (["--toolsets", "everything"], "isn't a toolset"),
        (["--token", "--sandbox"], "takes no token"),
    ],
)
def test_bad_options_are_named(arguments: list[str], said: str, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("MIRO_ACCESS_TOKEN", raising=False)
    assert main(["install", "cursor", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.anyio
@pytest.mark.parametrize("name", ["cursor", "codex", "goose"])
async def test_what_was_written_starts_the_server(name: str, tmp_path: Path) -> None:
    client = BY_NAME[name]
    server = server_of({"MIRO_SANDBOX": str(tmp_path / "sandbox.db")}, None)
    install(client, machine(tmp_path), server, yes=True)
    entry = entry_of(client, client.file(machine(tmp_path)))
    command = StdioServerParameters(
        command=entry.get("command") or entry["cmd"], args=list(entry["args"]), cwd=tmp_path
    )
    async with McpClient(command) as connected:
        listed = await connected.call_tool("miro_boards_read", {"operation": "list"})
    assert value_of(listed)
    assert value_of(listed)["data"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


SET = '{\n  "a": {\n    "b": {\n      "c": 1\n    }\n  }\n}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", SET + "\n"),
        ("{}", SET),
        ('{"x": 1}', SET.replace("{", '{"x": 1,', 1)),
        ('{\n    "a": {}\n}\n', SET.replace("  ", "    ") + "\n"),
        ('{\n  "a": {\n    // none yet\n  }\n}', SET.replace('"b"', '// none yet\n    "b"')),
        (
            '{\n  "a": {\n    "b": 5, // five\n    "d": 6\n  }\n}',
            SET.replace("    }\n", '    }, // five\n    "d": 6\n'),
        ),
    ],
)
def test_a_member_is_set_in_json_of_any_shape(before: str, after: str) -> None:
    assert jsonc.with_member(before, ("a", "b"), {"c": 1}) == after


@pytest.mark.parametrize("text", ["[1]", '{"a": 1}', '{"a": [], "z": 1}'])
def test_what_is_no_object_takes_no_member(text: str) -> None:
    with pytest.raises(jsonc.JsonError, match="not an object"):
        jsonc.with_member(text, ("a", "b"), {"c": 1})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{\n  "a" 1}', "line 2, column 7: a colon"),
        ('{"a": 1 "b": 2}', "line 1, column 9: a comma"),
        ("{a: 1}", "line 1, column 2: a value"),
        ('{"a": 1} x', "column 9: there is more"),
        ('{"a": tru}', "a value is expected"),
    ],
)
def test_broken_json_is_told_with_line_and_column(text: str, said: str) -> None:
    with pytest.raises(jsonc.JsonError, match=said):
        jsonc.parse_jsonc(text)


def test_taking_out_of_nothing_changes_nothing(tmp_path: Path) -> None:
    assert jsonc.without_member('{"a": {}}', ("a", "b")) == '{"a": {}}'
    assert plan_undo(BY_NAME["cursor"], tmp_path / "none.json") is None


def test_json_without_comments_is_read_like_the_standard_library_does() -> None:
    value = {"a": [1, -2.5e3, True, None, 'é\n"\\/'], "b": {"c": {}}, "": []}
    assert jsonc.parse_jsonc(json.dumps(value, indent=1)) == value


@every_client
def test_no_token_of_anybody_is_ever_shown(client: Client, tmp_path: Path, capsys) -> None:
    """Neither the one that is replaced, nor those of other servers that stand beside it."""
    path = place(client, tmp_path, "")
    odd = 'old "token" \\ 1234'
    for token in (odd, "new-token-5678"):
        install(client, machine(tmp_path), Server(["/opt/miro-mcp"], {"MIRO_ACCESS_TOKEN": token}), yes=True)
        backup_of(path).unlink(missing_ok=True)
    beside = {"command": "x", "args": ["--api-key", "key-of-x-1", "--token=key-of-x-2"], "env": {"X": "key-of-x-3"}}
    changed = client.format.change(path.read_text(encoding="utf-8"), (*client.path[:-1], "a-server"), beside)
    path.write_text(changed, encoding="utf-8")
    install(client, machine(tmp_path), SANDBOX, yes=True)
    uninstall(client, machine(tmp_path), yes=True)
    shown = capsys.readouterr().out
    assert not [one for one in (odd, "1234", "5678", "key-of-x") if one in shown]
    assert "(the token)" in shown
    assert "(hidden)" in shown


@pytest.mark.parametrize(
    ("told", "source"),
    [
        (None, None),
        ({"url": "file:///home/ada/miro-mcp", "dir_info": {}}, "/home/ada/miro-mcp"),
        ({"url": "file:///home/ada/a%20b/miro_mcp-0.1.0-py3-none-any.whl", "archive_info": {}},
         "/home/ada/a b/miro_mcp-0.1.0-py3-none-any.whl"),
        ({"url": "https://example.com/miro-mcp.zip", "archive_info": {}}, "https://example.com/miro-mcp.zip"),
        ({"url": "https://example.com/m.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}},
         "git+https://example.com/m.git@0a1b"),
        ({"url": "https://example.com/m.git",
          "vcs_info": {"vcs": "git", "commit_id": "0a1b", "requested_revision": "v1"}},
         "git+https://example.com/m.git@v1"),
    ],
)  # fmt: skip
@pytest.mark.skipif(sys.platform == "win32", reason="paths are written otherwise there")
def test_what_uvx_ran_is_run_again(told: dict | None, source: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name alone could be somebody else's."""

    class Installed:
        def read_text(self, _: str) -> str | None:
            return json.dumps(told) if told else None

    monkeypatch.setattr(command, "distribution", lambda _: Installed())
    monkeypatch.setattr(sys, "executable", "/home/ada/.cache/uv/archive-v0/x/bin/python")
    expected = ["uvx", "--from", source, "miro-mcp"] if source else ["uvx", "miro-mcp"]
    assert command.server_command() == expected
