"""A headless Chromium that is driven over pipes: it opens a page, presses a button, and tells what it shows."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

PROGRAM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--remote-debugging-pipe",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
)  # fmt: skip


class Page:
    """One tab."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = os.fdopen(to, "wb", buffering=0), os.fdopen(back, "rb", buffering=0)
        self._number = 0
        self._rest = b""
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session: str | None = None
        self._session = self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]

    def open(self, url: str) -> None:
        self._ask("Page.navigate", {"url": url})

    def wait_for(self, condition: str) -> Any:
        """The value of a JavaScript expression as soon as it is true."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            value = self.value(condition)
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"never came true: {condition}; the page says {self.value('document.body.innerText')!r}")

    def press(self, label: str) -> None:
        button = f"[...document.querySelectorAll('button')].find(one => one.innerText === {json.dumps(label)})"
        self.wait_for(f"document.readyState === 'complete' && !!{button}")
        self.value(f"{button}.click()")

    def value(self, expression: str) -> Any:
        return self._ask("Runtime.evaluate", {"expression": expression, "returnByValue": True})["result"].get("value")

    def close(self) -> None:
        self._session = None
        with self._to, self._back:
            self._send("Browser.close", {})

    def _send(self, method: str, params: dict[str, Any]) -> int:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if getattr(self, "_session", None):
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        return self._number

    def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        number = self._send(method, params)
        while True:
            while b"\0" not in self._rest:
                self._rest += self._back.read(65536)
            text, _, self._rest = self._rest.partition(b"\0")
            answer = json.loads(text)
            if answer.get("id") == number:
                return answer.get("result", {"result": {}})


@contextmanager
def browsing() -> Iterator[Page]:
    assert PROGRAM is not None
    ours_in, theirs_out = os.pipe()
    theirs_in, ours_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:

        def take_pipes() -> None:
            read, write = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(read, 3)
            os.dup2(write, 4)

        process = subprocess.Popen(
            [PROGRAM, *_FLAGS, f"--user-data-dir={profile}"],
            preexec_fn=take_pipes,
            close_fds=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            with closing(Page(ours_out, ours_in)) as page:
                yield page
        finally:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
