"""A run of all checks against a server of the tests."""

import secrets
from collections.abc import Callable

from customcrm.checker.asker import Asker
from customcrm.checker.checks import CHECKS
from customcrm.checker.engine import Terms, run
from customcrm.checker.events import Checked
from customcrm.client.http import Client
from customcrm.client.target import Target
from tests.integration.checker.wire import KEY, Call, Reply, serving

LATEST = 0.5
"""Seconds that an answer may take here: a slow server shall not make a slow test."""

Answerer = Callable[[Call], Reply]


def results_of(answer: Answerer, terms: Terms | None = None) -> list[Checked]:
    with (
        serving(answer) as url,
        Client(Target.read(url, KEY), connections=2) as client,
    ):
        asker = Asker(client, f"check-{secrets.token_hex(3)}", latest=LATEST)
        events = list(run(CHECKS, asker, terms or Terms()))
    return [event for event in events if isinstance(event, Checked)]
