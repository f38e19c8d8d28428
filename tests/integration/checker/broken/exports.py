"""Servers that lose, double or refuse what is exported."""

from itertools import count
from typing import Any

from tests.integration.checker.broken.breaking import (
    LABEL,
    STRONG,
    after,
    before,
    breaks,
    breaks_both,
    each_result,
    is_only_external_id,
    only_for_success,
    says,
    without,
)
from tests.integration.checker.right import Record, RightServer
from tests.integration.checker.wire import Call, Reply


@breaks_both("create.answers")
def answers_that_it_will_see(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        whole = len(call.records(plural)) == 1 and STRONG[plural] in call.records(plural)[0]
        return reply.but(status=202) if whole and reply.status == 201 else reply

    after(server, f"POST /{plural}", change)


@breaks_both("create.names-each-record")
def leaves_the_external_id_out(server: RightServer, plural: str) -> None:
    after(server, f"POST /{plural}", each_result(without("externalId")))


def _refusing(server: RightServer, plural: str, refused: Any, status: int = 400) -> None:
    """Refuse every batch that holds such a record."""
    before(
        server,
        f"POST /{plural}",
        lambda call: says(status) if any(map(refused, call.records(plural))) else None,
    )


@breaks_both("create.only-external-id")
def requires_more_than_an_id(server: RightServer, plural: str) -> None:
    _refusing(server, plural, is_only_external_id)


@breaks_both("create.every-documented-field")
def knows_no_campaigns(server: RightServer, plural: str) -> None:
    _refusing(server, plural, lambda record: "campaigns" in record)


@breaks_both("create.unknown-keys")
def refuses_unknown_keys(server: RightServer, plural: str) -> None:
    _refusing(server, plural, lambda record: "checkNested" in record, 422)


@breaks_both("create.unknown-choices")
def knows_all_sizes_and_types(server: RightServer, plural: str) -> None:
    known = {"valid", "51-200", "Privately held", "10M-50M"}
    names = ("emailVerificationStatus", "companySize", "companyType", "revenue")
    _refusing(
        server,
        plural,
        lambda record: any(record.get(name, "valid") not in known for name in names),
    )


@breaks_both("create.enginy-names")
def takes_texts_and_numbers_only(server: RightServer, plural: str) -> None:
    odd = {"contacts": "phones", "companies": "employees"}[plural]
    _refusing(server, plural, lambda record: odd in record, 500)


@breaks_both("create.blank-values")
def refuses_an_empty_field(server: RightServer, plural: str) -> None:
    _refusing(server, plural, lambda record: record.get(STRONG[plural]) == "")


@breaks_both("create.blank-keys")
def takes_an_empty_field_for_a_match(server: RightServer, plural: str) -> None:
    _takes_for_one(server, plural, lambda record: record.get(STRONG[plural]) == "")


@breaks_both("create.placeholders")
def takes_a_placeholder_for_a_match(server: RightServer, plural: str) -> None:
    _takes_for_one(server, plural, lambda record: record.get(STRONG[plural]) == "n/a")


def _takes_for_one(server: RightServer, plural: str, alike: Any) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        records = call.records(plural)
        if reply.status != 201 or len(records) < 2 or not all(map(alike, records)):
            return reply
        first = reply.json["results"][0]["crmId"]
        return says(201, {"results": [{**r, "crmId": first} for r in reply.json["results"]]})

    after(server, f"POST /{plural}", change)


@breaks_both("create.keeps-custom-properties")
def replaces_what_a_repeat_does_not_name(server: RightServer, plural: str) -> None:
    rightly = server.create

    def create(kind: str, records: list[Any]) -> list[Record]:
        for record in records if kind == plural else []:
            crm_id = server.names.get((plural, str(record.get("externalId"))), "")
            server.records[plural].get(crm_id, {}).pop("check_engaged", None)
        return rightly(kind, records)

    server.does("create", create)


@breaks_both("create.blanks-say-nothing")
def stores_blanks(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        for record in call.records(plural):
            crm_id = server.names.get((plural, str(record.get("externalId"))), "")
            if record.get(STRONG[plural]) == "  ":
                server.records[plural][crm_id][LABEL[plural]] = ""
        return reply

    after(server, f"POST /{plural}", change)


@breaks_both("create.different-records")
def takes_all_for_one(server: RightServer, plural: str) -> None:
    rightly = server.create

    def create(kind: str, records: list[Any]) -> list[Record]:
        results = rightly(kind, records)
        if kind != plural or len(records) == 1 or not all(map(is_only_external_id, records)):
            return results
        return [{**one, "crmId": results[0]["crmId"]} for one in results]

    server.does("create", create)


@breaks_both("create.in-order")
def answers_backwards(server: RightServer, plural: str) -> None:
    after(
        server,
        f"POST /{plural}",
        only_for_success(lambda body: {"results": body["results"][::-1]}),
    )


@breaks_both("create.right-ids")
def gives_each_the_id_of_its_neighbour(server: RightServer, plural: str) -> None:
    def rotate(body: Any) -> Any:
        results = body["results"]
        ids = [one["crmId"] for one in results]
        if len(results) != len(set(ids)) or len(results) != 3:
            return body
        turned = [*ids[1:], ids[0]]
        return {"results": [{**r, "crmId": i} for r, i in zip(results, turned, strict=True)]}

    after(server, f"POST /{plural}", only_for_success(rotate))


@breaks_both("create.url-safe-ids")
def has_slashes_in_ids(server: RightServer, plural: str) -> None:
    numbers = count(1)
    rightly = server.new_id
    server.does("new_id", lambda noun: f"crm/{next(numbers)}" if noun == plural else rightly(noun))


def _seen_before(server: RightServer, plural: str, call: Call) -> bool:
    """Whether all of a batch is known: a repeat, and not a batch with something new."""
    names = [r.get("externalId") for r in call.records(plural) if isinstance(r, dict)]
    return bool(names) and all((plural, str(name)) in server.names for name in names)


@breaks_both("create.same-external-id-again")
def fails_on_a_repeat(server: RightServer, plural: str) -> None:
    before(
        server,
        f"POST /{plural}",
        lambda call: says(500) if _seen_before(server, plural, call) else None,
    )


@breaks_both("create.same-external-id-updates")
def ignores_what_a_repeat_says(server: RightServer, plural: str) -> None:
    def answer(call: Call) -> Reply | None:
        if not _seen_before(server, plural, call):
            return None
        names = [str(record["externalId"]) for record in call.records(plural)]
        known = [{"externalId": n, "crmId": server.names[plural, n]} for n in names]
        return says(201, {"results": known})

    before(server, f"POST /{plural}", answer)


@breaks_both("create.same-external-id-in-one-batch")
def fails_on_a_repeat_in_a_batch(server: RightServer, plural: str) -> None:
    def answer(call: Call) -> Reply | None:
        names = [r.get("externalId") for r in call.records(plural) if isinstance(r, dict)]
        return says(500) if len(set(names)) < len(names) else None

    before(server, f"POST /{plural}", answer)


@breaks_both("create.known-among-new")
def fails_on_a_batch_half_known(server: RightServer, plural: str) -> None:
    def answer(call: Call) -> Reply | None:
        names = [r.get("externalId") for r in call.records(plural) if isinstance(r, dict)]
        known = {(plural, str(name)) in server.names for name in names}
        return says(500) if len(known) > 1 else None

    before(server, f"POST /{plural}", answer)


@breaks_both("create.same-one-under-another-id")
def doubles_who_has_two_ids(server: RightServer, plural: str) -> None:
    rightly = server.found

    def found(kind: str, record: Record, *, strongly: bool) -> str | None:
        if kind == plural and strongly:
            return server.names.get((kind, str(record["externalId"])))
        return rightly(kind, record, strongly=strongly)

    server.does("found", found)


@breaks_both("create.link-keeps-values")
def overwrites_what_is_known(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        for record in call.records(plural):
            if isinstance(record, dict) and record.get(LABEL[plural]) and STRONG[plural] in record:
                crm_id = server.names.get((plural, str(record.get("externalId"))), "")
                server.records[plural].get(crm_id, {}).update(without("externalId")(record))
        return reply

    after(server, f"POST /{plural}", change)


@breaks_both("create.empty-batch")
def refuses_an_empty_batch(server: RightServer, plural: str) -> None:
    after(
        server,
        f"POST /{plural}",
        lambda _, reply: says(400) if reply.json == {"results": []} else reply,
    )


@breaks_both("create.without-array")
def fails_without_an_array(server: RightServer, plural: str) -> None:
    before(server, f"POST /{plural}", lambda call: says(500) if call.body == {} else None)


@breaks_both("create.without-external-id")
def accepts_who_has_no_id(server: RightServer, plural: str) -> None:
    nobody = says(201, {"results": [{"externalId": None, "crmId": "nobody"}]})

    def answer(call: Call) -> Reply | None:
        records = call.records(plural)
        alone = len(records) == 1 and isinstance(records[0], dict)
        return nobody if alone and "externalId" not in records[0] else None

    before(server, f"POST /{plural}", answer)


@breaks_both("create.record-not-object")
def fails_on_what_is_no_object(server: RightServer, plural: str) -> None:
    _refusing(server, plural, lambda record: not isinstance(record, dict), 500)


@breaks_both("create.malformed-stores-nothing")
def stores_half_of_a_refused_batch(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        if reply.status == 400:
            whole = [r for r in call.records(plural) if isinstance(r, dict) and "externalId" in r]
            server.create(plural, whole)
        return reply

    after(server, f"POST /{plural}", change)


@breaks_both("create.names-offending-place")
def says_only_that_it_is_wrong(server: RightServer, plural: str) -> None:
    after(server, f"POST /{plural}", lambda _, r: says(400) if r.status == 400 else r)


# Associations

ROUTE = "POST /associations"


def _pairs(call: Call) -> list[tuple[str, str]]:
    return [(p["contactCRMId"], p["companyCRMId"]) for p in call.records("associations")]


@breaks("associations.create.answers")
def answers_with_a_word(server: RightServer) -> None:
    after(server, ROUTE, only_for_success(lambda _: {"status": "done"}))


@breaks("associations.create.counts")
def counts_nothing(server: RightServer) -> None:
    after(server, ROUTE, only_for_success(lambda body: {**body, "created": 0}))


@breaks("associations.create.again")
def fails_on_a_pair_that_exists(server: RightServer) -> None:
    before(
        server,
        ROUTE,
        lambda call: says(409) if set(_pairs(call)) & server.links else None,
    )


@breaks("associations.create.again-counts")
def counts_new_pairs_only(server: RightServer) -> None:
    known: set[tuple[str, str]] = set()

    def change(call: Call, reply: Reply) -> Reply:
        if reply.status != 200 or reply.json.get("errors"):
            return reply
        new = set(_pairs(call)) - known
        known.update(new)
        return reply.but(json={**reply.json, "created": len(new)})

    after(server, ROUTE, change)


@breaks("associations.create.unknown-id")
def fails_as_a_whole(server: RightServer) -> None:
    after(server, ROUTE, lambda _, reply: says(404) if reply.json.get("errors") else reply)


@breaks("associations.create.names-failures")
def keeps_failures_to_itself(server: RightServer) -> None:
    after(server, ROUTE, only_for_success(without("errors")))


@breaks("associations.create.several-companies")
def knows_one_company_each(server: RightServer) -> None:
    def answer(call: Call) -> Reply | None:
        taken = {contact for contact, _ in server.links}
        beyond = [p for p in _pairs(call) if p[0] in taken and p not in server.links]
        known = all(company in server.records["companies"] for _, company in beyond)
        return says(200, {"success": True, "created": 0}) if beyond and known else None

    before(server, ROUTE, answer)


@breaks("associations.create.without-array")
def fails_without_pairs(server: RightServer) -> None:
    before(server, ROUTE, lambda call: says(500) if call.body == {} else None)
