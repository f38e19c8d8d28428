"""What somebody does who means harm, or has an old page open."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import parse_qsl

import pytest

from customcrm.dashboard import gate
from customcrm.dashboard.lists import MAX_NAMES
from customcrm.dashboard.routes import VIEWS
from customcrm.operations.accounts import sessions
from customcrm.operations.accounts.links import invite, reset_link
from customcrm.operations.accounts.people import Role
from customcrm.operations.browsing.cards import PropertyName
from tests.integration.dashboard.desk import ORIGIN, PASSWORD, House, house

NEW_PASSWORD = "four purple kettles whistling"
PATIENCE = 10
"""Seconds after which a page will not come any more."""


@pytest.mark.parametrize(
    "origin", ["http://[", "http://crm.example:99999", "http://crm.example:x", "http://", "null"]
)
def test_an_origin_that_is_none_is_not_ours_and_no_fault(crm: House, origin: str) -> None:
    form = {"email": "ana@example.com", "password": PASSWORD}
    assert crm.browser().post("/view/sign-in", form, {"origin": origin}).status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://crm.example:81",
        "http://crm.example.evil.example",
        "http://evil@crm.example",
        "http://evil.example/crm.example",
    ],
)
def test_a_host_that_looks_like_ours_is_not(crm: House, origin: str) -> None:
    form = {"email": "ana@example.com", "password": PASSWORD}
    assert crm.browser().post("/view/sign-in", form, {"origin": origin}).status_code == 403


@pytest.mark.parametrize("public_url", ["https://CRM.Example", "https://crm.example:443/sales"])
def test_a_public_url_may_be_spelled_as_browsers_do_not(tmp_path: Path, public_url: str) -> None:
    with house(tmp_path, public_url=public_url) as crm:
        form = {"email": "ana@example.com", "password": PASSWORD}
        told = {"origin": "https://crm.example", "host": "127.0.0.1:3456"}
        assert crm.browser().post("/view/sign-in", form, told).status_code == 303


def test_a_link_works_for_who_is_signed_in_already(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        secret = reset_link(crm.store, crm.people["member"].id, ORIGIN)
        browser = crm.browser("member")
        assert browser.get(f"/view/link/{secret}").status_code == 200
        form = {"password": NEW_PASSWORD}
        assert browser.post(f"/view/link/{secret}", form).status_code == 303


@pytest.mark.parametrize("role", [None, "Member", "owner", "ADMIN", "admin "])
def test_a_role_that_is_none_takes_nobodys_access(crm: House, role: str | None) -> None:
    tom, browser = crm.people["member"], crm.browser("admin")
    form = browser.form if role is None else {**browser.form, "role": role}
    assert browser.post(f"/view/team/{tom.id}/role", form).status_code == 422
    assert crm.browser("member").get("/view/account").status_code == 200


def test_who_is_no_admin_any_more_does_nothing_from_an_old_page(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        eve, _ = invite(crm.store, "Eve", "eve@example.com", Role.MEMBER, ORIGIN)
        old = crm.browser("admin")
        new = crm.browser("admin")
        tom = crm.people["member"].id
        assert new.post(f"/view/team/{tom}/role", {**new.form, "role": "admin"}).is_redirect
        ana = crm.people["admin"].id
        assert new.post(f"/view/team/{ana}/role", {**new.form, "role": "member"}).is_redirect
        for path in (f"{eve.id}/role", f"{eve.id}/link", f"{eve.id}/remove", "invite"):
            form = {**old.form, "role": "admin", "name": "Eve", "email": "eve2@example.com"}
            assert old.post(f"/view/team/{path}", form).status_code == 403
        assert old.post("/view/keys", old.form).status_code == 403


def test_nobody_ends_the_sessions_of_others(crm: House) -> None:
    admin, member = crm.browser("admin"), crm.browser("member")
    ana = crm.people["admin"]
    theirs = crm.store.read_accounts(lambda reader: reader.sessions(ana.id))
    for one in theirs:
        member.post(f"/view/account/sessions/{one.id}/end", member.form)
    assert admin.get("/view/account").status_code == 200


def test_nobody_gives_themselves_a_role(crm: House) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "name": "Tom Becker", "zone": "UTC", "role": "admin", "id": "x"}
    assert browser.post("/view/account/profile", form).is_redirect
    assert browser.get("/view/team").status_code == 403


def test_ids_that_nobody_has_are_cut_before_they_are_kept(crm: House) -> None:
    browser = crm.browser("member")
    long = "y" * 90_000
    form = {**browser.form, "subject": "cut me", "owner": long, "contact": long, "once": long}
    location = browser.post("/view/tasks", {**form, "back": f"/{long}"}).headers["location"]
    assert location.startswith("/view/tasks?state=undated#task_")
    assert "yy" not in location
    assert len(browser.get("/view/tasks?state=undated").text) < len(long)


def test_guesses_keep_nobodys_page_waiting(crm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    guessed = Event()

    def slow(*_: object) -> bool:
        assert guessed.wait(PATIENCE)
        return False

    monkeypatch.setattr(sessions, "matches", slow)
    member, guesser = crm.browser("member"), crm.browser()
    with ThreadPoolExecutor(9) as threads:
        forms = [{"email": f"guess{number}@example.com", "password": "x"} for number in range(8)]
        guesses = [threads.submit(guesser.post, "/view/sign-in", form) for form in forms]
        page = threads.submit(member.get, "/view/account")
        try:
            assert page.result(PATIENCE / 2).status_code == 200
            assert not any(one.done() for one in guesses)
        finally:
            guessed.set()
        assert {one.result().status_code for one in guesses} == {401}


def test_a_part_of_a_page_that_is_asked_for_too_late_leads_to_signing_in(crm: House) -> None:
    answer = crm.browser().get("/view/contacts?q=a", {"hx-request": "true"})
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/view/sign-in?next=%2Fview%2Fcontacts%3Fq%3Da"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text == ""


def test_nobody_has_a_large_form_read(crm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def watched(text: str, **_: object) -> list[tuple[str, str]]:
        read.append(len(text))
        return parse_qsl(text, keep_blank_values=True)

    monkeypatch.setattr(gate, "parse_qsl", watched)
    large = {"email": "é" * 30_000, "password": "x", "subject": "x"}
    assert crm.browser().post("/view/sign-in", large).status_code == 403
    assert crm.browser().post("/view/tasks", large).status_code == 401
    assert max(read) < gate.MAX_DOOR_FORM
    member = crm.browser("member")
    text = {**member.form, "subject": "long", "description": "é" * 20_000}
    assert member.post("/view/tasks", text).is_redirect


def test_a_list_does_not_grow_with_the_names_of_properties(
    crm: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [PropertyName(f"p{number:05}", "custom") for number in range(10_000)]
    catalogue = type(crm.store.catalogue)
    monkeypatch.setattr(catalogue, "property_names", lambda *_: names)
    page = crm.browser("member").get("/view/contacts?col=p09999&prop=p05000").text
    assert page.count('type="checkbox"') < MAX_NAMES + 50
    assert page.count('value="p09999"') == 3
    assert 'value="p05000" selected' in page


async def receives_until_answered(crm: House, path: str, headers: dict[str, str]) -> list[int]:
    """How many bytes of an endless form are read before it is answered, and the status."""
    read, status = 0, 0

    async def receive() -> dict[str, Any]:
        nonlocal read
        read += 10_000
        return {"type": "http.request", "body": b"x" * 10_000, "more_body": True}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    kind = {"host": "crm.example", "content-type": "application/x-www-form-urlencoded"}
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(n.encode(), v.encode()) for n, v in {**kind, **headers}.items()],
        "client": ("203.0.113.9", 50_000),
        "server": ("127.0.0.1", 3456),
    }
    await crm.app(scope, receive, send)
    return [read, status]


POSTS = sorted(
    {view.path.replace("{", "").replace("}", "") for view in VIEWS if view.method == "POST"}
)


def test_no_body_of_somebody_who_is_not_signed_in_is_read(crm: House) -> None:
    portal = crm.browser().portal
    ours = {"origin": "http://crm.example"}
    for path in POSTS:
        anybodys = path in {"/view/sign-in", "/view/link/secret"}
        for headers in (ours, {**ours, "cookie": "customcrm_session=nobody"}):
            read, status = portal.call(receives_until_answered, crm, path, headers)
            assert read <= (40_000 if anybodys else 0), path
            assert status in ({403} if anybodys else {401}), path
        read, status = portal.call(receives_until_answered, crm, path, {"origin": "http://x"})
        assert (read <= 40_000, status) == (True, 403), path


def test_a_form_of_a_member_is_read_up_to_its_limit(crm: House) -> None:
    browser = crm.browser("member")
    headers = {"origin": "http://crm.example", "cookie": f"customcrm_session={browser.secret}"}
    read, status = browser.portal.call(receives_until_answered, crm, "/view/tasks", headers)
    assert gate.MAX_FORM < read <= gate.MAX_FORM + 10_000
    assert status == 403
