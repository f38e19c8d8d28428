"""Jobs in bulk as the tests of the store ask for them, run them and look at them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.bulk.asking import (
    start_job,
    undo_job,
)
from customcrm.operations.bulk.jobs import Deed, Job, JobWriter, Selection, Verb
from customcrm.operations.bulk.runner import JobRunner
from customcrm.operations.bulk.steps import claim, take_step
from customcrm.operations.nouns import Noun
from customcrm.store.backend import Store
from tests.integration.store.world import (
    NOW,
    RULES,
    create,
    origin,
    people,
    properties,
)

ANA = "user:user_ana"
TO_TOM = Deed(Verb.SET, "ownerId", "tom")
DELETE = Deed(Verb.DELETE)


def asked(
    store: Store, deed: Deed, ids: list[str] | None = None, noun: Noun = Noun.CONTACT, **where: Any
) -> Job:
    """A job asked for by Ana: on these, or on all that a list shows."""
    selection = Selection(cards=CardFilter(**where)) if ids is None else Selection(ids=tuple(ids))
    return start_job(store, noun, deed, selection, origin(actor=ANA))


def run_all(store: Store, at: datetime = NOW) -> None:
    JobRunner(store, RULES.__getitem__, lambda: at).run_pending()


def now(store: Store, job: Job) -> Job:
    found = store.read_jobs(lambda reader: reader.job(job.id))
    assert found is not None
    return found


def step(store: Store, size: int, name: str = "one", at: datetime = NOW) -> Job | None:
    def work(writer: JobWriter) -> Job | None:
        job = claim(writer, name, at)
        return job and take_step(writer, job, RULES.__getitem__, at, size)

    return store.write_jobs(work)


def undone(store: Store, job: Job, at: datetime = NOW + timedelta(hours=1)) -> Job:
    undo = undo_job(store, job.id, origin(at))
    assert undo is not None
    run_all(store, at)
    return now(store, undo)


def owners(store: Store, ids: list[str], kind: Kind = Kind.CONTACT) -> list[Any]:
    return [properties(store, one, kind).get("ownerId") for one in ids]


@pytest.fixture
def crowd(store: Store) -> list[str]:
    """Five contacts, two of them Ana's, with cards."""
    ids = create(store, *[{**one, "ownerId": "ana"} for one in people(2, "ana")], *people(3))
    store.project_pending()
    return ids
