"""What is counted: what a server says it has, whatever it says and however often."""

import json
from typing import Any

import msgspec
import pytest

from customcrm.client.exchange import Answer, message, read_json
from customcrm.simulator.calls import Call
from customcrm.simulator.known import Known
from customcrm.simulator.lessons import Heard
from customcrm.simulator.summary import Latency, Records, Summary
from customcrm.simulator.tally import Tally


class Book:
    """A tally that is told answers."""

    def __init__(self) -> None:
        self.known = Known()
        self.tally = Tally(self.known)

    def hear(
        self,
        call: Call,
        answer: Any = None,
        status: int = 200,
        *,
        sent: Any = None,
        repeated: bool = False,
    ) -> None:
        body = json.dumps(answer).encode()
        request = message("POST", "/", sent)
        heard = Answer(request, status, {}, body, 0.001, read_json(body))
        self.tally.heard(Heard(call, heard, repeated))

    @property
    def summary(self) -> Summary:
        return self.tally.summary(interrupted=False)


@pytest.fixture
def book() -> Book:
    return Book()


def results(**pairs: str) -> dict[str, Any]:
    return {"results": [{"externalId": name, "crmId": crm_id} for name, crm_id in pairs.items()]}


def test_records_are_counted_by_the_ids_of_the_server(book: Book) -> None:
    book.hear(Call("sync_contacts", ("a", "b", "c", "d")), answer=results(a="1"))
    for repeated in (False, True):
        book.hear(
            Call("create_contacts", ("b", "c", "d")),
            answer=results(b="2", c="2", d="1"),
            status=201,
            repeated=repeated,
        )
    assert book.summary.contacts == Records(exported=4, matched=1, created=1)
    assert book.summary.companies == Records()
    assert book.known.contacts == {"a": "1", "b": "2", "c": "2", "d": "1"}


def test_a_later_sync_is_counted_apart(book: Book) -> None:
    book.hear(Call("create_companies", ("a", "b")), answer=results(a="1", b="2"), status=201)
    for repeated in (False, True):
        book.hear(
            Call("sync_companies", ("a", "b"), again=True), answer=results(a="1"), repeated=repeated
        )
    assert book.summary.companies == Records(exported=2, created=2, asked_again=2, found_again=1)


def test_an_update_counts_once_and_only_if_it_went_through(book: Book) -> None:
    said = [{"crmId": "1", "success": True}, {"crmId": "2", "success": False, "error": "gone"}]
    book.hear(Call("update_contacts", ("a", "b")), answer={"results": said})
    book.hear(Call("update_contacts", ("a", "b")), answer={"results": said}, repeated=True)
    assert book.summary.contacts.updated == 1
    assert book.summary.errors == {"200 record refused": 2}


def test_a_pair_counts_once_and_only_if_it_is_linked(book: Book) -> None:
    pairs = [{"contactCRMId": c, "companyCRMId": "x"} for c in ("1", "2", "3")]
    failed = {**pairs[2], "error": "Contact not found"}
    for _ in range(2):
        book.hear(
            Call("create_associations", ("a", "b", "c")),
            sent={"associations": pairs},
            answer={"success": True, "created": 2, "errors": [failed]},
        )
    assert book.summary.associations == 2
    assert book.summary.errors == {"200 record refused": 2}


def test_tasks_and_activities_count_once(book: Book) -> None:
    for _ in range(2):
        book.hear(Call("create_task", ("a", "a/0")), answer={"id": "t1"}, status=201)
        book.hear(Call("complete_tasks", ("a/0",)), answer=[{"id": "t1", "completed": True}])
        book.hear(
            Call("create_activity", ("a",), kind="EMAIL INBOUND"), answer={"id": "m1"}, status=201
        )
    book.hear(
        Call("create_activity", ("a",), kind="EMAIL INBOUND"), answer={"id": "m2"}, status=201
    )
    book.hear(Call("create_task", ("a", "a/1")), answer={"id": "t2"}, status=201)
    book.hear(Call("complete_tasks", ("a/1",)), answer=[{"id": "t2", "completed": False}])
    summary = book.summary
    assert (summary.tasks_created, summary.tasks_completed) == (2, 1)
    assert summary.activities == {"EMAIL INBOUND": 2}
    assert book.known.tasks == {"a/0": "t1", "a/1": "t2"}


def test_errors_are_counted_by_status_and_code(book: Book) -> None:
    book.hear(Call("create_task"), answer={"error": "No", "code": "invalid_request"}, status=400)
    book.hear(Call("create_task"), answer={"error": "No", "code": "invalid_request"}, status=400)
    book.hear(Call("create_task"), answer="oops", status=500)
    book.tally.hung_up()
    assert book.summary.errors == {
        "400 invalid_request": 2,
        "500": 1,
        "connection closed": 1,
    }
    assert book.summary.tasks_created == 0


@pytest.mark.parametrize("answer", [None, "x", 3, [], {}, {"results": "x"}, {"results": [3]}])
@pytest.mark.parametrize(
    "operation",
    ["create_contacts", "create_companies", "update_contacts", "create_task", "create_activity"],
)
def test_an_answer_that_says_nothing_is_a_fault_and_no_end(
    book: Book, operation: str, answer: Any
) -> None:
    book.hear(Call(operation, ("a",)), answer=answer, status=201)
    assert book.summary.errors == {"201 not understood": 1}


@pytest.mark.parametrize("answer", [None, "x", 3, [], {}, [3], {"results": [{"crmId": 3}]}])
@pytest.mark.parametrize(
    "operation", ["sync_contacts", "complete_tasks", "read_tasks", "list_users"]
)
def test_an_answer_may_hold_nothing_where_there_may_be_nothing(
    book: Book, operation: str, answer: Any
) -> None:
    book.hear(Call(operation, ("a",)), answer=answer)
    assert book.summary.errors == {}


def test_users_become_owners_in_turn(book: Book) -> None:
    users = [{"id": "u1", "name": "Ann Lee"}, {"id": "u2"}, {"id": 3}, "x"]
    book.hear(Call("list_users"), answer=users)
    assert [book.known.sender(number).owner_id for number in range(3)] == ["u1", "u2", "u1"]
    assert book.known.sender(0).name == "Ann Lee"
    assert book.known.sender(1).name == "Laura Vidal"


def test_owners_who_are_named_go_before_users() -> None:
    known = Known(["o1", "u1"])
    body = b'[{"id": "u1", "name": "Ann Lee"}]'
    known.learn_users(Answer(message("GET", "/users"), 200, {}, body, 0.0, read_json(body)))
    assert known.sender(1) == ("Ann Lee", "u1")
    assert known.sender(2) == ("John Smith", "o1")


def test_latency_is_told_in_milliseconds() -> None:
    seconds = [number / 1000 for number in range(1, 101)]
    assert Latency.of(seconds) == Latency(p50=51, p95=96, p99=100, max=100)
    assert Latency.of([]) == Latency()


def test_a_summary_is_json(book: Book) -> None:
    book.tally.sent(Call("check_health"))
    book.tally.skipped()
    told = json.loads(msgspec.json.encode(book.summary))
    assert told["requests"] == {"check_health": 1}
    assert told["skipped"] == 1
    assert told["contacts"]["foundAgain"] == 0
    assert told["requestsPerSecond"] > 0
    assert msgspec.json.decode(json.dumps(told), type=Summary).skipped == 1
