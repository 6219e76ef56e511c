"""How an HTTP request becomes the validated arguments of an operation."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from ...catalogue import Operation
from .handlers import ErrorReply, Files, invalid

MOST_REQUEST_BYTES = 6 * 1024 * 1024
"""Size of one uploaded file."""

_MOST_PARTS = 100
_MOST_DIGITS = 19
_WHOLE_NUMBER = re.compile(r"-?\d{1,18}", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


def is_multipart(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def token_of(request: Request) -> str:
    """The bearer token of a request.

    Raises:
        ErrorReply: 401, there is none.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ErrorReply(401, "tokenNotProvided", "No access token: send it as a bearer token")
    return token.strip()


async def read_request(operation: Operation, path: Mapping[str, str], request: Request) -> tuple[dict[str, Any], Files]:
    """The arguments of a request and its uploaded files.

    Raises:
        ErrorReply: 400 with the field at fault, 413 for a file that is too large.
    """
    fields = {argument.alias or name: argument for name, argument in operation.arguments.model_fields.items()}
    given: dict[str, Any] = dict(path) | _query(operation, fields, request)
    files: Files = {}
    if is_multipart(request):
        body, files = await _parts(operation, request)
        given |= _members(operation, body) | _file_names(fields, files)
    elif operation.has_body:
        given |= _body(operation, await request.body())
    try:
        arguments = operation.arguments.model_validate(given)
    except ValidationError as error:
        if _BOTH_SIDES in str(error):
            raise both_sides() from None
        raise invalid(_faults(error, operation, given)) from None
    return arguments.model_dump(by_alias=True, exclude_unset=True), files


def both_sides() -> ErrorReply:
    """What is answered to two sides of an item whose proportions are fixed."""
    return ErrorReply(400, "2.0703", "Only height or width should be passed for widgets with fixed aspect ratio")


_BOTH_SIDES = "give width or height, never both"


def parse_json(text: bytes) -> Any:
    """Parses JSON strictly: no NaN, and no whole number too long for a double to hold its size.

    Raises:
        ErrorReply: 400, it is not JSON.
    """
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_int=_whole_number)
    except (ValueError, RecursionError):
        raise invalid({"": "is not valid JSON"}) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


def _query(operation: Operation, fields: Mapping[str, FieldInfo], request: Request) -> dict[str, Any]:
    names = operation.query if operation.has_body else [name for name in fields if name not in operation.path_arguments]
    values: dict[str, Any] = {}
    for name in request.query_params:
        if name not in names:
            raise invalid({name: "is not a parameter of this endpoint"})
        texts = request.query_params.getlist(name)
        annotation = fields[name].annotation
        if get_origin(annotation) is list:
            values[name] = [_value(text, get_args(annotation)[0]) for text in texts]
        elif len(texts) > 1:
            raise invalid({name: "is given more than once"})
        else:
            values[name] = _value(texts[0], annotation)
    return values


def _value(text: str, annotation: Any) -> Any:
    options = get_args(annotation) if get_origin(annotation) is Literal else ()
    if annotation is bool or any(isinstance(option, bool) for option in options):
        return _BOOLEANS.get(text, text)
    return int(text) if annotation is int and _WHOLE_NUMBER.fullmatch(text) else text


def _body(operation: Operation, raw: bytes) -> dict[str, Any]:
    body: Any = parse_json(raw) if raw.strip() else {}
    if operation.host == "rest":
        body = _without_nulls(body)
    if operation.body_is:
        return {operation.body_is: body}
    if not isinstance(body, dict):
        raise invalid({"": "must be a JSON object"})
    return _members(operation, cast("dict[str, Any]", body))


def _members(operation: Operation, body: dict[str, Any]) -> dict[str, Any]:
    for name in (*operation.path_arguments, *operation.query):
        if name in body:
            raise invalid({name: "does not belong into the body"})
    return body


