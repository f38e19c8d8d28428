"""Every check against every broken server: each is caught by its own check."""

from itertools import count

import pytest

from customcrm.checker.check import Check, Level
from customcrm.checker.checks import CHECKS
from customcrm.checker.events import Status
from customcrm.contract.operations import OPERATIONS
from tests.integration.checker.broken import BREAKERS
from tests.integration.checker.right import RightServer
from tests.integration.checker.running import UNMET, results_of
from tests.integration.checker.wire import KEY, Call, HangUp, Reply


def test_a_right_server_passes_every_check() -> None:
    results = results_of(RightServer().answer)
    assert [(one.check.id, one.broken) for one in results if one.status is not Status.PASS] == []
    assert len(results) == len(CHECKS)


def test_a_right_server_passes_again_and_again() -> None:
    server = RightServer()
    for _ in range(8):
        failed = {r.check.id for r in results_of(server.answer) if r.status in UNMET}
        # It scans all that it has: right, and slow in the end.
        assert failed <= {"latency.answers-in-time"}


def test_a_server_that_asks_for_patience_is_given_some() -> None:
    server, calls = RightServer(), count()

    def answer(call: Call) -> Reply:
        if next(calls) % 5 == 0:
            return Reply(429, {"error": "Slow down"}, {"Retry-After": "0"})
        return server.answer(call)

    assert [r.check.id for r in results_of(answer) if r.status in UNMET] == []


def test_a_connection_that_was_closed_while_it_idled_is_no_fault() -> None:
    server, calls = RightServer(), count()

    def answer(call: Call) -> Reply:
        if next(calls) % 7 == 0:
            raise HangUp
        return server.answer(call)

    assert [r.check.id for r in results_of(answer) if r.status in UNMET] == []


def test_every_check_has_its_broken_server() -> None:
    assert BREAKERS.keys() == {check.id for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_broken_server_fails_its_own_check_and_no_must_outside_its_group(check: Check) -> None:
    server = RightServer()
    BREAKERS[check.id](server)

    failed = [one for one in results_of(server.answer) if one.status in UNMET]

    assert check.id in {one.check.id for one in failed}
    assert [
        (one.check.id, one.broken)
        for one in failed
        if one.check.level is Level.MUST and one.check.group is not check.group
    ] == []
    assert all(one.broken and one.broken.got and KEY not in one.broken.got for one in failed)


def test_every_operation_of_the_contract_is_asked_with_the_right_key() -> None:
    server, asked = RightServer(), set[str]()

    def answer(call: Call) -> Reply:
        if call.has_key:
            asked.update(
                operation.name
                for operation in OPERATIONS
                if call.is_to(f"{operation.method} {operation.path.replace('{id}', ':id')}")
            )
        return server.answer(call)

    results_of(answer)
    assert asked == {operation.name for operation in OPERATIONS}
