"""Who gets to see and do what: every route, for every kind of caller."""

import re
from typing import Final, NamedTuple

import pytest

from customcrm.dashboard.routes import VIEWS
from tests.integration.dashboard.desk import PASSWORD, House

SIGN_IN: Final = "sign in"
SIGNED_OUT: Final = "401"
FORBIDDEN: Final = "403"
SHOWN: Final = "200"
DONE: Final = "303"
UNKNOWN: Final = "404"
REFUSED: Final = "problem"


class Comes(NamedTuple):
    """What must come for whom."""

    nobody: str
    member: str
    admin: str


def _page(found: str = SHOWN) -> Comes:
    return Comes(SIGN_IN, found, found)


def _deed(found: str = DONE) -> Comes:
    return Comes(SIGNED_OUT, found, found)


def _page_of_admins(found: str = SHOWN) -> Comes:
    return Comes(SIGN_IN, FORBIDDEN, found)


def _deed_of_admins(found: str = DONE) -> Comes:
    return Comes(SIGNED_OUT, FORBIDDEN, found)


# Ids in these paths are of nobody: who may look is told so, and who may not learns nothing.
TABLE: Final = {
    ("GET", "/"): _page(),
    ("GET", "/view/sign-in"): Comes(SHOWN, DONE, DONE),
    ("POST", "/view/sign-in"): Comes(REFUSED, REFUSED, REFUSED),
    ("POST", "/view/sign-out"): _deed(),
    ("GET", "/view/link/{secret}"): Comes(UNKNOWN, UNKNOWN, UNKNOWN),
    ("POST", "/view/link/{secret}"): Comes(UNKNOWN, UNKNOWN, UNKNOWN),
    ("GET", "/view/find"): _page(),
    ("GET", "/view/live"): _page(UNKNOWN),
    ("GET", "/view/contacts"): _page(),
    ("GET", "/view/companies"): _page(),
    ("GET", "/view/contacts/new"): _page(),
    ("POST", "/view/contacts/new"): _deed(REFUSED),
    ("GET", "/view/companies/new"): _page(),
    ("POST", "/view/companies/new"): _deed(REFUSED),
    ("GET", "/view/choices"): _page(),
    ("GET", "/view/bin"): _page(),
    ("GET", "/view/contact/{id}"): _page(UNKNOWN),
    ("GET", "/view/contact/{id}/json"): _page(UNKNOWN),
    ("GET", "/view/contact/{id}/edit"): _page(UNKNOWN),
    ("POST", "/view/contact/{id}/edit"): _deed(UNKNOWN),
    ("GET", "/view/contact/{id}/origins"): _page(UNKNOWN),
    ("GET", "/view/contact/{id}/link"): _page(UNKNOWN),
    ("POST", "/view/contact/{id}/link"): _deed(UNKNOWN),
    ("POST", "/view/contact/{id}/unlink"): _deed(UNKNOWN),
    ("POST", "/view/contact/{id}/delete"): _deed(UNKNOWN),
    ("POST", "/view/contact/{id}/restore"): _deed(UNKNOWN),
    ("POST", "/view/contact/{id}/revert"): _deed(UNKNOWN),
    ("GET", "/view/company/{id}"): _page(UNKNOWN),
    ("GET", "/view/company/{id}/json"): _page(UNKNOWN),
    ("GET", "/view/duplicates"): _page(),
    ("POST", "/view/duplicates/dismiss"): _deed(),
    ("POST", "/view/duplicates/suggest"): _deed(),
    ("POST", "/view/duplicates/search"): _deed_of_admins(),
    ("GET", "/view/duplicates/joined"): _page(),
    ("POST", "/view/duplicates/joined/dismiss"): _deed(),
    ("POST", "/view/duplicates/joined/suggest"): _deed(),
    ("GET", "/view/duplicates/{kind}/{first}/{second}"): _page(UNKNOWN),
    ("POST", "/view/duplicates/{kind}/{first}/{second}"): _deed(UNKNOWN),
    ("GET", "/view/merge/{kind}/{id}"): _page(UNKNOWN),
    ("POST", "/view/merge/{kind}/{id}/undo"): _deed(UNKNOWN),
    ("GET", "/view/campaigns"): _page(),
    ("GET", "/view/campaign"): _page(),
    ("GET", "/view/company/{id}/edit"): _page(UNKNOWN),
    ("POST", "/view/company/{id}/edit"): _deed(UNKNOWN),
    ("GET", "/view/company/{id}/origins"): _page(UNKNOWN),
    ("GET", "/view/company/{id}/link"): _page(UNKNOWN),
    ("POST", "/view/company/{id}/link"): _deed(UNKNOWN),
    ("POST", "/view/company/{id}/unlink"): _deed(UNKNOWN),
    ("POST", "/view/company/{id}/delete"): _deed(UNKNOWN),
    ("POST", "/view/company/{id}/restore"): _deed(UNKNOWN),
    ("POST", "/view/company/{id}/revert"): _deed(UNKNOWN),
    ("GET", "/view/tasks"): _page(),
    ("POST", "/view/tasks"): _deed(),
    ("GET", "/view/task/{id}"): _page(UNKNOWN),
    ("GET", "/view/task/{id}/json"): _page(UNKNOWN),
    ("POST", "/view/task/{id}/complete"): _deed(UNKNOWN),
    ("POST", "/view/task/{id}/reopen"): _deed(UNKNOWN),
    ("GET", "/view/task/{id}/edit"): _page(UNKNOWN),
    ("POST", "/view/task/{id}/edit"): _deed(UNKNOWN),
    ("POST", "/view/task/{id}/delete"): _deed(UNKNOWN),
    ("POST", "/view/task/{id}/restore"): _deed(UNKNOWN),
    ("POST", "/view/task/{id}/revert"): _deed(UNKNOWN),
    ("POST", "/view/bulk"): _deed(),
    ("POST", "/view/bulk/start"): _deed(),
    ("GET", "/view/export/{noun}"): _page(UNKNOWN),
    ("POST", "/view/views"): _deed(),
    ("POST", "/view/views/{id}/change"): _deed(UNKNOWN),
    ("POST", "/view/views/{id}/update"): _deed(UNKNOWN),
    ("POST", "/view/views/{id}/pin"): _deed(UNKNOWN),
    ("POST", "/view/views/{id}/copy"): _deed(UNKNOWN),
    ("POST", "/view/views/{id}/delete"): _deed(UNKNOWN),
    ("POST", "/view/views/{id}/restore"): _deed(UNKNOWN),
    ("GET", "/view/jobs"): _page(),
    ("GET", "/view/job/{id}"): _page(UNKNOWN),
    ("POST", "/view/job/{id}/cancel"): _deed(UNKNOWN),
    ("POST", "/view/job/{id}/undo"): _deed(UNKNOWN),
    ("GET", "/view/activities"): _page(),
    ("GET", "/view/activity/{id}"): _page(UNKNOWN),
    ("GET", "/view/activity/{id}/json"): _page(UNKNOWN),
    ("GET", "/view/activity/{id}/body"): _page(UNKNOWN),
    ("GET", "/view/properties"): _page(),
    ("POST", "/view/properties"): _deed_of_admins(UNKNOWN),
    ("POST", "/view/properties/as-set"): _deed_of_admins(UNKNOWN),
    ("GET", "/view/property"): _page(UNKNOWN),
    ("POST", "/view/property"): _deed_of_admins(UNKNOWN),
    ("GET", "/view/property/facts"): _page(UNKNOWN),
    ("POST", "/view/property/returned"): _deed_of_admins(UNKNOWN),
    ("POST", "/view/property/shown"): _deed_of_admins(UNKNOWN),
    ("POST", "/view/property/move"): _deed_of_admins(UNKNOWN),
    ("POST", "/view/property/forget"): _deed_of_admins(UNKNOWN),
    ("GET", "/view/calls"): _page(),
    ("GET", "/view/call/{number}"): _page(UNKNOWN),
    ("GET", "/view/matching"): _page(),
    ("POST", "/view/matching"): _deed(REFUSED),
    ("POST", "/view/matching/chain"): _deed_of_admins(REFUSED),
    ("GET", "/view/account"): _page(),
    ("POST", "/view/account/profile"): _deed(REFUSED),
    ("POST", "/view/account/password"): _deed(REFUSED),
    ("POST", "/view/account/sessions/{id}/end"): _deed(),
    ("GET", "/view/styleguide"): _page(),
    ("GET", "/view/setup"): _page_of_admins(),
    ("POST", "/view/keys"): _deed_of_admins(SHOWN),
    ("POST", "/view/keys/{id}/revoke"): _deed_of_admins(),
    ("GET", "/view/team"): _page_of_admins(),
    ("POST", "/view/team/invite"): _deed_of_admins(REFUSED),
    ("POST", "/view/team/{id}/role"): _deed_of_admins(REFUSED),
    ("POST", "/view/team/{id}/link"): _deed_of_admins(UNKNOWN),
    ("POST", "/view/team/{id}/remove"): _deed_of_admins(UNKNOWN),
    ("GET", "/view/{rest:path}"): _page(UNKNOWN),
}

