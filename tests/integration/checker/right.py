"""A server that is right in every respect, and small: what the broken ones are made from.

It shares no code with ours: two that were written apart, and a checker that agrees with both.
"""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from itertools import count
from typing import Any

from tests.integration.checker.wire import KEY, Call, Reply

Record = dict[str, Any]
MAX_TEXT = 100
RETURNED = {
    "contacts": ("email", "phone", "mobilePhone", "leadScore", "lifecycleStage"),
    "companies": ("accountTier", "totalDeals", "lifetimeValue"),
}
TASK_FIELDS = ("subject", "description", "type", "ownerId", "dueDate", "contactId", "companyId")
MAX_DEPTH = 100
KEY_NAMES = {"professionalEmail": "email", "website": "domain"}


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class RightServer:
    """The whole contract, in memory.

    `before` may answer in its place, `after` may change its answers: so a right server becomes
    one that is wrong in one respect.
    """

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Record]] = {"contacts": {}, "companies": {}}
        self.names: dict[tuple[str, str], str] = {}
        self.links: set[tuple[str, str]] = set()
        self.tasks: dict[str, Record] = {}
        self.activities: dict[str, Record] = {}
        self.repeats: dict[tuple[str, str], tuple[bytes, str]] = {}
        self.before: Callable[[Call], Reply | None] = lambda _: None
        self.after: Callable[[Call, Reply], Reply] = lambda _, reply: reply
        self._numbers = count(1)
        self._lock = threading.RLock()

    def does(self, what: str, behaviour: Callable[..., Any]) -> None:
        """Behave otherwise, in one respect."""
        assert hasattr(self, what)
        setattr(self, what, behaviour)

    def answer(self, call: Call) -> Reply:
        with self._lock:
            return self.after(call, self.before(call) or self.rightly(call))

    def rightly(self, call: Call) -> Reply:
        try:
            return self._answer(call)
        except Refused as refused:
            error = {"error": "Not possible", "message": str(refused)}
            return Reply(refused.status, error)

    def _answer(self, call: Call) -> Reply:  # noqa: C901, PLR0911 - a line for each route
        page = re.fullmatch(r"/view/contact/(\w+)", call.path)
        if page:
            return self._page(page[1])
        if call.headers.get("x-api-key") != KEY:
            raise Refused(401, "The key is missing or wrong")
        body = self._body(call)
        match call.method, call.path.strip("/").split("/"):
            case "GET", ["health"]:
                return Reply(200, {"status": "ok"})
            case "GET", ["users"]:
                return Reply(200, [{"id": "u-1", "name": "Ana", "email": "ana@example.com"}])
            case "POST", ["contacts" | "companies" as plural]:
                return Reply(201, {"results": self.create(plural, _list(body, plural))})
            case "POST", ["contacts" | "companies" as plural, "sync"]:
                return Reply(200, {"results": self.sync(plural, _list(body, plural))})
            case "POST", ["contacts" | "companies" as plural, "batch"]:
                stored = self.records[plural]
                found = [i for i in _list(body, "ids") if i in stored]
                return Reply(200, {"results": [{"id": i, "properties": stored[i]} for i in found]})
            case "PUT", ["contacts" | "companies" as plural]:
                return Reply(200, {"results": self.update(plural, _list(body, plural))})
            case "POST", ["associations"]:
                return Reply(200, self.associate(_list(body, "associations")))
            case _, ["tasks", *rest]:
                return self._tasks(call, rest, body)
            case _, ["activities", *rest]:
                return self._activities(call, rest, body)
        raise Refused(404, "There is nothing here")

    @staticmethod
    def _body(call: Call) -> Any:
        if not call.raw:
            return None
        # A parser of one's own could count; this one would overflow.
        if call.raw.count(b"[") + call.raw.count(b"{") > MAX_DEPTH and b"[" * MAX_DEPTH in call.raw:
            raise Refused(400, "The body nests too deeply")
        if call.body is None:
            raise Refused(400, "The body is not JSON")
        return call.body

    def new_id(self, noun: str) -> str:
        return f"{noun}_{next(self._numbers)}"

    # Contacts and companies

    def keys(self, plural: str, record: Record) -> list[tuple[str, str]]:
        """What a record is known by, the strongest first."""
        record = {KEY_NAMES.get(name, name): value for name, value in record.items()}
        pairs = [
            (name, _folded(name, record[name]))
            for name in ("email", "domain", "linkedinUrl", "phone")
            if isinstance(record.get(name), str) and not (plural == "contacts" and name == "domain")
        ]
        name = record.get("name") if plural == "companies" else _whole_name(record)
        if isinstance(name, str):
            pairs.append(("name", re.sub(r"[ .]*(ltd|inc)\b\.?", "", name.casefold())))
        return [(kind, value) for kind, value in pairs if value]

    def found(self, plural: str, record: Record, *, strongly: bool) -> str | None:
        named = self.names.get((plural, str(record["externalId"])))
        if named:
            return named
        for kind, value in self.keys(plural, record):
            if strongly and kind in {"phone", "name"}:
                continue
            for record_id, stored in self.records[plural].items():
                if (kind, value) in self.keys(plural, stored):
                    return record_id
        return None

    def create(self, plural: str, records: list[Any]) -> list[Record]:
        for n, record in enumerate(records):
            _required(record, "externalId", f"{plural}[{n}]")
        return [self._create(plural, record) for record in records]

    def _create(self, plural: str, record: Record) -> Record:
        name = str(record["externalId"])
        values = {k: v for k, v in record.items() if k != "externalId" and not _is_blank(v)}
        known = self.names.get((plural, name))
        record_id = known or self.found(plural, record, strongly=True)
        if record_id is None:
            record_id = self.new_id(plural)
            self.records[plural][record_id] = {}
        stored = self.records[plural][record_id]
        stored.update(values if known else {**values, **stored})
        self.names[plural, name] = record_id
        return {"externalId": name, "crmId": record_id}

    def sync(self, plural: str, records: list[Any]) -> list[Record]:
        for n, record in enumerate(records):
            _required(record, "externalId", f"{plural}[{n}]")
        found = [(record, self.found(plural, record, strongly=False)) for record in records]
        return [
            {
                "externalId": record["externalId"],
                "crmId": record_id,
                "properties": self.returned(plural, record_id, record),
            }
            for record, record_id in found
            if record_id
        ]

    def returned(self, plural: str, record_id: str, sent: Record) -> Record:
        stored = self.records[plural][record_id]
        names = [n for n in RETURNED[plural] if n in stored and stored[n] != sent.get(n)]
        dates = [
            a["occurredAt"]
            for a in self.activities.values()
            if a.get("contactId") == record_id and a.get("occurredAt")
        ]
        last = {"lastActivityDate": max(dates)} if dates else {}
        return {name: stored[name] for name in names} | last

    def update(self, plural: str, records: list[Any]) -> list[Record]:
        for n, record in enumerate(records):
            _required(record, "crmId", f"{plural}[{n}]")
        return [self._update(plural, record) for record in records]

    def _update(self, plural: str, record: Record) -> Record:
        stored = self.records[plural].get(record["crmId"])
        if stored is None:
            return {"crmId": record["crmId"], "success": False, "error": "Not found"}
        unfolded = {**record, **record.get("properties", {})}
        for name, value in unfolded.items():
            if value is None:
                stored.pop(name, None)
            elif name not in {"crmId", "id", "properties"}:
                stored[name] = value
        return {"crmId": record["crmId"], "success": True}

    def associate(self, pairs: list[Any]) -> Record:
        errors = []
        for pair in pairs:
            contact, company = pair["contactCRMId"], pair["companyCRMId"]
            if contact in self.records["contacts"] and company in self.records["companies"]:
                self.links.add((contact, company))
            else:
                errors.append({**pair, "error": "Not found"})
        told = {"success": True, "created": len(pairs) - len(errors)}
        return told | ({"errors": errors} if errors else {})

    # Tasks and activities

    def _tasks(self, call: Call, rest: list[str], body: Any) -> Reply:
        match call.method, rest:
            case "POST", []:
                _required(body, "subject", "task")
                _dated(body, "dueDate")
                return Reply(201, self.tasks[self.once("task", call, lambda: self._task(body))])
            case "POST" | "PATCH" as method, ["batch"]:
                found = [self.tasks[i] for i in _list(body, "ids") if i in self.tasks]
                if method == "PATCH":
                    for task in found:
                        self.change(task, {"completed": body.get("completed", True)})
                return Reply(200, found)
            case "GET" | "PATCH" as method, [task_id] if task_id in self.tasks:
                if method == "PATCH":
                    if not isinstance(body.get("completed", True), bool):
                        raise Refused(400, "completed must be true or false")
                    self.change(self.tasks[task_id], body)
                return Reply(200, self.tasks[task_id])
        raise Refused(404, "No such task")

    def _task(self, body: Record) -> str:
        task_id = self.new_id("task")
        fields = {name: body.get(name) for name in TASK_FIELDS}
        self.tasks[task_id] = {"id": task_id, **fields, "completed": False, "completedAt": None}
        return task_id

    def change(self, task: Record, values: Record) -> None:
        if values.get("completed") is True and not task["completed"]:
            task["completedAt"] = datetime.now(UTC).isoformat()
        if values.get("completed") is False:
            task["completedAt"] = None
        task.update({k: v for k, v in values.items() if k in {*TASK_FIELDS, "completed"}})

    def _activities(self, call: Call, rest: list[str], body: Any) -> Reply:
        match call.method, rest:
            case "POST", []:
                _required(body, "type", "activity")
                _text(body, "type")
                _text(body, "direction")
                _dated(body, "occurredAt")
                if not isinstance(body.get("metadata", {}), dict):
                    raise Refused(400, "metadata must be an object")
                made = self.once("activity", call, lambda: self._activity(body))
                return Reply(201, self.activities[made])
            case "GET", [activity_id] if activity_id in self.activities:
                return Reply(200, self.activities[activity_id])
        raise Refused(404, "No such activity")

    def _activity(self, body: Record) -> str:
        activity_id = self.new_id("activity")
        self.activities[activity_id] = {"id": activity_id, **body}
        return activity_id

    def once(self, noun: str, call: Call, make: Callable[[], str]) -> str:
        """What a request made, or what it made before."""
        key = call.headers.get("idempotency-key")
        place = (noun, key if key is not None else call.raw.decode())
        if place not in self.repeats:
            self.repeats[place] = call.raw, make()
        before, made = self.repeats[place]
        if before != call.raw:
            raise Refused(422, "The Idempotency-Key was used with another body")
        return made

    def _page(self, contact_id: str) -> Reply:
        contact = self.records["contacts"].get(contact_id, {})
        shown = [contact.get("firstName")]
        for activity in self.activities.values():
            if activity.get("contactId") == contact_id:
                shown += [activity.get("subject"), activity.get("body")]
        text = "".join(f"<p>{escape(str(each))}</p>" for each in shown)
        return Reply(200, headers={"Content-Type": "text/html; charset=utf-8"}, text=text)


