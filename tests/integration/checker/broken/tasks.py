"""Servers whose tasks get lost, double, or stay open."""

from typing import Any

from tests.integration.checker.broken.breaking import (
    after,
    before,
    breaks,
    only_for_success,
    says,
    without,
)
from tests.integration.checker.right import Record, RightServer
from tests.integration.checker.wire import Call, Reply

CREATE, READ, UPDATE = "POST /tasks", "GET /tasks/:id", "PATCH /tasks/:id"
READ_MANY, COMPLETE_MANY = "POST /tasks/batch", "PATCH /tasks/batch"


def _body(call: Call) -> Record:
    return call.body if isinstance(call.body, dict) else {}


def _accepting(server: RightServer, accepted: Any, route: str = CREATE) -> None:
    """Create what ought to be refused."""
    made = says(201, {"id": "task_0", "subject": "", "completed": False})
    before(server, route, lambda call: made if accepted(_body(call)) else None)


@breaks("tasks.create.answers")
def wraps_the_task(server: RightServer) -> None:
    after(server, CREATE, only_for_success(lambda task: {"task": task}))


@breaks("tasks.create.returns-fields")
def answers_the_id_alone(server: RightServer) -> None:
    after(server, CREATE, only_for_success(lambda task: {"id": task["id"]}))


@breaks("tasks.create.without-subject")
def accepts_no_subject(server: RightServer) -> None:
    _accepting(server, lambda body: "type" in body and "subject" not in body)


@breaks("tasks.create.empty-subject")
def accepts_an_empty_subject(server: RightServer) -> None:
    _accepting(server, lambda body: body.get("subject") == "  ")


@breaks("tasks.create.bad-date")
def accepts_any_date(server: RightServer) -> None:
    _accepting(server, lambda body: body.get("dueDate") == "next Tuesday")


@breaks("tasks.create.day-only")
def moves_a_day_to_the_evening_before(server: RightServer) -> None:
    def change(_: Call, reply: Reply) -> Reply:
        if reply.status == 201 and reply.json["dueDate"] == "2030-01-31":
            return reply.but(json={**reply.json, "dueDate": "2030-01-30T23:00:00Z"})
        return reply

    after(server, CREATE, change)


@breaks("tasks.create.unknown-contact")
def insists_on_the_contact(server: RightServer) -> None:
    before(server, CREATE, lambda call: says(404) if "contactId" in _body(call) else None)


@breaks("tasks.create.repeat")
def makes_a_task_of_each_repeat(server: RightServer) -> None:
    rightly = server.once

    def once(noun: str, call: Call, make: Any) -> str:
        made: str = make() if "idempotency-key" not in call.headers and noun == "task" else ""
        return made or rightly(noun, call, make)

    server.does("once", once)


@breaks("tasks.create.idempotency-key")
def does_not_know_the_key(server: RightServer) -> None:
    rightly = server.once

    def once(noun: str, call: Call, make: Any) -> str:
        if "idempotency-key" in call.headers and noun == "task":
            key = call.headers["idempotency-key"]
            made: str = make() if ("task", key) in server.repeats else rightly(noun, call, make)
            return made
        return rightly(noun, call, make)

    server.does("once", once)


@breaks("tasks.create.idempotency-key-reused")
def answers_the_first_for_another_body(server: RightServer) -> None:
    def answer(call: Call) -> Reply | None:
        known = server.repeats.get(("task", call.headers.get("idempotency-key", "")))
        return says(201, server.tasks[known[1]]) if known else None

    before(server, CREATE, answer)


@breaks("tasks.read.answers")
def does_not_say_whether_it_is_done(server: RightServer) -> None:
    after(server, READ, only_for_success(without("completed")))


@breaks("tasks.read.unknown-id")
def answers_null_for_no_task(server: RightServer) -> None:
    missing = Reply(200, text="null")
    after(server, READ, lambda _, reply: missing if reply.status == 404 else reply)


@breaks("tasks.update.completes")
def completes_and_says_it_is_open(server: RightServer) -> None:
    after(
        server,
        UPDATE,
        lambda call, reply: (
            reply.but(json={**reply.json, "completed": False})
            if reply.status == 200 and _body(call).get("completed")
            else reply
        ),
    )


@breaks("tasks.update.lasts")
def forgets_what_it_answered(server: RightServer) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        task = server.tasks.get(call.path.rpartition("/")[2])
        if task and _body(call).get("completed"):
            task["completed"] = False
        return reply

    after(server, UPDATE, change)


@breaks("tasks.update.completed-at")
def does_not_say_when(server: RightServer) -> None:
    after(server, UPDATE, only_for_success(lambda task: {**task, "completedAt": None}))


@breaks("tasks.update.completes-once")
def moves_the_moment(server: RightServer) -> None:
    rightly = server.change

    def change(task: Record, values: Record) -> None:
        task["completed"] = False
        rightly(task, values)

    server.does("change", change)


@breaks("tasks.update.reopens")
def does_not_reopen(server: RightServer) -> None:
    before(
        server,
        UPDATE,
        lambda call: says(400) if _body(call).get("completed") is False else None,
    )


@breaks("tasks.update.other-fields")
def changes_nothing_but_completed(server: RightServer) -> None:
    rightly = server.change

    def change(task: Record, values: Record) -> None:
        rightly(task, {n: v for n, v in values.items() if n == "completed"})

    server.does("change", change)


@breaks("tasks.update.unknown-id")
def fails_on_an_unknown_task(server: RightServer) -> None:
    after(server, UPDATE, lambda _, reply: says(500) if reply.status == 404 else reply)


@breaks("tasks.batch-read.answers")
def wraps_the_array(server: RightServer) -> None:
    after(server, READ_MANY, only_for_success(lambda found: {"tasks": found} if found else found))


@breaks("tasks.batch-read.unknown-id")
def tells_of_tasks_that_are_not_there(server: RightServer) -> None:
    after(server, READ_MANY, lambda _, r: says(200, [None]) if r.json == [] else r)


@breaks("tasks.batch-read.without-ids")
def fails_without_ids(server: RightServer) -> None:
    before(server, READ_MANY, lambda call: says(500) if call.body == {} else None)


@breaks("tasks.batch-complete.answers")
def takes_batch_for_an_id(server: RightServer) -> None:
    before(
        server,
        COMPLETE_MANY,
        lambda call: (
            says(500) if len(call.records("ids")) == 1 and "completed" in _body(call) else None
        ),
    )


@breaks("tasks.batch-complete.lasts")
def forgets_what_it_completed(server: RightServer) -> None:
    def change(call: Call, reply: Reply) -> Reply:
        for task_id in call.records("ids"):
            server.tasks.get(task_id, {}).update(completed=False)
        return reply

    after(server, COMPLETE_MANY, change)


@breaks("tasks.batch-complete.unknown-id")
def fails_all_for_one(server: RightServer) -> None:
    before(
        server,
        COMPLETE_MANY,
        lambda call: says(404) if len(call.records("ids")) > 1 else None,
    )


@breaks("tasks.batch-complete.without-completed")
def insists_on_completed(server: RightServer) -> None:
    before(server, COMPLETE_MANY, lambda call: None if "completed" in _body(call) else says(400))
