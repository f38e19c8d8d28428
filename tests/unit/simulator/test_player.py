"""A scenario is played over a real socket: in order, with faults, with patience, and to its end."""

import json
import socket
import threading
import time
from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest

from customcrm.client.http import Client, Unreachable
from customcrm.client.target import Target
from customcrm.simulator.faults import NO_FAULTS, Faults
from customcrm.simulator.pace import Pace
from customcrm.simulator.player import AT_ONCE, Tempo, play
from customcrm.simulator.scenario import Scenario
from customcrm.simulator.summary import Summary
from tests.unit.simulator.recording import Heard, Objection, Recorder, Reply, recording

SCENARIO = Scenario(until=date(2026, 3, 1), leads=40, weeks=4)
USERS = [{"id": "u1", "name": "Ann Lee"}, {"id": "u2", "name": "Bo Ek"}]


def played(
    faults: Faults = NO_FAULTS,
    *,
    scenario: Scenario = SCENARIO,
    tempo: Tempo = AT_ONCE,
    listener: Any = None,
    objection: Objection | None = None,
) -> tuple[Summary, list[Heard]]:
    """The summary, and every request in the order in which it came."""
    recorder = Recorder(USERS, objection or (lambda _number, _heard: None))
    with recording(recorder) as open_client:
        summary = play(open_client, scenario, faults, tempo, listener)
    return summary, recorder.heard


def test_the_same_scenario_is_played_the_same_byte_for_byte() -> None:
    (first, heard), (second, again) = played(), played()
    assert heard == again
    assert len(heard) == sum(first.requests.values()) > 150
    assert first.requests == second.requests
    assert first.errors == {}
    assert first.skipped == 0


def test_another_seed_is_played_differently() -> None:
    other = Scenario(until=SCENARIO.until, leads=40, weeks=4, seed=2)
    assert played(scenario=other)[1] != played()[1]


def test_users_who_are_named_own_the_records_and_sign_the_letters() -> None:
    bodies = b"".join(one.body for one in played()[1])
    assert b'"ownerId":"u1"' in bodies
    assert b"[FROM Acme Corp] Ann Lee" in bodies


def test_owners_may_be_given() -> None:
    scenario = Scenario(until=SCENARIO.until, leads=5, weeks=1, owners=("me",))
    bodies = b"".join(one.body for one in played(scenario=scenario)[1])
    assert b'"ownerId":"me"' in bodies
    assert b'"ownerId":"u1"' not in bodies


def test_every_third_call_is_sent_again() -> None:
    plain, (summary, heard) = played()[1], played(Faults(retry_every=3))
    again = [one for one, other in pairwise(heard) if one == other]
    assert len(heard) - len(plain) == len(plain) // 3
    assert again == plain[2::3]
    assert summary.errors == {}


def test_every_fourth_call_is_hung_up_on_and_sent_again() -> None:
    plain, (summary, heard) = played()[1], played(Faults(drop_every=4))
    again = [one for one, other in pairwise(heard) if one == other]
    assert again == plain[3::4]
    assert summary.errors == {}


def test_reordering_keeps_the_phases_and_is_the_same_for_the_same_seed() -> None:
    scenario = Scenario(until=SCENARIO.until, leads=250, weeks=1)
    plain, heard = (played(f, scenario=scenario)[1] for f in (NO_FAULTS, Faults(reorder=True)))
    assert heard != plain
    assert [(one.method, one.path) for one in heard] == [(one.method, one.path) for one in plain]
    assert played(Faults(reorder=True), scenario=scenario)[1] == heard


def test_several_workers_make_the_same_calls() -> None:
    plain, (summary, heard) = played()[1], played(Faults(workers=4))
    # Ids are given in the order of the calls, so only what comes before any can be compared.
    assert Counter(one.path for one in heard) == Counter(one.path for one in plain)
    assert summary.errors == {}


def test_a_slow_client_sends_the_same() -> None:
    scenario = Scenario(until=SCENARIO.until, leads=3, weeks=1)
    plain = played(scenario=scenario)[1]
    began = time.perf_counter()
    assert played(Faults(slow=0.008), scenario=scenario)[1] == plain
    assert time.perf_counter() - began > 0.008 * sum(bool(one.body) for one in plain)


@pytest.mark.parametrize("status", [429, 503])
def test_it_waits_when_a_server_asks_it_to(status: int) -> None:
    def objection(number: int, _heard: Heard) -> Reply | None:
        asked = Reply(status, {"code": "busy"}, retry_after="0")
        return asked if number in {5, 6, 7} else None

    plain, (summary, heard) = played()[1], played(objection=objection)
    assert heard == [*plain[:4], *[plain[4]] * 3, *plain[4:]]
    assert summary.errors == {f"{status} busy": 3}


