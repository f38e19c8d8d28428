"""Servers that do not find, or find what is not there."""

from typing import Any

from tests.integration.checker.broken.breaking import (
    after,
    before,
    breaks,
    breaks_both,
    each_result,
    says,
    without,
)
from tests.integration.checker.right import Record, RightServer
from tests.integration.checker.wire import Call, Reply


def _route(plural: str) -> str:
    return f"POST /{plural}/sync"


@breaks_both("sync.answers")
def answers_204(server: RightServer, plural: str) -> None:
    after(
        server,
        _route(plural),
        lambda call, reply: says(202, reply.json) if len(call.records(plural)) == 1 else reply,
    )


@breaks_both("sync.names-the-one-sent")
def answers_the_stored_id(server: RightServer, plural: str) -> None:
    first: dict[str, str] = {}

    def named(result: Record) -> Record:
        for (kind, name), record_id in server.names.items():
            if kind == plural:
                first.setdefault(record_id, name)
        return {**result, "externalId": first[result["crmId"]]}

    after(server, _route(plural), each_result(named))


@breaks_both("sync.properties")
def has_no_properties(server: RightServer, plural: str) -> None:
    after(server, _route(plural), each_result(without("properties")))


@breaks_both("sync.only-matches")
def tells_of_those_it_did_not_find(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        if reply.status != 200 or len(call.records(plural)) != 2:
            return reply
        found = {one["externalId"]: one for one in reply.json["results"]}
        sent = [record["externalId"] for record in call.records(plural)]
        none: Record = {"crmId": None, "properties": {}}
        return says(200, {"results": [found.get(n, {"externalId": n, **none}) for n in sent]})

    after(server, _route(plural), change)


@breaks_both("sync.by-enginy-names")
def knows_documented_names_only(server: RightServer, plural: str) -> None:
    rightly = server.keys

    def keys(kind: str, record: Record) -> list[tuple[str, str]]:
        own = {"professionalEmail", "website"} if kind == plural else set()
        return rightly(kind, {n: v for n, v in record.items() if n not in own})

    server.does("keys", keys)


@breaks_both("sync.right-ids")
def crosses_the_matches_of_a_batch(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        if len(call.records(plural)) != 3 or reply.status != 200:
            return reply
        results = reply.json["results"]
        ids = [one["crmId"] for one in results]
        crossed = [{**r, "crmId": i} for r, i in zip(results, reversed(ids), strict=True)]
        return says(200, {"results": crossed})

    after(server, _route(plural), change)


@breaks_both("sync.none-found")
def answers_404_for_nobody(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        whole = [r for r in call.records(plural) if isinstance(r, dict) and len(r) > 2]
        return says(404) if whole and reply.json == {"results": []} else reply

    after(server, _route(plural), change)


@breaks_both("sync.creates-nothing")
def creates_whom_it_does_not_find(server: RightServer, plural: str) -> None:
    rightly = server.sync

    def sync(kind: str, records: list[Any]) -> list[Record]:
        results = rightly(kind, records)
        if kind == plural:
            server.create(kind, [r for r in records if len(r) > 2])
        return results

    server.does("sync", sync)


@breaks_both("sync.by-external-id")
def does_not_look_by_name(server: RightServer, plural: str) -> None:
    rightly = server.sync

    def sync(kind: str, records: list[Any]) -> list[Record]:
        alone = kind == plural and all(set(record) == {"externalId"} for record in records)
        return [] if alone else rightly(kind, records)

    server.does("sync", sync)


def _blind(server: RightServer, plural: str, kind: str, *, also: Any = None) -> None:
    """Do not look by one kind of key; with `also`, only where it says so of the value."""
    rightly = server.keys

    def keys(of: str, record: Record) -> list[tuple[str, str]]:
        sent = "externalId" in record
        hidden = of == plural and sent and (also is None or also(record.get(kind)))
        return [pair for pair in rightly(of, record) if not (hidden and pair[0] == kind)]

    server.does("keys", keys)


@breaks("contacts.sync.by-email")
def does_not_look_by_email(server: RightServer) -> None:
    _blind(server, "contacts", "email")


@breaks("contacts.sync.by-email-in-capitals")
def minds_the_case_of_an_email(server: RightServer) -> None:
    _blind(server, "contacts", "email", also=lambda value: str(value).isupper())


@breaks_both("sync.by-linkedin-url")
def minds_the_slash_at_the_end(server: RightServer, plural: str) -> None:
    _blind(server, plural, "linkedinUrl", also=lambda value: str(value).endswith("/"))


@breaks("contacts.sync.by-phone")
def minds_the_spaces_of_a_phone(server: RightServer) -> None:
    _blind(server, "contacts", "phone")


@breaks("contacts.sync.by-name-and-company")
def does_not_look_by_name_and_company(server: RightServer) -> None:
    _blind(server, "contacts", "name")


@breaks("companies.sync.by-domain")
def minds_how_a_domain_is_written(server: RightServer) -> None:
    _blind(server, "companies", "domain", also=lambda value: "www." in str(value).lower())


@breaks("companies.sync.by-name")
def minds_the_legal_form(server: RightServer) -> None:
    _blind(server, "companies", "name")


@breaks("companies.sync.shared-domain")
def takes_freelancers_for_one(server: RightServer) -> None:
    rightly = server.keys

    def keys(plural: str, record: Record) -> list[tuple[str, str]]:
        shared = [("domain", "gmail.com")] if record.get("domain") == "gmail.com" else []
        return rightly(plural, record) + (shared if plural == "companies" else [])

    server.does("keys", keys)


@breaks_both("sync.no-echo")
def sends_back_what_came(server: RightServer, plural: str) -> None:
    rightly = server.returned

    def returned(kind: str, record_id: str, sent: Record) -> Record:
        echo = without("externalId")(sent) if kind == plural else {}
        return rightly(kind, record_id, sent) | echo

    server.does("returned", returned)


@breaks("contacts.sync.property-types")
def scores_in_words(server: RightServer) -> None:
    def scored(result: Record) -> Record:
        return {**result, "properties": {**result["properties"], "leadScore": "high"}}

    after(server, _route("contacts"), each_result(scored))


@breaks("contacts.sync.last-activity-date")
def forgets_when_something_happened(server: RightServer) -> None:
    def forgetful(result: Record) -> Record:
        return {**result, "properties": without("lastActivityDate")(result["properties"])}

    after(server, _route("contacts"), each_result(forgetful))


@breaks_both("sync.empty-batch")
def refuses_an_empty_batch(server: RightServer, plural: str) -> None:
    before(server, _route(plural), lambda call: says(400) if call.body == {plural: []} else None)


@breaks_both("sync.without-array")
def fails_without_an_array(server: RightServer, plural: str) -> None:
    before(server, _route(plural), lambda call: says(500) if call.body == {} else None)


@breaks_both("sync.without-external-id")
def looks_for_nobody(server: RightServer, plural: str) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        nameless = [r for r in call.records(plural) if "externalId" not in r]
        return says(200, {"results": []}) if nameless else reply

    after(server, _route(plural), change)
