"""The sandbox's page and the app in the chat, in a real browser under their policies."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from chromium import PROGRAM, Page, browsing
from support import connected, value_of

from miro_mcp.settings import Settings
from miro_mcp.workflows.view.app import app_html

LAUNCH = "uXjVHarbour="
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def in_browser(test: Any) -> Any:
    """Marks a test that needs a browser; where there is none it is told as skipped."""
    return pytest.mark.browser(pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on PATH")(test))


@contextmanager
def page_served(folder: Path) -> Iterator[str]:
    """The address of `miro-mcp sandbox`, a process of its own."""
    command = [sys.executable, "-m", "miro_mcp", "sandbox", "--port", "0", str(folder / "sandbox.db")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield next(word for word in process.stdout.readline().split() if word.startswith("http"))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def call(folder: Path, tool: str, **arguments: Any) -> Any:
    """What an assistant's tool answers, on the same sandbox from another process than the page's."""

    async def run() -> Any:
        settings = Settings.from_environment({"MIRO_SANDBOX": str(folder / "sandbox.db"), "MIRO_CONFIRM": "allow"})
        async with connected(settings) as client:
            result = await client.call_tool(tool, arguments)
            assert not result.is_error, result.content
            return result

    return asyncio.run(run())


def add(folder: Path, content: str, **more: Any) -> str:
    given = {"operation": "create", "board_id": LAUNCH, "data": {"content": content}, **more}
    return value_of(call(folder, "miro_sticky_notes_write", **given))["id"]


def watched(page: Page) -> None:
    """Notes every breach of a policy and every error on the page from here on."""
    page.value(
        "window.faults = []; window.alert = text => faults.push(text);"
        "addEventListener('securitypolicyviolation', e => faults.push(e.violatedDirective));"
        "addEventListener('error', e => faults.push(e.message));"
    )


def item(id: str) -> str:
    return f"document.querySelector('[data-miro-id=\"{id}\"]')"


@pytest.mark.slow
@in_browser
def test_the_page_shows_a_board_and_redraws_as_the_assistant_works(tmp_path: Path) -> None:
    with page_served(tmp_path) as url, browsing() as page:
        page.open(f"{url}/")
        page.wait_for(
            f"document.querySelector('a[href=\"/boards/{LAUNCH.replace('=', '%3D')}\"]')?.innerText.includes('Harbour')"
        )
        page.wait_for("[...document.images].every(one => one.complete && one.naturalWidth > 0)")
        page.open(f"{url}/boards/{LAUNCH}")
        page.wait_for("document.querySelectorAll('.stage [data-miro-id]').length === 12")
        watched(page)
        zoomed = (
            "(() => { const stage = document.querySelector('.stage');"
            "stage.dispatchEvent(new WheelEvent('wheel', { deltaY: -100, clientX: 300, clientY: 300, bubbles: true }));"
            "return stage.querySelector('svg').getAttribute('viewBox'); })()"
        )
        view = page.value(zoomed)
        shape = {"data": {"content": f"<p>{HOSTILE} hello</p>"}, "position": {"x": 400, "y": -600}}
        shape |= {"geometry": {"width": 900, "height": 200}}
        note = value_of(call(tmp_path, "miro_shapes_write", operation="create", board_id=LAUNCH, **shape))["id"]
        page.wait_for(f"{item(note)}?.textContent.includes('hello')")
        assert page.value("document.querySelector('.stage svg').getAttribute('viewBox')") == view
        assert "<script>" in page.value(f"{item(note)}.textContent")
        call(tmp_path, "miro_items_delete", operation="delete", board_id=LAUNCH, item_id=note)
        page.wait_for(f"{item(note)} === null")
        assert page.value("faults.join()") == ""
        assert page.value("document.querySelectorAll('script').length") == 1


@pytest.mark.slow
@in_browser
def test_an_items_link_leads_to_the_item_on_its_board(tmp_path: Path) -> None:
    note = add(tmp_path, "Here", position={"x": 3000, "y": 3000})
    read = {"operation": "get", "board_id": LAUNCH, "item_id": note, "verbose": True}
    link = value_of(call(tmp_path, "miro_items_read", **read))["links"]["self"]
    with page_served(tmp_path) as url, browsing() as page:
        page.open(url + httpx.URL(link).raw_path.decode())
        page.wait_for("document.querySelector('.info')?.hidden === false")
        assert page.value("document.querySelector('.info').innerText").startswith(f"sticky note {note}\nHere")
        assert httpx.URL(page.value("document.querySelector('.info a').href")).path == httpx.URL(link).path
        box = page.value(f"(({{ x, y, width }}) => [x, y, width])({item(note)}.getBoundingClientRect())")
        assert box[0] > 0
        assert box[2] > 50


@pytest.mark.slow
def test_the_page_is_for_loopback_names_alone_and_changes_nothing(tmp_path: Path) -> None:
    with page_served(tmp_path) as url:
        port = httpx.URL(url).port
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            assert http.get("/").status_code == 200
            for host in (f"localhost:{port}", f"sandbox.localhost:{port}", f"[::1]:{port}", "127.0.0.1"):
                assert http.get("/", headers={"Host": host}).status_code == 200
            for host in (f"evil.example:{port}", "localhost.evil.example", "192.168.0.7", ""):
                assert http.get("/", headers={"Host": host}).status_code == 403
                assert http.get(f"/boards/{LAUNCH}/view.svg", headers={"Host": host}).status_code == 403
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                assert http.request(method, f"/boards/{LAUNCH}").status_code == 405
            assert http.get("/boards/nowhere").status_code == 404
            assert http.get("/boards/nowhere/view.svg").status_code == 404
            assert http.get("/fonts/..%2F..%2Fpyproject.toml").status_code == 404


def test_a_picture_that_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    with page_served(tmp_path) as url, httpx.Client(base_url=url, trust_env=False) as http:
        first = http.get(f"/boards/{LAUNCH}/view.svg")
        tag = {"If-None-Match": first.headers["ETag"]}
        assert http.get(f"/boards/{LAUNCH}/view.svg", headers=tag).status_code == 304
        add(tmp_path, "new")
        second = http.get(f"/boards/{LAUNCH}/view.svg", headers=tag)
        assert second.status_code == 200
        assert second.headers["ETag"] != first.headers["ETag"]


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with page_served(tmp_path) as url:
        port = str(httpx.URL(url).port)
        command = [sys.executable, "-m", "miro_mcp", "sandbox", "--port", port, str(tmp_path / "other.db")]
        second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert f"port {port}" in second.stderr
    assert "--port" in second.stderr


HOST = """
<!doctype html><iframe sandbox="allow-scripts allow-same-origin" style="width: 800px; height: 600px"></iframe><script>
const frame = document.querySelector("iframe"), asked = window.asked = [];
const post = (message) => frame.contentWindow.postMessage({ jsonrpc: "2.0", ...message }, "*");
addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow) return;
  asked.push(data);
  const result = ANSWERS[data.method];
  if (data.id !== undefined && result) post({ id: data.id, result });
  if (data.method === "ui/notifications/initialized") {
    post({ method: "ui/notifications/tool-input", params: { arguments: GIVEN } });
    post({ method: "ui/notifications/tool-result", params: RESULT });
  }
});
frame.srcdoc = APP;
</script>
"""


def hosted(folder: Path, result: Any, given: Any, *, serves_tools: bool) -> Path:
    """A page that shows the app as hosts with MCP Apps do: in a frame, spoken to by messages."""
    svg = call(folder, "miro_board_view", **given, format="svg") if serves_tools else None
    answers = {
        "ui/initialize": {
            "protocolVersion": "2026-01-26",
            "hostInfo": {"name": "host", "version": "1"},
            "hostCapabilities": {"openLinks": {}, **({"serverTools": {}} if serves_tools else {})},
            "hostContext": {},
        },
        "ui/open-link": {},
        **({"tools/call": svg.model_dump(mode="json", by_alias=True, exclude_none=True)} if svg else {}),
    }
    values = {"ANSWERS": answers, "GIVEN": given, "RESULT": result, "APP": app_html()}
    page = HOST
    for name, value in values.items():
        page = page.replace(name, json.dumps(value).replace("</", "<\\/"), 1)
    file = folder / "host.html"
    file.write_text(page, encoding="utf-8")
    return file


INSIDE = "document.querySelector('iframe').contentDocument"
TOOL_RESULT = {
    "content": [
        {"type": "text", "text": '{"findings": ["note 1 overlaps note 2 by 20%."]}'},
        {"type": "image", "mimeType": "image/png", "data": "iVBORw0KGgo="},
    ],
}


@in_browser
def test_the_app_shows_the_board_as_svg_with_hover_and_links(tmp_path: Path) -> None:
    note = add(tmp_path, f"<p>{HOSTILE} hello</p>", position={"x": 400, "y": -600})
    given = {"board_id": LAUNCH, "item_ids": [note]}
    with browsing() as page:
        page.open(hosted(tmp_path, TOOL_RESULT, given, serves_tools=True).as_uri())
        page.wait_for(f"{INSIDE}?.querySelector('[data-miro-id=\"{note}\"]')?.textContent.includes('hello')")
        asked = page.value("asked.find(one => one.method === 'tools/call').params")
        assert asked == {"name": "miro_board_view", "arguments": {**given, "format": "svg"}}
        assert page.value(f"{INSIDE}.querySelector('.findings').textContent").startswith("1 finding")
        page.value(
            f"{INSIDE}.querySelector('[data-miro-id] rect').dispatchEvent("
            "new PointerEvent('pointermove', { bubbles: true, clientX: 5, clientY: 5 }))"
        )
        assert page.value(f"{INSIDE}.querySelector('.info').innerText").startswith(f"sticky note {note}")
        page.value(f"{INSIDE}.querySelector('.info a').click()")
        page.wait_for("asked.some(one => one.method === 'ui/open-link')")
        link = page.value("asked.find(one => one.method === 'ui/open-link').params.url")
        assert link == f"https://miro.com/app/board/{LAUNCH}?moveToWidget={note}"


@in_browser
def test_the_app_shows_the_picture_where_the_host_calls_no_tools(tmp_path: Path) -> None:
    with browsing() as page:
        page.open(hosted(tmp_path, TOOL_RESULT, {"board_id": LAUNCH}, serves_tools=False).as_uri())
        page.wait_for(f"{INSIDE}?.querySelector('.stage img')?.src.startsWith('data:image/png')")


@in_browser
def test_the_apps_policy_stops_what_is_not_its_own(tmp_path: Path) -> None:
    with browsing() as page:
        page.open(hosted(tmp_path, {"content": [], "isError": True}, {}, serves_tools=False).as_uri())
        page.wait_for(f"{INSIDE}?.querySelector('.message')?.innerText.includes('failed')")
        page.value(
            f"(() => {{ const inside = {INSIDE}; window.faults = [];"
            "inside.addEventListener('securitypolicyviolation', e => faults.push(e.effectiveDirective));"
            "const script = inside.createElement('script'), image = inside.createElement('img');"
            "script.textContent = 'parent.ran = true'; image.src = 'http://127.0.0.1:9/x.png';"
            "inside.body.append(script, image);"
            "inside.defaultView.fetch('http://127.0.0.1:9/').catch(() => {}); })()"
        )
        page.wait_for("faults.length >= 3")
        assert page.value("[...new Set(faults)].sort().join()") == "connect-src,img-src,script-src-elem"
        assert page.value("window.ran === undefined") is True
