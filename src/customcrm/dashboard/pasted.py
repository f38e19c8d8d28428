"""What somebody has pasted to have it explained: one record, a list of them, or a whole body."""

import json
from typing import Any, Final, NamedTuple

import msgspec

from customcrm.contract.json_body import read_json
from customcrm.contract.reading import read_message
from customcrm.contract.records import CreateCompanies, CreateContacts
from customcrm.crm.records import Kind
from customcrm.errors import InvalidRequest, MalformedJson, Problem

MAX_EXPLAINED: Final = 10
"""Records of one paste that are explained: the first ones."""

MAX_PASTED: Final = 40_000
"""Characters of a paste: a form takes nine bytes for each."""

_FIELDS: Final = {"contacts": Kind.CONTACT, "companies": Kind.COMPANY}


class Pasted(NamedTuple):
    """What was pasted, as the API reads it.

    Attributes:
        kind: of the records: a whole body says so itself.
        records: the first of them.
        left: how many more there were.
    """

    kind: Kind
    records: list[dict[str, Any]]
    left: int = 0


def read_pasted(kind: Kind, text: str) -> Pasted:
    """Read what was pasted, as liberally and as strictly as the API reads a call.

    Args:
        kind: of the records, where they do not come in a body that says so.
        text: JSON.

    Raises:
        MalformedJson: it is none; says where.
        InvalidRequest: a record is not of the shape that the API takes; says which and why.
        BatchTooLarge: there are more records than one call may have.
    """
    if not text.strip():
        raise MalformedJson("There is nothing to explain yet: paste a record")
    if len(text) > MAX_PASTED:
        raise MalformedJson(f"This is too long: {MAX_PASTED:,} characters can be explained at once")
    value = _json_of(text.replace("\r\n", "\n"))
    alone = False
    if isinstance(value, dict):
        field = next((name for name in _FIELDS if isinstance(value.get(name), list)), None)
        alone = field is None
        kind = _FIELDS[field] if field else kind
        value = [value] if field is None else value[field]
    records = _read(kind, value, alone=alone)
    if not records:
        raise InvalidRequest([Problem("", "There is no record in it")])
    return Pasted(kind, records[:MAX_EXPLAINED], max(0, len(records) - MAX_EXPLAINED))


def _json_of(text: str) -> Any:
    body = text.encode("utf-8", "surrogatepass")
    try:
        return read_json(body)
    except MalformedJson as error:
        if error.offset is None:
            raise
        before = body[: error.offset].decode("utf-8", "surrogatepass")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise MalformedJson(f"Line {line}, column {column}: {error.reason}") from error


def _read(kind: Kind, value: Any, *, alone: bool) -> list[dict[str, Any]]:
    field = "contacts" if kind is Kind.CONTACT else "companies"
    body = msgspec.json.encode({field: value})
    try:
        if kind is Kind.CONTACT:
            return read_message(CreateContacts, body)[0].contacts
        return read_message(CreateCompanies, body)[0].companies
    except InvalidRequest as error:
        prefix = f"{field}[0]" if alone else ""
        problems = [
            Problem(one.path.removeprefix(prefix).removeprefix("."), one.message)
            for one in error.problems
        ]
        raise InvalidRequest(problems) from error


def written(values: dict[str, Any]) -> str:
    """A record as JSON that people can read and change."""
    return json.dumps(values, ensure_ascii=False, indent=2)
