"""Servers whose owners cannot be picked."""

from typing import Any

from tests.integration.checker.broken.breaking import after, breaks, only_for_success
from tests.integration.checker.right import RightServer

ANA = {"id": "u-1", "name": "Ana", "email": "ana@example.com"}


def _lists(server: RightServer, users: Any) -> None:
    after(server, "GET /users", only_for_success(lambda _: users))


@breaks("users.answers")
def wraps_the_array(server: RightServer) -> None:
    _lists(server, {"users": [ANA]})


@breaks("users.have-id-and-name")
def gives_numbers_for_ids(server: RightServer) -> None:
    _lists(server, [ANA, {**ANA, "id": 2}])


@breaks("users.emails-are-text")
def gives_many_emails(server: RightServer) -> None:
    _lists(server, [{**ANA, "email": ["ana@example.com"]}])


@breaks("users.ids-differ")
def gives_one_id_twice(server: RightServer) -> None:
    _lists(server, [ANA, {**ANA, "name": "Ben"}])
