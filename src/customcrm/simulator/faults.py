"""What can go wrong between Enginy and a server, on purpose."""

from dataclasses import dataclass
from typing import Final, Self

from customcrm.simulator.scenario import check_bounds

MAX_WORKERS: Final = 64
MAX_SLOW: Final = 10.0
MAX_EVERY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong. Whatever it is, a good server holds the same records afterwards.

    Attributes:
        retry_every: every so-manieth call is sent again after its answer; 0 for none.
        drop_every: at every so-manieth call Enginy hangs up, and sends it again; 0 for none.
        reorder: whether calls that do not depend on one another come in any order.
        workers: how many such calls come at once.
        slow: seconds that sending each body takes.
    """

    retry_every: int = 0
    drop_every: int = 0
    reorder: bool = False
    workers: int = 1
    slow: float = 0.0

    @classmethod
    def read(
        cls,
        *,
        retry_every: int = 0,
        drop_every: int = 0,
        reorder: bool = False,
        workers: int = 1,
        slow: float = 0.0,
    ) -> Self:
        """Faults as a person asked for them.

        Raises:
            BadScenario: says what is out of bounds.
        """
        check_bounds("The calls between two repeats", retry_every, 0, MAX_EVERY)
        check_bounds("The calls between two hang-ups", drop_every, 0, MAX_EVERY)
        check_bounds("The number of workers", workers, 1, MAX_WORKERS)
        check_bounds("The seconds that sending takes", slow, 0, MAX_SLOW)
        return cls(retry_every, drop_every, reorder, workers, slow)


NO_FAULTS: Final = Faults()