def _list(body: Any, name: str) -> list[Any]:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, list):
        raise Refused(400, f"{name} must be an array")
    return value


def _required(value: Any, name: str, place: str) -> None:
    if not isinstance(value, dict):
        raise Refused(400, f"{place} must be an object")
    if not str(value.get(name) or "").strip():
        raise Refused(400, f"{place}.{name} is required")


def _text(body: Record, name: str) -> None:
    value = body.get(name)
    if value is not None and (not isinstance(value, str) or len(value) > MAX_TEXT):
        raise Refused(400, f"{name} must be a text of at most {MAX_TEXT} characters")


def _dated(body: Record, name: str) -> None:
    if body.get(name) is not None:
        try:
            datetime.fromisoformat(body[name])
        except ValueError:
            raise Refused(400, f"{name} must be a date in ISO 8601") from None


def _is_blank(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _folded(name: str, value: str) -> str:
    value = value.strip().casefold()
    if name == "email":
        return value if "@" in value else ""
    if name == "domain":
        host = re.sub(r"^https?://(www\.)?", "", value).partition("/")[0]
        return "" if host == "gmail.com" or "." not in host else host
    if name == "linkedinUrl":
        return value.rstrip("/") if "linkedin.com/" in value else ""
    return re.sub(r"[^+0-9]", "", value)


def _whole_name(record: Record) -> str | None:
    parts = [record.get(name) for name in ("firstName", "lastName", "company")]
    return "|".join(map(str, parts)) if all(parts) else None
