"""A scenario as the calls that Enginy makes of it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain

from customcrm.simulator.calls import Call, Phase
from customcrm.simulator.days import days
from customcrm.simulator.exports import exports
from customcrm.simulator.ledger import Ledger
from customcrm.simulator.live import live
from customcrm.simulator.scenario import Scenario


class Traffic:
    """All calls of a scenario. The same scenario gives the same calls, in the same order.

    Args:
        scenario: what is played.

    Attributes:
        ledger: what Enginy has.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self.ledger = Ledger(scenario)

    def phases(self) -> Iterator[Phase]:
        """The calls of the past, in phases. None is made before somebody asks for it."""
        everything = chain(exports(self.ledger), days(self.ledger))
        return (phase for phase in everything if phase.calls)

    def live(self, clock: Callable[[], datetime]) -> Iterator[Call]:
        """The calls of the present, without end.

        Args:
            clock: tells the present moment, in UTC.
        """
        return live(self.ledger, self._scenario.seed, clock)
