"""Mermaid's labels (entities, HTML, Markdown, icons) as the simple HTML that Miro's texts are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .source import ENTITY, ENTITY_END

HTML_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^<>]*)>")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ICON = re.compile(r"\bfa[bklrs]?:fa-[\w-]+\s*|:fa-[\w-]+:\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])(\*|_)(?=\S)([^*_]{1,300})(?<=\S)\1(?!\w)")
_MARKDOWN_STRING = re.compile(r"^(\"?)`(.+)`\1$", re.DOTALL)
_KEPT = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "ins": "u", "a": "a"} | dict.fromkeys(
    ("s", "del", "strike"), "s"
)
_BREAKING = frozenset({"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = frozenset({"script", "style", "iframe", "template"})


def html_of(label: str, *, markdown: bool = False) -> str:
    """A label as HTML: `<br>`, `<strong>`, `<em>`, `<u>`, `<s>` and `<a href>` stay, icons and other tags go."""
    text = label.replace(f"{ENTITY}°", "&#").replace(ENTITY, "&").replace(ENTITY_END, ";")
    text = _ICON.sub("", text).replace("\\n", "\n")
    if markdown:
        text = "\n".join(line.strip() for line in text.split("\n"))
        text = _BOLD.sub(r"<strong>\2</strong>", text)
        text = _ITALIC.sub(r"<em>\2</em>", text)
    found = "".join(_pieces(text))
    return re.sub(r"^(?:<br>)+|(?:<br>)+$", "", found)


def markdown_of(label: str) -> str:
    """A label that is Markdown with or without the marks of a Markdown string, as HTML."""
    return html_of(_MARKDOWN_STRING.sub(r"\2", label.strip()), markdown=True)


def has_icon(label: str) -> bool:
    return bool(_ICON.search(label))


def plain_of(text: str) -> str:
    """HTML as plain text, its lines parted by line ends."""
    return html.unescape(HTML_TAG.sub(lambda tag: "\n" if tag["name"] == "br" else "", text))


def web_link(url: str) -> str | None:
    """A link that may stand on a board; None for addresses of other kinds, such as script."""
    link = plain_of(html_of(url)).strip()
    return link if re.match(r"(?:https?|mailto):", link, re.IGNORECASE) else None


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def _pieces(text: str) -> Iterator[str]:
    open_tags: list[str] = []
    at = hidden_until = 0
    for tag in HTML_TAG.finditer(text):
        if tag.start() < hidden_until:
            continue
        yield _text(text[at : tag.start()])
        at = tag.end()
        name = tag["name"].lower()
        kept = _KEPT.get(name)
        if name == "br" or (name in _BREAKING and tag["close"]):
            yield "<br>"
        elif name in _HIDDEN and not tag["close"]:
            end = text.lower().find(f"</{name}>", at)
            at = hidden_until = len(text) if end < 0 else end + len(name) + 3
        elif kept and not tag["close"]:
            href = _HREF.search(tag["rest"]) if kept == "a" else None
            if kept == "a" and not href:
                continue
            open_tags.append(kept)
            yield (
                f'<a href="{html.escape(html.unescape(href[1] or href[2] or href[3] or ""))}">' if href else f"<{kept}>"
            )
        elif kept in open_tags:
            while (last := open_tags.pop()) != kept:
                yield f"</{last}>"
            yield f"</{kept}>"
    yield _text(text[at:])
    yield from (f"</{name}>" for name in reversed(open_tags))


def _text(text: str) -> str:
    return re.sub(r"\n[^\S\n]*", "<br>", html.escape(html.unescape(text), quote=False))
