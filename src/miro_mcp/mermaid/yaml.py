"""YAML as Mermaid reads it in frontmatter and in `@{…}`: only JSON's types, everything else is text."""

from __future__ import annotations

import re
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.resolver import VersionedResolver

MAX_YAML = 20_000
"""Characters. What stands there is a title and some settings; the reader is slow on much more."""
MAX_DEPTH = 40


class YamlError(ValueError):
    """`offset` is where in the text it was noticed."""

    def __init__(self, message: str, offset: int) -> None:
        self.offset = offset
        super().__init__(message)


def load_yaml(text: str) -> Any:
    """The value of a document: mappings, lists, text, numbers, booleans and None.

    Raises:
        YamlError: it isn't YAML, or larger or deeper than anything that belongs in a diagram.
    """
    # YAML 1.2 takes tabs between words, which the library doesn't.
    text = re.sub(r"(?<=[^\s])[ \t]*\t[ \t]*", lambda match: " " * len(match[0]), text)
    if len(text) > MAX_YAML:
        raise YamlError(f"at most {MAX_YAML} characters of YAML", MAX_YAML)
    if _depth(text) > MAX_DEPTH:
        raise YamlError(f"at most {MAX_DEPTH} levels of YAML", 0)
    reader: Any = YAML(typ="safe", pure=True)
    reader.Resolver = _JsonTypes
    try:
        return reader.load(text)
    except MarkedYAMLError as error:
        told = cast("Any", error)
        mark = told.problem_mark or told.context_mark
        raise YamlError(told.problem or "YAML", mark.index if mark else 0) from error
    except (YAMLError, ValueError, TypeError) as error:
        raise YamlError("YAML", 0) from error


def _depth(text: str) -> int:
    deepest = level = 0
    for character in text:
        level += (character in "[{") - (character in "]}")
        deepest = max(deepest, level)
    return max(deepest, max((len(line) - len(line.lstrip(" -")) for line in text.split("\n")), default=0) // 2)


class _JsonTypes(VersionedResolver):
    """No dates, no `yes`, no octal numbers: `1:30` and `no` stay text."""

    @property
    def versioned_resolver(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        """The types of plain words, by their first letter; the library asks for them by this name."""
        return _TYPES


_TYPES: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _name, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*|0)$", list("-+0123456789")),
    ("float", r"^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+)$", list("-+.0123456789")),
):
    for _letter in _first:
        _TYPES.setdefault(_letter, []).append((f"tag:yaml.org,2002:{_name}", re.compile(_pattern)))
