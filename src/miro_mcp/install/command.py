"""What `miro-mcp install` does: shows the difference, asks, keeps a backup, writes; or undoes it."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ..settings import OPTIONS, SettingsError
from ..system.terminal import agreed
from . import files
from .clients import Client, Machine, Server
from .documents import DocumentError, at
from .secrets import texts_to_hide, without

TOKEN = "MIRO_ACCESS_TOKEN"  # noqa: S105
_UV_CACHE = {"archive-v0", "environments-v2"}

Ask = Callable[[str], str]


@dataclass(frozen=True)
class InstallPlan:
    """A change to one file, shown before it is made; `after` is None where the file goes."""

    path: Path
    before: str | None
    after: str | None
    mode: int
    notes: tuple[str, ...] = ()
    token: str | None = None
    secrets: frozenset[str] = frozenset()
    """What else in the file, as it is or as it becomes, is not to be shown."""

    @property
    def difference(self) -> str:
        """As a person reads it, tokens left out: the one that is written, old ones, and other servers'."""
        lines = difflib.unified_diff(
            (self.before or "").splitlines(),
            (self.after or "").splitlines(),
            str(self.path),
            str(self.path),
            lineterm="",
        )
        shown = "\n".join(lines)
        shown = without(shown, {self.token}, "(the token)") if self.token else shown
        return without(shown, set(self.secrets), "(hidden)")


def install(client: Client, machine: Machine, server: Server, *, yes: bool, ask: Ask = input) -> int:
    """Enters the server into the client's configuration; the exit status is 0 when it is there."""
    path = client.file(machine)
    try:
        plan = plan_install(client, path, server)
    except (DocumentError, UnicodeDecodeError) as error:
        return _unreadable(client, path, error)
    if plan.before is not None and client.format.parse(plan.before) == client.format.parse(plan.after or ""):
        print(f"{client.title} has this server already, in {path}. Nothing was changed.")
        return 0
    if not _agreed(plan, yes=yes, ask=ask) or not _unchanged(plan):
        return 1
    backup = files.backup_of(path)
    if plan.before is not None and not backup.exists():
        files.write_config(backup, plan.before, files.OWNER_ONLY)
    files.write_config(path, plan.after or "", plan.mode)
    print(f"Written to {path}." + (f" The file as it was: {backup}." if backup.exists() else ""))
    print(f"{client.then} To take it out again: miro-mcp install {client.name} --undo")
    return 0


def uninstall(client: Client, machine: Machine, *, yes: bool, ask: Ask = input) -> int:
    """Takes the server out again, or puts back the entry that was there before; other changes made since stay."""
    path = client.file(machine)
    try:
        plan = plan_undo(client, path)
    except (DocumentError, UnicodeDecodeError) as error:
        return _unreadable(client, path, error)
    if plan is None:
        print(f"{client.title} does not have this server in {path}. Nothing was changed.")
        return 0
    if not _agreed(plan, yes=yes, ask=ask) or not _unchanged(plan):
        return 1
    if plan.after is None:
        path.resolve().unlink()
        print(f"{path} is gone: there was none before.")
    else:
        files.write_config(path, plan.after, plan.mode)
        print(f"Written to {path}.")
    files.backup_of(path).unlink(missing_ok=True)
    print(client.then)
    return 0


def plan_install(client: Client, path: Path, server: Server) -> InstallPlan:
    """Raises:
    DocumentError: the file is there and can't be read.
    """
    before = files.read_config(path)
    secrets = frozenset(texts_to_hide(client.format.parse(before or "")))
    after = client.format.change(before or "", client.path, client.entry(server))
    mode = files.mode_of(path)
    token = server.environment.get(TOKEN)
    notes: list[str] = []
    if token and files.is_open_to_others(mode):
        notes.append(f"The token goes into this file, which others may read (mode {mode:o}): it becomes yours alone.")
        mode = files.OWNER_ONLY
    elif token:
        notes.append("The token goes into this file, in plain text.")
    elif "--sandbox" not in server.command:
        notes.append(
            "No token is written. Sign in with `miro-mcp login`, or run this again with MIRO_ACCESS_TOKEN set and "
            "--token, which writes it into this file; --sandbox needs neither."
        )
    return InstallPlan(path, before, after, mode, tuple(notes), token, secrets - {token})


