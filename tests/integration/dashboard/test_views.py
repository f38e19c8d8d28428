"""Saved views: who sees them, who may change them, and what of an address they keep."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from customcrm.dashboard.selecting import LISTS, query_of
from customcrm.dashboard.views import KEYS, saved_of
from customcrm.operations.nouns import Noun
from customcrm.operations.views import MAX_VIEWS, View
from tests.integration.dashboard.desk import Browser, House, house

NASTY = '"><script>alert(1)</script>'


@pytest.fixture
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("views")) as one:
        yield one


def saved(browser: Browser, name: str = "Waiting", **more: str) -> str:
    """The id of a view that was saved by a form."""
    form = {**browser.form, "noun": "contact", "name": name, "query": "?replied=waiting&at=x"}
    answer = browser.post("/view/views", {**form, **more})
    assert answer.status_code == 303
    return parse_qs(urlsplit(answer.headers["location"]).query)["view"][0]


def do(browser: Browser, view: str, deed: str, **more: str) -> int:
    return browser.post(f"/view/views/{view}/{deed}", {**browser.form, **more}).status_code


@pytest.mark.parametrize(
    ("query", "noun", "kept"),
    [
        ("?sort=-name&q=a%20b&at=x&count=exact&view=v", Noun.CONTACT, "q=a%20b&sort=-name"),
        ("prop=x&to=9&from=1&value=", Noun.CONTACT, "prop=x&from=1&to=9"),
        ("evil=1&prop=tier&value=gold&prop=x&value=", Noun.COMPANY, "prop=tier&value=gold&prop=x"),
        ("col=b&col=a&owner=", Noun.CONTACT, "col=b&col=a"),
        ("state=done&owner=u&q=a&prop=x", Noun.TASK, "state=done&owner=u"),
        (f"q={NASTY}", Noun.CONTACT, "q=%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E"),
    ],
)
def test_only_what_a_list_knows_is_kept(query: str, noun: Noun, kept: str) -> None:
    assert saved_of(query_of(query), noun) == kept
    assert saved_of(query_of(kept), noun) == kept


@pytest.mark.parametrize("noun", [Noun.CONTACT, Noun.COMPANY])
def test_whatever_a_list_is_filtered_by_is_kept(crm: House, noun: Noun) -> None:
    page = crm.browser("member").get(LISTS[noun]).text
    toolbar = page.partition('<form class="toolbar"')[2].partition("</form>")[0]
    asked = set(re.findall(r'name="(\w+)"', toolbar)) - {"prop", "value", "from", "to"}
    assert {"q", "owned", "contacted", "col"} <= asked <= set(KEYS[noun])


def test_a_view_is_opened_as_its_address_and_says_when_it_differs(crm: House) -> None:
    browser = crm.browser("member")
    view = saved(browser, NASTY)
    page = browser.get(f"/view/contacts?replied=waiting&view={view}").text
    assert NASTY not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "· changed" not in page
    assert "· changed" in browser.get(f"/view/contacts?replied=yes&view={view}").text


def test_a_view_is_pinned_while_it_is_saved(crm: House) -> None:
    browser = crm.browser("member")
    saved(browser, "Not at the side")
    view = saved(browser, "At the side", pinned="yes")
    assert [one.id for one in crm.store.views.pinned(crm.people["member"].id)] == [view]


def test_a_view_is_its_owners_until_it_is_shared(crm: House) -> None:
    member, admin = crm.browser("member"), crm.browser("admin")
    view = saved(member)
    assert "Waiting" in member.get("/view/contacts").text
    assert f"view={view}" not in admin.get("/view/contacts").text
    for deed in ("change", "update", "pin", "copy", "delete"):
        assert do(admin, view, deed, name="Mine") == 404
    assert do(member, view, "change", name="For all", shared="yes") == 303
    assert "For all" in admin.get("/view/contacts").text
    assert "For all" not in admin.get("/view/companies").text


def test_of_shared_views_admins_may_change_all_and_members_their_own(crm: House) -> None:
    member, admin = crm.browser("member"), crm.browser("admin")
    theirs, ours = saved(admin, shared="yes"), saved(member, shared="yes")
    for deed in ("change", "update", "delete"):
        assert do(member, theirs, deed, name="Mine") == 403
    assert do(admin, ours, "change", name="Better", shared="yes") == 303
    assert do(member, theirs, "copy") == 303
    assert "Waiting (copy)" in member.get("/view/contacts").text
    assert "Waiting (copy)" not in admin.get("/view/contacts").text


def test_a_pinned_view_is_at_the_side_of_every_page(crm: House) -> None:
    member, admin = crm.browser("member"), crm.browser("admin")
    view = saved(admin, shared="yes")
    assert do(member, view, "pin", pinned="yes") == 303
    assert do(member, view, "pin", pinned="yes") == 303
    assert member.get("/view/tasks").text.count(f"view={view}") == 1
    assert f"view={view}" not in admin.get("/view/tasks").text
    # Shared no more, it is at nobody else's side.
    do(admin, view, "change", name="Mine")
    assert f"view={view}" not in member.get("/view/tasks").text
    do(admin, view, "pin", pinned="yes")
    do(admin, view, "pin", pinned="no")
    assert f"view={view}" not in admin.get("/view/tasks").text


def test_updated_deleted_and_brought_back(crm: House) -> None:
    browser = crm.browser("member")
    view = saved(browser)
    assert do(browser, view, "update", query="q=ada&sort=name") == 303
    kept = crm.store.views.view(crm.people["member"].id, view)
    assert kept is not None
    assert kept.query == "q=ada&sort=name"
    assert do(browser, view, "delete") == 303
    assert f"view={view}" not in browser.get("/view/contacts").text
    assert do(browser, view, "delete") == 404
    assert do(browser, view, "restore") == 303
    assert f"view={view}" in browser.get("/view/contacts").text


@pytest.mark.parametrize(
    ("name", "query"),
    [
        (" ", "q=a"),
        ("x" * 101, "q=a"),
        ("Long", "&".join(f"col={'c' * 250}{n}" for n in range(12))),
    ],
)
def test_what_cannot_be_saved_is_said(crm: House, name: str, query: str) -> None:
    browser = crm.browser("member")
    form = {**browser.form, "noun": "contact", "name": name, "query": query}
    answer = browser.post("/view/views", form)
    assert answer.status_code == 303
    assert "customcrm_toast" in answer.headers["set-cookie"]
    assert crm.store.views.views(crm.people["member"].id, Noun.CONTACT) == []


@pytest.mark.parametrize("path", ["", "/{view}/update"])
@pytest.mark.parametrize("many", ["x=" + "y" * 8_000, "&".join(["x=y"] * 200)])
def test_a_list_with_too_many_filters_is_not_saved_in_part(
    crm: House, path: str, many: str
) -> None:
    me, browser = crm.people["member"].id, crm.browser("member")
    before = crm.store.views.view(me, saved(browser))
    assert before is not None
    form = {**browser.form, "noun": "contact", "name": "Cut", "query": f"?q=a&{many}&owner=me"}
    answer = browser.post(f"/view/views{path.format(view=before.id)}", form)
    assert answer.status_code == 303
    assert "customcrm_toast" in answer.headers["set-cookie"]
    assert crm.store.views.views(me, Noun.CONTACT) == [before]


def test_nobody_has_more_than_they_may(crm: House) -> None:
    me, browser = crm.people["member"].id, crm.browser("member")
    for number in range(MAX_VIEWS):
        view = View(f"view_{number}", me, Noun.COMPANY, "Many", "")
        assert crm.store.views.add_view(view, crm.people["member"].created_at, MAX_VIEWS)
    form = {**browser.form, "noun": "contact", "name": "One more", "query": "q=a"}
    assert "view=" not in browser.post("/view/views", form).headers["location"]
