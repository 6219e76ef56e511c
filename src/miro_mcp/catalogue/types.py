"""Leaf types of arguments: what an id, a number, a colour or a date may look like."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from .numbers import RULE, can_be_meant

_BOARD_URL = re.compile(
    r"^(?:https?://)?(?:[\w-]+\.)*miro\.com/(?:app/)?(?:board|live-embed|embed)/([^/?#\s]+)", re.IGNORECASE
)
_LARGEST_EXACT = 2**53
"""Whole numbers beyond it are rounded by whatever reads JSON's numbers as doubles."""

_BEYOND_WHOLE = 2**63
_LONGEST_ID = 200
_LONGEST_PATH = 4096
_NOT_IN_AN_ID = re.compile(r"[\s/\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _whole_number_as_text(value: Any) -> Any:
    if isinstance(value, int) and abs(value) > _LARGEST_EXACT:
        raise ValueError("ids are text: a number this large may have lost digits on its way, so write it in quotes")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _number_as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _text_as_whole_number(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value, re.ASCII):
        return int(value)
    if isinstance(value, float) and value.is_integer() and can_be_meant(value):
        return int(value)
    if isinstance(value, int) and abs(value) >= _BEYOND_WHOLE:
        raise ValueError("is too large a number")
    return value


def _check_id(value: str) -> str:
    if not value:
        raise ValueError("must not be empty: leave it out where there is none")
    if len(value) > _LONGEST_ID:
        raise ValueError("is too long for an id")
    if value in (".", "..") or _NOT_IN_AN_ID.search(value):
        raise ValueError("is not an id: an id has no slashes, spaces or control characters")
    return value


def board_id_of(text: str) -> str:
    """The board id inside a board's URL, or the text itself; `%3D` at the end, as in URLs, is the id's own `=`."""
    match = _BOARD_URL.match(text.strip())
    return re.sub("%3D", "=", match[1] if match else text, flags=re.IGNORECASE)


def _board_of_url(value: Any) -> Any:
    return board_id_of(value) if isinstance(value, str) else value


def _check_board(value: str) -> str:
    if "://" in value or "miro.com/" in value:
        raise ValueError("is not a board's URL, which has /app/board/ and the board's id in it")
    return _check_id(value)


def _check_path(value: str) -> str:
    if len(value) > _LONGEST_PATH:
        raise ValueError("is too long for the path of a file")
    return value


def _check_date_time(value: str) -> str:
    try:
        if "T" not in value.upper() or datetime.fromisoformat(value).tzinfo is None:
            raise ValueError
    except ValueError:
        hint = "" if value else "; leave it out where there is none"
        raise ValueError(f"must be a date and time in ISO 8601, with the time zone{hint}") from None
    return value


def _check_date(value: str) -> str:
    try:
        if date.fromisoformat(value).isoformat() != value:
            raise ValueError
    except ValueError:
        hint = "" if value else "; leave it out where there is none"
        raise ValueError(f"must be a date, written YYYY-MM-DD{hint}") from None
    return value


@dataclass(frozen=True)
class Matching:
    """A text of one form: all of it matches the pattern, or it is refused with what is told."""

    pattern: str
    told: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    @property
    def rule(self) -> dict[str, Any]:
        return {"pattern": f"^{self.pattern}$"}

    def check(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            raise ValueError(self.told)
        return value


@dataclass(frozen=True)
class Unshown:
    """Of a long list of words: models are shown a plain text, and the words in the error about a wrong one."""


Id = Annotated[
    str,
    BeforeValidator(_whole_number_as_text),
    AfterValidator(_check_id),
    WithJsonSchema({"type": "string"}),
    Field(examples=["3458764517517818867"]),
]
"""An id the API hands out. A number is taken as its digits; text that could leave its path segment is refused."""

BoardId = Annotated[
    str,
    BeforeValidator(_board_of_url),
    AfterValidator(_check_board),
    WithJsonSchema({"type": "string"}),
    Field(examples=["uXjVOD6LSME="]),
]
"""A board's id, or the URL of the board, of which the id is taken."""

NumericId = Annotated[
    str,
    BeforeValidator(_whole_number_as_text),
    Matching("[0-9]+", "must be digits only"),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]+$"}),
    Field(examples=["3074457345821141000"]),
]

Uuid = Annotated[
    str,
    Matching("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "must be a UUID"),
    WithJsonSchema({"type": "string", "format": "uuid"}),
    Field(examples=["92343229-c532-446d-b8cb-2f155bedb807"]),
]


class Measure:
    """A number that can be meant, sent as it was written: a whole one stays whole."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def check(self, value: Any) -> int | float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise PydanticKnownError("float_type")
        if not can_be_meant(value):
            raise ValueError(RULE)
        return value


Number = Annotated[float, Measure()]

HexColour = Annotated[
    str,
    Matching("#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", "must be a hex colour"),
    Field(examples=["#2d9bf0"]),
]

Percent = Annotated[
    str,
    Matching(r"(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)%", "must be a percentage from 0% to 100%, written as text"),
    Field(examples=["50%"]),
]

DateTime = Annotated[
    str,
    AfterValidator(_check_date_time),
    WithJsonSchema({"type": "string", "format": "date-time"}),
    Field(examples=["2026-01-31T09:30:00Z"]),
]

Date = Annotated[
    str,
    AfterValidator(_check_date),
    WithJsonSchema({"type": "string", "format": "date"}),
    Field(examples=["2026-01-31"]),
]

FilePath = Annotated[str, Field(min_length=1), AfterValidator(_check_path), Field(examples=["/home/ada/plan.pdf"])]
"""Path of a local file that is uploaded."""

Email = Annotated[str, Field(examples=["ada@example.com"])]

Wanted = Annotated[str, Field(min_length=1)]
"""What a list is filtered by: an empty text asks for nothing."""


Whole = Annotated[int, BeforeValidator(_text_as_whole_number)]
"""A whole number; its digits as text are taken too, since the older endpoints speak of text."""

PageSize = Annotated[Whole, Field(ge=1, le=50)]
PageSizeFrom10 = Annotated[Whole, Field(ge=10, le=50)]
PageSize100 = Annotated[Whole, Field(ge=1, le=100)]
PageSize500 = Annotated[Whole, Field(ge=1, le=500)]
PageSize1000 = Annotated[Whole, Field(ge=1, le=1000)]
Offset = Annotated[Whole, Field(ge=0)]
PageCursor = Annotated[str, Field(min_length=1, examples=["the cursor of the page before"])]


@dataclass(frozen=True)
class NumberWithin:
    """A number that the API wants written as text: a plain number is taken too, and sent as text."""

    minimum: float
    maximum: float | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.chain_schema(
            [
                core_schema.no_info_plain_validator_function(_number_as_text),
                handler(source),
                core_schema.no_info_plain_validator_function(self.check),
            ]
        )

    @property
    def rule(self) -> dict[str, Any]:
        return {"minimum": self.minimum} | ({} if self.maximum is None else {"maximum": self.maximum})

    def check(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            raise ValueError("must be a number") from None
        if not can_be_meant(number) or number < self.minimum or (self.maximum is not None and number > self.maximum):
            upper = "" if self.maximum is None else f" and at most {self.maximum:g}"
            raise ValueError(f"must be at least {self.minimum:g}{upper}")
        return value


FontSize = Annotated[str, NumberWithin(10, 288), Field(examples=["14"])]
AnyFontSize = Annotated[str, NumberWithin(1), Field(examples=["14"])]
StrokeWidth = Annotated[str, NumberWithin(1, 24), Field(examples=["2"])]
Opacity = Annotated[str, NumberWithin(0, 1), Field(examples=["0.5"])]
