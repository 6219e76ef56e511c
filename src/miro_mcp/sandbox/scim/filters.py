"""SCIM filters (RFC 7644, section 3.4.2.2): an expression becomes a predicate over resources."""

import json
import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt
from typing import Any, cast

from ..store import Document
from .errors import ScimError
from .schemas import values_at

Predicate = Callable[[Document], bool]

_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[()\[\]]|[^\s()\[\]"]+)')
_DEEPEST = 40
"""Brackets inside each other."""

_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "eq": eq,
    "gt": gt,
    "ge": ge,
    "lt": lt,
    "le": le,
    "co": lambda have, wanted: wanted in have,
    "sw": str.startswith,
    "ew": str.endswith,
}


def predicate(expression: str) -> Predicate:
    """Whether a resource fits an expression.

    Raises:
        ScimError: 400 invalidFilter, it is not an expression.
    """
    parser = _Parser(expression)
    test = parser.either()
    parser.end()
    return test


def _refusal(why: str) -> ScimError:
    return ScimError(400, f"The filter is invalid: {why}", "invalidFilter")


def _text(value: object) -> str:
    """Attributes are compared as text without regard to case; `true` and `"True"` are the same."""
    return str(value).casefold()


class _Parser:
    def __init__(self, expression: str) -> None:
        self._tokens: list[str] = []
        position = 0
        expression = expression.rstrip()
        while position < len(expression):
            match = _TOKEN.match(expression, position)
            if match is None:
                raise _refusal(f"a quotation mark is not closed at {position}")
            self._tokens.append(match[1])
            position = match.end()
        self._next = 0
        self._depth = 0

    def end(self) -> None:
        if self._next < len(self._tokens):
            raise _refusal(f"unexpected {self._tokens[self._next]}")

    def either(self) -> Predicate:
        tests = [self._both()]
        while self._took("or"):
            tests.append(self._both())
        return lambda resource: any(test(resource) for test in tests)

    def _both(self) -> Predicate:
        tests = [self._one()]
        while self._took("and"):
            tests.append(self._one())
        return lambda resource: all(test(resource) for test in tests)

    def _one(self) -> Predicate:
        if self._took("not"):
            self._expect("(")
            refused = self._closed_by(")")
            return lambda resource: not refused(resource)
        if self._took("("):
            return self._closed_by(")")
        path = self._take()
        if path[0] in '"()[]':
            raise _refusal(f"an attribute was expected, not {path}")
        if self._took("["):
            element = self._closed_by("]")
            return lambda resource: any(element(found) for found in _elements(resource, path))
        return self._comparison(path)

    def _comparison(self, path: str) -> Predicate:
        name = self._take().casefold()
        if name == "pr":
            return lambda resource: any(value != "" for value in values_at(resource, path))
        negated = name == "ne"
        compare = _COMPARISONS.get("eq" if negated else name)
        if compare is None:
            raise _refusal(f"there is no operator {name}")
        wanted = self._value()
        return lambda resource: any(compare(_text(have), wanted) for have in values_at(resource, path)) is not negated

    def _value(self) -> str:
        token = self._take()
        if not token.startswith('"'):
            return _text(token)
        try:
            return _text(json.loads(token, strict=False))
        except ValueError:
            raise _refusal(f"{token} is not a text") from None

    def _closed_by(self, bracket: str) -> Predicate:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _refusal("too many brackets inside each other")
        test = self.either()
        self._depth -= 1
        self._expect(bracket)
        return test

    def _expect(self, token: str) -> None:
        if not self._took(token):
            raise _refusal(f"{token} is missing")

    def _took(self, token: str) -> bool:
        if self._next < len(self._tokens) and self._tokens[self._next].casefold() == token:
            self._next += 1
            return True
        return False

    def _take(self) -> str:
        if self._next == len(self._tokens):
            raise _refusal("it ends too early")
        self._next += 1
        return self._tokens[self._next - 1]


def _elements(resource: Document, path: str) -> list[Document]:
    found: Any = next((value for key, value in resource.items() if key.casefold() == path.casefold()), None)
    return cast("list[Document]", found) if isinstance(found, list) else []
