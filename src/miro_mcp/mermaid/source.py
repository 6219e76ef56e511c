"""Mermaid text made ready to parse: no frontmatter, directives or comments, and each character knows its origin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from .errors import MermaidError, quoted_source
from .yaml import YamlError, load_yaml

ENTITY = "ﬂ°"
ENTITY_END = "¶ß"
"""Mermaid's own marks around an entity's name: the semicolon of `#quot;` would end the statement."""

_LINE_END = re.compile(r"\r\n?")
_TAG = re.compile(r"<\w+", re.ASCII)
_ATTRIBUTE = re.compile(r'="([^"]*)"')
_FRONTMATTER = re.compile(r"([^\S\n]*)-{3}[^\S\n]*\n")
_DIRECTIVE = re.compile(r"%%\{\s*(\w+)(?:\s*:)?\s*(?:(\w+)\s*(?:\}%%)?)?", re.ASCII)
_ENTITY = re.compile(r"#(\w+);", re.ASCII)

Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Source:
    """`text` is what is parsed; `origins` holds for each of its characters its offset in `given`, the whole text."""

    given: str
    text: str
    origins: list[int] = field(repr=False)
    title: str = ""
    config: dict[str, Any] = field(default_factory=dict[str, Any])

    def edited(self, edits: Iterable[Edit]) -> Source:
        """With spans of the text replaced; edits come in the text's order."""
        texts: list[str] = []
        origins: list[int] = []
        at = 0
        for start, end, new in edits:
            texts += (self.text[at:start], new)
            origins += self.origins[at:start]
            origins += self.origins[start : start + 1] * len(new)
            at = end
        texts.append(self.text[at:])
        origins += self.origins[at:]
        return Source(self.given, "".join(texts), origins, self.title, self.config)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, in the text as it was given, of an offset in `text`."""
        return place_in(self.given, self.origins[offset] if offset < len(self.origins) else len(self.given.rstrip()))

    def error(self, offset: int, expected: str, found: str, example: str) -> MermaidError:
        line, column = self.place(offset)
        return MermaidError(line, column, expected, found, example)


def plain_text(value: object) -> str:
    """The text of a value of YAML's; a list or mapping has none."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else ""


def place_in(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def source_of(given: str) -> Source:
    """The text as its diagram's parser gets it.

    Raises:
        MermaidError: the frontmatter isn't YAML.
    """
    source = Source(given, given, list(range(len(given))))
    source = source.edited((match.start(), match.end(), "\n") for match in _LINE_END.finditer(given))
    source = source.edited(list(_attribute_quotes(source.text)))
    source = _without_frontmatter(source)
    source = _without_directives(source)
    source = source.edited(list(_comments(source.text)))
    source = source.edited([(0, len(source.text) - len(source.text.lstrip()), "")])
    for keyword in ("style", "classDef"):
        source = source.edited(list(_ends_of_styles(source.text, keyword)))
    source = source.edited(list(_entities(source.text)))
    return Source(given, f"{source.text}\n", [*source.origins, len(given)], source.title, source.config)


def _attribute_quotes(text: str) -> Iterator[Edit]:
    """An attribute's double quotes in an HTML tag become single ones: double ones end a label."""
    end = 0
    for match in _TAG.finditer(text):
        if match.start() < end:
            continue
        closing = text.find(">", match.end())
        if closing < 0:
            return
        end = closing + 1
        for attribute in _ATTRIBUTE.finditer(text, match.end(), closing):
            yield attribute.start(), attribute.end(), f"='{attribute[1]}'"


def _without_frontmatter(source: Source) -> Source:
    opening = _FRONTMATTER.match(source.text)
    if not opening:
        return source
    indent = opening[1]
    closing = re.compile(rf"\n{re.escape(indent)}-{{3}}[^\S\n]*\n\s*").search(source.text, opening.end())
    if not closing:
        return source
    body = source.text[opening.end() : closing.start()]
    lines = (line.removeprefix(indent) for line in body.split("\n"))
    try:
        loaded = load_yaml("\n".join(lines))
    except YamlError as error:
        at = opening.end() + min(error.offset, len(body))
        found = quoted_source(source.text[at : at + 20])
        raise source.error(at, f"frontmatter in YAML ({error})", found, "title: Orders") from error
    values = cast("dict[str, Any]", loaded) if isinstance(loaded, dict) else {}
    config: Any = values.get("config")
    # Of the white space behind it Mermaid takes what ends with a line; an indent stays with its line.
    end = source.text.rfind("\n", 0, closing.end()) + 1
    rest = source.edited([(0, end, "")])
    return Source(
        rest.given,
        rest.text,
        rest.origins,
        plain_text(values.get("title")),
        cast("dict[str, Any]", config) if isinstance(config, dict) else {},
    )


def _without_directives(source: Source) -> Source:
    edits: list[Edit] = []
    config = dict(source.config)
    text, at = source.text, 0
    while match := _DIRECTIVE.search(text, at):
        at = match.end()
        if match[2] is None:
            closing = text.find("}%%", at)
            body = text[at : closing if closing >= 0 else len(text)]
            at = closing + 3 if closing >= 0 else len(text)
            if match[1] in ("init", "initialize"):
                config |= _settings(body)
        edits.append((match.start(), at, ""))
    rest = source.edited(edits)
    return Source(rest.given, rest.text, rest.origins, rest.title, config)


def _settings(body: str) -> dict[str, Any]:
    """What a directive says; one that isn't JSON says nothing, as in Mermaid."""
    try:
        value: Any = json.loads(body.replace("'", '"'))
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _comments(text: str) -> Iterator[Edit]:
    at = 0
    for line in text.split("\n") if "%%" in text else ():
        content = line.lstrip()
        if content.startswith("%%") and not content.startswith("%%{") and len(content) > 2:
            yield at, min(at + len(line) + 1, len(text)), ""
        at += len(line) + 1


def _ends_of_styles(text: str, keyword: str) -> Iterator[Edit]:
    """A semicolon that ends a style with a colour is dropped, or `#f00;` would be taken for an entity."""
    at = 0
    for line in text.split("\n") if keyword in text else ():
        start, end = line.find(keyword), line.rfind(";")
        if 0 <= start < end and any(_has_colour(run) for run in line[start + len(keyword) : end].split()):
            yield at + end, at + end + 1, ""
        at += len(line) + 1


def _has_colour(run: str) -> bool:
    colon = run.find(":")
    return colon >= 0 and run.find("#", colon) >= 0


def _entities(text: str) -> Iterator[Edit]:
    for match in _ENTITY.finditer(text):
        number = "°" if match[1].isdecimal() else ""
        yield match.start(), match.end(), f"{ENTITY}{number}{match[1]}{ENTITY_END}"