def _without_nulls(value: Any) -> Any:
    """The REST API takes a null as absent, so `{"parent": {"id": null}}` says "no parent"."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {name: _without_nulls(member) for name, member in members.items() if member is not None}
    return [_without_nulls(member) for member in cast("list[Any]", value)] if isinstance(value, list) else value


async def _parts(operation: Operation, request: Request) -> tuple[dict[str, Any], Files]:
    """The JSON parts and the files of a multipart body."""
    try:
        form: FormData = await request.form(
            max_files=_MOST_PARTS, max_fields=_MOST_PARTS, max_part_size=MOST_REQUEST_BYTES
        )
    except HTTPException as error:
        raise invalid({"": error.detail}) from None
    try:
        return await _read_parts(operation, form)
    finally:
        await form.close()


async def _read_parts(operation: Operation, form: FormData) -> tuple[dict[str, Any], Files]:
    body: dict[str, Any] = {}
    files: Files = {}
    for name, part in form.multi_items():
        content = await part.read() if isinstance(part, UploadFile) else part.encode()
        if len(content) > MOST_REQUEST_BYTES:
            raise ErrorReply(413, "payloadTooLarge", f"{name}: a file may have up to {MOST_REQUEST_BYTES} bytes")
        if name in operation.files:
            file_name, kind = (part.filename, part.content_type) if isinstance(part, UploadFile) else (None, None)
            files.setdefault(name, []).append((file_name or name, kind or "application/octet-stream", content))
        else:
            body[name] = _without_nulls(parse_json(content))
    return body, files


def _file_names(fields: Mapping[str, FieldInfo], files: Files) -> dict[str, Any]:
    names = {part: [file[0] for file in uploaded] for part, uploaded in files.items()}
    return {
        part: uploaded if get_origin(fields[part].annotation) is list or len(uploaded) > 1 else uploaded[0]
        for part, uploaded in names.items()
    }


def _faults(error: ValidationError, operation: Operation, given: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong, by field; the branches of a union are one field."""
    faults: dict[str, list[str]] = {}
    for detail in error.errors(include_url=False):
        path = _path(detail, given)
        if path and path[0] == operation.body_is:
            del path[0]
        messages = faults.setdefault(".".join(path), [])
        message = _message(detail, path)
        if message not in messages:
            messages.append(message)
    return {field: ", or: ".join(messages) for field, messages in faults.items()}


def _message(detail: ErrorDetails, path: list[str]) -> str:
    """The words that Miro has for a fault, where they are known."""
    field, facts = ".".join(path), detail.get("ctx", {})
    if detail["type"] == "extra_forbidden":
        return f"Field [{field}] is not supported"
    if detail["type"] == "missing":
        return f"Field [{field}] is required"
    if detail["type"] == "literal_error":
        expected = re.findall(r"'([^']*)'", str(facts.get("expected", "")))
        return f"Unexpected value [{detail['input']}], expected one of: [{', '.join(expected)}]"
    if field == "limit" and detail["type"] in _PAGE_SIZES:
        end, bound = _PAGE_SIZES[detail["type"]]
        return f"{end} items page size is {facts[bound]}"
    return detail["msg"].removeprefix("Value error, ")


_PAGE_SIZES = {"greater_than_equal": ("minimum", "ge"), "less_than_equal": ("maximum", "le")}


def _path(detail: ErrorDetails, given: Any) -> list[str]:
    """The way through what was given to the fault, without the names pydantic gives to a union's branches."""
    path: list[str] = []
    here = given
    for number, part in enumerate(detail["loc"]):
        if isinstance(part, str) and isinstance(here, dict) and part in here:
            here = cast("dict[str, Any]", here)[part]
        elif isinstance(part, int) and isinstance(here, list) and part < len(cast("list[Any]", here)):
            here = cast("list[Any]", here)[part]
        elif detail["type"] != "missing" or number < len(detail["loc"]) - 1:
            continue
        path.append(str(part))
    return path
