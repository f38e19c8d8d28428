"""A number for an id."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import CONTACTS
from customcrm.contract.check_runs import number_of


@check(
    "wrong-types.number-as-id",
    Weight(Group.HARDENED, Level.MAY, Page.CONTACTS),
    why="Ids are strings; who sends a number means its digits.",
    mend="Keep a number as its decimal string, and answer that.",
)
def wrong_types_number_as_id(asker: Asker) -> Broken | None:
    """An `externalId` that is a number is taken for its decimal string."""
    number = number_of(asker.mark)
    record = asker.new_whole(CONTACTS)
    # Under a name of the run as well, so that it can be told from the records of others.
    answer = asker.create(CONTACTS, record, {"externalId": number, "email": record["email"]})
    place = f"results[externalId={number}].externalId"
    return has_status(answer, 200, 201) or equals(answer, place, str(number))
