"""The least that Enginy documents, and nothing more: right, and small."""

from itertools import count
from typing import Any

from tests.integration.checker.wire import Call, Reply

Row = dict[str, Any]


class MinimalServer:
    """Answers 200 where it may, has no users and no extras, and looks by externalId alone."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._known: set[str] = set()
        self._tasks: dict[str, Row] = {}
        self._numbers = count(1)

    def answer(self, call: Call) -> Reply:  # noqa: PLR0911 - a line for each route
        if not call.has_key:
            return _failure(401)
        match call.method, call.path.strip("/").split("/"):
            case "GET", ["health"]:
                return Reply(200, {"status": "ok"})
            case _, ["contacts" | "companies" as plural, *rest]:
                return self._records(call, plural, rest)
            case _, ["tasks", *rest]:
                return self._task(call, rest)
            case "POST", ["associations"]:
                return Reply(200, {"success": True})
            case "POST", ["activities"]:
                return Reply(200, {"id": f"{next(self._numbers)}"})
        return _failure(404)

    def _records(self, call: Call, plural: str, rest: list[str]) -> Reply:
        records = call.records(plural)
        if call.method == "PUT":
            updated = [{"crmId": r["crmId"], "success": r["crmId"] in self._known} for r in records]
            return Reply(200, {"results": updated})
        if rest == ["sync"]:
            names = [r["externalId"] for r in records if (plural, r["externalId"]) in self._ids]
            results = [{**self._result(plural, name), "properties": {}} for name in names]
            return Reply(200, {"results": results})
        if rest:
            return _failure(404)
        for record in records:
            if "externalId" not in record:
                return _failure(400)
        for record in records:
            crm_id = self._ids.setdefault((plural, record["externalId"]), f"{next(self._numbers)}")
            self._known.add(crm_id)
        return Reply(200, {"results": [self._result(plural, r["externalId"]) for r in records]})

    def _result(self, plural: str, name: str) -> Row:
        return {"externalId": name, "crmId": self._ids[plural, name]}

    def _task(self, call: Call, rest: list[str]) -> Reply:
        if not rest:
            task_id = f"{next(self._numbers)}"
            self._tasks[task_id] = {"id": task_id, "subject": call.body["subject"]}
            self._tasks[task_id]["completed"] = False
            return Reply(200, self._tasks[task_id])
        ids = call.records("ids") if rest == ["batch"] else rest
        found = [self._tasks[task_id] for task_id in ids if task_id in self._tasks]
        if call.method == "PATCH":
            for task in found:
                task["completed"] = call.body["completed"]
        if rest == ["batch"]:
            return Reply(200, found)
        return Reply(200, found[0]) if found else _failure(404)


def _failure(status: int) -> Reply:
    return Reply(status, {"error": "Not possible", "message": "Not possible"})
