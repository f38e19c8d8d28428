"""Broken servers on which no record can be read by its id: what is wrong shows in another way."""

from collections.abc import Callable
from typing import Any

import pytest

from customcrm.checker.check import Level
from customcrm.checker.events import Status
from tests.integration.checker.broken.breaking import LABEL, PLURALS, without
from tests.integration.checker.right import RETURNED, Record, RightServer
from tests.integration.checker.running import UNMET, results_of
from tests.integration.checker.wire import Reply

Break = Callable[[RightServer, str], None]


def server_that_shows(what: str) -> RightServer:
    """A right server without the endpoints that only Enginy's demo has.

    `all`: a sync returns every property; `documented`: only those of the contract; `nothing`: none;
    `keys`: every property, but a sync looks by match keys only, not by the `externalId`.
    """
    server = RightServer()
    reads = ("POST /contacts/batch", "POST /companies/batch", "GET /activities/:id")
    server.before = lambda call: (
        Reply(404, {"error": "Not found", "message": "No such route"})
        if call.has_key and any(map(call.is_to, reads))
        else None
    )

    def returned(plural: str, record_id: str, sent: Record) -> Record:
        stored = server.records[plural][record_id]
        new = {name: value for name, value in stored.items() if value != sent.get(name)}
        known = {name: value for name, value in new.items() if name in RETURNED[plural]}
        return {"all": new, "documented": known, "nothing": {}, "keys": new}[what]

    server.does("returned", returned)
    if what == "keys":
        rightly = server.found

        def found(plural: str, record: Record, *, strongly: bool) -> str | None:
            named = (plural, str(record["externalId"]))
            if strongly or named not in server.names:
                return rightly(plural, record, strongly=strongly)
            return rightly(plural, {**record, "externalId": "nobody"}, strongly=False)

        server.does("found", found)
    return server


def creating(server: RightServer, plural: str, create: Callable[..., list[Record]]) -> None:
    rightly = server.create

    def changed(kind: str, records: list[Any]) -> list[Record]:
        return create(rightly, records) if kind == plural else rightly(kind, records)

    server.does("create", changed)


def updating(server: RightServer, plural: str, update: Callable[..., list[Record]]) -> None:
    rightly = server.update

    def changed(kind: str, records: list[Any]) -> list[Record]:
        return update(rightly, records) if kind == plural else rightly(kind, records)

    server.does("update", changed)


def answers_with_the_neighbours_id(server: RightServer, plural: str) -> None:
    def create(rightly: Any, records: list[Any]) -> list[Record]:
        results: list[Record] = rightly(plural, records)
        ids = [one["crmId"] for one in results]
        return [{**r, "crmId": i} for r, i in zip(results, [*ids[1:], ids[0]], strict=True)]

    creating(server, plural, create)


def answers_ids_sorted(server: RightServer, plural: str) -> None:
    def create(rightly: Any, records: list[Any]) -> list[Record]:
        results: list[Record] = rightly(plural, records)
        ids = sorted((one["crmId"] for one in results), reverse=True)
        return [{**r, "crmId": i} for r, i in zip(results, ids, strict=True)]

    creating(server, plural, create)


def stores_each_under_its_neighbours_name(server: RightServer, plural: str) -> None:
    def create(rightly: Any, records: list[Any]) -> list[Record]:
        names = [record.get("externalId") for record in records]
        turned = [{**r, "externalId": n} for r, n in zip(records, reversed(names), strict=True)]
        return list(reversed(rightly(plural, turned)))

    creating(server, plural, create)


def loses_all_but_the_first(server: RightServer, plural: str) -> None:
    def create(rightly: Any, records: list[Any]) -> list[Record]:
        results: list[Record] = rightly(plural, records)
        for one in results[1:]:
            server.names.pop((plural, one["externalId"]), None)
            server.records[plural][one["crmId"]] = {}
        return results

    creating(server, plural, create)


