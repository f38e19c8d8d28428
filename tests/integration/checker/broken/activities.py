"""Servers that lose or double what happened."""

import json
from typing import Any

from tests.integration.checker.broken.breaking import (
    after,
    before,
    breaks,
    only_for_success,
    says,
)
from tests.integration.checker.right import Record, RightServer
from tests.integration.checker.wire import Call

DOCUMENTED_TYPES = ("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION")
CREATE, READ = "POST /activities", "GET /activities/:id"


def _body(call: Call) -> Record:
    return call.body if isinstance(call.body, dict) else {}


def _refusing(server: RightServer, refused: Any, status: int = 400) -> None:
    before(server, CREATE, lambda call: says(status) if refused(_body(call)) else None)


def _accepting(server: RightServer, accepted: Any) -> None:
    made = says(201, {"id": "activity_0"})
    before(server, CREATE, lambda call: made if accepted(_body(call)) else None)


@breaks("activities.create.answers")
def answers_nothing(server: RightServer) -> None:
    after(server, CREATE, lambda _, r: says(204) if r.status == 201 else r)


@breaks("activities.create.every-type")
def does_not_know_inmail(server: RightServer) -> None:
    _refusing(
        server,
        lambda body: body.get("type") == "LINKEDIN_INMAIL" and body.get("direction") == "INBOUND",
    )


@breaks("activities.create.html-body")
def takes_short_bodies_only(server: RightServer) -> None:
    _refusing(server, lambda body: len(str(body.get("body"))) > 5_000, 413)


@breaks("activities.create.type-only")
def insists_on_a_body(server: RightServer) -> None:
    _refusing(server, lambda body: "body" not in body and body.get("direction") != "INBOUND")


@breaks("activities.create.metadata-as-object")
def answers_metadata_as_a_string(server: RightServer) -> None:
    after(
        server,
        CREATE,
        only_for_success(lambda one: {**one, "metadata": json.dumps(one.get("metadata"))}),
    )


@breaks("activities.create.without-type")
def accepts_no_type(server: RightServer) -> None:
    _accepting(server, lambda body: "subject" in body and "type" not in body)


@breaks("activities.create.unknown-type")
def refuses_types_it_does_not_know(server: RightServer) -> None:
    _refusing(server, lambda body: body.get("type") not in (*DOCUMENTED_TYPES, None))


@breaks("activities.create.unknown-direction")
def refuses_directions_it_does_not_know(server: RightServer) -> None:
    _refusing(server, lambda body: body.get("direction") not in ("INBOUND", "OUTBOUND", None))


@breaks("activities.create.bad-date")
def accepts_any_date(server: RightServer) -> None:
    _accepting(server, lambda body: body.get("occurredAt") == "yesterday")


@breaks("activities.create.metadata-not-object")
def accepts_any_metadata(server: RightServer) -> None:
    _accepting(server, lambda body: isinstance(body.get("metadata"), str))


@breaks("activities.create.unknown-contact")
def insists_on_the_contact(server: RightServer) -> None:
    _refusing(server, lambda body: body.get("contactId") not in server.records["contacts"], 404)


@breaks("activities.create.repeat")
def logs_each_repeat(server: RightServer) -> None:
    rightly = server.once

    def once(noun: str, call: Call, make: Any) -> str:
        made: str = make() if noun == "activity" and not call.headers.get("idempotency-key") else ""
        return made or rightly(noun, call, make)

    server.does("once", once)


@breaks("activities.create.repeat-without-message-id")
def knows_a_repeat_by_its_message_id_only(server: RightServer) -> None:
    rightly = server.once

    def once(noun: str, call: Call, make: Any) -> str:
        nameless = noun == "activity" and b"messageId" not in call.raw
        if nameless and "idempotency-key" not in call.headers:
            made: str = make()
            return made
        return rightly(noun, call, make)

    server.does("once", once)


@breaks("activities.create.idempotency-key")
def does_not_know_the_key(server: RightServer) -> None:
    rightly = server.once

    def once(noun: str, call: Call, make: Any) -> str:
        made: str = make() if noun == "activity" and call.headers.get("idempotency-key") else ""
        return made or rightly(noun, call, make)

    server.does("once", once)


@breaks("activities.read.answers")
def fails_to_read(server: RightServer) -> None:
    after(server, READ, lambda _, r: says(500) if r.status == 200 else r)


@breaks("activities.read.unknown-id")
def fails_on_an_unknown_activity(server: RightServer) -> None:
    after(server, READ, lambda _, r: says(500) if r.status == 404 else r)