CALLERS: Final = ("nobody", "member", "admin")


def came(crm: House, who: str, method: str, path: str) -> str:
    browser = crm.browser(who)
    where = re.sub(
        r"\{number\}", "4711", re.sub(r"\{(id|noun|secret|rest:path)\}", "of_nobody", path)
    )
    answer = browser.get(where) if method == "GET" else browser.post(where, browser.form)
    if answer.is_redirect:
        return SIGN_IN if answer.headers["location"].startswith("/view/sign-in?next=") else DONE
    if answer.status_code in {400, 409, 422} or (
        path == "/view/sign-in" and method == "POST" and answer.status_code in {401, 403}
    ):
        return REFUSED
    return str(answer.status_code)


def test_no_route_is_missing_from_the_table() -> None:
    assert {(view.method, view.path) for view in VIEWS} == set(TABLE)


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize(("method", "path"), TABLE)
def test_what_comes(crm: House, who: str, method: str, path: str) -> None:
    assert came(crm, who, method, path) == getattr(TABLE[method, path], who)


@pytest.mark.parametrize(
    "path", [path for method, path in TABLE if method == "POST" and path != "/view/link/{secret}"]
)
def test_a_form_of_another_site_does_nothing(crm: House, path: str) -> None:
    where = path.replace("{id}", "of_nobody")
    browser = crm.browser("admin")
    form = browser.form
    foreign = {"origin": "https://evil.example"}
    assert browser.post(where, form, headers=foreign).status_code == 403
    assert browser.post(where, form, headers={"origin": "null"}).status_code == 403
    assert browser.post(where, form, headers={"origin": ""}).status_code == 403
    same = {"sec-fetch-site": "cross-site"}
    assert browser.post(where, form, headers=same).status_code == 403
    if path != "/view/sign-in":
        assert browser.post(where, {**form, "csrf": "guessed"}).status_code == 403
        assert browser.post(where, {}).status_code == 403


def test_a_page_to_sign_in_that_was_open_all_the_while_still_works(crm: House) -> None:
    form = {"email": "ana@example.com", "password": PASSWORD, "next": "/view/tasks"}
    answer = crm.browser("member").post("/view/sign-in", form)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/view/tasks"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_is_taken(crm: House, method: str) -> None:
    for path in ("/", "/view/contacts", "/view/team"):
        answer = crm.browser("admin").fetch(method, path)
        assert answer.status_code == 405
        assert "GET" in answer.headers["allow"]


def test_an_ended_session_is_nobody(crm: House) -> None:
    browser = crm.browser()
    browser.secret = "guessed"
    assert browser.get("/").headers["location"].startswith("/view/sign-in")
