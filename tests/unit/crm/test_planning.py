"""The plan of a batch, case by case."""

from typing import Any

from customcrm.crm.match_keys import MatchKey
from customcrm.crm.planning import (
    Draft,
    Effect,
    Outcome,
    Plan,
    PossibleDuplicate,
    draft,
    plan_creates,
    plan_updates,
    strong_keys,
)
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Record, Rules
from customcrm.crm.revision import Action
from tests.unit.fakes import FakeIds

Values = dict[str, Any]

EMAIL_A = MatchKey("email", "a@acme.com")
LINKEDIN_A = MatchKey("linkedinUrl", "in/a")


def plan(
    *records: Values,
    names: dict[str, Record] | None = None,
    keys: dict[MatchKey, Record] | None = None,
    rules: Rules = CONTACT_RULES,
) -> Plan:
    """What a create of these contacts does, where these are stored."""
    ids = FakeIds()
    drafts = [draft(rules, record) for record in records]
    holders = {key: [record] for key, record in (keys or {}).items()}
    return plan_creates(rules, drafts, names or {}, holders, lambda: ids("contact"))


def test_a_null_says_nothing() -> None:
    one = draft(CONTACT_RULES, {"externalId": "1", "email": "a@acme.com", "title": None})
    assert one == Draft("1", {"email": "a@acme.com"}, (EMAIL_A,))


def test_employee_count_is_another_name_of_number_of_employees() -> None:
    assert draft(COMPANY_RULES, {"externalId": "1", "employeeCount": 7}).values == {
        "numberOfEmployees": 7
    }
    both = {"employeeCount": 7, "numberOfEmployees": 8}
    assert draft(COMPANY_RULES, {"externalId": "1", **both}).values == both
    assert draft(CONTACT_RULES, {"externalId": "1", "employeeCount": 7}).values == {
        "employeeCount": 7
    }


def test_only_strong_keys_link_and_each_is_looked_for_once() -> None:
    record = {
        "externalId": "1",
        "email": "a@acme.com",
        "linkedinUrl": "linkedin.com/in/a",
        "phone": "+34600111222",
        "firstName": "Jane",
        "lastName": "Doe",
        "company": "Acme",
    }
    drafts = [draft(CONTACT_RULES, record)] * 2
    assert strong_keys(CONTACT_RULES, drafts) == [EMAIL_A, LINKEDIN_A]


def test_a_new_record_is_created() -> None:
    planned = plan({"externalId": "1", "email": "a@acme.com", "custom": [1]})
    assert planned.outcomes == [Outcome("1", "contact_000001", Effect.CREATED)]
    (revision,) = planned.created
    assert revision.properties == {"email": "a@acme.com", "custom": [1]}
    assert list(revision.external_ids) == ["1"]
    assert not planned.changed
    assert not planned.duplicates


def test_a_known_external_id_takes_what_is_supplied() -> None:
    stored = Record("contact_0", {"title": "CEO", "city": "Bilbao"})
    planned = plan({"externalId": "1", "title": "CTO"}, names={"1": stored})
    assert planned.outcomes == [Outcome("1", "contact_0", Effect.UPDATED)]
    (revision,) = planned.changed
    assert revision.properties == {"title": "CTO", "city": "Bilbao"}
    assert list(revision.external_ids) == []


def test_a_known_external_id_with_nothing_new_changes_nothing() -> None:
    stored = Record("contact_0", {"title": "CEO"})
    planned = plan({"externalId": "1", "title": "CEO", "city": None}, names={"1": stored})
    assert planned.outcomes == [Outcome("1", "contact_0", Effect.UNCHANGED)]
    assert not planned.created
    assert not planned.changed


def test_a_known_strong_key_gains_a_name_and_only_blank_fields() -> None:
    stored = Record("contact_0", {"email": "a@acme.com", "title": "CEO", "city": " "})
    sent = {"externalId": "2", "email": "A@Acme.com", "title": "CTO", "city": "Bilbao", "age": 7}
    planned = plan(sent, keys={EMAIL_A: stored})
    assert planned.outcomes == [Outcome("2", "contact_0", Effect.LINKED, "email")]
    (revision,) = planned.changed
    assert revision.action is Action.LINKED
    assert list(revision.external_ids) == ["2"]
    assert revision.properties == {
        "email": "a@acme.com",
        "title": "CEO",
        "city": "Bilbao",
        "age": 7,
    }


def test_the_stronger_key_wins_and_the_pair_is_noted() -> None:
    by_email = Record("contact_9", {"email": "a@acme.com"})
    by_linkedin = Record("contact_0", {"linkedinUrl": "linkedin.com/in/a"})
    planned = plan(
        {"externalId": "2", "email": "a@acme.com", "linkedinUrl": "linkedin.com/in/a"},
        keys={EMAIL_A: by_email, LINKEDIN_A: by_linkedin},
    )
    assert planned.outcomes == [Outcome("2", "contact_9", Effect.LINKED, "email")]
    assert planned.duplicates == {PossibleDuplicate("contact_0", "contact_9", "linkedinUrl")}