def plan_undo(client: Client, path: Path) -> InstallPlan | None:
    """None when there is nothing to undo.

    Raises:
        DocumentError: the file is there and can't be read.
    """
    now = files.read_config(path)
    old = files.read_config(files.backup_of(path))
    entry = at(client.format.parse(now or ""), client.path)
    if now is None or entry is None:
        return None
    before = client.format.parse(old or "")
    after = client.format.change(now, client.path, at(before, client.path))
    left = client.format.parse(after)
    if old is not None and _without_empty(left) == _without_empty(before):
        after = old
    is_new = old is None and not _without_empty(left)
    secrets = {*texts_to_hide(client.format.parse(now)), *texts_to_hide(before)}
    return InstallPlan(path, now, None if is_new else after, files.mode_of(path), secrets=frozenset(secrets))


def server_command() -> list[str]:
    """How this very program is started from anywhere."""
    interpreter = Path(sys.executable)
    if _UV_CACHE & set(interpreter.parts):  # Put there by uvx for one run, and cleared away some time.
        source = uvx_source(distribution("miro-mcp").read_text("direct_url.json"))
        return ["uvx", "--from", source, "miro-mcp"] if source else ["uvx", "miro-mcp"]
    script = interpreter.with_name("miro-mcp.exe" if sys.platform == "win32" else "miro-mcp")
    return [str(script)] if script.is_file() else [str(interpreter), "-m", "miro_mcp"]


def uvx_source(direct_url: str | None) -> str | None:
    """Where an installed package came from, as `uvx --from` takes it; None for one that an index knows by its name.

    `direct_url` is the content of direct_url.json, which installers write (PyPA's Direct URL Data Structure).
    """
    if direct_url is None:
        return None
    told = json.loads(direct_url)
    url, vcs = str(told["url"]), told.get("vcs_info")
    if vcs:
        revision = vcs.get("requested_revision") or vcs.get("commit_id")
        return f"{vcs['vcs']}+{url}" + (f"@{revision}" if revision else "")
    address = urlsplit(url)
    return url2pathname(address.path) if address.scheme == "file" else url


def server_of(given: Mapping[str, str], token: str | None) -> Server:
    """The server with the options that were given to `install`.

    Raises:
        SettingsError: a token was asked for, and there is none or the sandbox takes none.
    """
    command = server_command()
    for option in OPTIONS:
        value = given.get(option.variable)
        if value is None or option.flag is None:
            continue
        command.append(option.flag)
        if value != option.bare:
            command.append(str(Path(value).expanduser().resolve()) if option.takes == "PATH" else value)
    if token is None:
        return Server(command)
    if "MIRO_SANDBOX" in given:
        raise SettingsError("The sandbox takes no token: leave out either --token or --sandbox.")
    if not token:
        raise SettingsError(f"--token writes the token in {TOKEN}, which is not set. For example {TOKEN}=… first.")
    return Server(command, {TOKEN: token})


def _agreed(plan: InstallPlan, *, yes: bool, ask: Ask) -> bool:
    print(plan.difference)
    print("\n".join(["", *plan.notes]) if plan.notes else "", flush=True)
    return yes or agreed("Write this?", ask)


def _unchanged(plan: InstallPlan) -> bool:
    """Whether the file is still what the difference was shown for: clients write theirs too."""
    if files.read_config(plan.path) == plan.before:
        return True
    print(f"{plan.path} has changed meanwhile, so nothing was written. Run this again.", file=sys.stderr)
    return False


def _unreadable(client: Client, path: Path, error: Exception) -> int:
    print(f"{path} can't be read as {client.title}'s configuration, so nothing was changed: {error}", file=sys.stderr)
    return 1


def _without_empty(value: Mapping[str, object]) -> dict[str, object]:
    return {name: part for name, part in value.items() if part != {}}
