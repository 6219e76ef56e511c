"""The one way to check arguments: a model's own rules, and one message on what breaks them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from ..errors import BadArguments
from .mistakes import NOTHING_SENT, explain_mistakes, shown_value
from .numbers import RULE, extreme_numbers
from .operation import FROM_ASSISTANT, Arguments, Operation


def checked(operation: Operation, given: Mapping[str, Any], called: str = "") -> Arguments:
    """The arguments of an operation that the server itself calls, or that a plan of an assistant's comes down to.

    Raises:
        BadArguments: names what they are for (`called`, else the operation), the argument, and a right example.
    """
    return check_arguments(operation.arguments, given, called or operation.id, operation.id)


def check_arguments(
    model: type[Arguments], given: Mapping[str, Any], called: str, taker: str, options: Iterable[str] = ()
) -> Arguments:
    """The arguments that a model takes; `taker` is what takes them in messages, with `options` of its own beside.

    Raises:
        BadArguments: names the argument, the rule it broke, and a right example.
    """
    try:
        json.dumps(given, ensure_ascii=False).encode("utf-8")
        arguments = model.model_validate(given, by_alias=True, context=FROM_ASSISTANT)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise BadArguments(f"{called}: {explain_mistakes(model, errors, taker, options)}") from None
    except UnicodeEncodeError:
        raise BadArguments(f"{called}: some text holds half of a surrogate pair. {NOTHING_SENT}") from None
    except (ValueError, RecursionError):
        raise BadArguments(f"{called}: the arguments are nested too deeply. {NOTHING_SENT}") from None
    # Where anything may stand, the model has no rule for it.
    for path, number in extreme_numbers(given):
        raise BadArguments(f"{called}: {path} {RULE}, not {shown_value(number)}. {NOTHING_SENT}")
    return arguments
