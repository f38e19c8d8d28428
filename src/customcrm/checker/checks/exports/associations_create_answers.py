"""What a create of associations is answered with."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status


@check(
    "associations.create.answers",
    Weight(Group.EXPORTS, Level.MUST, Page.ASSOCIATIONS),
    why="It is the last step of an export: companies, contacts, then what belongs to what.",
    mend='Take {"associations": [{"contactCRMId", "companyCRMId"}]} (mind the spelling CRMId) and '
    'answer 200 {"success": true, "created": 1}.',
)
def associations_create_answers(asker: Asker) -> Broken | None:
    """`POST /associations` with a contact and a company answers 200 with `success: true`."""
    answer = asker.association()
    return has_status(answer, 200, 201) or equals(answer, "success", wanted=True)
