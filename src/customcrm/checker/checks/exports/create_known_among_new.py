"""A record that is known among others that are new."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, has_status, is_id
from customcrm.checker.nouns import Noun
from customcrm.checker.snippets import UPSERT


@record_check(
    "create.known-among-new",
    Weight(Group.EXPORTS, Level.SHOULD, Page.CONTACTS),
    why="After a batch that failed halfway Enginy sends all of it again. If one known {record} "
    "fails the batch, the rest of it never arrives.",
    mend="Create what is new, update what is known, and answer both.",
    code=UPSERT,
)
def create_known_among_new(asker: Asker, noun: Noun) -> Broken | None:
    """A batch of a known {record} and a new one gives both a `crmId`."""
    given = asker.given(noun)
    new = asker.new()
    answer = asker.create(noun, given.sent, new)
    place = f"results[externalId={new['externalId']}].crmId"
    return has_status(answer, 200, 201) or is_id(answer, place)
