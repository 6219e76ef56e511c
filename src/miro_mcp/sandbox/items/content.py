"""What the server makes of content: HTML of a doc's Markdown, and what is told of an embedded page."""

import html
import re
from itertools import groupby
from urllib.parse import urlsplit

from ..http.handlers import invalid
from ..store import Document

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_LIST_ITEMS = {"ul": re.compile(r"\s*[-*+]\s+(.*)"), "ol": re.compile(r"\s*\d+[.)]\s+(.*)")}
_INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(.+?)\*"), r"<em>\1</em>"),
    (re.compile(r"`(.+?)`"), r"<code>\1</code>"),
    (re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)"), r'<a href="\2">\1</a>'),
)
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "loom.com")


def html_of_markdown(markdown: str) -> str:
    """Headings, lists, paragraphs and plain emphasis; anything else stays as text."""
    blocks = groupby(markdown.splitlines(), key=_block)
    return "".join(_render(kind, list(lines)) for kind, lines in blocks if kind)


def _block(line: str) -> str:
    """The element a line belongs to; none for an empty line."""
    if heading := _HEADING.fullmatch(line):
        return f"h{len(heading[1])}"
    listed = next((kind for kind, pattern in _LIST_ITEMS.items() if pattern.fullmatch(line)), "")
    return listed or ("p" if line.strip() else "")


def _render(kind: str, lines: list[str]) -> str:
    if kind == "p":
        return f"<p>{'<br>'.join(map(_inline, lines))}</p>"
    if kind in _LIST_ITEMS:
        return (
            f"<{kind}>" + "".join(_element("li", _LIST_ITEMS[kind].sub(r"\1", line)) for line in lines) + f"</{kind}>"
        )
    return "".join(_element(kind, _HEADING.sub(r"\2", line)) for line in lines)


def _element(name: str, text: str) -> str:
    return f"<{name}>{_inline(text)}</{name}>"


def _inline(text: str) -> str:
    text = html.escape(text.strip(), quote=False)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def embedded(url: str) -> Document:
    """What is told of a page by its URL alone, since the sandbox fetches nothing.

    Raises:
        ErrorReply: 400, it is no web address.
    """
    check_web_address(url)
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return {
        "contentType": "video" if host.endswith(_VIDEO_HOSTS) else "rich",
        "title": host,
        "description": "",
        "providerName": host,
        "providerUrl": f"{parts.scheme}://{parts.netloc}/",
        "html": f'<iframe src="{html.escape(url)}"></iframe>',
    }


def check_web_address(url: str) -> None:
    """Refuses what is not an http or https URL with a host.

    Raises:
        ErrorReply: 400, naming `data.url`.
    """
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        right = False
    if not right:
        raise invalid({"data.url": "must be a web address that begins with http:// or https://"})
