"""Every check, in the order in which they run."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks import (
    activities,
    connects,
    exports,
    hardened,
    syncs,
    tasks,
    updates,
    users,
)

CHECKS: Final[tuple[Check, ...]] = (
    *connects.CHECKS,
    *users.CHECKS,
    *exports.CHECKS,
    *syncs.CHECKS,
    *updates.CHECKS,
    *tasks.CHECKS,
    *activities.CHECKS,
    *hardened.CHECKS,
)
