"""The list of records that may be two in one."""

from customcrm.crm.records import CONTACT_RULES, Kind
from customcrm.operations.records import create_records
from customcrm.store.duplicates.doubts import note_doubts
from customcrm.store.work_tables import DERIVATIONS
from tests.integration.dashboard.desk import ORIGIN, House


def doubtful(crm: House, name: str) -> str:
    sent = [{"externalId": name, "firstName": name, "email": f"info@{name}.example"}]
    record = create_records(crm.store, CONTACT_RULES, sent, ORIGIN)[0].record_id
    crm.store.project_pending()
    crm.store._write(  # noqa: SLF001 - only the update of older data notes them
        lambda connection: note_doubts(connection, Kind.CONTACT, {record: "sharedKey"}, 1)
    )
    return record


def test_a_record_is_listed_dismissed_and_listed_again(crm: House) -> None:
    record = doubtful(crm, "ann-<b>")
    browser = crm.browser("member")
    assert "1 record may be two in one" in browser.get("/view/duplicates").text
    page = browser.get("/view/duplicates/joined").text
    assert f"/view/contact/{record}?changes=yes" in page
    assert "Joined by a shared mailbox or domain" in page
    assert "<b>" not in page.split('aria-label="Records that may be two"')[1].split("</section>")[0]
    form = {**browser.form, "kind": "contact", "record": record, "back": "/view/duplicates/joined"}
    answer = browser.post("/view/duplicates/joined/dismiss", form)
    assert answer.status_code == 303
    assert record not in browser.get("/view/duplicates/joined").text
    assert browser.post("/view/duplicates/joined/dismiss", form).status_code == 303
    assert browser.post("/view/duplicates/joined/suggest", form).status_code == 303
    assert record in browser.get("/view/duplicates/joined").text
    assert browser.get("/view/duplicates/joined?kind=company").status_code == 200


def test_a_kind_that_does_not_exist_is_not_understood(crm: House) -> None:
    answer = crm.browser("member").get("/view/duplicates/joined?kind=robots")
    assert answer.status_code == 200
    assert "kind" in answer.text


def test_the_first_page_and_setup_say_how_far_the_update_is(crm: House) -> None:
    doubtful(crm, "bob")
    browser = crm.browser("admin")
    assert "older record" not in browser.get("/").text
    begun = (
        DERIVATIONS.update()
        .where(DERIVATIONS.c.noun == "contacts")
        .values(completed_at=None, total=1_200, done=300)
    )
    crm.store._write(lambda connection: connection.execute(begun))  # noqa: SLF001
    for page in ("/", "/view/setup"):
        assert "Updating 1,200 older records: 25% done" in browser.get(page).text
    done = DERIVATIONS.update().values(completed_at=ORIGIN.clock())
    crm.store._write(lambda connection: connection.execute(done))  # noqa: SLF001
    assert "older record" not in browser.get("/").text
