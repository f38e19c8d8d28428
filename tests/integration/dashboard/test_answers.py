"""What every answer bears, whatever was asked: headers, cookies, and no way out to another host."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customcrm.dashboard.routes import VIEWS
from customcrm.errors import StoreUnavailable
from tests.integration.dashboard.desk import PASSWORD, House, house

NO_PAGES = {"/view/live"}
"""What ends only with the session: it is tested on its own."""

PAGES = sorted(
    {view.path for view in VIEWS if view.method == "GET" and "{" not in view.path} - NO_PAGES
)
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/view/sign-in?next=/view/sign-in",
    "evil.example",
    "/%0d%0aset-cookie:x=1\r\nx: y",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_tells_browsers_what_not_to_do(crm: House, path: str) -> None:
    answer = crm.browser("admin").get(path)
    policy = answer.headers.get("content-security-policy", "")
    if not answer.is_redirect:
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-dns-prefetch-control"] == "off"
    assert answer.headers["x-request-id"]


def test_a_page_can_be_asked_for_without_its_body(crm: House) -> None:
    answer = crm.browser("admin").fetch("HEAD", "/view/contacts")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/view/contacts", "/view/contact/x?direction=INBOUND&q=a%20b"])
def test_whoever_is_signed_out_comes_back_to_what_they_asked_for(crm: House, path: str) -> None:
    answer = crm.browser().get(path)
    assert answer.headers["location"] == f"/view/sign-in?next={quote(path, safe='')}"
    form = {"email": "ana@example.com", "password": PASSWORD, "next": path}
    answer = crm.browser().post("/view/sign-in", form)
    assert answer.status_code == 303
    assert answer.headers["location"] == path


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nobody_is_sent_elsewhere(crm: House, path: str) -> None:
    form = {"email": "ana@example.com", "password": PASSWORD, "next": path}
    assert crm.browser().post("/view/sign-in", form).headers["location"] == "/"
    assert crm.browser("admin").get(f"/view/sign-in?next={quote(path)}").headers["location"] == "/"
    browser = crm.browser("admin")
    answer = browser.post("/view/tasks", {**browser.form, "subject": "", "back": path})
    assert answer.headers["location"] in {"/view/tasks", path if path.startswith("/view") else ""}


def test_the_cookie_is_for_the_server_alone(crm: House) -> None:
    form = {"email": "ana@example.com", "password": PASSWORD}
    cookie = crm.browser().post("/view/sign-in", form).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    browser = crm.browser("member")
    cookie = browser.post("/view/sign-out", browser.form).headers["set-cookie"]
    assert "Max-Age=0" in cookie
    assert browser.get("/").headers["location"].startswith("/view/sign-in")


def test_over_https_the_cookie_is_for_https_alone(tmp_path: Path) -> None:
    with house(tmp_path, public_url="https://crm.example/sales") as crm:
        form = {"email": "ana@example.com", "password": PASSWORD}
        answer = crm.browser().post("/view/sign-in", form)
        assert "Secure" in answer.headers["set-cookie"]
        assert "Path=/sales" in answer.headers["set-cookie"]
        assert answer.headers["location"] == "/sales/"
        # A proxy calls the server by another name than the world does.
        outside = {"origin": "https://crm.example"}
        assert crm.browser().post("/view/sign-in", form, outside).status_code == 303


def test_wrong_passwords_are_told_the_same_and_slowed_down(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        told = set()
        for email in ("ana@example.com", "nobody@example.com", "not an email"):
            answer = crm.browser().post("/view/sign-in", {"email": email, "password": "wrong one"})
            assert answer.status_code == 401
            told.add("The email or the password is wrong." in answer.text)
        assert told == {True}
        form = {"email": "ana@example.com", "password": "another wrong one"}
        statuses = [crm.browser().post("/view/sign-in", form).status_code for _ in range(30)]
        assert statuses[-1] == 429
        assert "Too many attempts" in crm.browser().post("/view/sign-in", form).text


def test_a_form_sent_twice_makes_one_task(crm: House) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "subject": "Call back", "once": "form_1"}
    for _ in range(2):
        assert browser.post("/view/tasks", form).status_code == 303
    assert browser.get("/view/tasks?state=undated").text.count('class="name"') == 1


def test_a_form_that_is_too_large_or_none_at_all_is_refused(crm: House) -> None:
    browser = crm.browser("member")
    large = {**browser.form, "subject": "x" * 1_100_000}
    assert browser.post("/view/tasks", large).status_code == 403
    kind = {"content-type": "application/json", "origin": "http://crm.example"}
    assert browser.fetch("POST", "/view/tasks", b"{}", kind).status_code == 403
    many = b"&".join(b"a=1" for _ in range(1_000))
    kind["content-type"] = "application/x-www-form-urlencoded"
    assert browser.fetch("POST", "/view/tasks", many, kind).status_code == 403
    assert browser.fetch("POST", "/view/tasks", b"subject=%ff%fe", kind).status_code == 403


NAMES = ("q", "owner", "campaign", "channel", "replied", "engaged", "sort", "at", "col", "prop",
         "value", "created_from", "updated_to", "company", "type", "direction", "changes", "tasks",
         "state", "since", "operation", "failed", "contacted", "connected",
         "step", "replied_after", "contacted_in", "owned", "name", "page", "count", "done",
         "next")  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(PAGES),
    query=st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30)), max_size=6),
)
def test_no_query_breaks_a_page(crm: House, path: str, query: list[tuple[str, str]]) -> None:
    told = "&".join(f"{name}={quote(value.encode('utf-8', 'replace'))}" for name, value in query)
    assert crm.browser("admin").get(f"{path}?{told}").status_code in {200, 303, 404}


@pytest.mark.parametrize(
    "cookie",
    ["customcrm_session=", 'customcrm_session="', "=;;;=", "customcrm_session=\x7f", "a" * 5000],
)
def test_no_cookie_breaks_a_page(crm: House, cookie: str) -> None:
    answer = crm.browser().fetch("GET", "/", headers={"cookie": cookie})
    assert answer.headers["location"].startswith("/view/sign-in")


@pytest.mark.parametrize(
    "path",
    [
        "/view/call/99999999999999999999999",
        "/view/call/-1",
        "/view/call/x",
        "/view/call/٣",
        "/view/contact/%00",
        "/view/contact/..%2f..",
        "/view/nothing/of/that/kind",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(crm: House, path: str) -> None:
    answer = crm.browser("member").get(path)
    assert answer.status_code == 404
    assert "Nothing here" in answer.text


def test_a_database_that_is_away_is_told_on_a_page(
    crm: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable

    browser = crm.browser("member")
    monkeypatch.setattr(type(crm.store), "read_accounts", away)
    answer = browser.get("/view/contacts")
    assert answer.status_code == 503
    assert "The database is away" in answer.text


def test_a_fault_of_ours_tells_nothing_of_it(
    crm: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("in line 7 of secret.py")

    browser = crm.browser("member")
    monkeypatch.setattr(type(crm.store), "read_accounts", broken)
    answer = browser.get("/view/contacts")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "internal_error" in caplog.text


def test_a_crm_of_ones_own_has_the_guide_and_the_calls_alone(tmp_path: Path) -> None:
    with house(tmp_path, own_backend=True) as crm:
        browser = crm.browser("admin")
        assert "Waiting for Enginy" in browser.get("/").text
        assert "/view/contacts" not in browser.get("/").text
        assert browser.get("/view/calls").status_code == 200
        assert browser.get("/view/contacts").status_code == 404
        assert browser.get("/view/contact/contact_1").status_code == 404
