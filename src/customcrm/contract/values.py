"""The kinds of value a message may hold, and how liberally each is read.

Each kind is an annotated type: the plain type a handler sees, the JSON Schema a client reads, and
the reader that turns what came into the one or a `Problem` that says why not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from msgspec import Meta

from customcrm.contract.due_dates import parse_due
from customcrm.contract.unfolding import unfold
from customcrm.errors import BatchTooLarge, Problem
from customcrm.iso8601 import parse_moment

MAX_IDENTIFIER: Final = 255
"""Characters in an id. Longer ones would not fit an index entry of every database."""

MAX_TERM: Final = 100
"""Characters in a type or a direction of an activity."""

MAX_TEXT: Final = 1_000_000
"""Characters in one text of a task or an activity."""

MAX_RECORDS: Final = 10_000
"""Items in one batch. Enginy documents 100."""

MAX_PROPERTIES: Final = 1_000
"""Properties on one record."""

MAX_PROPERTY_NAME: Final = 255
"""Characters in a property's name."""

MAX_DEPTH: Final = 32
"""Levels of nesting in one property's value."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of value is read: `read(value, path, problems)` gives the value.

    A value that cannot be read adds to `problems`; what is returned then is of no interest.
    """

    read: Callable[[Any, str, list[Problem]], Any]


def identifier_of(value: object) -> str | None:
    """An id as text: a string as it is, a JSON number as its decimal string, else None."""
    if isinstance(value, str):
        return value if 0 < len(value) <= MAX_IDENTIFIER else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    decimal = str(int(value)) if value == int(value) else f"{Decimal(str(value)):f}"
    return decimal if len(decimal) <= MAX_IDENTIFIER else None


def _read_identifier(value: object, path: str, problems: list[Problem]) -> str:
    identifier = identifier_of(value)
    if identifier is None:
        problems.append(
            Problem(path, f"must be a string of 1 to {MAX_IDENTIFIER} characters, or a number")
        )
        return ""
    return identifier


def _read_reference(value: object, path: str, problems: list[Problem]) -> str | None:
    """An id that may be absent: the empty string says so too."""
    return None if value == "" else _read_identifier(value, path, problems)


