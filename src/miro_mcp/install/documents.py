"""The formats of configuration files: read, and changed in one place with everything else left as it is."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, Protocol, cast

import tomlkit
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from tomlkit.exceptions import TOMLKitError

from . import jsonc

ServerEntry = Mapping[str, Any]


class DocumentError(Exception):
    """A configuration file that can't be read; the message says where."""


class DocumentFormat(Protocol):
    def parse(self, text: str) -> dict[str, Any]:
        """Raises:
        DocumentError: the text is not of this format, or no table of names at its top.
        """
        ...

    def change(self, text: str, path: Sequence[str], entry: ServerEntry | None) -> str:
        """The text with the entry at a path of names set, or taken out with None.

        Raises:
            DocumentError: the text is not of this format.
        """
        ...


class Json:
    """JSON, with comments and trailing commas where the client takes them."""

    def parse(self, text: str) -> dict[str, Any]:
        try:
            return _table(jsonc.parse_jsonc(text))
        except jsonc.JsonError as error:
            raise DocumentError(str(error)) from None

    def change(self, text: str, path: Sequence[str], entry: ServerEntry | None) -> str:
        try:
            return jsonc.without_member(text, path) if entry is None else jsonc.with_member(text, path, entry)
        except jsonc.JsonError as error:
            raise DocumentError(str(error)) from None


class Toml:
    def parse(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise DocumentError(str(error)) from None

    def change(self, text: str, path: Sequence[str], entry: ServerEntry | None) -> str:
        try:
            document = tomlkit.parse(text)
        except TOMLKitError as error:
            raise DocumentError(str(error)) from None

        def empty() -> MutableMapping[str, Any]:
            return cast("MutableMapping[str, Any]", tomlkit.table(is_super_table=True))

        _set(cast("MutableMapping[str, Any]", document), path, entry, empty)
        return tomlkit.dumps(document)  # pyright: ignore[reportUnknownMemberType]


class Yaml:
    def parse(self, text: str) -> dict[str, Any]:
        return _table(self._load(text))

    def change(self, text: str, path: Sequence[str], entry: ServerEntry | None) -> str:
        document = cast("MutableMapping[str, Any]", self._load(text) or {})
        _set(document, path, entry, dict[str, Any])
        out = io.StringIO()
        self._yaml().dump(document, out)  # pyright: ignore[reportUnknownMemberType]
        return out.getvalue()

    def _load(self, text: str) -> Any:
        try:
            return self._yaml().load(text)  # pyright: ignore[reportUnknownMemberType]
        except YAMLError as error:
            raise DocumentError(" ".join(str(error).split())) from None

    def _yaml(self) -> Any:
        yaml = YAML()
        yaml.preserve_quotes = True
        yaml.width = 4096
        return yaml


def at(document: Mapping[str, Any], path: Sequence[str]) -> Any:
    """What is at a path of names, or None."""
    found: Any = document
    for name in path:
        found = cast("Mapping[str, Any]", found).get(name) if isinstance(found, Mapping) else None
    return found


def _table(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DocumentError("the top is not an object of names and values")
    return cast("dict[str, Any]", value)


def _set(document: MutableMapping[str, Any], path: Sequence[str], entry: ServerEntry | None, empty: Any) -> None:
    table = document
    for name in path[:-1]:
        if entry is None and name not in table:
            return
        table = cast("MutableMapping[str, Any]", table.setdefault(name, empty()))
    if entry is not None:
        table[path[-1]] = dict(entry)
    elif path[-1] in table:
        del table[path[-1]]
