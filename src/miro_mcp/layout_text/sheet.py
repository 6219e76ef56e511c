"""Style sheets: declarations and selectors, and which of them meet an element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .elements import Element
from .mistakes import Mistakes, Place, meant, text_place
from .properties import IGNORED, INSTEAD, NAMES, PROPERTIES, SHORTHANDS, Declared

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_VARIABLE = re.compile(r"(?<![\w-])(--[\w-]+)\s*:([^;{}]+)")
_USE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(
    r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)(?::(first-child|last-child|root|nth-child\(\s*[^()]{1,20}\s*\)))?",
    re.IGNORECASE,
)
_NTH = re.compile(r"(odd|even)|([+-]?\d*)n\s*([+-]\s*\d+)?|(\d+)")


@dataclass(frozen=True)
class _Simple:
    """What one element must be: its name, classes, id, and its place among its siblings as `step` and `start`."""

    name: str | None
    classes: frozenset[str]
    id: str
    nth: tuple[int, int] | None = None
    is_last: bool = False
    is_child: bool = False
    """Whether it stands right inside what comes before it in the selector."""

    @property
    def weight(self) -> int:
        own = len(self.classes) + bool(self.nth or self.is_last)
        return 100 * bool(self.id) + 10 * own + bool(self.name)

    def meets(self, element: Element) -> bool:
        if self.name not in (None, "*", element.name, element.written):
            return False
        if not self.classes <= set(element.attributes.get("class", "").split()):
            return False
        if self.id and self.id != element.attributes.get("id"):
            return False
        return self._is_at_its_place(element)

    def _is_at_its_place(self, element: Element) -> bool:
        if self.nth is None and not self.is_last:
            return True
        siblings = element.parent.elements if element.parent else [element]
        at = next(at for at, one in enumerate(siblings, 1) if one is element)
        if self.is_last:
            return at == len(siblings)
        step, start = self.nth or (0, 1)
        return at == start if step == 0 else (at - start) % step == 0 and (at - start) // step >= 0


@dataclass(frozen=True)
class _Rule:
    chain: tuple[_Simple, ...]
    declared: Declared

    @property
    def weight(self) -> int:
        return sum(one.weight for one in self.chain)

    def meets(self, element: Element) -> bool:
        if not self.chain[-1].meets(element):
            return False
        above, is_child = element.parent, self.chain[-1].is_child
        for one in reversed(self.chain[:-1]):
            while above is not None and not one.meets(above):
                if is_child:
                    return False
                above = above.parent
            if above is None:
                return False
            above, is_child = above.parent, one.is_child
        return True


class StyleSheet:
    """The rules of a text; `ignored` counts the properties that nothing on a board has."""

    def __init__(self, sheets: Iterable[tuple[Place, str]], mistakes: Mistakes) -> None:
        self._mistakes = mistakes
        self.ignored: Counter[str] = Counter()
        sheets = list(sheets)
        self._variables = {name: value.strip() for _, text in sheets for name, value in _VARIABLE.findall(text)}
        rules = [rule for place, text in sheets for rule in self._rules(place, text)]
        self._rules_by_weight = sorted(rules, key=lambda rule: rule.weight)
        self._declared: dict[Element, Declared] = {}

    def declared_for(self, element: Element) -> Declared:
        """What the sheet and its own `style` say of an element, the latter last."""
        found = self._declared.get(element)
        if found is None:
            found = dict[str, Any]()
            for rule in self._rules_by_weight:
                if rule.meets(element):
                    found.update(rule.declared)
            if "style" in element.attributes:
                found.update(self.declarations(element.attributes["style"], element.place_of("style")))
            self._declared[element] = found
        return found

    def declarations(self, text: str, place: Place) -> Declared:
        found: Declared = {}
        offset = 0
        for part in re.split(r";(?![^(]*\))", _without_comments(text)):
            at = text_place(text, offset + len(part) - len(part.lstrip()), place)
            offset += len(part) + 1
            if part.strip():
                found |= self._declaration(part, at)
        return found

    def _declaration(self, part: str, place: Place) -> Declared:
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if name.startswith("--"):
            return {}  # It is where it is used.
        value = _USE.sub(lambda use: str(self._variables.get(use[1]) or use[2] or use[0]).strip(), value)
        value = re.sub(r"\s*!important$", "", value.strip().lower())
        if not colon or not value:
            self._mistakes.add(place, f"{part.strip()[:30]!r} is no declaration; one is gap:24px")
        elif name in IGNORED or name.startswith("-"):
            self.ignored[name] += 1
        elif name not in NAMES:
            instead = f"; use {INSTEAD[name]}" if name in INSTEAD else meant(name, NAMES)
            self._mistakes.add(place, f"there is no {name[:40]} here{instead}")
        else:
            try:
                return SHORTHANDS[name](value) if name in SHORTHANDS else {name: PROPERTIES[name](value)}
            except ValueError as error:
                self._mistakes.add(place, f"{name}:{value[:40]} is not understood; it is {error}")
        return {}

    def _rules(self, place: Place, text: str) -> Iterator[_Rule]:
        text = _without_comments(text)
        if at_rule := re.search(r"@[\w-]+", text):
            self._mistakes.add(
                text_place(text, at_rule.start(), place), f"there is no {at_rule[0]} here; write plain rules"
            )
            return
        for found in _RULE.finditer(text):
            declared = self.declarations(found[2], text_place(text, found.start(2), place))
            offset = found.start(1)
            for selector in found[1].split(","):
                at = text_place(text, offset + len(selector) - len(selector.lstrip()), place)
                offset += len(selector) + 1
                chain = _chain(selector.strip())
                if chain:
                    yield _Rule(chain, declared)
                else:
                    self._mistakes.add(
                        at,
                        f"the selector {selector.strip()[:40]!r} is not understood; one is .todo, card or .todo > h3",
                    )
        rest = _RULE.sub("", text).strip()
        if rest:
            self._mistakes.add(place, f"{rest[:30]!r} is no rule; one is .todo {{ gap:24px }}")


def _without_comments(text: str) -> str:
    """Comments become spaces, so that places stay."""
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _chain(selector: str) -> tuple[_Simple, ...] | None:
    chain: list[_Simple] = []
    is_child = False
    for part in re.sub(r"\s*>\s*", " > ", re.sub(r"\(\s*([^()]*?)\s*\)", _tight, selector)).split():
        if part == ">":
            is_child = True
            continue
        found = _SIMPLE.fullmatch(part)
        if found is None:
            return None
        marks: list[str] = re.findall(r"[.#][\w-]+", found[2])
        where = (found[3] or "").lower()
        nth = _nth(where.partition("(")[2].rstrip(")")) if where.startswith("nth") else None
        if where.startswith("nth") and nth is None:
            return None
        name = "body" if where == "root" else found[1] and found[1].lower()
        classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
        own_id = next((mark[1:] for mark in marks if mark[0] == "#"), "")
        nth = (0, 1) if where == "first-child" else nth
        chain.append(_Simple(name, classes, own_id, nth, where == "last-child", is_child))
        is_child = False
    return tuple(chain) or None


def _tight(found: re.Match[str]) -> str:
    return "(" + "".join(found[1].split()) + ")"


def _nth(told: str) -> tuple[int, int] | None:
    """Step and start of an+b."""
    found = _NTH.fullmatch(told)
    if found is None:
        return None
    if found[1]:
        return 2, 1 if found[1] == "odd" else 2
    if found[4]:
        return 0, int(found[4])
    step = int(found[2] + "1") if found[2] in ("", "+", "-") else int(found[2])
    return step, int(found[3] or 0)