def test_an_external_id_wins_over_every_key_and_the_pair_is_noted() -> None:
    named, keyed = Record("contact_9", {}), Record("contact_0", {"email": "a@acme.com"})
    planned = plan(
        {"externalId": "2", "email": "a@acme.com"}, names={"2": named}, keys={EMAIL_A: keyed}
    )
    assert planned.outcomes == [Outcome("2", "contact_9", Effect.UPDATED)]
    assert planned.duplicates == {PossibleDuplicate("contact_0", "contact_9", "email")}


def test_a_deleted_record_comes_back_when_its_external_id_does() -> None:
    stored = Record("contact_0", {"title": "CEO"}, deleted=True)
    planned = plan({"externalId": "1", "title": "CEO"}, names={"1": stored})
    assert planned.outcomes == [Outcome("1", "contact_0", Effect.UPDATED)]
    assert [revision.action for revision in planned.changed] == [Action.RESTORED]


def test_inside_a_batch_the_same_holds() -> None:
    planned = plan(
        {"externalId": "1", "email": "a@acme.com", "title": "CEO"},
        {"externalId": "1", "title": "CTO"},
        {"externalId": "2", "email": "a@acme.com", "title": "CFO", "city": "Bilbao"},
        {"externalId": "1", "title": "CTO"},
    )
    one = "contact_000001"
    assert planned.outcomes == [
        Outcome("1", one, Effect.CREATED),
        Outcome("1", one, Effect.UPDATED),
        Outcome("2", one, Effect.LINKED, "email"),
        Outcome("1", one, Effect.UNCHANGED),
    ]
    (revision,) = planned.created
    assert list(revision.external_ids) == ["1", "2"]
    assert revision.properties == {"email": "a@acme.com", "title": "CTO", "city": "Bilbao"}


def test_an_update_merges_and_null_clears() -> None:
    stored = Record("contact_0", {"title": "CEO", "city": "Bilbao", "engaged": "Yes"})
    planned = plan_updates(
        CONTACT_RULES,
        [("contact_0", {"title": None, "city": "Vitoria", "new": 1})],
        {"contact_0": stored},
        {},
    )
    assert planned.outcomes == [Outcome("contact_0", "contact_0", Effect.UPDATED)]
    (revision,) = planned.changed
    assert revision.properties == {"city": "Vitoria", "engaged": "Yes", "new": 1}


def test_a_failing_update_does_not_disturb_the_others() -> None:
    planned = plan_updates(
        COMPANY_RULES,
        [("nobody", {"name": "A"}), ("gone", {"name": "B"}), ("company_0", {"name": "C"})],
        {"gone": Record("gone", {}, deleted=True), "company_0": Record("company_0", {})},
        {},
    )
    assert planned.outcomes == [
        Outcome("nobody", "", Effect.FAILED, "Company not found"),
        Outcome("gone", "", Effect.FAILED, "Company not found"),
        Outcome("company_0", "company_0", Effect.UPDATED),
    ]
    assert [revision.id for revision in planned.changed] == ["company_0"]


def test_updates_of_one_record_are_applied_in_order() -> None:
    planned = plan_updates(
        CONTACT_RULES,
        [("merged", {"title": "CEO", "city": "Bilbao"}), ("contact_0", {"title": None})],
        dict.fromkeys(["merged", "contact_0"], Record("contact_0", {})),
        {},
    )
    assert [outcome.record_id for outcome in planned.outcomes] == ["contact_0", "contact_0"]
    (revision,) = planned.changed
    assert revision.properties == {"city": "Bilbao"}


def test_an_update_that_carries_a_free_external_id_names_the_record() -> None:
    planned = plan_updates(
        CONTACT_RULES,
        [("contact_0", {"externalId": "1"}), ("contact_0", {"externalId": "1"})],
        {"contact_0": Record("contact_0", {})},
        {},
    )
    assert [outcome.effect for outcome in planned.outcomes] == [Effect.UPDATED, Effect.UNCHANGED]
    (revision,) = planned.changed
    assert list(revision.external_ids) == ["1"]
    assert revision.properties == {}
    assert not planned.duplicates


def test_an_update_does_not_take_an_external_id_from_another_record() -> None:
    planned = plan_updates(
        CONTACT_RULES,
        [("contact_1", {"externalId": "1", "title": "CEO"})],
        {"contact_1": Record("contact_1", {})},
        {"1": Record("contact_0", {})},
    )
    assert [revision.id for revision in planned.changed] == ["contact_1"]
    assert list(planned.changed[0].external_ids) == []
    assert planned.duplicates == {PossibleDuplicate("contact_0", "contact_1", "externalId")}


def test_an_update_that_names_a_deleted_records_external_id_does_not_revive_it() -> None:
    planned = plan_updates(
        CONTACT_RULES,
        [("contact_1", {"externalId": "1", "title": "CEO"})],
        {"contact_1": Record("contact_1", {})},
        {"1": Record("contact_0", {}, deleted=True)},
    )
    assert [revision.id for revision in planned.changed] == ["contact_1"]


def test_one_person_ten_thousand_times_in_a_batch_is_one_record() -> None:
    planned = plan(*({"externalId": f"{n}", "email": "a@acme.com"} for n in range(10_000)))
    assert [len(revision.external_ids) for revision in planned.created] == [10_000]
