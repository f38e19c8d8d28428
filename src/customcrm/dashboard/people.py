"""Who owns what, for pages that name owners."""

from collections.abc import Mapping

from customcrm.dashboard.desk import Visit
from customcrm.operations.accounts.members import list_people


def names_of_owners(visit: Visit) -> Mapping[str, str]:
    """The names of all users, by their ids."""
    return {person.id: person.name for person in list_people(visit.desk.accounts)}
