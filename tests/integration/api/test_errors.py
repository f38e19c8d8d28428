"""The one shape of every answer that is no success, and that it tells nothing it should not."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

from customcrm import log
from customcrm.api import endpoint
from customcrm.app import create_app
from customcrm.contract.operations import OPERATIONS
from customcrm.errors import StoreUnavailable
from customcrm.operations.ports import Reader, Writer
from customcrm.settings import Settings
from customcrm.store.tables import HISTORY
from tests.integration.api.client import KEY, Client, connected
from tests.integration.api.conftest import SharedStore
from tests.integration.api.rows import Rows

T = TypeVar("T")

PRIVATE = "jane@acme.com"
BODIES: dict[str, Any] = {
    "CreateContacts": {"contacts": [{"externalId": "1", "email": PRIVATE}]},
    "CreateCompanies": {"companies": [{"externalId": "1"}]},
    "UpdateContacts": {"contacts": [{"crmId": "1"}]},
    "UpdateCompanies": {"companies": [{"crmId": "1"}]},
    "ReadRecords": {"ids": ["1"]},
    "CreateAssociations": {"associations": [{"contactCRMId": "1", "companyCRMId": "1"}]},
    "CreateTask": {"subject": "S"},
    "UpdateTask": {"completed": True},
    "ReadTasks": {"ids": ["1"]},
    "CompleteTasks": {"ids": ["1"]},
    "CreateActivity": {"type": "EMAIL"},
}
# Every operation with a body that it takes.
REQUESTS = [
    (
        one.method,
        one.path.replace("{id}", "1"),
        BODIES[one.request.__name__] if one.request else None,
    )
    for one in OPERATIONS
]
NONSENSE = {
    b"": "invalid_json",
    b"{": "invalid_json",
    b"\xff\xfe": "invalid_json",
    b'{"a":1e400}': "invalid_json",
    b'{"a":NaN}': "invalid_json",
    b'{"\\ud83d":NaN}': "invalid_json",
    b'{"\xed\xa0\xbd\\u0000":{"\\udfff":[nan]}}': "invalid_json",
    b'{"a":"\\u0000",}': "invalid_json",
    b"[" * 100_000: "invalid_json",
    b"[]": "invalid_request",
    b"null": "invalid_request",
    b'{"a":' + b"[" * 900 + b'"\\u0000"' + b"]" * 900 + b"}": "invalid_request",
}
WITH_A_BODY = [(method, path) for method, path, body in REQUESTS if body]


class BrokenBackend:
    """Implements `ports.Backend`, and fails whatever it is asked.

    Args:
        error: what it raises.
    """

    def __init__(self, error: Exception) -> None:
        self._error = error

    def read(self, work: Callable[[Reader], T]) -> T:
        del work
        raise self._error

    def write(self, work: Callable[[Writer], T]) -> T:
        del work
        raise self._error

    def close(self) -> None:
        pass


@contextmanager
def broken(store: SharedStore, error: Exception) -> Iterator[Client]:
    """A client of a server whose backend fails."""
    app = create_app(Settings(api_key=KEY), BrokenBackend(error), store=store)
    with connected(app) as client:
        yield client


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What the block logs, as the server would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(log.JsonLines())
    level = log.LOGGER.level
    log.LOGGER.addHandler(handler)
    log.LOGGER.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        log.LOGGER.removeHandler(handler)
        log.LOGGER.setLevel(level)


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_where_the_store_is_away_every_operation_is_a_503_that_says_when_to_come_back(
    shared_store: SharedStore, method: str, path: str, body: Any
) -> None:
    with broken(shared_store, StoreUnavailable()) as client:
        response = client.send(method, path, body)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.json() == {
        "error": "Temporarily unavailable",
        "message": "The database is not available now; nothing was stored, try again",
        "code": "store_unavailable",
    }


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_what_nobody_foresaw_is_a_500_without_a_word_of_it_in_answer_or_log(
    shared_store: SharedStore, method: str, path: str, body: Any
) -> None:
    with logged() as lines, broken(shared_store, RuntimeError(f"about {PRIVATE}")) as client:
        response = client.send(method, path, body)
    assert response.status_code == 500
    assert response.json() == {
        "error": "Internal error",
        "message": "Something failed on the server; nothing was stored",
        "code": "internal_error",
    }
    failure, request = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert (failure["event"], failure["traceback"]["type"]) == ("internal_error", "RuntimeError")
    assert failure["request_id"] == response.headers["X-Request-Id"] == request["request_id"]
    assert (request["status"], request["error"]) == (500, "internal_error")
    assert PRIVATE not in lines.getvalue()
    assert KEY not in lines.getvalue()


def test_the_log_of_a_request_tells_what_it_cost_but_no_personal_data(client: Client) -> None:
    with logged() as lines:
        client.create("contacts", {"externalId": PRIVATE, "email": PRIVATE})
    (line,) = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert (line["event"], line["operation"], line["status"]) == ("request", "create_contacts", 201)
    assert (line["method"], line["actor"], line["items"]) == ("POST", "key:configured", 1)
    assert line["sql"] > 0
    assert line["ms"] > 0
    assert PRIVATE not in lines.getvalue()


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_without_the_key_every_operation_is_a_401_whatever_its_body(
    client: Client, rows: Rows, method: str, path: str, body: Any
) -> None:
    for key in (None, "", "wrong", f"Bearer {KEY}"):
        stranger = client.with_key(key)
        failure = stranger.call(method, path, body, status=401)
        assert (failure["error"], failure["code"]) == ("Unauthorized", "unauthorized")
        assert stranger.send(method, path, content=b"{no json").json() == failure
    assert rows.of(HISTORY) == []


@pytest.mark.parametrize("path", ["/deals", "/contacts/sync/more", "/v1/health", "/tasks/1/2"])
@pytest.mark.parametrize("key", [KEY, None])
def test_an_unknown_path_is_a_404(client: Client, path: str, key: str | None) -> None:
    failure = client.with_key(key).call("POST", path, {}, status=404)
    assert failure["code"] == "path_not_found"


@pytest.mark.parametrize("path", ["/tasks/%00", "/activities/a%00b", "/tasks/a%2Fb"])
def test_an_id_that_cannot_be_one_is_a_404(client: Client, path: str) -> None:
    client.call("GET", path, status=404)


@pytest.mark.parametrize(
    "path", ["/tasks/%F0%9F%9A%80", "/tasks/'--", "/activities/%22%3B", "/tasks/%25"]
)
def test_an_odd_id_is_only_unknown(client: Client, path: str) -> None:
    assert client.call("GET", path, status=404)["code"].endswith("_not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/health", "GET, HEAD"),
        ("GET", "/contacts", "POST, PUT"),
        ("DELETE", "/companies", "POST, PUT"),
        ("PUT", "/tasks/batch", "PATCH, POST"),
        ("DELETE", "/tasks/1", "GET, HEAD, PATCH"),
        ("OPTIONS", "/activities", "POST"),
    ],
)
def test_a_wrong_method_is_a_405_that_lists_the_right_ones(
    client: Client, method: str, path: str, allowed: str
) -> None:
    response = client.send(method, path)
    assert response.status_code == 405
    assert response.headers["Allow"] == allowed
    assert response.json()["code"] == "method_not_allowed"
    assert client.with_key(None).send(method, path).status_code == 401


@pytest.mark.parametrize("path", ["/livez", "/docs", "/openapi.json"])
def test_the_machines_own_paths_refuse_other_methods_in_the_same_shape(
    client: Client, path: str
) -> None:
    response = client.fetch("DELETE", path)
    assert response.status_code == 405
    assert response.json()["code"] == "method_not_allowed"
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(("method", "path"), WITH_A_BODY)
def test_a_body_that_makes_no_sense_is_a_400(client: Client, method: str, path: str) -> None:
    for content, code in NONSENSE.items():
        response = client.send(method, path, content=content)
        assert response.status_code == 400, content[:20]
        failure = response.json()
        assert failure["code"] == code, content[:20]
        assert bool(failure.get("details")) == (code == "invalid_request")


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip"])
def test_a_compressed_body_is_a_400_that_says_so(client: Client, encoding: str) -> None:
    response = client.send(
        "POST", "/contacts", content=b"\x1f\x8b", headers={"Content-Encoding": encoding}
    )
    assert response.status_code == 400
    assert encoding.split(",", 1)[0] in response.json()["message"]


def test_a_body_that_is_said_not_to_be_compressed_is_read(client: Client) -> None:
    body = b'{"contacts":[]}'
    headers = {"Content-Encoding": "Identity"}
    assert client.send("POST", "/contacts", content=body, headers=headers).status_code == 201


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_the_content_type_of_a_request_does_not_matter(client: Client, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    response = client.send("POST", "/contacts", {"contacts": []}, headers=headers)
    assert response.status_code == 201


@pytest.mark.parametrize("size", [101, 150, 1_000])
def test_a_body_of_too_many_bytes_is_a_413_and_stores_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(endpoint, "MAX_BODY", 100)
    empty = b'{"contacts":[{"externalId":"1","a":""}]}'
    body = empty.replace(b'""', b'"' + b"x" * (size - len(empty)) + b'"')
    response = client.send("POST", "/contacts", content=body)
    assert response.status_code == 413
    assert response.json()["code"] == "body_too_large"
    assert client.sync("contacts", {"externalId": "1"}) == {}


def test_a_body_of_as_many_bytes_as_allowed_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b'{"contacts":[{"externalId":"1"}]}'
    monkeypatch.setattr(endpoint, "MAX_BODY", len(body))
    assert client.send("POST", "/contacts", content=body).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "name", "item"),
    [
        ("POST", "/contacts", "contacts", {"externalId": "1"}),
        ("POST", "/companies/sync", "companies", {"externalId": "1"}),
        ("PUT", "/contacts", "contacts", {"crmId": "1"}),
        ("POST", "/companies/batch", "ids", "1"),
        ("PATCH", "/tasks/batch", "ids", "1"),
        ("POST", "/associations", "associations", {"contactCRMId": "1", "companyCRMId": "1"}),
    ],
)
def test_a_batch_of_too_many_items_is_a_413(
    client: Client, method: str, path: str, name: str, item: Any
) -> None:
    failure = client.call(method, path, {name: [item] * 10_001}, status=413)
    assert failure["code"] == "batch_too_large"
    assert failure["message"] == f"{name} holds 10001 items; one request may hold 10000"


def test_a_400_names_every_offending_path_with_what_is_wrong_there(client: Client) -> None:
    body = {"contacts": [{"externalId": "1"}, {}, 7]}
    assert client.call("POST", "/contacts", body, status=400) == {
        "error": "Invalid request",
        "message": "contacts[1].externalId: is required (and 1 more, see details)",
        "code": "invalid_request",
        "details": [
            {"path": "contacts[1].externalId", "message": "is required"},
            {"path": "contacts[2]", "message": "must be an object"},
        ],
    }


def test_readiness_tells_whether_the_store_is_there_and_liveness_does_not(
    shared_store: SharedStore, client: Client
) -> None:
    with broken(shared_store, StoreUnavailable()) as stranded:
        assert stranded.fetch("GET", "/readyz").status_code == 503
        assert stranded.fetch("GET", "/livez").json() == {"status": "ok"}
    stranger = client.with_key(None)
    assert stranger.fetch("GET", "/readyz").json() == {"status": "ok"}
    assert stranger.fetch("GET", "/livez").json() == {"status": "ok"}
