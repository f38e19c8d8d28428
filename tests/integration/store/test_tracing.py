"""From an item of a call back to what came."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from customcrm.crm.planning import Outcome
from customcrm.crm.records import Kind
from customcrm.errors import Problem
from customcrm.operations.associations import create_associations
from customcrm.operations.calls import Call, Tally, tally_of, tally_of_problems
from customcrm.operations.editing import delete_records
from customcrm.operations.explaining import Fate
from customcrm.operations.ports import Origin, Pair
from customcrm.operations.tracing import Trace, trace_item
from customcrm.store.backend import Store
from tests.integration.store.sql import run
from tests.integration.store.world import NOW, RULES, create, creation, origin, update

ACTOR = origin().actor


def traces(
    store: Store, operation: str, outcomes: Sequence[Outcome] | Tally, actor: str = ACTOR
) -> list[Trace]:
    tally = outcomes if isinstance(outcomes, Tally) else tally_of(outcomes)
    call = Call("r1", NOW, operation, 200, 1, actor, "", tally)
    return [trace_item(store, store.catalogue, call, item) for item in tally.items]


def come_again(store: Store, *records: dict[str, Any], kind: Kind = Kind.CONTACT) -> list[Outcome]:
    return creation(store, list(records), kind, NOW + timedelta(seconds=1))


def test_a_recognised_item_is_put_together_again(store: Store) -> None:
    (jane,) = create(store, {"externalId": "1", "email": "jane@acme.com", "title": "CEO"})
    came = {"externalId": "2", "email": "JANE@acme.com", "title": "CTO", "phone": "+34600111222"}
    (trace,) = traces(store, "create_contacts", come_again(store, came))
    # The title was kept, and so has left no trace.
    assert trace.values == {"externalId": "2", "email": "jane@acme.com", "phone": "+34600111222"}
    assert trace.kind is Kind.CONTACT
    assert trace.item.record_id == jane
    assert trace.change is not None
    assert trace.change.action == "linked"
    assert trace.change.at == NOW + timedelta(seconds=1)
    assert not trace.shared


def test_a_company_is_put_together_from_what_it_was_recognised_by(store: Store) -> None:
    create(store, {"externalId": "1", "website": "acme.com"}, kind=Kind.COMPANY)
    outcomes = come_again(store, {"externalId": "2", "domain": "acme.com"}, kind=Kind.COMPANY)
    (trace,) = traces(store, "create_companies", outcomes)
    assert trace.values == {"externalId": "2", "domain": "acme.com", "website": "acme.com"}
    assert trace.kind is Kind.COMPANY


def test_it_says_when_two_items_had_a_part_in_one_change(store: Store) -> None:
    create(store, {"externalId": "1", "email": "jane@acme.com"})
    outcomes = come_again(
        store,
        {"externalId": "2", "email": "jane@acme.com", "title": "CEO"},
        {"externalId": "3", "email": "jane@acme.com", "phone": "1"},
    )
    assert [one.shared for one in traces(store, "create_contacts", outcomes)] == [True, True]


def test_a_change_of_somebody_else_is_none_of_the_items(store: Store) -> None:
    create(store, {"externalId": "1", "email": "jane@acme.com"})
    outcomes = come_again(store, {"externalId": "2", "email": "jane@acme.com", "title": "CEO"})
    (trace,) = traces(store, "create_contacts", outcomes, "key:other")
    assert trace.change is None
    assert trace.values == {"externalId": "2", "email": "jane@acme.com"}


def test_an_item_that_was_not_found_tells_what_its_id_is(store: Store, database_url: str) -> None:
    gone, merged, here = create(store, *[{"externalId": str(n)} for n in range(3)])
    (company,) = create(store, {"externalId": "0"}, kind=Kind.COMPANY)
    later = NOW + timedelta(days=1)
    ana = Origin("user:ana", lambda: later, origin().new_id)
    outcomes = update(store, {"crmId": "nobody"}, {"crmId": company})
    delete_records(store, RULES[Kind.CONTACT], [gone, here], ana)
    run(database_url, "UPDATE contacts SET merged_into = :to WHERE id = :id", to=here, id=merged)
    outcomes += update(store, {"crmId": gone}, {"crmId": merged})
    told = traces(store, "update_contacts", outcomes)
    fates = [one.whereabouts.fate for one in told if one.whereabouts]
    assert fates == [Fate.UNKNOWN, Fate.OTHER_KIND, Fate.DELETED, Fate.MERGED]
    assert [one.change and (one.change.actor, one.change.at) for one in told] == [
        None,
        None,
        ("user:ana", later),
        ("user:ana", later),
    ]


@pytest.mark.parametrize(("contact", "known"), [("nobody", True), ("", False)])
def test_of_a_pair_only_its_contact_is_known(store: Store, contact: str, known: bool) -> None:  # noqa: FBT001 - a case
    (jane,) = create(store, {"externalId": "1"})
    pair = Pair(contact or jane, "nobody", {})
    (trace,) = traces(store, "create_associations", create_associations(store, [pair], origin()))
    assert (trace.whereabouts is not None) is known
    assert trace.kind is (Kind.CONTACT if known else Kind.COMPANY)


def test_a_refused_item_is_told_as_it_is(store: Store) -> None:
    tally = tally_of_problems([Problem("contacts[3].externalId", "is required")])
    (trace,) = traces(store, "create_companies", tally)
    assert trace == Trace(item=tally.items[0], kind=Kind.COMPANY)
