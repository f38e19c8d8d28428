"""What Enginy has learned from answers: which ids the server gave to whom."""

from collections.abc import Sequence
from typing import Any

from customcrm.client.exchange import Answer
from customcrm.simulator.sender import TEAM, Sender


class Known:
    """The server's ids. Any number of threads may ask and learn.

    Args:
        owners: ids of the users who own the records; none for those whom the server names.

    Attributes:
        contacts: the ids of contacts by Enginy's.
        companies: likewise of companies.
        tasks: the ids of tasks by the names that calls give them.
    """

    def __init__(self, owners: Sequence[str] = ()) -> None:
        self.contacts: dict[str, str] = {}
        self.companies: dict[str, str] = {}
        self.tasks: dict[str, str] = {}
        self._owners = tuple(owners)
        self._users: dict[str, str] = {}

    def sender(self, number: int) -> Sender:
        """Who owns a record and writes to it; only the remainder of the number counts."""
        owners = self._owners or tuple(self._users)
        name = TEAM[number % len(TEAM)]
        if not owners:
            return Sender(name)
        owner = owners[number % len(owners)]
        return Sender(self._users.get(owner) or TEAM[number % len(owners) % len(TEAM)], owner)

    def learn_users(self, answer: Answer) -> None:
        """Take the users that the server names."""
        for user in objects_in(answer.json):
            if isinstance(user.get("id"), str):
                self._users[user["id"]] = str(user.get("name") or "")


def pairs_in(answer: Answer) -> list[tuple[str, str]]:
    """Enginy's id and the server's of each result of a create or a sync."""
    results = answer.json.get("results") if isinstance(answer.json, dict) else []
    return [
        (one["externalId"], one["crmId"])
        for one in objects_in(results)
        if isinstance(one.get("externalId"), str) and isinstance(one.get("crmId"), str)
    ]


def objects_in(value: Any) -> list[dict[str, Any]]:
    """The objects in what should be an array of them."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