def test_its_patience_ends() -> None:
    def objection(_number: int, heard: Heard) -> Reply | None:
        return Reply(503, {}, retry_after="0") if heard.path == "/companies" else None

    summary, heard = played(objection=objection)
    count = Counter(one.path for one in heard)["/companies"]
    assert summary.errors == {"503": count}
    # One create, and one of those that came twice if there are any.
    assert count in {6, 12}
    assert summary.companies.exported == 0
    # Nobody is linked to a company that is not there.
    assert summary.associations == 0
    assert summary.skipped > 0
    assert summary.contacts.created > 30


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_an_error_is_counted_and_is_no_end(status: int) -> None:
    def objection(_number: int, heard: Heard) -> Reply | None:
        return Reply(status, {"code": "no"}) if heard.path == "/activities" else None

    summary, heard = played(objection=objection)
    count = Counter(one.path for one in heard)["/activities"]
    assert summary.errors == {f"{status} no": count}
    assert summary.activities == {}
    assert summary.tasks_created > 0


def test_a_connection_that_is_closed_is_counted_and_the_call_sent_again() -> None:
    def objection(number: int, _heard: Heard) -> Reply | None:
        return Reply(0) if number in {3, 9} else None

    plain, (summary, heard) = played()[1], played(objection=objection)
    assert len(heard) == len(plain) + 2
    assert summary.errors == {"connection closed": 2}
    assert summary.contacts.exported == 40


def test_who_is_found_is_not_sent() -> None:
    recorder = Recorder(USERS)
    with recording(recorder) as open_client:
        first = play(open_client, SCENARIO)
        second = play(open_client, SCENARIO)
    assert first.contacts.matched == 0
    assert second.contacts.matched == 40
    assert (first.contacts.created, second.contacts.created) == (40, 0)
    assert second.skipped == 2
    assert second.activities == first.activities


@pytest.mark.parametrize("workers", [1, 3])
def test_a_server_that_is_not_there_ends_it(workers: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    target = Target(f"http://127.0.0.1:{port}", "a-key")
    with pytest.raises(Unreachable):
        play(lambda: Client(target), SCENARIO, Faults(workers=workers))


class Diary:
    """Writes down what it is told, and may have enough."""

    def __init__(self, enough: int = 10**9) -> None:
        self.told: list[tuple[str, int]] = []
        self.calls: list[tuple[str, int]] = []
        self._enough = enough

    def phase_started(self, title: str, calls: int, share: float) -> None:
        del share
        self.told.append((title, calls))

    def called(self, operation: str, status: int) -> None:
        self.calls.append((operation, status))
        if len(self.calls) >= self._enough:
            raise KeyboardInterrupt


def test_a_listener_hears_of_every_phase_and_every_call() -> None:
    diary = Diary()
    summary, heard = played(listener=diary)
    assert diary.told[0] == ("Connect", 2)
    assert sum(calls for _, calls in diary.told) == len(diary.calls) == len(heard)
    assert Counter(operation for operation, _ in diary.calls) == summary.requests
    assert {status for _, status in diary.calls} == {200, 201}


def test_an_interruption_ends_it_with_a_summary() -> None:
    summary, heard = played(listener=Diary(enough=20))
    assert summary.interrupted
    assert len(heard) == sum(summary.requests.values()) == 20
    assert not played()[0].interrupted


def test_live_it_goes_on_until_it_is_interrupted() -> None:
    scenario = Scenario(until=date(2026, 3, 1), leads=5, weeks=1)
    past = len(played(scenario=scenario)[1])
    diary = Diary(enough=past + 12)
    before = datetime.now(UTC).replace(microsecond=0)
    summary, heard = played(scenario=scenario, tempo=Tempo(rate=100, live=True), listener=diary)
    assert summary.interrupted
    assert diary.told[-1] == ("Live", 0)
    assert len(heard) == past + 12
    told = [json.loads(one.body) for one in heard[past:] if one.path == "/activities"]
    assert told
    for body in told:
        assert before <= datetime.fromisoformat(body["occurredAt"]) <= datetime.now(UTC)


def test_the_rate_holds_for_all_workers_together() -> None:
    stop = threading.Event()
    pace = Pace(200, stop)
    began = time.monotonic()

    def work() -> None:
        for _ in range(10):
            assert pace.wait()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 29 / 200 <= time.monotonic() - began < 1


def test_nobody_waits_when_all_is_over() -> None:
    stop = threading.Event()
    pace = Pace(0.01, stop)
    assert pace.wait()
    stop.set()
    assert not pace.wait()


def test_a_rate_slows_the_calls_down() -> None:
    scenario = Scenario(until=date(2026, 3, 1), leads=2, weeks=1)
    began = time.monotonic()
    _, heard = played(scenario=scenario, tempo=Tempo(rate=100))
    assert time.monotonic() - began >= (len(heard) - 1) / 100
