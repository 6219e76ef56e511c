"""Fonts: which file stands for which of Miro's, what each covers, and how wide text is in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

BOLD_WEIGHT = 700.0

_SANS, _SERIF, _MONO, _HAND = "Open Sans", "PT Serif", "Roboto Mono", "Caveat"
_BUNDLED: dict[str, tuple[str, dict[tuple[bool, bool], str]]] = {
    _SANS: (
        "fontpkg_open_sans",
        {(False, False): "OpenSans[wdth,wght].ttf", (False, True): "OpenSans-Italic[wdth,wght].ttf"},
    ),
    _SERIF: (
        "fontpkg_pt_serif",
        {
            (False, False): "PT_Serif-Web-Regular.ttf",
            (True, False): "PT_Serif-Web-Bold.ttf",
            (False, True): "PT_Serif-Web-Italic.ttf",
            (True, True): "PT_Serif-Web-BoldItalic.ttf",
        },
    ),
    _MONO: (
        "fontpkg_roboto_mono",
        {(False, False): "RobotoMono[wght].ttf", (False, True): "RobotoMono-Italic[wght].ttf"},
    ),
    _HAND: ("fontpkg_caveat", {(False, False): "Caveat[wght].ttf"}),
}
"""By family: the package that brings it, and its files by (bold, italic)."""

_EXTRAS = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Packages of the `fonts` extra, which cover what the bundled ones don't."""

_STANDS_FOR = {
    **dict.fromkeys(
        ("abril_fatface", "eb_garamond", "georgia", "gravitas_one", "pt_serif", "roboto_slab", "times_new_roman",
         "plex_serif", "tiempos_text", "graduate"),
        _SERIF,
    ),
    **dict.fromkeys(("roboto_mono", "plex_mono", "nixie_one"), _MONO),
    **dict.fromkeys(("caveat", "permanent_marker", "lemon_tuesday", "bangers"), _HAND),
}  # fmt: skip
_GENERIC = {_SANS: "Arial, sans-serif", _SERIF: "Georgia, serif", _MONO: "monospace", _HAND: "cursive"}

UNCOVERED_WIDTH = 0.62
"""Of the font's size: the box that stands for a character no font has."""

MONO, SANS = _MONO, _SANS


@dataclass(frozen=True)
class _Source:
    """The files of one family, by (bold, italic)."""

    family: str
    files: dict[tuple[bool, bool], Path]

    def file(self, bold: bool, italic: bool) -> Path:
        wanted = ((bold, italic), (False, italic), (bold, False), (False, False))
        return next(self.files[key] for key in wanted if key in self.files)


class Face(NamedTuple):
    """A bundled file as style sheets name it: `weight` is one, or the two ends of what it varies between."""

    family: str
    weight: str
    italic: bool
    path: Path


def faces() -> list[Face]:
    """Every bundled font."""
    return [
        Face(family, "300 800" if "wght" in path.name else ("700" if bold else "400"), italic, path)
        for family in _BUNDLED
        for (bold, italic), path in _sources()[family].files.items()
    ]


def family_of(name: object) -> str:
    """The family that stands for a font of Miro's; most are drawn in the sans serif one."""
    return _STANDS_FOR.get(str(name), _SANS)


def font_named(family: str) -> str:
    """A family as SVG names it, with what a viewer may have instead."""
    return f"{family}, {_GENERIC.get(family, 'sans-serif')}"


def files(families: Iterable[str]) -> list[str]:
    """Every file of some families."""
    return [str(path) for family in sorted(families) for path in dict.fromkeys(_sources()[family].files.values())]


@lru_cache(maxsize=50_000)
def runs(text: str, family: str) -> tuple[tuple[str, str | None], ...]:
    """Text split by the family that covers it: the wanted one, else any other, None where none does."""
    if text.isascii():
        return ((text, family),)
    found: list[tuple[str, str | None]] = []
    for character in text:
        joins = bool(found) and (unicodedata.category(character) in ("Mn", "Me", "Cf") or character == "\u200d")
        chosen = found[-1][1] if joins else _covering(character, family)
        if found and found[-1][1] == chosen:
            found[-1] = (found[-1][0] + character, chosen)
        else:
            found.append((character, chosen))
    return tuple(found)


@lru_cache(maxsize=100_000)
def width(text: str, family: str | None, bold: bool, italic: bool) -> float:
    """How wide text of one run is, in multiples of the font's size."""
    if family is None:
        return UNCOVERED_WIDTH * sum(1 for character in text if is_shown(character))
    hb = _harfbuzz()
    buffer: Any = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = _font(family, bold, italic)
    hb.shape(font, buffer, {})
    return sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem


def is_shown(character: str) -> bool:
    """Whether a character is one that shows by itself."""
    return unicodedata.category(character) not in ("Mn", "Me", "Cf", "Zs", "Zl", "Zp")


@cache
def _sources() -> dict[str, _Source]:
    """Every family that is installed, the bundled ones first."""
    found = {
        family: _Source(family, {key: folder / "files" / name for key, name in names.items()})
        for family, (package, names) in _BUNDLED.items()
        if (folder := _folder(package))
    }
    extra: dict[str, dict[tuple[bool, bool], Path]] = {}
    for folder in filter(None, map(_folder, _EXTRAS)):
        for path in sorted(folder.glob("*.[to]t[fc]")):
            extra.setdefault(_family_in(path), {})[(False, "-Italic" in path.name)] = path
    return found | {family: _Source(family, paths) for family, paths in sorted(extra.items(), key=_by_breadth)}


def _by_breadth(named_files: tuple[str, object]) -> tuple[int, str]:
    """Scripts before symbols, pictures and the large font of Chinese, Japanese and Korean."""
    late = ("Symbols", "Emoji", "CJK")
    return next((at for at, word in enumerate(late, 1) if word in named_files[0]), 0), named_files[0]


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _family_in(path: Path) -> str:
    hb = _harfbuzz()
    face: Any = hb.Face(hb.Blob.from_file_path(str(path)))
    return face.get_name(hb.OTNameIdPredefined.FONT_FAMILY)


def _covering(character: str, family: str) -> str | None:
    others = (other for other in _sources() if other != family)
    return next((one for one in (family, *others) if ord(character) in _coverage(one)), None)


@cache
def _coverage(family: str) -> Any:
    return _font(family, False, False).face.unicodes


def _harfbuzz() -> Any:
    """The library that shapes text; it comes without types."""
    return import_module("uharfbuzz")


@cache
def _font(family: str, bold: bool, italic: bool) -> Any:
    hb = _harfbuzz()
    path = _sources()[family].file(bold, italic)
    font: Any = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    if bold and "wght" in path.name:
        font.set_variations({"wght": BOLD_WEIGHT})
    return font
