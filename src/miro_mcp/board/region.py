"""A rectangle of a board."""

from typing import Annotated

from pydantic import Field

from ..catalogue.operation import Body
from ..catalogue.types import Number
from .geometry import Box

Extent = Annotated[Number, Field(gt=0, examples=[1000])]


class Region(Body):
    """In board coordinates; x and y are its top left corner."""

    x: Number
    y: Number
    width: Extent
    height: Extent

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.width, self.height)
