"""A wrong key, route by route."""

from typing import Any, Final, get_origin, get_type_hints

import msgspec

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import NOT_OFFERED, Broken, has_status
from customcrm.checker.snippets import KEY
from customcrm.contract.operations import OPERATIONS, Operation

OPTIONAL: Final = frozenset({"Users", "Tasks", "Activities"})
"""Groups of operations that a server need not offer."""


@check(
    "auth.every-route",
    Weight(Group.HARDENED, Level.MUST, Page.OVERVIEW),
    why="One route that was forgotten is an open door to your CRM.",
    mend="Check the key in one place, before all routes, not in each of them.",
    writes=False,
    code=KEY,
)
def auth_every_route(asker: Asker) -> Broken | None:
    """Every documented route besides `/health` answers a wrong key with 401."""
    wrong = f"{asker.client.target.key}x"
    for operation in OPERATIONS:
        if operation.documented and operation.group != "Health":
            path = operation.path.replace("{id}", asker.new_name())
            answer = asker.ask(operation.method, path, _harmless(operation), key=wrong)
            optional = NOT_OFFERED if operation.group in OPTIONAL else ()
            broken = has_status(answer, 401, *optional)
            if broken:
                return broken
    return None


def _harmless(operation: Operation) -> dict[str, Any] | None:
    """A body that does nothing even where the key is not looked at.

    A batch is empty; what is one thing lacks the field that it must have.
    """
    if operation.request is None:
        return None
    first = msgspec.structs.fields(operation.request)[0]
    is_batch = get_origin(get_type_hints(operation.request)[first.name]) is list
    return {first.encode_name: []} if is_batch else {}
