"""A server with the faults of Enginy's own demo, from their description in the contract.

It is what somebody writes on the first evening: it works as long as everything goes well.
"""

import json
from itertools import count
from typing import Any

from tests.integration.checker.wire import KEY, Call, Reply

Row = dict[str, Any]
COLUMNS = {
    "contacts": {"externalId", "email", "firstName", "lastName", "phone", "company", "title"},
    "companies": {"externalId", "name", "domain", "industry", "numberOfEmployees"},
}


class DemoServer:
    """The contract, as a demo understands it."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Row]] = {"contacts": {}, "companies": {}}
        self._tasks: dict[str, Row] = {}
        self._activities: dict[str, Row] = {}
        self._numbers = count(1)

    def answer(self, call: Call) -> Reply:
        try:
            return self._answer(call)
        except Exception as error:  # noqa: BLE001 - so it does: whatever fails is a 500
            return Reply(500, {"error": "Internal server error", "message": str(error)})

    def _answer(self, call: Call) -> Reply:  # noqa: PLR0911 - a line for each route
        page = _page_of(call)
        if page is not None:
            return self._page(page)
        if call.path == "/api/config":
            return Reply(200, {"apiKey": KEY, "apiKeyHeader": "X-API-Key"})
        if call.path == "/health":
            return Reply(200, {"status": "ok"})
        if not call.has_key:
            return Reply(401, {"error": "Unauthorized", "message": "Invalid API key"})
        parts = call.path.strip("/").split("/")
        if parts[0] in self._rows:
            return self._records(call, parts[0], parts[1:])
        if parts[0] == "tasks":
            return self._task(call, parts[1:])
        return self._other(call, parts)

    def _other(self, call: Call, parts: list[str]) -> Reply:
        if parts == ["users"]:
            return Reply(200, [{"id": "1", "name": "Demo User", "email": "demo@example.com"}])
        if parts == ["associations"]:
            return Reply(200, {"success": True, "created": len(call.body["associations"])})
        if parts == ["activities"]:
            activity_id = self._new_id()
            row = {**call.body, "metadata": json.dumps(call.body.get("metadata"))}
            self._activities[activity_id] = {"id": activity_id, **row}
            return Reply(201, self._activities[activity_id])
        return Reply(404, {"error": "Not found", "message": "No such route"})

    def _new_id(self) -> str:
        return f"id{next(self._numbers)}"

    def _records(self, call: Call, plural: str, rest: list[str]) -> Reply:
        rows = self._rows[plural]
        if rest == ["batch"]:
            found = [rows[i] for i in call.body["ids"] if i in rows]
            return Reply(200, {"results": found})
        records = call.body[plural]
        if rest == ["sync"]:
            by_name = {row["externalId"]: row for row in rows.values()}
            results = [
                {
                    "externalId": one["externalId"],
                    "crmId": by_name[one["externalId"]]["id"],
                    "properties": {n: v for n, v in one.items() if n != "externalId"},
                }
                for one in records
                if one["externalId"] in by_name
            ]
        elif call.method == "PUT":
            results = [self._update(plural, one) for one in records]
        else:
            results = [self._create(plural, one) for one in records]
        return Reply(200, {"results": results})

    def _create(self, plural: str, record: Row) -> Row:
        rows = self._rows[plural]
        if record["externalId"] in {row["externalId"] for row in rows.values()}:
            raise ValueError("Unique constraint failed on the fields: (externalId)")
        crm_id = self._new_id()
        rows[crm_id] = {"id": crm_id, **_split(plural, record)}
        return {"externalId": record["externalId"], "crmId": crm_id}

    def _update(self, plural: str, record: Row) -> Row:
        row = self._rows[plural].get(record["crmId"])
        if row is None:
            return {"crmId": record["crmId"], "success": False, "error": "Not found"}
        changes = {name: value for name, value in record.items() if name != "crmId"}
        row.update(_split(plural, changes))
        return {"crmId": record["crmId"], "success": True}

    def _task(self, call: Call, rest: list[str]) -> Reply:
        if not rest:
            task_id = self._new_id()
            self._tasks[task_id] = {"completed": False, **call.body, "id": task_id}
            return Reply(201, self._tasks[task_id])
        if call.method == "POST":
            return Reply(200, [self._tasks[i] for i in call.body["ids"] if i in self._tasks])
        if call.method == "GET" and rest[0] not in self._tasks:
            return Reply(404, {"error": "Task not found", "message": f"No task: {rest[0]}"})
        task = self._tasks[rest[0]]  # also where the id is `batch`
        if call.method == "PATCH":
            task.update(call.body, completedAt="2026-01-01T00:00:00Z")
        return Reply(200, task)

    def _page(self, contact_id: str) -> Reply:
        contact = self._rows["contacts"].get(contact_id, {})
        emails = [a for a in self._activities.values() if a.get("contactId") == contact_id]
        bodies = "".join(f"<div>{email.get('body')}</div>" for email in emails)
        text = f"<h1>{contact.get('firstName')}</h1>{bodies}"
        return Reply(200, headers={"Content-Type": "text/html"}, text=text)


def _page_of(call: Call) -> str | None:
    """The contact whose page is asked for."""
    start = "/view/contact/"
    return call.path.removeprefix(start) if call.path.startswith(start) else None


def _split(plural: str, record: Row) -> Row:
    """Columns, and everything else as custom properties: all of them, each time."""
    known = {name: value for name, value in record.items() if name in COLUMNS[plural]}
    custom = {name: value for name, value in record.items() if name not in COLUMNS[plural]}
    return {**known, "properties": custom}
