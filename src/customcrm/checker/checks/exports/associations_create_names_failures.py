"""Which pairs failed."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import (
    Broken,
    equals_if_present,
    is_list,
    is_text,
    succeeds,
)
from customcrm.checker.places import at
from customcrm.client.exchange import read_json


@check(
    "associations.create.names-failures",
    Weight(Group.EXPORTS, Level.SHOULD, Page.ASSOCIATIONS),
    why="Without it nobody learns that a pair is missing.",
    mend='List each pair that failed: {"contactCRMId", "companyCRMId", "error"}; and do not count '
    "it in `created`.",
)
def associations_create_names_failures(asker: Asker) -> Broken | None:
    """`errors` lists the pair that failed, with a reason, and `created` leaves it out."""
    answer = asker.half_association()
    unknown = at(read_json(answer.request.body or b""), "associations[1].companyCRMId")
    place = f"errors[companyCRMId={unknown}]"
    return (
        succeeds(answer)
        or is_list(answer, "errors", 1)
        or is_text(answer, f"{place}.error")
        or equals_if_present(answer, "created", 1)
    )
