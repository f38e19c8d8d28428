"""What the server refuses, and how: one status and one shape for each reason."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.records import create, fresh, sync
from tests.acceptance.refusals import assert_is_an_error, paths
from tests.acceptance.server import KEY, Client, Server, running_server

ROUTES = [
    ("GET", "/health"),
    ("GET", "/users"),
    ("POST", "/contacts"),
    ("POST", "/contacts/sync"),
    ("PUT", "/contacts"),
    ("POST", "/contacts/batch"),
    ("POST", "/companies"),
    ("POST", "/companies/sync"),
    ("PUT", "/companies"),
    ("POST", "/companies/batch"),
    ("POST", "/associations"),
    ("POST", "/tasks"),
    ("GET", "/tasks/task-xyz"),
    ("PATCH", "/tasks/task-xyz"),
    ("POST", "/tasks/batch"),
    ("PATCH", "/tasks/batch"),
    ("POST", "/activities"),
    ("GET", "/activities/activity-xyz"),
]
WRONG_KEYS: list[str | bytes] = [
    "",
    "wrong",
    KEY[:-1],
    f"{KEY}x",
    KEY.upper(),
    f"Bearer {KEY}",
    b"\xff\xfe",
    "x" * 5_000,
]
MEGABYTE = 1_000_000


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_answers_401_without_a_key(server: Server, method: str, path: str) -> None:
    with Client(server.url, None) as stranger:
        assert_is_an_error(stranger.send(method, path), 401)
        assert_is_an_error(stranger.send(method, path, content=b"{no json"), 401)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_answers_401_with_a_wrong_key(server: Server, method: str, path: str) -> None:
    with Client(server.url, None) as stranger:
        for key in WRONG_KEYS:
            response = stranger.send(method, path, headers={"X-API-Key": key})
            assert_is_an_error(response, 401)


@pytest.mark.parametrize("header", ["Authorization", "Api-Key", "Cookie"])
def test_the_right_key_in_the_wrong_header_is_no_key(server: Server, header: str) -> None:
    with Client(server.url, None) as stranger:
        assert_is_an_error(stranger.send("GET", "/health", headers={header: KEY}), 401)
        assert_is_an_error(stranger.send("GET", f"/health?X-API-Key={KEY}"), 401)


def test_a_write_without_a_key_stores_nothing(server: Server, client: Client) -> None:
    name = fresh()
    body = {"contacts": [{"externalId": name}]}
    with Client(server.url, None) as stranger:
        assert_is_an_error(stranger.send("POST", "/contacts", body), 401)
    assert sync(client, "contacts", {"externalId": name}) == {}


def test_a_header_name_of_any_case_is_the_same_header(server: Server) -> None:
    with Client(server.url, KEY, header="x-api-key") as lower:
        assert lower.call("GET", "/health", status=200) == {"status": "ok"}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/health", {"GET"}),
        ("DELETE", "/users", {"GET"}),
        ("GET", "/contacts", {"POST", "PUT"}),
        ("DELETE", "/contacts", {"POST", "PUT"}),
        ("GET", "/contacts/sync", {"POST"}),
        ("PATCH", "/companies", {"POST", "PUT"}),
        ("PUT", "/companies/sync", {"POST"}),
        ("PUT", "/companies/batch", {"POST"}),
        ("PUT", "/associations", {"POST"}),
        ("GET", "/tasks", {"POST"}),
        ("DELETE", "/tasks/task-xyz", {"GET", "PATCH"}),
        ("PUT", "/tasks/batch", {"POST", "PATCH"}),
        ("GET", "/activities", {"POST"}),
        ("PUT", "/activities/activity-xyz", {"GET"}),
    ],
)
def test_a_wrong_method_is_a_405_that_lists_the_right_ones(
    client: Client, method: str, path: str, allowed: set[str]
) -> None:
    response = client.send(method, path)
    assert_is_an_error(response, 405)
    listed = {name.strip() for name in response.headers["allow"].split(",")}
    assert listed - {"HEAD", "OPTIONS"} == allowed


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/tasks/task-xyz"),
        ("PATCH", "/tasks/task-xyz"),
        ("GET", "/activities/task-xyz"),
        ("GET", "/tasks/%00%F0%9F%9A%80'--"),
    ],
)
def test_an_unknown_id_is_a_404_in_json(client: Client, method: str, path: str) -> None:
    body = {"completed": True} if method == "PATCH" else None
    error = assert_is_an_error(client.send(method, path, body), 404)
    assert "not found" in error["error"].lower()
    if "xyz" in path:
        assert "task-xyz" in error["message"]


@pytest.mark.parametrize("path", ["/deals", "/contacts/sync/more", "/v1/health"])
def test_an_unknown_path_is_a_404_in_json(client: Client, path: str) -> None:
    assert_is_an_error(client.send("POST", path, {}), 404)


@pytest.mark.parametrize(
    ("method", "path"),
    [(method, path) for method, path in ROUTES if method != "GET" and path != "/tasks/task-xyz"],
)
@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"text"', b"7", b"\xff\xfe", b"{}", b"[" * 100_000],
    ids=["empty", "cut off", "array", "null", "text", "number", "no utf-8", "object", "deep"],
)
def test_a_body_that_makes_no_sense_is_a_400(
    client: Client, method: str, path: str, content: bytes
) -> None:
    assert_is_an_error(client.send(method, path, content=content), 400)


@pytest.mark.parametrize("kind", ["contacts", "companies"])
def test_a_malformed_create_names_every_bad_path_and_stores_nothing(
    client: Client, kind: str
) -> None:
    name = fresh()
    records = [{"externalId": name}, {"email": "a@b.c"}, {"externalId": None}, "no record", None]
    response = client.send("POST", f"/{kind}", {kind: records})
    assert paths(response) == {
        f"{kind}[1].externalId",
        f"{kind}[2].externalId",
        f"{kind}[3]",
        f"{kind}[4]",
    }
    assert sync(client, kind, {"externalId": name}) == {}


@pytest.mark.parametrize("kind", ["contacts", "companies"])
def test_a_malformed_update_names_every_bad_path_and_changes_nothing(
    client: Client, kind: str
) -> None:
    name = fresh()
    (crm_id,) = create(client, kind, {"externalId": name, "leadScore": 1, "totalDeals": 1})
    records = [{"crmId": crm_id, "leadScore": 2, "totalDeals": 2}, {"title": "CEO"}, 7]
    response = client.send("PUT", f"/{kind}", {kind: records})
    assert paths(response) == {f"{kind}[1].crmId", f"{kind}[2]"}
    found = client.call("POST", f"/{kind}/sync", {kind: [{"externalId": name}]}, status=200)
    assert set(found["results"][0]["properties"].values()) == {1}


@pytest.mark.parametrize("kind", ["contacts", "companies"])
def test_a_malformed_sync_names_every_bad_path(client: Client, kind: str) -> None:
    response = client.send("POST", f"/{kind}/sync", {kind: [{"email": "a@b.c"}, []]})
    assert paths(response) == {f"{kind}[0].externalId", f"{kind}[1]"}


@pytest.mark.parametrize(
    ("method", "path", "array"),
    [
        ("POST", "/contacts", "contacts"),
        ("POST", "/contacts/sync", "contacts"),
        ("PUT", "/companies", "companies"),
        ("POST", "/associations", "associations"),
        ("POST", "/tasks/batch", "ids"),
        ("PATCH", "/tasks/batch", "ids"),
        ("POST", "/companies/batch", "ids"),
    ],
)
@pytest.mark.parametrize("given", [None, {}, "text", 7])
def test_something_else_than_the_array_is_a_400_that_names_it(
    client: Client, method: str, path: str, array: str, given: Any
) -> None:
    assert paths(client.send(method, path, {array: given})) == {array}
    assert paths(client.send(method, path, {"other": []})) == {array}


@pytest.mark.parametrize(
    ("method", "path", "array"),
    [
        (method, path, path.split("/")[1])
        for path in ("/contacts", "/companies")
        for method in ("POST", "PUT")
    ]
    + [("POST", "/contacts/sync", "contacts"), ("POST", "/companies/sync", "companies")],
)
def test_10_001_records_are_a_413(client: Client, method: str, path: str, array: str) -> None:
    run = fresh()
    records = [
        {"externalId": f"{run}-{number}", "crmId": f"{run}-{number}"} for number in range(10_001)
    ]
    assert_is_an_error(client.send(method, path, {array: records}), 413)
    assert sync(client, array, records[0]) == {}


@pytest.mark.parametrize("kind", ["contacts", "companies"])
def test_10_000_records_are_taken(client: Client, kind: str) -> None:
    run = fresh()
    records = [{"externalId": f"{run}-{number}"} for number in range(10_000)]
    answer = client.call("POST", f"/{kind}", {kind: records}, status=201)
    assert [one["externalId"] for one in answer["results"]] == [
        record["externalId"] for record in records
    ]
    found = client.call("POST", f"/{kind}/sync", {kind: records}, status=200)
    assert {one["crmId"] for one in found["results"]} == {one["crmId"] for one in answer["results"]}


def test_a_body_of_more_than_50_megabytes_is_a_413(client: Client) -> None:
    body = b'{"contacts":[],"padding":"' + b"x" * (53 * MEGABYTE) + b'"}'
    assert_is_an_error(client.send("POST", "/contacts", content=body), 413)
    assert client.call("GET", "/health", status=200) == {"status": "ok"}


def test_a_body_of_almost_50_megabytes_is_taken(client: Client) -> None:
    name = fresh()
    padding = "x" * (48 * MEGABYTE)
    body = {"contacts": [{"externalId": name}], "padding": padding}
    client.call("POST", "/contacts", body, status=201)
    assert set(sync(client, "contacts", {"externalId": name})) == {name}


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(rb'"\u0000"', id="nul"),
        pytest.param(rb'"\ud800"', id="half a pair"),
        pytest.param(b"1e400", id="too big"),
        pytest.param(b"NaN", id="nan"),
        pytest.param(b"-Infinity", id="infinity"),
        pytest.param(b"1" * 5_000, id="5,000 digits"),
        pytest.param(b"[" * 900 + b"]" * 900, id="900 levels"),
    ],
)
@pytest.mark.parametrize("name", [b"firstName", b"externalId", b"custom"])
def test_values_that_a_database_cannot_hold_are_taken_or_refused_but_break_nothing(
    client: Client, name: bytes, given: bytes
) -> None:
    body = (
        b'{"contacts":[{"externalId":"' + fresh().encode() + b'","' + name + b'":' + given + b"}]}"
    )
    assert client.send("POST", "/contacts", content=body).status_code in {201, 400}
    for path in ("/contacts/sync", "/contacts"):
        method = "PUT" if path == "/contacts" else "POST"
        content = body.replace(b"externalId", b"crmId") if method == "PUT" else body
        assert client.send(method, path, content=content).status_code in {200, 400}
    assert client.call("GET", "/health", status=200) == {"status": "ok"}


def test_users_is_a_404_where_it_is_turned_off(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/customcrm.db"
    settings = {"CUSTOMCRM_USERS_ENDPOINT": "off"}
    with running_server(url, settings=settings) as server, server.client() as client:
        assert_is_an_error(client.send("GET", "/users"), 404)
        assert client.call("GET", "/health", status=200) == {"status": "ok"}
        with Client(server.url, "wrong") as stranger:
            assert_is_an_error(stranger.send("GET", "/users"), 401)


def test_the_header_of_the_key_can_have_another_name(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/customcrm.db"
    settings = {"CUSTOMCRM_API_KEY_HEADER": "X-Acme-Secret"}
    with running_server(url, settings=settings) as server:
        with server.client(header="X-Acme-Secret") as client:
            assert client.call("GET", "/health", status=200) == {"status": "ok"}
        with server.client(header="X-API-Key") as client:
            assert_is_an_error(client.send("GET", "/health"), 401)
