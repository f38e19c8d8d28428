"""Enginy's side of the wire, in process; every answer is held against our own description."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from jsonschema import Draft202012Validator
from starlette.types import ASGIApp

from customcrm.contract.openapi import openapi
from customcrm.contract.operations import OPERATIONS, Operation
from tests.integration.api.matching import operation_of

HOST = "http://crm.test"
KEY = "the-key-of-the-integration-tests"

DOCUMENT = openapi(version="", key_header="X-API-Key", server="")


@cache
def validator(operation: str, status: int) -> Draft202012Validator:
    """What the body of an answer must be."""
    one = next(each for each in OPERATIONS if each.name == operation)
    described = DOCUMENT["paths"][one.path][one.method.lower()]["responses"][str(status)]
    schema = described["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


FAILURE = Draft202012Validator(
    {"$ref": "#/components/schemas/Failure", "components": DOCUMENT["components"]}
)


def assert_as_described(response: httpx.Response, method: str, path: str) -> None:
    """The status is documented, the content is JSON, and the body is what the schema says."""
    assert response.headers["content-type"] == "application/json", response.text
    assert response.headers["x-request-id"]
    operation: Operation | None = operation_of(method, path)
    if operation is None:
        assert response.status_code in {401, 404, 405}
        FAILURE.validate(response.json())
    else:
        assert response.status_code in operation.statuses, response.text
        validator(operation.name, response.status_code).validate(response.json())
    if response.is_error:
        assert_tells_nothing(response)


def assert_tells_nothing(response: httpx.Response) -> None:
    """No answer tells where the code is, what it asked the database, or what opens the door."""
    for secret in ("Traceback", "SELECT", "INSERT", "sqlite", "psycopg", ".py", KEY):
        assert secret not in response.text


class Client:
    """Sends the key and both content headers with every request, as Enginy does.

    Args:
        app: what answers.
        portal: leads to the event loop that it runs in.
        key: goes with every request, unless it is None.
        header: carries the key.
        prefix: under which the application is mounted.
    """

    def __init__(
        self,
        app: ASGIApp,
        portal: BlockingPortal,
        key: str | None = KEY,
        *,
        header: str = "X-API-Key",
        prefix: str = "",
    ) -> None:
        self._app = app
        self._portal = portal
        self._prefix = prefix
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key is not None:
            self._headers[header] = key

    def fetch(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """One request as it is, whatever comes of it, whether the contract knows it or not."""
        return self._portal.call(self._fetch, method, path, content, {**(headers or {})})

    async def _fetch(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, trust_env=False) as http:
            return await http.request(
                method,
                f"{HOST}{self._prefix}{path}",
                content=content,
                headers=[(n.encode(), v.encode()) for n, v in {**self._headers, **headers}.items()],
            )

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """One request, whatever comes of it; `content` are the bytes of a body as they are."""
        if content is None and body is not None:
            content = json.dumps(body).encode()
        response = self.fetch(method, path, content=content, headers=headers)
        assert_as_described(response, method, path)
        return response

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The JSON of an answer that has to have this status."""
        response = self.send(method, path, body, headers=headers)
        assert response.status_code == status, response.text
        return response.json()

    def paths(self, method: str, path: str, body: Any) -> list[str]:
        """What a 400 complains of."""
        return [detail["path"] for detail in self.call(method, path, body, status=400)["details"]]

    def create(self, plural: str, *records: dict[str, Any]) -> list[str]:
        """The ids of new records, or of those that they are."""
        answer = self.call("POST", f"/{plural}", {plural: records}, status=201)
        results: list[dict[str, str]] = answer["results"]
        assert [one["externalId"] for one in results] == [
            str(record["externalId"]) for record in records
        ]
        return [one["crmId"] for one in results]

    def sync(self, plural: str, *records: dict[str, Any]) -> dict[str, tuple[str, Any]]:
        """The id and the properties of each match, by its external id."""
        results = self.call("POST", f"/{plural}/sync", {plural: records})["results"]
        return {one["externalId"]: (one["crmId"], one["properties"]) for one in results}

    def update(self, plural: str, *records: dict[str, Any]) -> list[Any]:
        """What became of each update."""
        results: list[Any] = self.call("PUT", f"/{plural}", {plural: records})["results"]
        return results

    def read(self, plural: str, *ids: str) -> list[Any]:
        """The records that exist."""
        results: list[Any] = self.call("POST", f"/{plural}/batch", {"ids": ids})["results"]
        return results

    def with_key(self, key: str | None, header: str = "X-API-Key") -> "Client":
        """The same server, as somebody else."""
        return Client(self._app, self._portal, key, header=header, prefix=self._prefix)


@contextmanager
def connected(app: ASGIApp, key: str | None = KEY, *, prefix: str = "") -> Iterator[Client]:
    """A client of an application, and an event loop for both, as long as the block."""
    with start_blocking_portal() as portal:
        yield Client(app, portal, key, prefix=prefix)
