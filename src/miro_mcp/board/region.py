"""A rectangle of a board."""

from typing import Annotated

from pydantic import Field

from ..catalogue.operation import Body
from ..catalogue.types import Number

Extent = Annotated[Number, Field(gt=0, examples=[1000])]


class Region(Body):
    """In board coordinates; x and y are its top left corner."""

    x: Number
    y: Number
    width: Extent
    height: Extent
