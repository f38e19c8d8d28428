"""Servers that are right in another way than ours: none of them may fail a MUST."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from difflib import SequenceMatcher
from typing import Any

import pytest

from customcrm.checker.check import Level
from customcrm.checker.events import Status
from tests.integration.checker.right import RightServer
from tests.integration.checker.running import results_of
from tests.integration.checker.wire import Call, Reply

Answerer = Callable[[Call], Reply]
Change = Callable[[Call, Reply], Reply]
IDS = {"id", "crmId", "contactId", "companyId", "contactCRMId", "companyCRMId"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")


def right_but(change: Change) -> Answerer:
    server = RightServer()
    server.after = change
    return server.answer


def everywhere(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    """A JSON value with each text and number changed, by the name it has."""
    if isinstance(value, dict):
        return {key: everywhere(one, change, key) for key, one in value.items()}
    if isinstance(value, list):
        return [everywhere(one, change, name) for one in value]
    return change(name, value)


def other_statuses(_: Call, reply: Reply) -> Reply:
    """200 for a create, 422 for what is invalid."""
    return reply.but(status={201: 200, 400: 422}.get(reply.status, reply.status))


def created_everywhere(call: Call, reply: Reply) -> Reply:
    """201 for a link, too."""
    return reply.but(status=201) if call.path == "/associations" and reply.status == 200 else reply


def more_fields(_: Call, reply: Reply) -> Reply:
    """Fields that nobody asked for, in every object."""

    def more(value: Any) -> Any:
        if isinstance(value, dict):
            return {"_links": {"self": "x"}, **{k: more(v) for k, v in value.items()}, "extra": 1}
        return [more(one) for one in value] if isinstance(value, list) else value

    return reply.but(json=more(reply.json))


def nulls(call: Call, reply: Reply) -> Reply:
    """Null for whatever is optional and not known."""
    if call.path.startswith(("/tasks", "/activities")):
        optional = ("description", "ownerId", "dueDate", "contactId", "companyId", "completedAt")

        def with_nulls(task: Any) -> Any:
            return {**dict.fromkeys(optional), **task} if isinstance(task, dict) else task

        told = reply.json
        return reply.but(
            json=[with_nulls(one) for one in told] if isinstance(told, list) else with_nulls(told)
        )
    if call.path == "/users" and reply.status == 200:
        return reply.but(json=[{**user, "email": None} for user in reply.json])
    if call.path.endswith("/sync") and reply.status == 200:
        empty = {"email": None, "phone": None, "leadScore": None, "lastActivityDate": None}
        results = [
            {**one, "properties": {**empty, **one["properties"]}} for one in reply.json["results"]
        ]
        return reply.but(json={"results": results})
    if call.method == "PUT" and reply.status == 200:
        return reply.but(json={"results": [{"error": None, **r} for r in reply.json["results"]]})
    return reply


def dates_in(write: Callable[[datetime], str]) -> Change:
    """Dates in another form of ISO 8601."""

    def change(_: str, value: Any) -> Any:
        if isinstance(value, str) and MOMENT.fullmatch(value):
            return write(datetime.fromisoformat(value))
        return value

    return lambda _, reply: reply.but(json=everywhere(reply.json, change))


def refusal_in_another_form(_: Call, reply: Reply) -> Reply:
    """Errors as a framework writes them: Enginy acts on the status alone."""
    return reply if reply.status < 400 else reply.but(json={"detail": [{"msg": "no"}]})


def plain_refusal(_: Call, reply: Reply) -> Reply:
    """Errors without a body."""
    return reply if reply.status < 400 else reply.but(text="")


def other_headers(_: Call, reply: Reply) -> Reply:
    """A charset, other capitals, and an end to every connection."""
    headers = {"Content-Type": "Application/JSON; charset=UTF-8", "connection": "close"}
    return reply if reply.headers else reply.but(headers=headers)


def numeric_ids() -> Answerer:
    """Ids as a database counts them, as strings."""
    server = RightServer()
    made = server.new_id
    server.does("new_id", lambda noun: made(noun).rpartition("_")[2])
    return server.answer


def without(*routes: str) -> Answerer:
    """Nothing of what is optional."""
    server = RightServer()

    def before(call: Call) -> Reply | None:
        return Reply(405, {}) if call.has_key and any(map(call.is_to, routes)) else None

    server.before = before
    return server.answer


def in_another_order() -> Answerer:
    """Results sorted by id, for those who pair them by it."""

    def change(call: Call, reply: Reply) -> Reply:
        results = reply.json.get("results") if isinstance(reply.json, dict) else None
        if not results or call.path.endswith("/batch"):
            return reply
        return reply.but(json={"results": sorted(results, key=json.dumps, reverse=True)})

    return right_but(change)


def fuzzy() -> Answerer:
    """Names that are alike count as one, as Enginy's page on companies advises."""
    server = RightServer()
    found = server.found

    def found_by_name(plural: str, record: dict[str, Any], *, strongly: bool) -> str | None:
        exactly = found(plural, record, strongly=strongly)
        if exactly or strongly:
            return exactly
        name = _name_of(plural, record)
        alike = (
            crm_id
            for crm_id, one in server.records[plural].items()
            if name and SequenceMatcher(None, name, _name_of(plural, one)).ratio() > 0.85
        )
        return next(alike, None)

    server.does("found", found_by_name)
    return server.answer


def _name_of(plural: str, record: dict[str, Any]) -> str:
    parts = ("name",) if plural == "companies" else ("firstName", "lastName", "company")
    return " ".join(str(record.get(part, "")) for part in parts).strip()


WAYS: dict[str, Answerer] = {
    "200 for a create, 422 for a refusal": right_but(other_statuses),
    "201 for a link": right_but(created_everywhere),
    "more fields": right_but(more_fields),
    "nulls": right_but(nulls),
    "milliseconds": right_but(
        dates_in(lambda at: at.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
    ),
    "an offset": right_but(
        dates_in(lambda at: at.astimezone(timezone(timedelta(hours=-5, minutes=-30))).isoformat())
    ),
    "seven digits": right_but(dates_in(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}.1234567Z")),
    "errors of a framework": right_but(refusal_in_another_form),
    "errors without a body": right_but(plain_refusal),
    "other headers": right_but(other_headers),
    "numeric ids": numeric_ids(),
    "nothing optional": without(
        "GET /users", "POST /contacts/batch", "POST /companies/batch", "GET /activities/:id"
    ),
    "another order": in_another_order(),
    "fuzzy names": fuzzy(),
}


@pytest.mark.parametrize("way", WAYS)
def test_who_is_right_in_another_way_fails_no_must(way: str) -> None:
    results = results_of(WAYS[way])
    failed = [r for r in results if r.status is Status.FAIL and r.check.level is Level.MUST]
    assert [(one.check.id, one.broken) for one in failed] == []
    assert sum(r.status is Status.PASS for r in results) > 100


def test_the_capitals_of_a_content_type_are_nobodys_business() -> None:
    results = {r.check.id: r.status for r in results_of(WAYS["other headers"])}
    assert results["answers.are-json"] is Status.PASS
