"""Servers that lose what is updated."""

from typing import Any

from tests.integration.checker.broken.breaking import (
    LABEL,
    after,
    before,
    breaks_both,
    each_result,
    only_for_success,
    says,
    without,
)
from tests.integration.checker.right import Record, RightServer
from tests.integration.checker.wire import Call, Reply


def _route(plural: str) -> str:
    return f"PUT /{plural}"


def _updating(server: RightServer, plural: str, update: Any) -> None:
    """Update so: `update(rightly, records)`."""
    rightly = server.update

    def changed(kind: str, records: list[Any]) -> list[Record]:
        if kind != plural:
            return rightly(kind, records)
        results: list[Record] = update(rightly, records)
        return results

    server.does("update", changed)


@breaks_both("update.answers")
def says_nothing_of_success(server: RightServer, plural: str) -> None:
    after(
        server,
        _route(plural),
        each_result(lambda one: without("success")(one) if one["success"] else one),
    )


@breaks_both("update.unknown-id")
def answers_404(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        alone = len(call.records(plural)) == 1 and reply.status == 200
        return says(404) if alone and not reply.json["results"][0]["success"] else reply

    after(server, _route(plural), change)


@breaks_both("update.says-why")
def does_not_say_why(server: RightServer, plural: str) -> None:
    after(server, _route(plural), each_result(without("error")))


@breaks_both("update.others-go-through")
def fails_all_for_one(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        if reply.status != 200 or len(call.records(plural)) == 1:
            return reply
        if all(one["success"] for one in reply.json["results"]):
            return reply
        failed = [{"crmId": one["crmId"], "success": False} for one in reply.json["results"]]
        return says(200, {"results": failed})

    after(server, _route(plural), change)


@breaks_both("update.in-order")
def answers_backwards(server: RightServer, plural: str) -> None:
    after(server, _route(plural), only_for_success(lambda body: {"results": body["results"][::-1]}))


@breaks_both("update.right-records")
def crosses_the_values_of_a_batch(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Any]) -> list[Record]:
        ids = [record.get("crmId") for record in records]
        if any("check_own" not in record for record in records):
            return list(rightly(plural, records))
        turned = [{**r, "crmId": i} for r, i in zip(records, reversed(ids), strict=True)]
        return list(reversed(rightly(plural, turned)))

    _updating(server, plural, update)


@breaks_both("update.engagement-fields")
def refuses_fields_it_does_not_know(server: RightServer, plural: str) -> None:
    before(
        server,
        _route(plural),
        lambda call: says(400) if "Check: last step" in call.raw.decode() else None,
    )


@breaks_both("update.stores-engagement-fields")
def drops_fields_it_does_not_know(server: RightServer, plural: str) -> None:
    _updating(
        server,
        plural,
        lambda rightly, records: rightly(plural, [without("engaged_by_check")(r) for r in records]),
    )


@breaks_both("update.keeps-custom-properties")
def replaces_all_custom_properties(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Record]) -> list[Record]:
        for record in records:
            stored = server.records[plural].get(record.get("crmId", ""), {})
            for name in [n for n in stored if n.startswith("check_") and n not in record]:
                del stored[name]
        results: list[Record] = rightly(plural, records)
        return results

    _updating(server, plural, update)


@breaks_both("update.leaves-others-alone")
def empties_what_is_absent(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Record]) -> list[Record]:
        for record in records:
            if LABEL[plural] not in record:
                server.records[plural].get(record.get("crmId", ""), {}).pop(LABEL[plural], None)
        results: list[Record] = rightly(plural, records)
        return results

    _updating(server, plural, update)


@breaks_both("update.round-trip")
def stores_properties_as_a_property(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        for record in call.records(plural):
            if "properties" in record:
                server.records[plural][record["crmId"]]["properties"] = record["properties"]
        return reply

    after(server, _route(plural), change)


@breaks_both("update.null-clears")
def takes_null_for_absent(server: RightServer, plural: str) -> None:
    _updating(
        server,
        plural,
        lambda rightly, records: rightly(
            plural, [{n: v for n, v in r.items() if v is not None} for r in records]
        ),
    )


@breaks_both("update.same-id-twice")
def keeps_the_first_of_two(server: RightServer, plural: str) -> None:
    def update(rightly: Any, records: list[Record]) -> list[Record]:
        results: list[Record] = rightly(plural, records)
        rightly(plural, records[:1])
        return results

    _updating(server, plural, update)


@breaks_both("update.empty-batch")
def refuses_an_empty_batch(server: RightServer, plural: str) -> None:
    before(server, _route(plural), lambda call: says(400) if call.body == {plural: []} else None)


@breaks_both("update.without-array")
def fails_without_an_array(server: RightServer, plural: str) -> None:
    before(server, _route(plural), lambda call: says(500) if call.body == {} else None)


@breaks_both("update.without-crm-id")
def updates_nobody(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        nameless = [r for r in call.records(plural) if "crmId" not in r]
        return says(200, {"results": []}) if nameless else reply

    after(server, _route(plural), change)
