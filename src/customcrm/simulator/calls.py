"""Calls that are not made yet, and the phases that hold them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from customcrm.client.exchange import Request, message
from customcrm.contract.operations import OPERATIONS, Operation
from customcrm.simulator.known import Known

BY_NAME: Final[Mapping[str, Operation]] = {one.name: one for one in OPERATIONS}


@dataclass(frozen=True, slots=True)
class Call:
    """A call that Enginy will make.

    It speaks of records by Enginy's ids, and becomes bytes when the server's are known.

    Attributes:
        operation: its name in the contract: `create_contacts`.
        names: Enginy's ids of the records that it is about; of tasks, their names.
        value: makes the body; None if, as far as is known, there is nothing to say.
        again: whether it is about records that were exported before.
        kind: of an activity, its type and direction: `EMAIL OUTBOUND`.
    """

    operation: str
    names: tuple[str, ...] = ()
    value: Callable[[Known], Any] | None = None
    again: bool = False
    kind: str = ""

    def request(self, known: Known) -> Request | None:
        """The request, if there is anything to say."""
        operation = BY_NAME[self.operation]
        if self.value is None:
            return message(operation.method, operation.path)
        value = self.value(known)
        return None if value is None else message(operation.method, operation.path, value)


@dataclass(frozen=True, slots=True)
class Phase:
    """Calls that do not depend on one another: no record is in two of them.

    So their order makes no difference, and two workers may share them. The next phase begins when
    all of them are answered.

    Attributes:
        title: for people.
        calls: the calls, in the order in which Enginy makes them.
        share: which part of the whole story is told by then, from 0 to 1.
    """

    title: str
    calls: tuple[Call, ...]
    share: float = 0.0
