"""How a right server is made wrong in one respect."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeVar

from tests.integration.checker.right import Record, RightServer
from tests.integration.checker.wire import Call, Reply

Breaker = Callable[[RightServer], None]
OfNoun = Callable[[RightServer, str], None]
Result = TypeVar("Result")

BREAKERS: dict[str, Breaker] = {}
"""By the id of the check, what makes a right server break exactly that rule."""

PLURALS = ("contacts", "companies")
STRONG = {"contacts": "email", "companies": "domain"}
LABEL = {"contacts": "title", "companies": "industry"}


def breaks(check_id: str) -> Callable[[Breaker], Breaker]:
    """What breaks one check."""

    def register(breaker: Breaker) -> Breaker:
        assert check_id not in BREAKERS
        BREAKERS[check_id] = breaker
        return breaker

    return register


def breaks_both(rule: str) -> Callable[[OfNoun], OfNoun]:
    """What breaks a check of contacts, and the same of companies."""

    def register(breaker: OfNoun) -> OfNoun:
        for plural in PLURALS:
            breaks(f"{plural}.{rule}")(_bound(breaker, plural))
        return breaker

    return register


def _bound(breaker: OfNoun, plural: str) -> Breaker:
    return lambda server: breaker(server, plural)


def after(server: RightServer, route: str, change: Callable[[Call, Reply], Reply]) -> None:
    """Change the right answers of a route."""

    def changed(call: Call, reply: Reply) -> Reply:
        return change(call, deepcopy(reply)) if call.is_to(route) else reply

    server.after = changed


def before(server: RightServer, route: str, answer: Callable[[Call], Reply | None]) -> None:
    """Answer some calls to a route otherwise, if they bear the key."""
    server.before = lambda call: answer(call) if call.has_key and call.is_to(route) else None


def before_anybody(server: RightServer, route: str, answer: Callable[[Call], Reply | None]) -> None:
    """Answer some calls to a route otherwise, whoever calls."""
    server.before = lambda call: answer(call) if call.is_to(route) else None


def says(status: int, value: Any = None) -> Reply:
    """An answer in a word."""
    return Reply(status, value if value is not None else {"error": "Odd", "message": "Odd"})


def only_for_success(change: Callable[[Any], Any]) -> Callable[[Call, Reply], Reply]:
    """Change what a success says, and leave refusals alone."""
    return lambda _, reply: reply.but(json=change(reply.json)) if reply.status < 300 else reply


def each_result(change: Callable[[Record], Record]) -> Callable[[Call, Reply], Reply]:
    """Change every result of a batch."""
    return only_for_success(lambda body: {"results": [change(one) for one in body["results"]]})


def without(name: str) -> Callable[[Record], Record]:
    """Leave a key out."""
    return lambda one: {key: value for key, value in one.items() if key != name}


def is_only_external_id(record: Any) -> bool:
    return isinstance(record, dict) and set(record) == {"externalId"}
