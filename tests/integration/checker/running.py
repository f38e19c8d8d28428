"""A run of all checks against a server of the tests."""

import secrets
from collections.abc import Callable

from customcrm.checker.asker import Asker
from customcrm.checker.checks import CHECKS
from customcrm.checker.engine import Terms, run
from customcrm.checker.events import Checked, Status
from customcrm.client.http import Client
from customcrm.client.target import Target
from tests.integration.checker.wire import KEY, Call, Reply, serving

LATEST = 0.5
"""Seconds that an answer may take here: a slow server shall not make a slow test."""

UNMET = frozenset({Status.FAIL, Status.ADVICE})
"""Of a rule that the server does not follow."""

Answerer = Callable[[Call], Reply]


def results_of(answer: Answerer, terms: Terms | None = None, only: str = "") -> list[Checked]:
    """The results of all checks, or of those whose id begins so."""
    with (
        serving(answer) as url,
        Client(Target.read(url, KEY), connections=2) as client,
    ):
        asker = Asker(client, f"check-{secrets.token_hex(3)}", latest=LATEST)
        checks = [check for check in CHECKS if check.id.startswith(only)]
        events = list(run(checks, asker, terms or Terms()))
    return [event for event in events if isinstance(event, Checked)]
