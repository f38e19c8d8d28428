"""Servers that real life takes down, or that give themselves away."""

import threading
import time
from typing import Any

from tests.integration.checker.broken.breaking import after, before, before_anybody, breaks, says
from tests.integration.checker.right import Record, RightServer
from tests.integration.checker.wire import KEY, Call, HangUp, Reply


@breaks("auth.every-route")
def forgets_the_key_on_one_route(server: RightServer) -> None:
    empty = says(200, {"results": []})
    before_anybody(server, "PUT /companies", lambda call: None if call.has_key else empty)


@breaks("auth.key-not-handed-out")
def hands_out_the_key(server: RightServer) -> None:
    before_anybody(server, "GET /api/config", lambda _: Reply(200, text=f"apiKey = {KEY}"))


@breaks("errors.shape")
def says_what_is_wrong_in_plain_text(server: RightServer) -> None:
    after(
        server,
        "GET /tasks/:id",
        lambda _, reply: reply.but(text="Task not found") if reply.status == 404 else reply,
    )


@breaks("errors.no-internals")
def shows_where_it_failed(server: RightServer) -> None:
    trace = "TypeError: x is not a function\n    at Object.create (/srv/app/routes/contacts.js:7:3)"
    after(
        server,
        "POST /contacts",
        lambda call, reply: (
            Reply(400, {"error": "Bad", "message": trace}) if call.body is None else reply
        ),
    )


@breaks("errors.broken-json")
def hangs_up_on_broken_json(server: RightServer) -> None:
    def answer(call: Call) -> Reply | None:
        if call.body is None:
            raise HangUp
        return None

    before(server, "POST /contacts/sync", answer)


@breaks("errors.unknown-path")
def shows_a_page_for_every_path(server: RightServer) -> None:
    def answer(call: Call) -> Reply | None:
        unknown = call.method == "GET" and call.path.startswith("/check-")
        return Reply(200, text="<!doctype html>") if unknown else None

    server.before = answer


@breaks("large.batch-of-100")
def takes_100_kilobytes(server: RightServer) -> None:
    before(server, "POST /contacts", lambda call: says(413) if len(call.raw) > 100_000 else None)


@breaks("large.sync-of-1000")
def looks_for_500_at_most(server: RightServer) -> None:
    before(
        server,
        "POST /contacts/sync",
        lambda call: says(400) if len(call.records("contacts")) > 500 else None,
    )


@breaks("unicode.names")
def knows_latin_only(server: RightServer) -> None:
    rightly = server.create

    def create(plural: str, records: list[Any]) -> list[Record]:
        said = [_in_latin(r) if isinstance(r, dict) and "🚀" in str(r) else r for r in records]
        return rightly(plural, said)

    server.does("create", create)


def _in_latin(record: Record) -> Record:
    return {n: v.encode("latin-1", "replace").decode("latin-1") for n, v in record.items()}


@breaks("unicode.broken-characters")
def hangs_up_on_half_an_emoji(server: RightServer) -> None:
    def answer(call: Call) -> Reply | None:
        return says(500) if b"ud83d" in call.raw else None

    before(server, "POST /contacts", answer)


@breaks("wrong-types.activity")
def fails_on_a_channel_it_does_not_know(server: RightServer) -> None:
    before(
        server,
        "POST /activities",
        lambda call: says(500) if b"VOICE_NOTE" in call.raw else None,
    )


@breaks("wrong-types.known-fields")
def fails_on_a_number_for_a_name(server: RightServer) -> None:
    before(
        server,
        "POST /contacts",
        lambda call: says(500) if '"firstName":7' in call.raw.decode() else None,
    )


@breaks("wrong-types.number-as-id")
def refuses_a_number_for_an_id(server: RightServer) -> None:
    before(
        server,
        "POST /contacts",
        lambda call: says(400) if '"externalId":9' in call.raw.decode() else None,
    )


@breaks("wrong-types.deep-nesting")
def overflows(server: RightServer) -> None:
    def answer(call: Call) -> Reply | None:
        if b"[[[[" in call.raw:
            raise HangUp
        return None

    before(server, "POST /contacts", answer)


@breaks("repeats.at-once")
def looks_before_it_writes(server: RightServer) -> None:
    gate = threading.Barrier(2)

    def answer(call: Call) -> Reply:
        both = call.is_to("POST /contacts") and len(call.records("contacts")) == 5
        if not both:
            with lock:
                return rightly(call)
        known = {name for kind, name in server.names if kind == "contacts"}
        gate.wait(10)
        with lock:
            if not {r["externalId"] for r in call.records("contacts")} <= known:
                for record in call.records("contacts"):
                    server.names.pop(("contacts", record["externalId"]), None)
                    for stored in server.records["contacts"].values():
                        if stored.get("email") == record["email"]:
                            stored.clear()
            return rightly(call)

    lock, rightly = threading.RLock(), server.answer
    server.does("answer", answer)


@breaks("pages.hostile-html")
def shows_scripts_as_they_are(server: RightServer) -> None:
    rightly = server.rightly

    def answer(call: Call) -> Reply:
        reply = rightly(call)
        shown = reply.text and reply.text.replace("&lt;", "<").replace("&gt;", ">")
        return reply.but(text=shown and shown.replace("&#x27;", "'"))

    server.does("rightly", answer)


@breaks("latency.answers-in-time")
def takes_its_time(server: RightServer) -> None:
    def answer(_: Call) -> None:
        time.sleep(0.6)

    before(server, "POST /associations", answer)
