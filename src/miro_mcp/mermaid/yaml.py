"""YAML as Mermaid reads it in frontmatter and in `@{…}`: only JSON's types, everything else is text."""

from __future__ import annotations

import re
from typing import Any

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
    import yaml

    # YAML 1.2 takes tabs between words, which the library doesn't.
    text = re.sub(r"(?<=[^\s])[ \t]*\t[ \t]*", lambda match: " " * len(match[0]), text)
    if len(text) > MAX_YAML:
        raise YamlError(f"at most {MAX_YAML} characters of YAML", MAX_YAML)
    if _depth(text) > MAX_DEPTH:
        raise YamlError(f"at most {MAX_DEPTH} levels of YAML", 0)
    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506 (the loader makes plain values only)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(error.problem or "YAML", mark.index if mark else 0) from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise YamlError("YAML", 0) from error


def _depth(text: str) -> int:
    deepest = level = 0
    for character in text:
        level += (character in "[{") - (character in "]}")
        deepest = max(deepest, level)
    return max(deepest, max((len(line) - len(line.lstrip(" -")) for line in text.split("\n")), default=0) // 2)


def _loader() -> Any:
    import yaml

    class JsonTypes(yaml.SafeLoader):
        """No dates, no `yes`, no octal numbers: `1:30` and `no` stay text."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (the library's own way)

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            if len(keys) != len(set(keys)):
                raise yaml.MarkedYAMLError(None, None, "each key once", node.start_mark)
            return super().construct_mapping(node, deep)

    for tag, pattern, first in (
        ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
        ("int", r"^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*|0)$", list("-+0123456789")),
        ("float", r"^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+)$", list("-+.0123456789")),
    ):
        JsonTypes.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)  # pyright: ignore[reportUnknownMemberType]
    return JsonTypes
