"""The values of style properties: each reader returns one, or raises ValueError with what a right one is like."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..board.colours import STICKY, own_opacity
from ..mermaid.css import css_colour

MOST_TRACKS = 200
_LONGEST = 100_000.0
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_LENGTH = re.compile(rf"({_NUMBER})(px|%|rem|em|pt|vw|vh)?", re.ASCII)
_PIXELS = {None: 1.0, "px": 1.0, "rem": 16.0, "em": 16.0, "pt": 4 / 3}


class Length(NamedTuple):
    """Board units, or a share of what holds the box."""

    number: float
    is_share: bool = False

    def of(self, whole: float | None) -> float | None:
        """In board units; None for a share of something not known."""
        if not self.is_share:
            return self.number
        return None if whole is None else self.number * whole


class Colour(NamedTuple):
    hex: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Border:
    width: float
    style: str
    colour: Colour


TrackKind = Literal["px", "%", "fr", "auto", "min", "max"]


class TrackSize(NamedTuple):
    kind: TrackKind
    number: float = 0.0


class Track(NamedTuple):
    """A column or row of a grid: between a least and a most size."""

    least: TrackSize
    most: TrackSize


AUTO = TrackSize("auto")
AUTO_TRACK = Track(AUTO, AUTO)


class GridLine(NamedTuple):
    """Where a cell begins or ends: at a line counted from 1 (or, negative, from the end), or after some tracks."""

    line: int | None = None
    span: int | None = None


def read_length(value: str) -> Length | None:
    """None stands for auto."""
    if value in ("auto", "max-content", "min-content", "fit-content", "none", "initial", "unset"):
        return None
    found = _LENGTH.fullmatch(value)
    if not found or found[2] in ("vw", "vh"):
        raise ValueError("a length like 24px or 50%")
    number = float(found[1])
    if abs(number) > _LONGEST:
        raise ValueError(f"a length up to {_LONGEST:.0f}px")
    return Length(number / 100, True) if found[2] == "%" else Length(number * _PIXELS[found[2]])


def positive_length(value: str) -> Length | None:
    found = read_length(value)
    if found and found.number < 0:
        raise ValueError("a length that isn't negative")
    return found


def pixels(value: str) -> float:
    found = positive_length(value)
    if found is None or found.is_share:
        raise ValueError("a length like 24px")
    return found.number


_SIZES = {"xx-small": 10, "x-small": 11, "small": 13, "medium": 16, "large": 20, "x-large": 26, "xx-large": 36}


def font_size(value: str) -> float:
    return min(max(float(_SIZES.get(value) or pixels(value)), 10.0), 288.0)


def css_number(value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        raise ValueError("a number like 1") from None
    if not 0 <= found <= _LONGEST:
        raise ValueError("a number like 1")
    return found


def opacity(value: str) -> float:
    share = value.endswith("%")
    return min(css_number(value.rstrip("%")) / (100 if share else 1), 1.0)


def read_colour(value: str) -> Colour | None:
    """None stands for transparent."""
    if value in ("transparent", "none"):
        return None
    if value in ("inherit", "currentcolor", "unset", "initial"):
        raise ValueError("a colour like #2f6fe0 or white")
    if value in STICKY:
        return Colour(css_colour(value) or STICKY[value])
    function = re.fullmatch(r"(rgb|hsl)a?\(([^()]*)\)", value)
    if function:
        return _colour_of(function[1], [part for part in re.split(r"[\s,/]+", function[2].strip()) if part])
    found = css_colour(value)
    if found is None:
        hint = "; there are no gradients, images and variables" if "(" in value else ""
        raise ValueError(f"a colour like #2f6fe0 or white{hint}")
    return Colour(found, own_opacity(value))


def _colour_of(function: str, parts: list[str]) -> Colour:
    try:
        numbers = [float(part.rstrip("%deg")) / (100 if part.endswith("%") else 1) for part in parts]
        if function == "rgb":
            shares = [value if part.endswith("%") else value / 255 for value, part in zip(numbers, parts, strict=True)]
            red, green, blue = shares[:3]
        else:
            red, green, blue = colorsys.hls_to_rgb(numbers[0] % 360 / 360, numbers[2], numbers[1])
    except (ValueError, IndexError):
        raise ValueError("a colour like #2f6fe0, white or rgb(47, 111, 224)") from None
    told = "".join(f"{round(min(max(share, 0.0), 1.0) * 255):02x}" for share in (red, green, blue))
    return Colour(f"#{told}", min(max(numbers[3], 0.0), 1.0) if len(numbers) > 3 else 1.0)


def one_of(*names: str, **same: str) -> Callable[[str], str]:
    """A word; `same` are other words for some of them."""

    def read(value: str) -> str:
        found = same.get(value.replace("-", "_"), value)
        if found not in names:
            raise ValueError("one of " + ", ".join(names))
        return found

    return read


def weight(value: str) -> bool:
    """Whether it is bold."""
    if value in ("bold", "bolder", "600", "700", "800", "900"):
        return True
    if value in ("normal", "lighter", "100", "200", "300", "400", "500"):
        return False
    raise ValueError("bold or normal")


def ratio(value: str) -> float:
    found = re.fullmatch(rf"({_NUMBER})\s*(?:/\s*({_NUMBER}))?", value)
    if not found or float(found[1]) <= 0 or float(found[2] or 1) <= 0:
        raise ValueError("a ratio like 16 / 9")
    return float(found[1]) / float(found[2] or 1)


def words_of(value: str) -> list[str]:
    """The parts of a value at the spaces outside of parentheses."""
    tight = re.sub(r"\s*([(,])\s*", r"\1", re.sub(r"\s+\)", ")", value))
    return re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", tight)


def tracks(value: str) -> tuple[Track, ...]:
    if value == "none":
        return ()
    found: list[Track] = []
    for part in words_of(re.sub(r"\[[^\]]*\]", " ", value)):
        repeated = re.fullmatch(r"repeat\(([\w-]+),(.*)\)", part)
        if repeated and not repeated[1].isdigit():
            raise ValueError(f"repeat with a number of tracks, repeat(4, 1fr): there is no {repeated[1]}")
        inner = [track(one) for one in words_of(repeated[2] if repeated else part)]
        times = int(repeated[1]) if repeated else 1
        if times * len(inner) + len(found) > MOST_TRACKS:
            raise ValueError(f"{MOST_TRACKS} tracks at most")
        found += inner * times
    if not found:
        raise ValueError("tracks like repeat(4, 1fr) or 200px 1fr")
    return tuple(found)


def track(value: str) -> Track:
    if between := re.fullmatch(r"minmax\(([^,]+),([^,]+)\)", value):
        least = _track_size(between[1])
        return Track(AUTO if least.kind == "fr" else least, _track_size(between[2]))
    if value.startswith("fit-content"):
        return Track(AUTO, TrackSize("max"))
    size = _track_size(value)
    return Track(AUTO if size.kind in ("fr", "%") else size, size)


def _track_size(value: str) -> TrackSize:
    kinds: dict[str, TrackKind] = {"auto": "auto", "min-content": "min", "max-content": "max"}
    if value in kinds:
        return TrackSize(kinds[value])
    if value.endswith("fr"):
        return TrackSize("fr", css_number(value[:-2]))
    try:
        found = positive_length(value)
    except ValueError:
        found = None
    if found is None:
        raise ValueError("tracks like repeat(4, 1fr), 200px 1fr or minmax(120px, auto)")
    return TrackSize("%" if found.is_share else "px", found.number)


def grid_line(value: str) -> GridLine:
    if value == "auto":
        return GridLine()
    span = re.fullmatch(r"span\s+(\d{1,4})", value)
    if span and 0 < int(span[1]) <= MOST_TRACKS:
        return GridLine(span=int(span[1]))
    if re.fullmatch(r"-?\d{1,4}", value) and 0 < abs(int(value)) <= MOST_TRACKS + 1:
        return GridLine(line=int(value))
    raise ValueError(f"lines like 2 / 5, span 2 or 1 / -1, up to {MOST_TRACKS}")


BLACK = Colour("#1a1a1a")
LINE_STYLES = one_of(
    "normal", "dashed", "dotted", "none", solid="normal", double="normal", hidden="none", inset="normal"
)


def border(value: str) -> Border | None:
    width, style, line = 1.0, "normal", BLACK
    if value in ("none", "0", "0px"):
        return None
    for part in words_of(value):
        if re.fullmatch(_LENGTH, part):
            width = pixels(part)
            continue
        try:
            style = LINE_STYLES(part)
        except ValueError:
            found = read_colour(part)
            if found is None:
                return None
            line = found
    return None if not width or style == "none" else Border(width, style, line)
