"""Plays a scenario against a server, from the first question to the last answer."""

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from customcrm.client.http import Client
from customcrm.simulator.calls import Call, Phase
from customcrm.simulator.delivery import Delivery
from customcrm.simulator.dice import dice
from customcrm.simulator.faults import NO_FAULTS, Faults
from customcrm.simulator.known import Known
from customcrm.simulator.listener import Listener, Silent
from customcrm.simulator.pace import Pace
from customcrm.simulator.scenario import Scenario, check_bounds
from customcrm.simulator.summary import Summary
from customcrm.simulator.tally import Tally
from customcrm.simulator.traffic import Traffic

LEAST_RATE: Final = 0.01
MOST_RATE: Final = 10_000.0
LIVE_RATE: Final = 1.0
"""Calls per second of a live scenario, unless another rate is asked for."""

LIVE: Final = "Live"


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast a scenario is played.

    Attributes:
        rate: calls per second; 0 for as many as go. With `live`, of the present only.
        live: whether it goes on in the present when the past is told, until it is interrupted.
    """

    rate: float = 0.0
    live: bool = False

    @classmethod
    def read(cls, *, rate: float = 0.0, live: bool = False) -> Self:
        """A tempo as a person asked for it.

        Raises:
            BadScenario: the rate is out of bounds.
        """
        if rate:
            check_bounds("The calls per second", rate, LEAST_RATE, MOST_RATE)
        return cls(rate, live)


AT_ONCE: Final = Tempo()


def system_clock() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def play(
    open_client: Callable[[], Client],
    scenario: Scenario,
    faults: Faults = NO_FAULTS,
    tempo: Tempo = AT_ONCE,
    listener: Listener | None = None,
    clock: Callable[[], datetime] = system_clock,
) -> Summary:
    """Play a scenario. Ctrl-C ends it, with a summary of what there is by then.

    Args:
        open_client: gives a client of the server; each worker has its own.
        scenario: what is played.
        faults: what goes wrong on purpose.
        tempo: how fast.
        listener: is told what happens.
        clock: tells the present moment, in UTC; only a live scenario asks.

    Raises:
        ClientError: the server cannot be reached, or not any more.
    """
    with ExitStack() as stack:
        clients = [stack.enter_context(open_client()) for _ in range(faults.workers)]
        return _Stage(clients, scenario, faults, tempo, listener or Silent()).play(clock)


class _Calls:
    """Calls that several workers share."""

    def __init__(self, calls: Iterable[Call], size: int | None = None) -> None:
        self._calls: Iterator[Call] = iter(calls)
        self._left = size
        self._lock = threading.Lock()

    @property
    def are_left(self) -> bool:
        """Whether there may be another."""
        return self._left is None or self._left > 0

    def take(self) -> Call | None:
        """The next call, if there is one."""
        with self._lock:
            if self._left is not None:
                self._left -= 1
            return next(self._calls, None)


class _Stage:
    """Where one scenario is played."""

    def __init__(
        self,
        clients: list[Client],
        scenario: Scenario,
        faults: Faults,
        tempo: Tempo,
        listener: Listener,
    ) -> None:
        known = Known(scenario.owners)
        self._clients = clients
        self._scenario = scenario
        self._faults = faults
        self._tempo = tempo
        self._listener = listener
        self._stop = threading.Event()
        self._tally = Tally(known)
        self._delivery = Delivery(known, self._tally, faults, self._stop)
        self._traffic = Traffic(scenario)
        self._telling = threading.Lock()

    def play(self, clock: Callable[[], datetime]) -> Summary:
        """Play it to its end."""
        interrupted = False
        with ThreadPoolExecutor(len(self._clients)) as pool:
            try:
                self._play(pool, clock)
            except KeyboardInterrupt:
                interrupted = True
            finally:
                self._stop.set()
        return self._tally.summary(interrupted=interrupted)

    def _play(self, pool: ThreadPoolExecutor, clock: Callable[[], datetime]) -> None:
        pace = Pace(0.0 if self._tempo.live else self._tempo.rate, self._stop)
        for number, phase in enumerate(self._traffic.phases()):
            calls = self._in_order(phase, number)
            self._listener.phase_started(phase.title, len(calls), phase.share)
            self._share(pool, _Calls(calls, len(calls)), pace)
        if self._tempo.live:
            self._listener.phase_started(LIVE, 0, 1.0)
            pace = Pace(self._tempo.rate or LIVE_RATE, self._stop)
            self._share(pool, _Calls(self._traffic.live(clock)), pace)

    def _in_order(self, phase: Phase, number: int) -> list[Call]:
        calls = list(phase.calls)
        if self._faults.reorder:
            throw: random.Random = dice(self._scenario.seed, "order of phase", number)
            throw.shuffle(calls)
        return calls

    def _share(self, pool: ThreadPoolExecutor, calls: _Calls, pace: Pace) -> None:
        """Let all workers make the calls; returns when all are answered."""
        jobs = [pool.submit(self._work, client, calls, pace) for client in self._clients]
        wait(jobs)
        for job in jobs:
            job.result()

    def _work(self, client: Client, calls: _Calls, pace: Pace) -> None:
        try:
            while calls.are_left and pace.wait():
                call = calls.take()
                if call is None:
                    break
                status = self._delivery.deliver(client, call)
                with self._telling:
                    self._listener.called(call.operation, status)
        except BaseException:
            self._stop.set()
            raise
