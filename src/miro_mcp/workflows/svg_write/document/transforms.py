"""Transforms: what moves, turns and scales an element, as matrices."""

from __future__ import annotations

import math
import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

from ....board.geometry import Point
from ....catalogue.numbers import FARTHEST
from ....errors import BadArguments
from .markup import numbers, told, wrong

_TRANSFORM = re.compile(r"[\s,]*([a-zA-Z]+)\s*\(([^()]*)\)[\s,]*")


class Matrix(NamedTuple):
    """An affine transform: x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def after(self, outer: Matrix) -> Matrix:
        """This transform inside another one."""
        a, b, c, d, e, f = self
        return Matrix(
            outer.a * a + outer.c * b,
            outer.b * a + outer.d * b,
            outer.a * c + outer.c * d,
            outer.b * c + outer.d * d,
            outer.a * e + outer.c * f + outer.e,
            outer.b * e + outer.d * f + outer.f,
        )

    def of(self, point: Point) -> Point:
        x, y = point
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def degrees(self) -> float:
        """How far it turns; of what is mirrored the lesser of the two angles it could be."""
        across, along = math.degrees(math.atan2(self.b, self.a)), math.degrees(math.atan2(-self.c, self.d))
        return along if self.a * self.d < self.b * self.c and abs(along) < abs(across) else across

    @property
    def scales(self) -> tuple[float, float]:
        return math.hypot(self.a, self.b), math.hypot(self.c, self.d)

    @property
    def is_plain(self) -> bool:
        """Whether it only moves, turns and scales: nothing is slanted or mirrored."""
        across, along = self.scales
        return abs(self.a * self.c + self.b * self.d) <= 1e-3 * max(across * along, 1e-9) and (
            self.a * self.d - self.b * self.c > 0
        )


UNMOVED = Matrix()


def transform_of(element: ET.Element) -> Matrix:
    """Raises:
    BadArguments: it isn't made of translate, rotate, scale, skewX, skewY and matrix.
    """
    given = element.get("transform", "")
    matrix, at = UNMOVED, 0
    while at < len(given.rstrip()):
        match = _TRANSFORM.match(given, at)
        step = _step(match[1], numbers(element, "transform", match[2])) if match else None
        if match is None or step is None:
            raise BadArguments(wrong(f"{told(element)}: transform={given[:60]!r} can't be read, rotate(45 100 50) can"))
        matrix, at = step.after(matrix), match.end()
    if any(not abs(one) <= FARTHEST for one in matrix):
        raise BadArguments(wrong(f"{told(element)}: transform leads out of what a board can hold"))
    return matrix


def _step(name: str, given: list[float]) -> Matrix | None:
    match name, given:
        case "matrix", [a, b, c, d, e, f]:
            return Matrix(a, b, c, d, e, f)
        case "translate", [x, *rest] if len(rest) < 2:
            return Matrix(e=x, f=rest[0] if rest else 0.0)
        case "scale", [x, *rest] if len(rest) < 2:
            return Matrix(a=x, d=rest[0] if rest else x)
        case "rotate", [degrees, *centre] if len(centre) in (0, 2):
            x, y = centre or (0.0, 0.0)
            angle = math.radians(degrees)
            turn = Matrix(math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle))
            return Matrix(e=-x, f=-y).after(turn).after(Matrix(e=x, f=y))
        case "skewX", [degrees]:
            return Matrix(c=math.tan(math.radians(degrees)))
        case "skewY", [degrees]:
            return Matrix(b=math.tan(math.radians(degrees)))
        case _:
            return None
