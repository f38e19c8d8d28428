"""The reference of the contract as text, made from the table of operations."""

import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

from customcrm.contract.openapi import REASONS, openapi
from customcrm.contract.operations import OPERATIONS, Operation

_MAX_DESCRIBED: Final = 3
"""Levels of nested messages that a table of fields descends to."""


_DATES: Final = """\
Dates are read as ISO 8601 writes them: calendar dates (`2026-01-31`, `20260131`), week dates
(`2026-W05-6`) and ordinal dates (`2026-031`), a month or a week alone being its first day; after
`T` or a space the hour, with or without minutes, seconds and a decimal fraction (`10:15:00,5`),
in the extended or the basic format, `24:00` and second 60 included; then `Z` or an offset
(`+01`, `+0100`, `+01:00`). Without an offset they are in UTC. They go out in UTC, as
`2026-01-31T10:15:00Z`. A `dueDate` without an hour is a day, which is the same day in every
zone: it goes out as its first moment (`2026-01-31T00:00:00Z`), and stays a day when that
comes back."""


class FieldRow(NamedTuple):
    """One field of a message, for a table."""

    name: str
    type: str
    required: bool
    description: str


class Entry(NamedTuple):
    """One operation, ready to be shown."""

    operation: Operation
    request: list[FieldRow]
    response: list[FieldRow]
    statuses: list[tuple[int, str]]


class Chapter(NamedTuple):
    """The operations under one heading."""

    title: str
    entries: list[Entry]


def chapters() -> list[Chapter]:
    """The whole reference."""
    described = openapi(version="", key_header="", server="")
    return [
        Chapter(title, [_entry(described, operation) for operation in group])
        for title, group in groupby(OPERATIONS, key=lambda operation: operation.group)
    ]


def _entry(described: dict[str, Any], operation: Operation) -> Entry:
    own = described["paths"][operation.path][operation.method.lower()]
    schemas = described["components"]["schemas"]
    request = own.get("requestBody", {}).get("content", {}).get("application/json", {})
    response = own["responses"][str(operation.success)]["content"]["application/json"]
    return Entry(
        operation,
        list(_rows(schemas, request.get("schema", {}), "", _MAX_DESCRIBED)),
        list(_rows(schemas, response["schema"], "", _MAX_DESCRIBED)),
        [(status, REASONS[status]) for status in operation.statuses],
    )


def _resolved(schemas: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with what it refers to, and what it builds upon, put in its place."""
    if "$ref" in schema:
        schema = {**schemas[schema["$ref"].rsplit("/", 1)[1]], **schema}
    properties: dict[str, Any] = {}
    for base in schema.get("allOf", []):
        properties |= _resolved(schemas, base).get("properties", {})
    return {**schema, "properties": {**schema.get("properties", {}), **properties}}


def _rows(
    schemas: dict[str, Any], schema: dict[str, Any], prefix: str, depth: int
) -> Iterator[FieldRow]:
    """The fields of a message, those of the messages in it behind their own."""
    schema = _resolved(schemas, schema)
    if schema.get("type") == "array":
        yield from _rows(schemas, schema.get("items", {}), f"{prefix}[]", depth)
        return
    for name, field in schema["properties"].items():
        path = f"{prefix}.{name}" if prefix else name
        required = name in schema.get("required", ())
        yield FieldRow(path, _type(field), required, _description(field))
        if depth > 1 and field.get("type") == "array":
            yield from _rows(schemas, field, path, depth - 1)


def _description(schema: dict[str, Any]) -> str:
    """Return what is said of a field: of the field itself, or of one of the types it may have."""
    told = (one.get("description", "") for one in (schema, *schema.get("anyOf", ())))
    return next(filter(None, told), "")


def _type(schema: dict[str, Any]) -> str:
    """The type of a field in a word or two."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(option) for option in schema["anyOf"]))
    if "enum" in schema:
        return " or ".join(f"`{choice}`" for choice in schema["enum"] if choice)
    kind = schema.get("type", "any")
    name = " or ".join(kind) if isinstance(kind, list) else kind
    return f"{schema['format']}" if "format" in schema else name


def markdown() -> str:
    """The reference as a Markdown page."""
    lines = [
        "# The API, operation by operation",
        "",
        "Made from the table of operations; a test holds it true. A running server shows the same",
        "at `/docs`, and as OpenAPI 3.1 at `/openapi.json`.",
        "",
        "Every request carries the API key in the header `X-API-Key`. Every answer that is no",
        'success has one shape: `{"error", "message", "code", "details"}`.',
        "",
        _DATES,
        "",
    ]
    for chapter in chapters():
        lines += [f"## {chapter.title}", ""]
        for entry in chapter.entries:
            lines += _markdown_entry(entry)
    return "\n".join(lines).rstrip() + "\n"


def _markdown_entry(entry: Entry) -> Iterator[str]:
    operation = entry.operation
    yield from (f"### {operation.method} {operation.path}", "")
    yield from (f"{operation.summary}. {operation.description}", "")
    if not operation.documented:
        yield from ("Enginy's documentation does not name it; its reference server has it.", "")
    for title, rows in (("Request", entry.request), ("Answer", entry.response)):
        if rows:
            yield from (f"| {title} | type | |", "|---|---|---|")
            for row in rows:
                must = "Required. " if row.required and title == "Request" else ""
                yield f"| `{row.name}` | {row.type} | {must}{row.description} |".replace(
                    "  |", " |"
                )
            yield ""
    yield from ("| Status | |", "|---|---|")
    for status, reason in entry.statuses:
        yield f"| {status} | {reason} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(markdown())