def erases_custom_properties(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        for record in records:
            stored = server.records[plural].get(record.get("crmId", ""), {})
            custom = [n for n in stored if n.startswith("check") and n not in record]
            for name in custom:
                del stored[name]
        return list(rightly(plural, records))

    updating(server, plural, update)


def erases_everything(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        for record in records:
            server.records[plural].get(record.get("crmId", ""), {}).clear()
        return list(rightly(plural, records))

    updating(server, plural, update)


def erases_the_label(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        for record in records:
            if LABEL[plural] not in record:
                server.records[plural].get(record.get("crmId", ""), {}).pop(LABEL[plural], None)
        return list(rightly(plural, records))

    updating(server, plural, update)


def stores_no_update(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        return list(
            rightly(plural, [{"crmId": r["crmId"]} if "crmId" in r else r for r in records])
        )

    updating(server, plural, update)


def drops_unknown_fields(server: RightServer, plural: str) -> None:
    updating(
        server,
        plural,
        lambda rightly, records: rightly(plural, [without("engaged_by_check")(r) for r in records]),
    )


def crosses_updates(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        ids = [record.get("crmId") for record in records]
        turned = [{**r, "crmId": i} for r, i in zip(records, reversed(ids), strict=True)]
        return list(reversed(rightly(plural, turned)))

    updating(server, plural, update)


def updates_the_first_only(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        rest = [{"crmId": r["crmId"]} if "crmId" in r else r for r in records[1:]]
        return list(rightly(plural, [*records[:1], *rest]))

    updating(server, plural, update)


def takes_null_for_absent(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        told = [{n: v for n, v in r.items() if v is not None} for r in records]
        return list(rightly(plural, told))

    updating(server, plural, update)


def applies_the_first_of_two_last(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        results: list[Record] = rightly(plural, records)
        rightly(plural, records[:1])
        return results

    updating(server, plural, update)


def ignores_what_a_repeat_says(server: RightServer, plural: str) -> None:
    def create(rightly: Any, records: list[Any]) -> list[Record]:
        known = [(plural, str(r.get("externalId"))) in server.names for r in records]
        told = [
            {"externalId": r["externalId"]} if old else r
            for r, old in zip(records, known, strict=True)
        ]
        return list(rightly(plural, told))

    creating(server, plural, create)


def overwrites_when_it_links(server: RightServer, plural: str) -> None:
    def create(rightly: Any, records: list[Any]) -> list[Record]:
        results: list[Record] = rightly(plural, records)
        for record, one in zip(records, results, strict=True):
            server.records[plural][one["crmId"]] = without("externalId")(record)
        return results

    creating(server, plural, create)


def replaces_in_a_repeat(server: RightServer, plural: str) -> None:
    def create(rightly: Any, records: list[Any]) -> list[Record]:
        for record in records:
            crm_id = server.names.get((plural, str(record.get("externalId"))), "")
            server.records[plural].get(crm_id, {}).clear()
        return list(rightly(plural, records))

    creating(server, plural, create)


FAULTS: dict[str, tuple[Break, str, str]] = {
    "wrong order": (
        answers_with_the_neighbours_id,
        "create.right-ids",
        "all documented nothing keys",
    ),
    "sorted ids": (answers_ids_sorted, "create.right-ids", "all documented nothing"),
    "neighbour's name": (
        stores_each_under_its_neighbours_name,
        "create.right-ids",
        "all documented nothing",
    ),
    "half a batch": (loses_all_but_the_first, "create.right-ids", "all documented nothing"),
    "custom fields erased": (
        erases_custom_properties,
        "update.keeps-custom-properties",
        "all keys",
    ),
    "all erased": (erases_everything, "update.keeps-custom-properties", "all documented"),
    "documented fields erased": (
        erases_everything,
        "update.leaves-others-alone",
        "all documented nothing",
    ),
    "one field erased": (erases_the_label, "update.leaves-others-alone", "all keys"),
    "no update stored": (stores_no_update, "update.stores-engagement-fields", "all keys"),
    "unknown fields dropped": (drops_unknown_fields, "update.stores-engagement-fields", "all"),
    "updates crossed": (crosses_updates, "update.right-records", "all documented nothing"),
    "first updated only": (
        updates_the_first_only,
        "update.right-records",
        "all documented nothing",
    ),
    "null ignored": (takes_null_for_absent, "update.null-clears", "all documented nothing"),
    "first of two wins": (
        applies_the_first_of_two_last,
        "update.same-id-twice",
        "all documented nothing",
    ),
    "repeat ignored": (
        ignores_what_a_repeat_says,
        "create.same-external-id-updates",
        "all documented nothing",
    ),
    "repeat replaces": (
        replaces_in_a_repeat,
        "create.keeps-custom-properties",
        "all documented nothing keys",
    ),
    "link overwrites": (
        overwrites_when_it_links,
        "create.link-keeps-values",
        "all documented nothing",
    ),
}
"""For each fault what breaks the server, the rule, and in which servers it can be seen at all."""

CASES = [
    pytest.param(fault, plural, shows, id=f"{fault}, {plural}, {shows} shown")
    for fault, (_, _, where) in FAULTS.items()
    for plural in PLURALS
    for shows in where.split()
]


@pytest.mark.parametrize(("fault", "plural", "shows"), CASES)
def test_a_fault_is_found_without_reading_records(fault: str, plural: str, shows: str) -> None:
    break_it, rule, _ = FAULTS[fault]
    server = server_that_shows(shows)
    break_it(server, plural)

    found = {one.check.id for one in results_of(server.answer, only=plural) if one.status in UNMET}

    assert f"{plural}.{rule}" in found


@pytest.mark.parametrize("shows", ["all", "documented", "nothing"])
def test_a_right_server_without_reading_fails_nothing(shows: str) -> None:
    results = results_of(server_that_shows(shows).answer)

    unmet = {one.check.id: one.broken for one in results if one.status in UNMET}
    advice = {one.check.id for one in results if one.status is Status.ADVICE}
    assert unmet.keys() == advice  # what is only returned is no failure
    skipped = [one.check for one in results if one.status is Status.SKIP]
    assert [one.id for one in skipped if one.level is Level.MUST] == []


def test_where_a_sync_shows_all_nothing_is_skipped_for_want_of_sight() -> None:
    results = results_of(server_that_shows("all").answer)
    skipped = {one.check.id for one in results if one.status is Status.SKIP}
    reading = {"contacts.update.round-trip", "companies.update.round-trip"}
    assert skipped == {"activities.read.answers", *reading}


def test_names_are_looked_at_in_a_task_where_no_contact_can_be_seen() -> None:
    server = server_that_shows("nothing")
    made = server._task  # noqa: SLF001 - a table that knows Latin only

    def task(body: Record) -> str:
        subject = body["subject"].encode("latin-1", "replace").decode("latin-1")
        return made({**body, "subject": subject})

    server.does("_task", task)
    found = {one.check.id for one in results_of(server.answer) if one.status in UNMET}
    assert "unicode.names" in found


def test_a_batch_of_which_half_is_lost_is_found() -> None:
    server = server_that_shows("nothing")

    def create(rightly: Any, records: list[Any]) -> list[Record]:
        results: list[Record] = rightly("contacts", records)
        for one in results[50:]:
            server.names.pop(("contacts", one["externalId"]))
        return results

    creating(server, "contacts", create)
    found = {one.check.id for one in results_of(server.answer) if one.status in UNMET}
    assert "large.batch-of-100" in found
