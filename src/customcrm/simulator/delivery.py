"""Delivers calls, with whatever goes wrong on purpose, and with patience where a server asks it."""

import threading
from collections.abc import Iterator
from itertools import count
from typing import Final

from customcrm.client.exchange import Answer, Request
from customcrm.client.http import Client, HungUp
from customcrm.simulator.calls import Call
from customcrm.simulator.faults import Faults
from customcrm.simulator.known import Known
from customcrm.simulator.lessons import Heard
from customcrm.simulator.tally import Tally

ATTEMPTS: Final = 6
"""How often a request is sent that the server puts off, or on which it hangs up."""

LONGEST_WAIT: Final = 60.0
"""Seconds that a server may ask us to wait."""

PUT_OFF: Final = frozenset({429, 503})


class Delivery:
    """Delivers calls, from any number of threads.

    Args:
        known: which ids the server has given.
        tally: is told what is sent and heard.
        faults: what goes wrong on purpose.
        stop: set when nobody shall wait any longer.
    """

    def __init__(self, known: Known, tally: Tally, faults: Faults, stop: threading.Event) -> None:
        self._known = known
        self._tally = tally
        self._faults = faults
        self._stop = stop
        self._numbers = count(1)

    def deliver(self, client: Client, call: Call) -> int:
        """Make a call. Returns the status of its last answer, or 0 if there is none.

        Raises:
            Unreachable: nobody is there.
            NoAnswer: no answer came in time, or what came is not HTTP.
        """
        request = call.request(self._known)
        if request is None:
            self._tally.skipped()
            return 0
        number = next(self._numbers)
        if self._faults.drop_every and number % self._faults.drop_every == 0:
            self._drop(client, call, request)
        again = self._faults.retry_every and number % self._faults.retry_every == 0
        status, succeeded = 0, False
        for _ in range(2 if again else 1):
            for answer in self._answers(client, call, request):
                self._tally.heard(Heard(call, answer, repeated=succeeded))
                status, succeeded = answer.status, succeeded or answer.succeeded
        return status

    def _drop(self, client: Client, call: Call, request: Request) -> None:
        """Send a request, and do not wait for the answer."""
        self._tally.sent(call)
        try:
            client.hang_up_on(request)
        except HungUp:
            self._tally.hung_up()

    def _answers(self, client: Client, call: Call, request: Request) -> Iterator[Answer]:
        """The answers to a request, until one of them is the last word."""
        for _ in range(ATTEMPTS):
            self._tally.sent(call)
            try:
                answer = client.send(request, slowly=self._faults.slow)
            except HungUp:
                self._tally.hung_up()
                continue
            yield answer
            wait = _asked_to_wait(answer)
            if wait is None or self._stop.wait(wait):
                return


def _asked_to_wait(answer: Answer) -> float | None:
    """The seconds that a server asks us to wait before we try again, if it does."""
    after = answer.headers.get("retry-after")
    if answer.status not in PUT_OFF or after is None:
        return None
    # A date is possible too; a second is as good.
    return min(float(after), LONGEST_WAIT) if after.isdecimal() else 1.0
