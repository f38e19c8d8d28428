"""A number for an id."""

from zlib import crc32

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import CONTACTS


@check(
    "wrong-types.number-as-id",
    Weight(Group.HARDENED, Level.MAY, Page.CONTACTS),
    why="Ids are strings; who sends a number means its digits.",
    mend="Keep a number as its decimal string, and answer that.",
)
def wrong_types_number_as_id(asker: Asker) -> Broken | None:
    """An `externalId` that is a number is taken for its decimal string."""
    number = 900_000_000_000 + crc32(asker.new_name().encode())
    answer = asker.create(CONTACTS, {"externalId": number})
    return has_status(answer, 200, 201) or equals(answer, "results[0].externalId", str(number))
