"""The OpenAPI 3.1 description, made from the table of operations."""

import re
from typing import Any, Final

import msgspec

from customcrm.contract.failures import Failure
from customcrm.contract.operations import OPERATIONS, Operation
from customcrm.contract.records import CompanyFields, ContactFields

REASONS: Final = {
    200: "Success",
    201: "Created",
    400: "The body or a parameter is invalid; `details` names every offending path",
    401: "The key is missing or wrong",
    404: "Not found",
    413: "More records or bytes than one request may hold",
    422: "The Idempotency-Key was used with another body",
    500: "Something failed here; nothing was stored",
    503: "The database is away; nothing was stored, try again",
}
"""What each status means, for people."""

_REFERENCE: Final = "#/components/schemas/{name}"


def _messages() -> list[Any]:
    """Every message type, those named only by reference included."""
    types: list[Any] = [Failure, ContactFields, CompanyFields]
    for operation in OPERATIONS:
        types += [operation.request] if operation.request else []
        types.append(operation.response)
    return types


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _response(status: int, schema: dict[str, Any]) -> dict[str, Any]:
    response: dict[str, Any] = {"description": REASONS[status], "content": _content(schema)}
    if status == 503:  # noqa: PLR2004 - a status is its own best name
        response["headers"] = {"Retry-After": {"schema": {"type": "string"}}}
    return response


def _widened(schema: Any) -> Any:
    """A schema with what is read in the place of what a handler sees (see `values.accepts`)."""
    if isinstance(schema, list):
        return [_widened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    own = {name: _widened(value) for name, value in schema.items() if name != "x-accepts"}
    return own | schema.get("x-accepts", {})


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", operation.path)
    ]
    if operation.idempotency_key:
        parameters.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "minLength": 1, "maxLength": 255},
            }
        )
    return parameters


def openapi(*, version: str, key_header: str, server: str) -> dict[str, Any]:
    """The description of this server as plain JSON values.

    Args:
        version: of the program.
        key_header: the header that carries the API key.
        server: the base URL that paths are relative to.
    """
    schemas, components = msgspec.json.schema_components(_messages(), ref_template=_REFERENCE)
    by_message = dict(zip(map(str, _messages()), schemas, strict=True))
    failure = by_message[str(Failure)]
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        described: dict[str, Any] = {
            "operationId": operation.name,
            "tags": [operation.group],
            "summary": operation.summary,
            "description": operation.description,
            "parameters": _parameters(operation),
            "responses": {
                str(status): _response(
                    status,
                    by_message[str(operation.response)] if status == operation.success else failure,
                )
                for status in operation.statuses
            },
        }
        if operation.request:
            described["requestBody"] = {
                "required": True,
                "content": _content(by_message[str(operation.request)]),
            }
        paths.setdefault(operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "customcrm",
            "version": version,
            "summary": "Enginy's Custom CRM API",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": _widened(components),
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": key_header}},
        },
    }
