"""Signing in: the browser, where the tokens are kept, their renewal, and what is said when it can't be."""

import asyncio
import json
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import uvicorn
from chromium import PROGRAM, browsing
from mcp.types import CallToolResult
from support import over_stdio, recording, text_of
from test_serving import free_port

from miro_mcp.sandbox.http.app import create_app

KEYRING = """\
import json, os, pathlib
from keyring.backend import KeyringBackend

class Keyring(KeyringBackend):
    priority = 9
    file = pathlib.Path(os.environ["HOME"]) / "keyring.json"

    def _read(self):
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def get_password(self, service, username):
        return self._read().get(f"{service} {username}")

    def set_password(self, service, username, password):
        self.file.write_text(json.dumps(self._read() | {f"{service} {username}": password}))

    def delete_password(self, service, username):
        kept = self._read()
        del kept[f"{service} {username}"]
        self.file.write_text(json.dumps(kept))
"""


@contextmanager
def sandbox(access_seconds: float = 3600) -> Iterator[str]:
    """The sandbox on a free loopback port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    app = create_app(None, access_seconds)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


class Machine:
    """A person's machine, with a home of its own."""

    def __init__(self, home: Path, url: str, **environment: str) -> None:
        self.home = home
        self.url = url
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "MIRO_API_BASE_URL": url,
            "MIRO_CLIENT_ID": "my app",
            "MIRO_CLIENT_SECRET": "a secret & more",
            "MIRO_AUDIT_LOG": str(home / "audit.jsonl"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            **environment,
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "miro_mcp", *arguments],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    @contextmanager
    def signing_in(self) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """`miro-mcp login`, and the address that it says to open."""
        process = subprocess.Popen(
            [sys.executable, "-m", "miro_mcp", "login", "--no-browser", "--port", str(free_port())],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        try:
            process.stdout.readline()
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

    def sign_in(self) -> str:
        """Signs in as a browser would; returns what the command said."""
        with self.signing_in() as (process, page):
            query = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
            form = query | {"decision": "allow"}
            answer = httpx.post(f"{self.url}/oauth/authorize", data=form, follow_redirects=True)
            assert "You are signed in" in answer.text
            said, _ = process.communicate(timeout=60)
            assert process.returncode == 0, said
            return said

    @property
    def files(self) -> list[Path]:
        return list(self.home.rglob("sign-in-*.json"))


def calls(machine: Machine, count: int = 1) -> list[CallToolResult]:
    async def go() -> list[CallToolResult]:
        async with over_stdio(machine.environment) as client:
            return [await client.call_tool("miro_boards_read", {"operation": "list"}) for _ in range(count)]

    return asyncio.run(go())


@pytest.mark.slow
@pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium here")
@pytest.mark.parametrize("decision", ["Allow", "Deny"])
def test_a_person_signs_in_with_a_browser(decision: str, tmp_path: Path) -> None:
    with sandbox() as url, Machine(tmp_path, url).signing_in() as (process, address), browsing() as page:
        page.open(address)
        page.wait_for("document.body.innerText.includes('wants to use the sandbox')")
        page.press(decision)
        shown = page.wait_for("location.pathname === '/callback' && document.body.innerText")
        said, _ = process.communicate(timeout=60)
        assert ("You are signed in" in shown) == (decision == "Allow")
        assert process.returncode == (decision == "Deny")
        assert ("Signed in." in said) == (decision == "Allow")
        assert decision == "Allow" or "The person said no" in said


@pytest.mark.slow
def test_signing_in_shows_who_one_is_and_the_server_works_then(tmp_path: Path) -> None:
    with sandbox() as url:
        machine = Machine(tmp_path, url)
        assert "miro-mcp login" in text_of(calls(machine)[0])
        said = machine.sign_in()
        assert "Ada Moreno" in said
        told = machine.run("whoami").stdout
        for words in ("Ada Moreno", "Product Design", "Northwind Studio", "boards:write", "in 60 minutes"):
            assert words in told
        assert not calls(machine)[0].is_error


@pytest.mark.slow
def test_signing_out_revokes_the_token_and_forgets_it(tmp_path: Path) -> None:
    with sandbox() as url:
        machine = Machine(tmp_path, url)
        machine.sign_in()
        (file,) = machine.files
        token = json.loads(file.read_text())["access_token"]
        asked = {"url": f"{url}/v1/oauth-token", "headers": {"Authorization": f"Bearer {token}"}}
        assert httpx.get(**asked).status_code == 200
        assert machine.run("logout").returncode == 0
        assert httpx.get(**asked).status_code == 401
        assert machine.files == []
        assert machine.run("whoami").returncode == 1
        assert "nothing to forget" in machine.run("logout").stdout


def test_without_a_keyring_the_tokens_are_in_a_file_that_only_the_owner_can_read(tmp_path: Path) -> None:
    with sandbox() as url:
        machine = Machine(tmp_path, url)
        said = machine.sign_in()
        (file,) = machine.files
        assert str(file) in said
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.slow
def test_with_a_keyring_no_file_holds_a_token(tmp_path: Path) -> None:
    (tmp_path / "test_keyring.py").write_text(KEYRING)
    with sandbox() as url:
        backend = {"PYTHON_KEYRING_BACKEND": "test_keyring.Keyring", "PYTHONPATH": str(tmp_path)}
        machine = Machine(tmp_path, url, **backend)
        assert "keyring" in machine.sign_in()
        assert machine.files == []
        assert not calls(machine)[0].is_error
        assert machine.run("logout").returncode == 0
        assert "access_token" not in (tmp_path / "keyring.json").read_text()


@pytest.mark.slow
def test_neither_token_nor_secret_is_ever_printed(tmp_path: Path) -> None:
    with sandbox() as url:
        machine = Machine(tmp_path, url)
        said = machine.sign_in()
        (file,) = machine.files
        kept = json.loads(file.read_text())
        finished = [machine.run(command, "--log-level", "DEBUG") for command in ("whoami", "doctor", "logout")]
        said += "".join(one.stdout + one.stderr for one in finished)
        for secret in ("client_secret", "access_token", "refresh_token"):
            assert kept[secret] not in said


def test_an_answer_to_another_sign_in_is_passed_over(tmp_path: Path) -> None:
    with sandbox() as url, Machine(tmp_path, url).signing_in() as (process, page):
        redirect = parse_qs(urlsplit(page).query)["redirect_uri"][0]
        assert httpx.get(redirect, params={"code": "forged", "state": "another"}).status_code == 400
        assert httpx.get(redirect, params={"code": "forged"}).status_code == 400
        assert process.poll() is None


@pytest.mark.slow
def test_a_token_that_is_set_goes_before_the_sign_in(tmp_path: Path) -> None:
    with sandbox() as url:
        machine = Machine(tmp_path, url)
        machine.sign_in()
        assert "MIRO_ACCESS_TOKEN" in machine.run("whoami", MIRO_ACCESS_TOKEN="of my own").stdout


@pytest.mark.slow
def test_a_token_is_sent_to_no_other_address_than_it_was_granted_for(tmp_path: Path) -> None:
    with sandbox() as url, recording() as other:
        machine = Machine(tmp_path, url)
        machine.sign_in()
        machine.environment["MIRO_API_BASE_URL"] = other.url
        assert "Not signed in" in text_of(calls(machine)[0])
        assert other.requests == []


@pytest.mark.slow
def test_a_sign_in_that_was_ended_elsewhere_tells_the_person_to_sign_in_again(tmp_path: Path) -> None:
    with sandbox() as url:
        machine = Machine(tmp_path, url)
        machine.sign_in()
        (file,) = machine.files
        kept = json.loads(file.read_text())
        form = {name: kept[name] for name in ("client_id", "client_secret", "refresh_token")}
        for _ in range(2):
            httpx.post(f"{url}/v1/oauth/token", data=form | {"grant_type": "refresh_token"})
        result = calls(machine)[0]
        assert "run `miro-mcp login`" in text_of(result)
        assert "nothing was sent" in text_of(result)


@pytest.mark.slow
def test_two_servers_share_a_sign_in_through_many_expiries(tmp_path: Path) -> None:
    """The sandbox ends a sign-in when a refresh token is used twice, so a doubled renewal would fail the rest."""
    lifetime, expiries = 1.0, 8
    with sandbox(lifetime) as url:
        machine = Machine(tmp_path, url)
        machine.sign_in()
        until = time.monotonic() + lifetime * expiries

        async def keep_calling() -> list[str]:
            async with over_stdio(machine.environment) as client:
                failures: list[str] = []
                while time.monotonic() < until:
                    some = (client.call_tool("miro_boards_read", {"operation": "list"}) for _ in range(4))
                    failures += [text_of(result) for result in await asyncio.gather(*some) if result.is_error]
                return failures

        async def go() -> list[list[str]]:
            return await asyncio.gather(keep_calling(), keep_calling())

        assert asyncio.run(go()) == [[], []]


@pytest.mark.slow
def test_a_file_that_is_no_sign_in_counts_as_none(tmp_path: Path) -> None:
    with sandbox() as url:
        machine = Machine(tmp_path, url)
        machine.sign_in()
        machine.files[0].write_text('{"access_token": 5}')
        assert "Not signed in" in text_of(calls(machine)[0])


def test_signing_in_without_knowing_the_app_says_what_to_set(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "http://127.0.0.1:9", MIRO_CLIENT_ID="", MIRO_CLIENT_SECRET="")
    finished = machine.run("login", "--port", str(free_port()))
    assert finished.returncode == 1
    assert "MIRO_CLIENT_ID" in finished.stderr
    assert "/callback" in finished.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        finished = Machine(tmp_path, "http://127.0.0.1:9").run("login", "--port", str(port))
    assert finished.returncode == 1
    assert f"Port {port}" in finished.stderr
