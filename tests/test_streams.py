"""What comes in and goes out where it is not as a program expects: far too long, closed, full, or read by nobody."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from support import environment_for, recording
from test_serving import environment
from wire import LEGACY, MODERN, serving

from miro_mcp.system.streams.lines import TooLong, split_lines
from miro_mcp.system.streams.standard import LOST, StreamLost, speaking
from miro_mcp.system.streams.stdio import MOST_BYTES

MEGABYTE = 1024 * 1024


def test_lines_are_as_they_came_and_of_long_ones_the_ends_are_kept() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"one\ntw"
        yield b"o\n\n" + b"a" * 30_000
        yield b"b" * 30_000 + b"\nfour"

    one, two, empty, long, last = split_lines(chunks(), 50_000)
    assert (one, two, empty, last) == (b"one", b"two", b"", b"four")
    assert isinstance(long, TooLong)
    assert long.size == 60_000
    assert set(long.begin) == set(b"a")
    assert set(long.end) == set(b"b")
    assert len(long.begin + long.end) < 10_000
    assert list(split_lines([b"x" * 100 + b"\n"], 99)) == [TooLong(100, b"x" * 100, b"")]
    assert list(split_lines([], 99)) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_a_line_of_60_mb_is_refused_and_its_memory_given_back() -> None:
    def resident(field: str) -> int:
        lines = Path(f"/proc/{wire.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))

    call = '"method":"tools/call","params":{"name":"miro_svg_write","arguments":{"svg":"'
    with recording() as recorder, serving("stdio", LEGACY, environment_for(recorder)) as wire:
        before = resident("VmRSS")
        assert wire.process.stdin is not None
        for begin, end in (
            ('{"jsonrpc":"2.0","id":7,' + call, '"}}}'),
            ("{" + call, '"}},"jsonrpc":"2.0","id":"last"}'),
            ("", '","id":"\t\u0661'),
        ):
            wire.process.stdin.write(begin.encode())
            for _ in range(60):
                wire.process.stdin.write(b"x" * MEGABYTE)
            wire.process.stdin.write(end.encode() + b"\n")
        wire.request(8, "ping", {})
        answers = [wire.answer() for _ in range(3)]
        assert [answer["id"] for answer in answers] == [7, "last", 8]
        assert all("nothing was done" in answer["error"]["message"] for answer in answers[:2])
        assert resident("VmHWM") < before + MOST_BYTES + 20 * MEGABYTE
        assert resident("VmRSS") < before + 10 * MEGABYTE
        wire.leave()
        assert wire.status() == 0


@pytest.mark.slow
@pytest.mark.parametrize("length", [{"Content-Length": str(60 * MEGABYTE)}, {}])
def test_a_body_of_60_mb_is_refused(length: dict[str, str]) -> None:
    with recording() as recorder, serving("http", MODERN, environment_for(recorder)) as wire:
        assert wire.port is not None
        connection = http.client.HTTPConnection("127.0.0.1", wire.port, timeout=30)
        body = (b"x" * MEGABYTE for _ in range(60))
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"} | length
        with suppress(OSError):  # It is refused before all of it is sent.
            connection.request("POST", "/mcp", body, headers, encode_chunked=not length)
        with connection.getresponse() as response:
            assert response.status == 413
        connection.close()
        wire.request(1, "server/discover", {})
        assert "result" in wire.answer()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("out", ["a full disk", "a reader that leaves"])
def test_a_server_whose_answers_go_nowhere_ends_and_says_so(out: str) -> None:
    ping = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode() + b"\n"
    with ExitStack() as opened:
        full = opened.enter_context(Path("/dev/full").open("wb")) if out == "a full disk" else None
        process = opened.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "miro_mcp"],
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=full or subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(ping)
        process.stdin.flush()
        if process.stdout is not None:
            process.stdout.readline()
            process.stdout.close()
            process.stdin.write(ping)
            process.stdin.flush()
        assert process.wait(30) == 1
        assert process.stderr.read().decode().splitlines() == [
            "miro-mcp: the client can't be answered any more, since stdout can't be written; stopped."
        ]


FULL = "stdout can't be written (No space left on device)"
CLOSED = "stdout can't be written (Bad file descriptor)"
EDGES: list[tuple[str, int, str]] = [
    ("$M serve <&-", 1, "stdin is closed"),
    ("$M serve >&- </dev/null", 1, "stdout is closed"),
    ("$M serve 2>&- </dev/null", 0, ""),
    ("$M serve <&- >&- 2>&-", 1, ""),
    ("$M --version >&-", 1, CLOSED),
    ("$M --help >/dev/full", 1, FULL),
    ("$M operations >/dev/full", 1, FULL),
    ("$M audit >&-", 1, CLOSED),
    ("$M install cursor --yes >/dev/full", 1, FULL),
    ("$M install cursor <&- >/dev/null", 1, "Nothing was changed: there is nobody to ask here."),
    ("$M whoami 2>/dev/full", 1, ""),
    ("$M demo | true; exit ${PIPESTATUS[0]}", 1, "stdout can't be written (Broken pipe)"),
]
"""What a shell runs, its exit status, and the one line that is said on stderr."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="there is no such shell, or no /dev/full")
@pytest.mark.parametrize(("script", "status", "line"), EDGES, ids=[script for script, _, _ in EDGES])
def test_streams_that_fail_cost_one_line_and_an_exit_status(
    script: str, status: int, line: str, tmp_path: Path
) -> None:
    finished = subprocess.run(
        ["bash", "-c", script],
        env=environment(M=f"{sys.executable} -m miro_mcp") | {"HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.stderr.count("\n") == bool(line), finished.stderr
    assert line in finished.stderr
    assert finished.returncode == status


@pytest.mark.parametrize(
    ("fault", "may_be_cut", "status", "line"),
    [
        (StreamLost("gone", is_cut=True), True, 0, ""),
        (StreamLost("gone", is_cut=True), False, LOST, "miro-mcp: gone\n"),
        (StreamLost("full"), True, LOST, "miro-mcp: full\n"),
        (OSError(2, "No such file", "x.db"), True, LOST, "miro-mcp: [Errno 2] No such file: 'x.db'\n"),
    ],
)
def test_a_fault_while_speaking_is_said_in_a_line(
    fault: Exception, may_be_cut: bool, status: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def speak() -> Any:
        with speaking(may_be_cut=may_be_cut):
            raise fault

    with pytest.raises(SystemExit) as ended:
        speak()
    assert ended.value.code == status
    assert capsys.readouterr().err == line
