"""What is explained is what then happens, and explaining changes nothing."""

import json
from itertools import count
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customcrm.crm.explanation import Verdict
from customcrm.crm.planning import Effect
from customcrm.crm.records import Kind, Record
from customcrm.operations.editing import delete_records
from customcrm.operations.explaining import (
    MAX_HOLDERS,
    Explanation,
    Fate,
    explain_id,
    explain_record,
)
from customcrm.operations.records import create_records, sync_records
from customcrm.store.backend import Store
from tests.integration.store.sql import everything, run
from tests.integration.store.world import RULES, create, creation, origin, update

Values = dict[str, Any]

IDS: Final = ["1-MARK", "2-MARK", "3-MARK", "4-MARK"]
ODD: Final[list[Any]] = [None, "", " ", 0, 1, True, 1.0, [1], {"a": 1}, "x"]
POOLS: Final[dict[Kind, dict[str, list[Any]]]] = {
    Kind.CONTACT: {
        "email": ["a@acmeMARK.com", " B@AcmeMARK.com", "b@acmeMARK.com", "no email", None],
        "linkedinUrl": ["linkedin.com/in/aMARK", "https://uk.linkedin.com/in/AMARK/", 7],
        "phone": ["+346MARK01", "6MARK01", "6MARK02", ""],
        "mobilePhone": ["00346MARK02", "call me"],
        "leadCountry": ["Spain", None],
        "firstName": ["Jane", "J.", "Joe"],
        "lastName": ["Doe"],
        "company": ["AcmeMARK, Inc.", "acmeMARK"],
        "leadScore": ODD,
    },
    Kind.COMPANY: {
        "domain": ["aMARK.com", "https://www.bMARK.com/x", "gmail.com", None],
        "website": ["bMARK.com", "no website"],
        "linkedinUrl": ["linkedin.com/company/aMARK", "linkedin.com/in/aMARK"],
        "name": ["AcmeMARK", "acmeMARK Inc.", "&"],
        "employeeCount": ODD,
        "numberOfEmployees": ODD,
        "accountTier": ["gold", ""],
    },
}
"""Small pools, so that everything meets everything. Each example has a mark of its own, and so
meets nothing of the others."""


def records_of(kind: Kind) -> st.SearchStrategy[Values]:
    optional = {field: st.sampled_from(pool) for field, pool in POOLS[kind].items()}
    return st.fixed_dictionaries({"externalId": st.sampled_from(IDS)}, optional=optional)


PASTS: Final = {
    kind: st.tuples(
        st.lists(records_of(kind), max_size=5),
        st.sets(st.integers(0, 4), max_size=2),
        st.none() | st.tuples(st.integers(0, 4), st.integers(0, 4)),
        records_of(kind),
    )
    for kind in Kind
}
TABLES: Final = {
    Kind.CONTACT: ("contacts", "contact_keys"),
    Kind.COMPANY: ("companies", "company_keys"),
}


def merge(url: str, kind: Kind, gone: str, survivor: str) -> None:
    table, keys = TABLES[kind]
    run(url, f"UPDATE {table} SET merged_into = :to WHERE id = :id", to=survivor, id=gone)  # noqa: S608
    run(url, f"DELETE FROM {keys} WHERE record_id = :id", id=gone)  # noqa: S608


def past(store: Store, url: str, kind: Kind, told: Any) -> Values:
    """Let a past have happened; the record that comes now."""
    records, deleted, merged, now = told
    ids = list(dict.fromkeys(create(store, one, kind=kind)[0] for one in records))
    delete_records(store, RULES[kind], [ids[n] for n in deleted if n < len(ids)], origin())
    if merged and max(merged) < len(ids) and merged[0] != merged[1]:
        merge(url, kind, ids[merged[0]], ids[merged[1]])
    return dict(now)


def stored(store: Store, kind: Kind, record_id: str) -> Record:
    return store.read(lambda reader: reader.records_by_id(kind, [record_id]))[record_id]


def assert_it_happens(store: Store, kind: Kind, record: Values, told: Explanation) -> None:
    """Have the record looked for and then created, as Enginy does."""
    expected = [told.synced] if told.synced else []
    assert sync_records(store, RULES[kind], [record], origin()) == expected
    before: dict[str, Any] = {}
    if told.outcome.record_id:
        before = dict(stored(store, kind, told.outcome.record_id).properties)
    (outcome,) = create_records(store, RULES[kind], [record], origin())
    assert outcome._replace(record_id="") == told.outcome._replace(record_id="")
    assert told.outcome.record_id in {outcome.record_id, ""}
    assert (told.outcome.record_id == "") is (outcome.effect is Effect.CREATED)
    after = stored(store, kind, outcome.record_id)
    new = {name: value for name, value in told.new.items() if name != "externalId"}
    assert repr(sorted(after.properties.items())) == repr(sorted({**before, **new}.items()))
    assert told.old == {name: before[name] for name in new if name in before}
    assert not after.deleted
    if outcome.effect is not Effect.CREATED:
        assert set(store.read(lambda r: r.noted_duplicates(kind, told.doubts))) == set(told.doubts)


LINK_OF_REASON = {"sharedDomain": "domain", "sharedEmail": "email"}
"""The link of the chain whose weak key gave a pair its reason."""


