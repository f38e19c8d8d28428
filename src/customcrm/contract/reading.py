"""From bytes to a message, or to every reason why not."""

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Final,
    NamedTuple,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec

from customcrm.contract.json_body import read_json
from customcrm.contract.unfolding import unfold
from customcrm.contract.values import Reader, check_properties
from customcrm.errors import InvalidRequest, Problem

MAX_PROBLEMS: Final = 1_000
"""Offending paths that one answer names; more come only by malice."""

Message = TypeVar("Message", bound=msgspec.Struct)


class _Field(NamedTuple):
    """One field of a message, ready to be read."""

    name: str
    attribute: str
    reader: Reader
    required: bool
    nullable: bool


def _parts(hint: Any) -> Iterator[Any]:
    """A type hint taken apart: the types of its union and the marks of its annotations."""
    yield hint
    if get_origin(hint) in {Annotated, Union, UnionType}:
        for part in get_args(hint):
            yield from _parts(part)


@cache
def _fields(message: type[msgspec.Struct]) -> tuple[_Field, ...]:
    """The fields of a message with their readers, from its annotations."""
    hints = get_type_hints(message, include_extras=True)
    fields = []
    for field in msgspec.structs.fields(message):
        parts = tuple(_parts(hints[field.name]))
        reader = next(part for part in parts if isinstance(part, Reader))
        fields.append(
            _Field(
                field.encode_name,
                field.name,
                reader,
                required=field.required,
                nullable=type(None) in parts,
            )
        )
    return tuple(fields)


def read_message(message: type[Message], body: bytes) -> tuple[Message, dict[str, Any]]:
    """Read a request body as a message.

    Returns:
        The message, and the keys it does not know with their values, as they came: without `id`,
        and with what was under `properties` beside the others.

    Raises:
        MalformedJson: as `read_json`.
        InvalidRequest: it is not of the message's shape; every offending path is named.
        BatchTooLarge: a list in it is longer than one request may be.
    """
    value = read_json(body)
    if not isinstance(value, dict):
        raise InvalidRequest([Problem("", "The body must be a JSON object")])
    unfold(value)
    problems: list[Problem] = []
    known: dict[str, Any] = {}
    for field in _fields(message):
        _read_field(field, value, known, problems)
    check_properties(value, "", problems)
    if problems:
        raise InvalidRequest(problems[:MAX_PROBLEMS])
    return message(**known), value


def _read_field(
    field: _Field, value: dict[str, Any], known: dict[str, Any], problems: list[Problem]
) -> None:
    """Move one field from what came to what is known."""
    came = value.pop(field.name, msgspec.UNSET)
    if came is None and field.nullable:
        known[field.attribute] = None
    elif came is msgspec.UNSET:
        if field.required:
            problems.append(Problem(field.name, "is required"))
    else:
        known[field.attribute] = field.reader.read(came, field.name, problems)
