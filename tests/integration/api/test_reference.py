"""/docs, /openapi.json, and the way there."""

import re
from html.parser import HTMLParser

import pytest

from customcrm import __version__
from customcrm.contract.openapi import openapi
from customcrm.contract.operations import OPERATIONS
from tests.integration.api.client import Client
from tests.integration.api.conftest import Connect


class Page(HTMLParser):
    """What a page refers to, and which elements it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_the_description_is_made_from_the_table_of_operations(client: Client) -> None:
    response = client.with_key(None).fetch("GET", "/openapi.json")
    assert response.headers["content-type"] == "application/json"
    assert response.json() == openapi(
        version=__version__, key_header="X-API-Key", server="http://crm.test"
    )


def test_it_follows_the_settings(connect: Connect) -> None:
    client = connect(api_key_header="X-Acme-Key", public_url="https://crm.example.com/x")
    document = client.fetch("GET", "/openapi.json").json()
    assert document["components"]["securitySchemes"]["key"]["name"] == "X-Acme-Key"
    assert document["servers"] == [{"url": "https://crm.example.com/x"}]
    page = client.fetch("GET", "/docs").text
    assert "X-Acme-Key" in page
    assert "https://crm.example.com/x" in page


def test_the_page_names_every_operation_and_needs_no_key(client: Client) -> None:
    response = client.with_key(None).fetch("GET", "/docs")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<code>externalId</code>" in response.text
    assert "&lt;" not in response.text
    text = re.sub(r"<[^>]+>", " ", response.text)
    for operation in OPERATIONS:
        assert operation.summary in text
        assert re.search(rf"{operation.method}\s+{re.escape(operation.path)}\s", text)


def test_the_page_runs_no_script_and_loads_nothing_from_elsewhere(client: Client) -> None:
    response = client.fetch("GET", "/docs")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    page = Page(response.text)
    assert page.tags.isdisjoint({"script", "iframe", "object", "embed", "form", "style"})
    assert not any(name == "style" or name.startswith("on") for name, _ in page.attributes)
    links = [value for name, value in page.attributes if name in {"src", "href"}]
    assert links
    assert [link for link in links if re.match(r"(?i)\w+:|//", link)] == []


def test_every_link_of_the_page_leads_somewhere(client: Client) -> None:
    page = client.fetch("GET", "/docs")
    parsed = Page(page.text)
    anchors = {value for name, value in parsed.attributes if name == "id"}
    for link in {value for name, value in parsed.attributes if name == "href"}:
        if link.startswith("#"):
            assert link[1:] in anchors
        else:
            path = page.url.join(link).path
            assert client.fetch("GET", path).status_code == 200, link


def test_the_stylesheet_is_css(client: Client) -> None:
    response = client.fetch("GET", "/static/docs.css")
    assert response.headers["content-type"].startswith("text/css")
    assert "url(" not in response.text
    assert "@import" not in response.text


@pytest.mark.parametrize("path", ["", "/", "//"])
def test_whoever_opens_the_url_is_led_to_the_page(client: Client, path: str) -> None:
    response = client.fetch("GET", path)
    assert response.is_redirect
    assert client.fetch("GET", response.url.join(response.headers["location"]).path).is_success


@pytest.mark.parametrize("host", ['"><script>alert(1)</script>', "evil.example", "a b"])
def test_the_host_of_a_request_is_never_markup(client: Client, host: str) -> None:
    response = client.fetch("GET", "/docs", headers={"Host": host})
    assert "<script" not in response.text
