"""What a result says."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.expectations import Broken, equals, is_id
from customcrm.checker.nouns import Noun


@record_check(
    "create.names-each-record",
    Weight(Group.EXPORTS, Level.MUST, Page.CONTACTS),
    why="The externalId tells Enginy which {record} is meant, the crmId is what it uses from then "
    "on: for associations, updates, tasks and activities.",
    mend='Answer {"externalId": <as it came>, "crmId": <your id as a string>} for each {record}.',
)
def create_names_each_record(asker: Asker, noun: Noun) -> Broken | None:
    """Each result of `POST /{records}` has the `externalId` as it came and a `crmId`, a string."""
    given = asker.given(noun)
    answer = asker.creation(noun)
    return equals(answer, "results[0].externalId", given.sent["externalId"]) or is_id(
        answer, "results[0].crmId"
    )
