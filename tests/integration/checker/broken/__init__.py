"""For every check a server that breaks exactly that rule."""

from tests.integration.checker.broken import (
    activities,
    connects,
    exports,
    hardened,
    syncs,
    tasks,
    updates,
    users,
)
from tests.integration.checker.broken.breaking import BREAKERS

__all__ = [
    "BREAKERS",
    "activities",
    "connects",
    "exports",
    "hardened",
    "syncs",
    "tasks",
    "updates",
    "users",
]
