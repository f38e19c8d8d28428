"""How a request finds its operation: HEAD, slashes, and under the path of another application."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.integration.api.client import KEY, Client, connected
from tests.integration.api.conftest import MakeApp


@pytest.mark.parametrize("path", ["/health", "/users"])
def test_head_is_a_get(client: Client, path: str) -> None:
    head, get = client.fetch("HEAD", path), client.fetch("GET", path)
    assert (head.status_code, get.status_code) == (200, 200)
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-length"] == get.headers["content-length"]
    assert client.with_key(None).fetch("HEAD", path).status_code == 401


@pytest.mark.parametrize("path", ["/health/", "//health", "///health//", "/health///"])
def test_slashes_too_many_do_not_matter(client: Client, path: str) -> None:
    assert client.call("GET", path) == {"status": "ok"}


def test_slashes_too_many_do_not_matter_anywhere(client: Client) -> None:
    assert client.call("POST", "//contacts//sync/", {"contacts": []}) == {"results": []}
    assert client.call("POST", "/tasks//batch/", {"ids": []}) == []
    client.call("GET", "//tasks//task-xyz/", status=404)
    assert client.fetch("GET", "//docs/").status_code == 200


def test_a_query_does_not_matter(client: Client) -> None:
    assert client.call("GET", "/health?x=1&x=2") == {"status": "ok"}
    client.with_key(None).call("GET", f"/health?X-API-Key={KEY}", status=401)


def test_paths_are_case_sensitive(client: Client) -> None:
    client.call("GET", "/Health", status=404)


def test_every_answer_has_an_id_of_its_own(client: Client) -> None:
    ids = {client.send("GET", "/health").headers["X-Request-Id"] for _ in range(5)}
    assert len(ids) == 5


def test_it_can_be_mounted_under_any_path_of_another_application(make_app: MakeApp) -> None:
    outer = Starlette(routes=[Mount("/crm", app=make_app())])
    with connected(outer, prefix="/crm") as client:
        (jane,) = client.create("contacts", {"externalId": "1"})
        assert client.sync("contacts", {"externalId": "1"})["1"][0] == jane
        assert client.call("GET", "//health/") == {"status": "ok"}
        assert client.call("PATCH", "/tasks/batch", {"ids": []}) == []
        client.call("GET", "/tasks/task-xyz", status=404)
        client.call("GET", "/deals", status=404)
        client.call("GET", "/contacts", status=405)
        client.with_key(None).call("GET", "/health", status=401)


def test_under_another_path_the_reference_leads_to_itself(make_app: MakeApp) -> None:
    outer = Starlette(routes=[Mount("/some/crm", app=make_app())])
    with connected(outer, prefix="/some/crm") as client:
        document = client.fetch("GET", "/openapi.json").json()
        assert document["servers"] == [{"url": "http://crm.test/some/crm"}]
        assert client.fetch("GET", "/docs").status_code == 200
        assert client.fetch("GET", "/static/docs.css").status_code == 200
        home = client.fetch("GET", "/")
        assert home.is_redirect
        assert str(home.url.join(home.headers["location"])) == (
            "http://crm.test/some/crm/view/sign-in?next=%2F"
        )
        assert client.fetch("GET", "/livez").json() == {"status": "ok"}


def test_a_path_that_only_begins_like_the_mount_is_not_its_own(make_app: MakeApp) -> None:
    outer = Starlette(routes=[Mount("/crm", app=make_app())])
    with connected(outer) as client:
        assert client.fetch("GET", "/health").status_code == 404
        assert client.fetch("GET", "/crmhealth").status_code == 404


def test_two_can_be_mounted_side_by_side(make_app: MakeApp) -> None:
    one, other = make_app(), make_app(api_key="another-key-of-16-characters")
    outer = Starlette(routes=[Mount("/one", app=one), Mount("/other", app=other)])
    with connected(outer, prefix="/one") as client:
        client.call("GET", "/health")
    with connected(outer, prefix="/other") as client:
        client.call("GET", "/health", status=401)
        client.with_key("another-key-of-16-characters").call("GET", "/health")
