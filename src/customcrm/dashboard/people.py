"""Who owns what and who did what, for pages that name people."""

from collections.abc import Mapping

from customcrm.dashboard.desk import Visit
from customcrm.operations.accounts.members import list_people


def names_of_owners(visit: Visit) -> Mapping[str, str]:
    """The names of all users, by their ids."""
    return {person.id: person.name for person in list_people(visit.desk.accounts)}


def names_of_actors(visit: Visit) -> Mapping[str, str]:
    """What whoever is in the history is called, by who it is there."""
    keys = {f"key:{key.id}": f"Enginy ({key.name})" for key in visit.desk.keyring.api_keys()}
    people = {f"user:{user_id}": name for user_id, name in names_of_owners(visit).items()}
    return {"cli": "the command line", **keys, **people}


def actor_name(actor: str, names: Mapping[str, str]) -> str:
    """What one of them is called, known or not."""
    if actor in names:
        return names[actor]
    return "Enginy" if actor.startswith("key:") else "somebody who has left"
