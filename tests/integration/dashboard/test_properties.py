"""Properties: what an admin says of them, and where it shows."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from customcrm.crm.records import CONTACT_RULES, Kind
from customcrm.dashboard.properties import MAX_ROWS
from customcrm.operations import properties
from customcrm.operations.browsing.cards import PropertyName
from customcrm.operations.properties import MAX_LABEL
from customcrm.operations.records import create_records, update_records
from tests.integration.dashboard.desk import KEY, ORIGIN, Browser, House, house

ODD = "a & b = <c>\n?#ü"


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("stocked")) as one:
        fill(one)
        yield one


def fill(crm: House) -> None:
    """Thirty contacts; each property is one's of some of them."""
    people: list[dict[str, Any]] = [
        {
            "externalId": f"e{n}",
            "firstName": f"Ada {n}",
            "email": f"ada{n}@example.com",
            **({"mood": ["warm", "cold", "hot"][n % 3]} if n >= 10 else {}),
            **({"score": n} if n % 2 else {}),
            **({ODD: ODD} if n == 7 else {}),
        }
        for n in range(30)
    ]
    made = create_records(crm.store, CONTACT_RULES, people, ORIGIN)
    crm.store.project_pending()
    engaged = [{"crmId": one.record_id, "engaged_by": "Yes"} for one in made[:4]]
    update_records(crm.store, CONTACT_RULES, engaged, ORIGIN)
    crm.store.project_pending()


def text(answer: httpx.Response) -> str:
    assert answer.status_code == 200
    return unescape(answer.text)


def of(name: str, path: str = "/view/property") -> str:
    return f"{path}?kind=contact&name={quote(name)}"


def say(browser: Browser, path: str, name: str, **said: str) -> httpx.Response:
    form = {**browser.form, "kind": "contact", "name": name, **said}
    return browser.post(f"/view/{path}", form)


def columns(browser: Browser) -> list[str]:
    """The columns that the list of contacts offers."""
    page = text(browser.get("/view/contacts"))
    return re.findall(r'name="col" value="([^"]*)"', page)


@pytest.mark.parametrize("name", ["firstName", "email", "mood", "score", "engaged_by", ODD])
def test_every_number_is_that_of_the_list_it_leads_to(stocked: House, name: str) -> None:
    browser = stocked.browser("member")
    for path in ("/view/property", "/view/property/facts"):
        page = text(browser.get(of(name, path)))
        found = re.search(r'href="(/view/contacts\?prop=[^"]*)">(\d+) contacts?<', page)
        assert found is not None
        listed = text(browser.get(f"{found[1]}&count=exact"))
        assert f"{found[2]} contact" in listed
        assert int(found[2]) == len(set(re.findall(r"/view/contact/(\w+)", listed)))


def test_what_records_hold_is_seen(stocked: House) -> None:
    browser = stocked.browser("member")
    page = text(browser.get(of("mood", "/view/property/facts")))
    assert {one for one in ("hot", "cold", "warm") if one in page} == {"hot", "cold", "warm"}
    assert ">choice<" in page
    assert ">number<" in text(browser.get(of("score", "/view/property/facts")))
    page = text(browser.get("/view/properties"))
    assert page.index(">Standard<") < page.index(">Engagement<") < page.index(">Custom<")
    assert page.index(">Engagement<") < page.index(">engaged_by<") < page.index(">Custom<")


def test_the_other_kind_has_properties_of_its_own(stocked: House) -> None:
    browser = stocked.browser("admin")
    assert "mood" not in text(browser.get("/view/properties?kind=company"))
    assert browser.get("/view/property?kind=company&name=mood").status_code == 404
    assert browser.get("/view/properties?kind=lead").status_code == 404