def assert_steps_agree(told: Explanation) -> None:
    won = [step.link for step in told.steps if step.verdict is Verdict.WON]
    assert won == ([told.match.rule] if told.match else [])
    rivals = {step.link for step in told.steps if step.verdict is Verdict.RIVAL}
    reasons = {pair.reason for pair in (told.match.rivals if told.match else ())}
    assert rivals <= {LINK_OF_REASON.get(reason, reason) for reason in reasons}


MARKS = count(100_000)


@pytest.mark.parametrize("kind", Kind)
def test_what_is_explained_is_what_happens(store: Store, database_url: str, kind: Kind) -> None:
    @given(PASTS[kind])
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(told: Any) -> None:
        mark = str(next(MARKS))
        told = json.loads(json.dumps([*told[:1], sorted(told[1]), *told[2:]]).replace("MARK", mark))
        record = past(store, database_url, kind, told)
        explanation = explain_record(store, RULES[kind], record)
        assert_steps_agree(explanation)
        unseen = {**record, "externalId": f"unseen {mark}"}
        as_new = explain_record(store, RULES[kind], record, as_new=True)
        really_new = explain_record(store, RULES[kind], unseen)
        assert as_new.outcome._replace(id="") == really_new.outcome._replace(id="")
        assert bool(as_new.synced) is bool(really_new.synced)
        if as_new.synced and really_new.synced:
            assert as_new.synced[1:] == really_new.synced[1:]
        assert_it_happens(store, kind, record, explanation)

    holds()


def test_explaining_changes_nothing(store: Store, database_url: str) -> None:
    create(
        store,
        {"externalId": "1", "email": "a@acme.com"},
        {"externalId": "2", "linkedinUrl": "linkedin.com/in/b"},
    )
    before = everything(database_url)
    rivals = {"externalId": "3", "email": "A@acme.com", "linkedinUrl": "linkedin.com/in/b"}
    told = explain_record(store, RULES[Kind.CONTACT], {**rivals, "title": "CEO"})
    assert told.outcome.effect is Effect.LINKED
    assert told.match is not None
    assert len(told.match.rivals) == len(told.doubts) == 1
    explain_record(store, RULES[Kind.CONTACT], {"externalId": "4", "email": "new@acme.com"})
    explain_id(store, Kind.CONTACT, "nobody")
    assert everything(database_url) == before


def test_all_who_share_a_key_are_told_the_oldest_first(store: Store) -> None:
    phone = "+34600111222"
    ids = creation(store, [{"externalId": str(n), "phone": phone} for n in range(MAX_HOLDERS + 3)])
    told = explain_record(store, RULES[Kind.CONTACT], {"externalId": "x", "phone": phone})
    (step,) = [one for one in told.steps if one.link == "phone"]
    assert [one.id for one in step.tried[0].holders] == [one.record_id for one in ids[:MAX_HOLDERS]]
    assert step.tried[0].more
    few = explain_record(store, RULES[Kind.CONTACT], {"externalId": "0"})
    assert not any(tried.more for step in few.steps for tried in step.tried)
    assert told.outcome.effect is Effect.CREATED


def test_a_name_leads_to_the_living_the_deleted_and_the_merged(
    store: Store, database_url: str
) -> None:
    here, deleted, merged = create(
        store, *[{"externalId": name} for name in ("here", "deleted", "merged")]
    )
    delete_records(store, RULES[Kind.CONTACT], [deleted], origin())
    merge(database_url, Kind.CONTACT, merged, here)
    holders = {}
    for name in ("here", "deleted", "merged"):
        told = explain_record(store, RULES[Kind.CONTACT], {"externalId": name})
        holders[name] = (told.steps[0].verdict, tuple(told.steps[0].tried[0].holders[0]))
    assert holders == {
        "here": (Verdict.WON, (here, "", False, None)),
        "deleted": (Verdict.DELETED, (deleted, "", True, None)),
        "merged": (Verdict.WON, (here, merged, False, None)),
    }
    told = explain_record(store, RULES[Kind.CONTACT], {"externalId": "deleted"})
    assert told.synced is None
    assert told.restored
    assert told.outcome.record_id == deleted


def test_an_id_that_was_not_found_is_explained(store: Store, database_url: str) -> None:
    here, deleted, merged = create(store, *[{"externalId": str(n)} for n in range(3)])
    (company,) = create(store, {"externalId": "0"}, kind=Kind.COMPANY)
    delete_records(store, RULES[Kind.CONTACT], [deleted], origin())
    merge(database_url, Kind.CONTACT, merged, here)
    told = {asked: explain_id(store, Kind.CONTACT, asked)
            for asked in (here, deleted, merged, company, "nobody")}  # fmt: skip
    assert told == {
        here: (Fate.HERE, Kind.CONTACT, here, False),
        deleted: (Fate.DELETED, Kind.CONTACT, deleted, True),
        merged: (Fate.MERGED, Kind.CONTACT, here, False),
        company: (Fate.OTHER_KIND, Kind.COMPANY, company, False),
        "nobody": (Fate.UNKNOWN, Kind.CONTACT, "", False),
    }
    for asked, one in told.items():
        (outcome,) = update(store, {"crmId": asked, "title": "CEO"})
        possible = one.fate in {Fate.HERE, Fate.MERGED}
        assert (outcome.effect in {Effect.UPDATED, Effect.UNCHANGED}) is possible
