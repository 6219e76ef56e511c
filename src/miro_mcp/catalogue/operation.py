"""What an operation and a group are: the vocabulary the catalogue is written in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import UnionType
from typing import Any, ClassVar, Literal, Self, Union, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

ABSENT: Any = None
"""Default of every optional argument. It is never sent: only what the caller gave goes into a request."""

SECRETS = frozenset({"access_token", "accessToken", "clientSecret"})
"""Arguments whose values are shown nowhere."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Effect(StrEnum):
    """What a call does to the world; declared for each operation, never derived from its HTTP method."""

    READ = "read"
    WRITE = "write"
    DELETE = "delete"


READ, WRITE, DELETE = Effect.READ, Effect.WRITE, Effect.DELETE

Toolset = Literal["default", "experimental", "organization", "compliance", "scim", "app", "unlisted"]

UNLISTED: Toolset = "unlisted"
"""Routes that answer though no description of the API has them: no part of what `all` switches on."""


CREDITS_PER_MINUTE = 100_000
"""What one person and app may spend, as Miro states it."""

CREDITS = {None: 0, 1: 50, 2: 100, 3: 500, 4: 2000}
"""What a call costs by its level, as Miro's page on rate limits states it."""


FROM_ASSISTANT = object()
"""The context in which what an assistant passes is validated: as it is meant, where the API itself is strict."""


class Body(BaseModel):
    """A JSON object somewhere inside a request: closed, strictly typed, with the API's own names."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True, protected_namespaces=())

    one_of: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of fields of which at most one may be given."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        # As decorators the two checks would be bound anew to each of some two hundred models when the server starts.
        checked = core_schema.no_info_after_validator_function(cls._at_most_one, handler(source))
        return core_schema.with_info_before_validator_function(cls._as_meant, checked)

    @classmethod
    def _as_meant(cls, value: Any, info: core_schema.ValidationInfo[Any]) -> Any:
        """Of an assistant's: an object that came as JSON text, its members as frameworks write them, no nulls."""
        if info.context is not FROM_ASSISTANT:
            return value
        given = parse_json_text(value)
        if not isinstance(given, dict):
            return given
        fields = cls.model_fields
        members = cast("dict[str, Any]", given)
        return {
            name: as_meant(member, fields[name].annotation) if name in fields else member
            for name, member in members.items()
            if member is not None or name not in fields
        }

    @classmethod
    def _at_most_one(cls, body: Self) -> Self:
        for first, second in cls.one_of:
            if {first, second} <= body.model_fields_set:
                raise ValueError(f"give {first} or {second}, never both")
        return body


class Arguments(Body):
    """Everything one operation takes, flat: path, query and top-level body fields under the API's names."""