def _read_body(value: object, path: str, problems: list[Problem]) -> str:
    """Read a text of any length: what is too long of it is cut when it is stored."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        return value
    problems.append(Problem(path, "must be a string"))
    return ""


def _read_text(value: object, path: str, problems: list[Problem]) -> str:
    text = _read_body(value, path, problems)
    if len(text) <= MAX_TEXT:
        return text
    problems.append(Problem(path, f"is longer than {MAX_TEXT} characters"))
    return ""


def _read_subject(value: object, path: str, problems: list[Problem]) -> str:
    text = _read_text(value, path, problems)
    if isinstance(value, str) and not value.strip():
        problems.append(Problem(path, "must not be empty"))
    return text


def _read_label(value: object, path: str, problems: list[Problem]) -> str:
    text = _read_text(value, path, problems)
    if len(text) > MAX_IDENTIFIER:
        problems.append(Problem(path, f"is longer than {MAX_IDENTIFIER} characters"))
    return text


def _read_date(parse: Callable[[str], datetime]) -> Callable[[Any, str, list[Problem]], Any]:
    def read(value: object, path: str, problems: list[Problem]) -> datetime | None:
        try:
            if isinstance(value, str):
                return parse(value.strip())
        except ValueError:
            pass
        problems.append(Problem(path, "must be an ISO 8601 date, such as 2026-03-01T09:30:00Z"))
        return None

    return read


def _parse_instant(text: str) -> datetime:
    try:
        return parse_moment(text).astimezone(UTC)
    except OverflowError:
        raise ValueError("must be between the years 1 and 9999") from None


def _read_flag(value: object, path: str, problems: list[Problem]) -> bool:
    if not isinstance(value, bool):
        problems.append(Problem(path, "must be true or false"))
    return value is True


def _read_open_choice(
    *known: str, optional: bool
) -> Callable[[Any, str, list[Problem]], str | None]:
    spellings = {_letters_of(term): term for term in known}

    def read(value: object, path: str, problems: list[Problem]) -> str | None:
        if not isinstance(value, str):
            problems.append(Problem(path, "must be a string"))
        elif len(value) > MAX_TERM:
            problems.append(Problem(path, f"is longer than {MAX_TERM} characters"))
        elif value in known:
            return value
        elif value.strip():
            return spellings.get(_letters_of(value), value.strip())
        elif optional:
            return None
        else:
            problems.append(Problem(path, "must not be empty"))
        return ""

    return read


def _letters_of(term: str) -> str:
    """Return a term without case and signs, by which its spellings are compared."""
    return "".join(char for char in term.casefold() if char.isalnum())


def _read_object(value: object, path: str, problems: list[Problem]) -> dict[str, Any]:
    if not isinstance(value, dict):
        problems.append(Problem(path, "must be an object"))
        return {}
    check_properties(value, path, problems)
    return value


def _nested_deeper(value: object, levels: int) -> bool:
    """Whether a value nests deeper than so many levels."""
    stack = [(value, levels)]
    while stack:
        inner, left = stack.pop()
        if not isinstance(inner, dict | list):
            continue
        if left == 0:
            return True
        stack.extend(
            (item, left - 1) for item in (inner.values() if isinstance(inner, dict) else inner)
        )
    return False


def check_properties(properties: dict[str, Any], path: str, problems: list[Problem]) -> None:
    """Hold one open object against the limits: how many names, how long, how deep."""
    if len(properties) > MAX_PROPERTIES:
        problems.append(Problem(path, f"has more than {MAX_PROPERTIES} properties"))
    for name, value in properties.items():
        if len(name) > MAX_PROPERTY_NAME:
            problems.append(
                Problem(path, f"has a property name longer than {MAX_PROPERTY_NAME} characters")
            )
        if isinstance(value, dict | list) and _nested_deeper(value, MAX_DEPTH):
            problems.append(
                Problem(f"{path}.{name}" if path else name, f"nests deeper than {MAX_DEPTH} levels")
            )


def _is_list(value: object, path: str, problems: list[Problem]) -> bool:
    if not isinstance(value, list):
        problems.append(Problem(path, "must be an array"))
        return False
    if len(value) > MAX_RECORDS:
        raise BatchTooLarge(path, len(value), MAX_RECORDS)
    return True


def _read_identifiers(value: Any, path: str, problems: list[Problem]) -> list[str]:
    if not _is_list(value, path, problems):
        return []
    return [_read_identifier(item, f"{path}[{n}]", problems) for n, item in enumerate(value)]


def _check_record(
    record: object, path: str, problems: list[Problem], identifiers: Mapping[str, bool]
) -> None:
    """Unfold a record and read its identifiers, in place; each may be required or not."""
    if not isinstance(record, dict):
        problems.append(Problem(path, "must be an object"))
        return
    unfold(record)
    for name, required in identifiers.items():
        if not required and record.get(name) == "":
            del record[name]
        elif record.get(name) is not None:
            record[name] = _read_identifier(record[name], f"{path}.{name}", problems)
        elif required:
            problems.append(Problem(f"{path}.{name}", "is required"))
    check_properties(record, path, problems)


def _read_records(
    *required: str, optional: tuple[str, ...] = ()
) -> Callable[[Any, str, list[Problem]], list[dict[str, Any]]]:
    """Records are open objects of which only some identifiers are read.

    They are read in place: each identifier becomes a string, all else stays as it came.
    """
    identifiers = {**dict.fromkeys(required, True), **dict.fromkeys(optional, False)}

    def read(value: list[Any], path: str, problems: list[Problem]) -> list[dict[str, Any]]:
        if not _is_list(value, path, problems):
            return []
        for n, record in enumerate(value):
            _check_record(record, f"{path}[{n}]", problems, identifiers)
        return value

    return read


def accepts(**schema: Any) -> dict[str, Any]:
    """JSON Schema of what is read, where that is more than the type a handler sees.

    The OpenAPI description puts it in the place of the type's own (see `openapi.py`).
    """
    return {"x-accepts": schema}


IDENTIFIER_SCHEMA: Final[dict[str, Any]] = {
    "type": ["string", "number"],
    "minLength": 1,
    "maxLength": MAX_IDENTIFIER,
}

Identifier = Annotated[
    str,
    Meta(
        description="An opaque id; a number is kept as its decimal string.",
        extra_json_schema=accepts(**IDENTIFIER_SCHEMA),
    ),
    Reader(_read_identifier),
]
Reference = Annotated[
    str,
    Meta(extra_json_schema=accepts(**{**IDENTIFIER_SCHEMA, "minLength": 0})),
    Reader(_read_reference),
]
Text = Annotated[
    str,
    Meta(extra_json_schema=accepts(type=["string", "number"], maxLength=MAX_TEXT)),
    Reader(_read_text),
]
Body = Annotated[
    str,
    Meta(extra_json_schema=accepts(type=["string", "number"])),
    Reader(_read_body),
]
Label = Annotated[
    str,
    Meta(extra_json_schema=accepts(type=["string", "number"], maxLength=MAX_IDENTIFIER)),
    Reader(_read_label),
]
Subject = Annotated[
    str,
    Meta(
        extra_json_schema=accepts(
            type=["string", "number"], minLength=1, maxLength=MAX_TEXT, pattern=r"\S"
        )
    ),
    Reader(_read_subject),
]
Instant = Annotated[
    datetime,
    Meta(
        description="ISO 8601; without an offset it is UTC.",
        extra_json_schema={"examples": ["2026-03-01T09:30:00Z"]},
    ),
    Reader(_read_date(_parse_instant)),
]
Due = Annotated[
    datetime,
    Meta(
        description="ISO 8601; without an offset it is UTC, without an hour a day in every zone.",
        extra_json_schema={"examples": ["2026-03-01T09:30:00Z"]},
    ),
    Reader(_read_date(parse_due)),
]
Flag = Annotated[bool, Reader(_read_flag)]
OpenObject = Annotated[
    dict[str, Any],
    Meta(extra_json_schema={"type": "object", "maxProperties": MAX_PROPERTIES}),
    Reader(_read_object),
]
Identifiers = Annotated[
    list[str],
    Meta(extra_json_schema=accepts(type="array", maxItems=MAX_RECORDS, items=IDENTIFIER_SCHEMA)),
    Reader(_read_identifiers),
]

CREATED_RECORDS: Final = Reader(_read_records("externalId"))
"""Records as a create or a sync takes them: known to the caller by `externalId`."""

UPDATED_RECORDS: Final = Reader(_read_records("crmId", optional=("externalId",)))
"""Records as an update takes them: known to us by `crmId`."""

ASSOCIATED_PAIRS: Final = Reader(_read_records("contactCRMId", "companyCRMId"))
"""Pairs of our ids."""


def open_choice(*known: str, optional: bool = False) -> Reader:
    """Return a reader for one of a few known terms, or for any other text of up to 100 characters.

    A known term is read in any case, with any blanks or signs between its letters, and given in
    its documented spelling. Any other text is kept as it came, less the blanks around it. Where the
    value is optional, an empty text is read as None.
    """
    return Reader(_read_open_choice(*known, optional=optional))
