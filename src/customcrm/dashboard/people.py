"""Who owns what and who did what, for pages that name people."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from customcrm.crm.text import name_or_unnamed
from customcrm.dashboard.desk import Visit
from customcrm.operations.browsing.owners import OwnerDirectory


class Owners(Mapping[str, str]):
    """The names of all users there ever were, by their ids: `Ann`, or `Ann (left)`."""

    def __init__(self, directory: OwnerDirectory) -> None:
        self._directory = directory
        self._people = {person.id: person for person in directory.everyone()}

    def __getitem__(self, user_id: str) -> str:
        person = self._people[user_id]
        name = name_or_unnamed(person.name)
        return f"{name} (left)" if person.left else name

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)

    @cached_property
    def choices(self) -> Mapping[str, str]:
        """The users that a form offers: all there are, then who left and still owns something."""
        there = [one.id for one in self._people.values() if not one.left]
        left = [one.id for one in self._people.values() if one.left]
        owning = [one for one in left if self._directory.still_owns(one)]
        return {user_id: self[user_id] for user_id in (*there, *owning)}


def names_of_owners(visit: Visit) -> Owners:
    """Return the names of all users there ever were, and those that a form offers."""
    return Owners(visit.desk.owners)


def names_of_actors(visit: Visit) -> Mapping[str, str]:
    """What whoever is in the history is called, by who it is there."""
    keys = {f"key:{key.id}": f"Enginy ({key.name})" for key in visit.desk.keyring.api_keys()}
    people = {f"user:{user_id}": name for user_id, name in names_of_owners(visit).items()}
    return {"cli": "the command line", **keys, **people}


def actor_name(actor: str, names: Mapping[str, str]) -> str:
    """What one of them is called, known or not."""
    if actor in names:
        return names[actor]
    return "Enginy" if actor.startswith("key:") else "a former user"