def test_a_label_is_what_everybody_reads(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        fill(crm)
        admin, member = crm.browser("admin"), crm.browser("member")
        assert say(admin, "property", "mood", label="Temper").is_redirect
        assert say(admin, "property", "email", label="Address").is_redirect
        contact = crm.store.catalogue.cards_by_id(Kind.CONTACT, ids(crm, "e10"))
        record = f"/view/contact/{next(iter(contact))}"
        assert '<dt title="mood">Temper</dt>' in text(member.get(record))
        page = text(member.get("/view/contacts?col=mood&col=email"))
        assert "Mood" not in page
        headings = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
        assert headings == ["Temper", "Address"]


def ids(crm: House, external_id: str) -> list[str]:
    read = crm.store.read
    return list(read(lambda r: r.ids_by_external_id(Kind.CONTACT, [external_id])).values())


def test_what_is_hidden_is_folded_away_and_not_offered(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        fill(crm)
        admin = crm.browser("admin")
        record = f"/view/contact/{ids(crm, 'e10')[0]}"
        assert "Hidden properties" not in text(admin.get(record))
        assert "mood" in columns(admin)
        assert say(admin, "property/shown", "mood", on="no").is_redirect
        page = text(admin.get(record))
        assert page.index("Hidden properties") < page.index('title="mood"')
        assert "mood" not in columns(admin)
        # Whoever has a link to a list with it goes on to see it.
        assert "warm" in text(admin.get("/view/contacts?col=mood&prop=mood&value=warm"))
        assert say(admin, "property/shown", "mood", on="yes").is_redirect
        assert "Hidden properties" not in text(admin.get(record))


def test_properties_stand_in_the_order_that_they_are_given(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        fill(crm)
        admin = crm.browser("admin")

        def order() -> list[str]:
            page = text(admin.get("/view/properties"))
            names = re.findall(r'<code class="[^"]*" title="([^"]*)"', page)
            return [name for name in names if name in {"mood", "score", "leadScore"}]

        assert order() == ["leadScore", "mood", "score"]
        assert say(admin, "property/move", "score", to="up").is_redirect
        assert order() == ["leadScore", "score", "mood"]
        assert say(admin, "property", "mood", place="first").is_redirect
        assert order() == ["mood", "leadScore", "score"]
        assert say(admin, "property", "leadScore", place="after score").is_redirect
        assert order() == ["mood", "score", "leadScore"]
        assert say(admin, "property/move", "mood", to="up").is_redirect
        assert order() == ["mood", "score", "leadScore"]
        page = text(admin.get(f"/view/contact/{ids(crm, 'e11')[0]}"))
        assert page.index('title="mood"') < page.index('title="score"')


def test_a_property_made_by_hand_is_there_at_once_and_can_be_taken_back(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        fill(crm)
        admin = crm.browser("admin")
        made = {"kind": "contact", "name": "renewal", "label": "Renewal day", "type": "date"}
        assert admin.post("/view/properties", {**admin.form, **made}).is_redirect
        record = f"/view/contact/{ids(crm, 'e10')[0]}"
        assert '<dt title="renewal">Renewal day</dt>' in text(admin.get(record))
        assert "renewal" in columns(admin)
        assert "No contact has it yet." in text(admin.get(of("renewal")))
        again = admin.post("/view/properties", {**admin.form, **made})
        assert again.status_code == 422
        assert "is the name of a property already" in again.text
        assert say(admin, "property/forget", "renewal").is_redirect
        assert admin.get(of("renewal")).status_code == 404
        assert "renewal" not in columns(admin)


@pytest.mark.parametrize("name", ["", "crmId", "externalId", "mood", "lastActivityDate"])
def test_a_name_that_cannot_be_had_is_refused_with_the_form(stocked: House, name: str) -> None:
    admin = stocked.browser("admin")
    answer = say(admin, "properties", name, label="Kept")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="Kept"' in answer.text


def test_what_cannot_be_kept_is_refused_with_the_form(stocked: House) -> None:
    admin = stocked.browser("admin")
    answer = say(admin, "property", "mood", label="x" * (MAX_LABEL + 1))
    assert answer.status_code == 422
    answer = say(admin, "property", "mood", label="Kept", type="choice", choices="\n \n")
    assert answer.status_code == 422
    assert 'value="Kept"' in answer.text
    assert 'title="mood">Kept' not in admin.get("/view/properties").text


def test_the_filter_of_a_choice_offers_its_choices(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        fill(crm)
        admin = crm.browser("admin")
        said = {"type": "choice", "choices": "hot\r\nwarm\r\n"}
        assert say(admin, "property", "mood", **said).is_redirect
        page = text(admin.get("/view/contacts?prop=mood&value=cold"))
        values = re.search(r'<select class="input" name="value">(.*?)</select>', page, re.DOTALL)
        assert values is not None
        assert re.findall(r"<option[^>]*>([^<]*)<", values[1]) == [
            "any value",
            "hot",
            "warm",
            "cold",
        ]
        assert "<option selected>cold</option>" in values[1]


def test_numbers_stand_right(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        fill(crm)
        admin = crm.browser("admin")
        columns = "/view/contacts?col=mood&col=score&prop=mood"
        page = text(admin.get(columns))
        assert '<td class="number" data-label="Score">' in page
        assert '<td class="" data-label="Mood">' in page
        assert say(admin, "property", "score", type="text").is_redirect
        assert say(admin, "property", "mood", type="number").is_redirect
        page = text(admin.get(columns))
        assert '<td class="number" data-label="Mood">' in page
        assert '<td class="number" data-label="Score">' not in page


def synced(browser: Browser) -> dict[str, Any]:
    """What Enginy gets of a contact that it knows by its id alone."""
    answer = browser.fetch(
        "POST",
        "/contacts/sync",
        b'{"contacts": [{"externalId": "e11"}]}',
        {"x-api-key": KEY, "content-type": "application/json"},
    )
    found: dict[str, Any] = answer.raise_for_status().json()["results"][0]["properties"]
    return found


def test_what_goes_back_at_sync_is_chosen_here(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        fill(crm)
        admin = crm.browser("admin")
        assert synced(admin) == {"email": "ada11@example.com"}
        assert say(admin, "property/returned", "mood", on="yes").is_redirect
        assert synced(admin) == {"email": "ada11@example.com", "mood": "hot"}
        assert say(admin, "property/returned", "email", on="no").is_redirect
        assert synced(admin) == {"mood": "hot"}
        page = text(admin.get("/view/properties"))
        assert "An admin has chosen these" in page
        assert "CUSTOMCRM_RETURN_CONTACTS" in page
        form = {**admin.form, "kind": "contact"}
        assert admin.post("/view/properties/as-set", form).is_redirect
        assert synced(admin) == {"email": "ada11@example.com"}
        assert "An admin has chosen these" not in text(admin.get("/view/properties"))


def test_a_member_sees_everything_and_changes_nothing(stocked: House) -> None:
    member = stocked.browser("member")
    for path in ("/view/properties", of("mood")):
        page = text(member.get(path))
        assert 'role="switch"' not in page
        assert 'action="/view/propert' not in page
    for path in ("property", "property/returned", "property/shown", "property/move"):
        assert say(member, path, "mood", on="no", label="Mine").status_code == 403
    assert "Mine" not in text(member.get("/view/properties"))


def test_who_changed_what_is_told(tmp_path: Path) -> None:
    with house(tmp_path) as crm:
        fill(crm)
        admin = crm.browser("admin")
        assert say(admin, "property", "mood", label="Temper", type="text").is_redirect
        page = " ".join(text(crm.browser("member").get(of("mood"))).split())
        assert "Changed by Ana Ruiz" in page
        assert '<span class="faint">Label</span> <span class="now">Temper</span>' in page


def test_of_very_many_a_search_finds_those_that_are_not_shown(
    crm: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [PropertyName(f"field {number:04}", "custom") for number in range(MAX_ROWS + 50)]
    monkeypatch.setattr(crm.store.catalogue, "property_names", lambda _: names)
    browser = crm.browser("admin")
    page = text(browser.get("/view/properties"))
    assert page.count("<tr class=") == MAX_ROWS
    assert "more are not shown" in page
    page = text(browser.get(f"/view/properties?q=FIELD+{MAX_ROWS + 49:04}"))
    assert page.count("<tr class=") == 1
    assert "Nothing matches" in text(browser.get("/view/properties?q=nothing+like+it"))


def test_what_is_more_than_many_is_counted_when_somebody_asks(
    stocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(properties, "COUNTED", 7)
    browser = stocked.browser("member")
    for path in ("/view/property/facts", "/view/property"):
        page = text(browser.get(of("mood", path)))
        assert "more than 7 contacts" in page
        assert f'href="{of("mood")}&count=exact"' in page
        exact = text(browser.get(f"{of('mood', path)}&count=exact"))
        assert ">20 contacts<" in exact
        assert "Show total" not in exact
    monkeypatch.setattr(properties, "COUNTED", 20)
    assert ">20 contacts<" in text(browser.get(of("mood")))


def test_a_name_with_every_character_is_reached_from_the_page(stocked: House) -> None:
    admin = stocked.browser("admin")
    page = text(admin.get("/view/properties"))
    assert f'href="{of(ODD)}"'.replace("%20", "+") in page.replace("%20", "+")
    # A browser sends the end of a line in its own way.
    sent = {**admin.form, "kind": "contact", "name": ODD.replace("\n", "\r\n"), "on": "no"}
    assert admin.post("/view/property/shown", sent).is_redirect
    assert "No: it is folded away" in text(stocked.browser("member").get(of(ODD)))
