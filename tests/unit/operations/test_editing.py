"""What people change by hand, on a CRM in memory."""

from typing import Any

import pytest

from customcrm.crm.records import CONTACT_RULES
from customcrm.errors import Conflict, EditConflict, RecordGone
from customcrm.operations.editing import Edit, delete_records, edit_record, restore_records
from customcrm.operations.records import create_records, read_records, sync_records, update_records
from tests.unit.fakes import fake_origin
from tests.unit.memory_backend import MemoryBackend

RULES = CONTACT_RULES


class Crm:
    """A contact, and the verbs of those who look after it."""

    def __init__(self) -> None:
        self.backend = MemoryBackend()
        self.origin = fake_origin()
        self.ana = self.create(externalId="ana", email="ana@acme.example", title="CEO")

    def create(self, **record: Any) -> str:
        return create_records(self.backend, RULES, [record], self.origin)[0].record_id

    def edit(self, *edits: Edit) -> dict[str, Any]:
        return edit_record(self.backend, RULES, self.ana, edits, self.origin).properties

    def properties(self) -> dict[str, Any]:
        (found,) = read_records(self.backend, RULES.kind, [self.ana])
        return found.record.properties

    def found_by(self, email: str) -> list[str]:
        sent = [{"externalId": "?", "email": email}]
        return [one.record_id for one in sync_records(self.backend, RULES, sent, self.origin)]

    def delete(self, *ids: str) -> list[str]:
        return delete_records(self.backend, RULES, ids, self.origin)

    def restore(self, *ids: str) -> list[str]:
        return restore_records(self.backend, RULES, ids, self.origin)


@pytest.fixture
def crm() -> Crm:
    return Crm()


def test_values_change_and_all_others_stay(crm: Crm) -> None:
    now = crm.edit(Edit("title", "CEO", "CTO"), Edit("city", None, "Bilbao"))
    assert (
        now == crm.properties() == {"email": "ana@acme.example", "title": "CTO", "city": "Bilbao"}
    )


def test_a_value_is_cleared_by_none(crm: Crm) -> None:
    assert "title" not in crm.edit(Edit("title", "CEO", None))


def test_a_new_email_is_what_the_record_is_found_by(crm: Crm) -> None:
    crm.edit(Edit("email", "ana@acme.example", "ana@new.example"))
    assert crm.found_by("ana@new.example") == [crm.ana]
    assert crm.found_by("ana@acme.example") == []


def test_nothing_is_stored_where_one_of_the_values_has_changed_meanwhile(crm: Crm) -> None:
    update_records(crm.backend, RULES, [{"crmId": crm.ana, "title": "CTO"}], crm.origin)
    with pytest.raises(EditConflict) as caught:
        crm.edit(Edit("title", "CEO", "COO"), Edit("city", None, "Bilbao"))
    assert caught.value.conflicts == (Conflict("title", "CEO", "CTO", "COO"),)
    assert crm.properties() == {"email": "ana@acme.example", "title": "CTO"}


def test_two_who_mend_the_same_mistake_agree(crm: Crm) -> None:
    crm.edit(Edit("title", "CEO", "CTO"))
    assert crm.edit(Edit("title", "CEO", "CTO"))["title"] == "CTO"


def test_a_value_that_is_as_it_was_seen_but_for_its_type_has_changed(crm: Crm) -> None:
    crm.edit(Edit("level", None, 1))
    with pytest.raises(EditConflict):
        crm.edit(Edit("level", seen=True, value=2))


def test_blank_text_is_as_good_as_no_value(crm: Crm) -> None:
    crm.edit(Edit("city", None, " "))
    assert crm.edit(Edit("city", None, "Bilbao"))["city"] == "Bilbao"


def test_what_was_never_there_cannot_be_edited(crm: Crm) -> None:
    with pytest.raises(RecordGone):
        edit_record(crm.backend, RULES, "contact_none", [Edit("a", None, 1)], crm.origin)


def test_a_deleted_record_is_found_by_nothing_and_comes_back_whole(crm: Crm) -> None:
    before = crm.properties()
    assert crm.delete(crm.ana, "contact_none") == [crm.ana]
    assert crm.delete(crm.ana) == []
    assert crm.found_by("ana@acme.example") == []
    with pytest.raises(RecordGone):
        crm.edit(Edit("title", "CEO", "CTO"))
    assert crm.restore(crm.ana, "contact_none") == [crm.ana]
    assert crm.restore(crm.ana) == []
    assert crm.found_by("ana@acme.example") == [crm.ana]
    assert crm.properties() == before


def test_an_id_named_twice_is_deleted_once(crm: Crm) -> None:
    assert crm.delete(crm.ana, crm.ana) == [crm.ana]