def parse_json_text(value: Any) -> Any:
    """The object or list that a JSON text stands for; any other value as it came."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def as_meant(value: Any, annotation: Any) -> Any:
    """What a value stands for where the annotation asks for something else.

    Frameworks send numbers, switches and lists as text, and a single entry in place of a list.
    """
    if get_origin(annotation) is list:
        given = parse_json_text(value)
        members = cast("list[Any]", given) if isinstance(given, list) else [given]
        return members if get_args(annotation)[0] is str else [parse_json_text(member) for member in members]
    if not isinstance(value, str):
        return value
    if get_origin(annotation) in (Union, UnionType):
        return parse_json_text(value)
    if annotation is bool:
        return _SWITCHES.get(value.strip().lower(), value)
    if annotation in (int, float) and _NUMBER.fullmatch(value.strip()):
        return annotation(value) if annotation is float or "." not in value else value
    return value


_SWITCHES = {"true": True, "false": False}
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Count:
    """How much goes along with a call: what a read lists, of the objects that both paths name.

    `take` names further arguments of the read, and those of the call that have their values.
    """

    what: str
    read: str
    take: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """An argument that raises a call's risk to 4, unless its value is the harmless one; dots lead into objects."""

    argument: str
    why: str
    harmless: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of the API.

    `query` names the arguments that travel in the query string of a call with a body; a call without one sends
    everything but its path there. `files` names the parts whose arguments are paths of local files. `body_is` names
    the argument that is the body itself (an array). `level` is the credit level (see CREDITS; `per_item` for
    each item). `risk` runs from 0 to 5, `why` says what can go wrong, and `risk_factors` raise it. `counts` are made
    before a person is asked. `takes_many`: what it deletes concerns others too; `any_kind`: that depends on the kind of
    the item. `invites` names the arguments that say who gains access. `object_name` is what a read's answer is called.
    `tells` are the members of a change's answer that are told (with those that were given, but `data`), where the whole
    is long; with `tells_when`, who did something and when is what a read is about, and always told. `answers` is the
    body of a 2xx answer, where the rest doesn't say it (see `answer`); with the argument that `array_with` names it may
    be an array.
    """

    id: str
    name: str
    effect: Effect
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    arguments: type[Arguments]
    summary: str
    scopes: tuple[str, ...] = ()
    level: Literal[1, 2, 3, 4] | None = None
    per_item: bool = False
    plan: Literal["enterprise", "enterprise_guard"] | None = None
    risk: int = 0
    why: str = "read"
    sensitive: bool = False
    deprecated: bool = False
    overwrites: bool = False
    idempotent: bool = False
    host: Literal["rest", "scim"] = "rest"
    has_body: bool = False
    query: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    body_is: str | None = None
    risk_factors: tuple[RiskFactor, ...] = ()
    counts: tuple[Count, ...] = ()
    takes_many: bool = False
    any_kind: bool = False
    makes_board: bool = False
    invites: tuple[str, ...] = ()
    object_name: str | None = None
    tells: tuple[str, ...] = ()
    tells_when: bool = False
    answers: str | None = None
    array_with: str | None = None

    def __post_init__(self) -> None:
        taken = {argument.alias or name for name, argument in self.arguments.model_fields.items()}
        factors = {factor.argument.partition(".")[0] for factor in self.risk_factors}
        counted = {source for count in self.counts for source in count.take.values()}
        if unknown := {*self.invites, *factors, *counted} - taken:
            raise ValueError(f"{self.id} takes no {', '.join(sorted(unknown))}")

    @property
    def path_arguments(self) -> tuple[str, ...]:
        return tuple(_PLACEHOLDER.findall(self.path))

    @property
    def destructive(self) -> bool:
        """Whether a call may change or remove what is there, rather than only add to it."""
        return self.effect is DELETE or self.overwrites or self.risk >= 4

    @property
    def repeatable(self) -> bool:
        """Whether carrying it out twice leaves things as carrying it out once does."""
        return self.effect is not WRITE or self.idempotent

    @property
    def paging(self) -> Literal["cursor", "offset", "scim"] | None:
        fields = self.arguments.model_fields
        if self.effect is not READ:
            return None
        if "cursor" in fields:
            return "cursor"
        if "offset" in fields:
            return "offset"
        return "scim" if "startIndex" in fields else None

    @property
    def answer(self) -> str:
        """The body of a 2xx answer: an "object", an "array", "nothing", or the name of the list that it holds."""
        if self.answers:
            return self.answers
        if self.paging:
            return "Resources" if self.paging == "scim" else "data"
        return "nothing" if self.method == "DELETE" else "object"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationGroup:
    """Operations on one kind of thing; they become up to three tools, one an effect.

    A kind of item names `pooled_in`: its reads and deletes then join that group's tools.
    """

    name: str
    title: str
    toolset: Toolset
    operations: tuple[Operation, ...] = field(repr=False)
    pooled_in: str | None = None

    def tool_of(self, operation: Operation) -> str:
        owner = self.name if operation.effect is WRITE or self.pooled_in is None else self.pooled_in
        return f"miro_{owner}_{operation.effect}"
