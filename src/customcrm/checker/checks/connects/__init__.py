"""Whether Enginy can connect."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks.connects.answers_are_json import answers_are_json
from customcrm.checker.checks.connects.auth_missing_key import auth_missing_key
from customcrm.checker.checks.connects.auth_wrong_key import auth_wrong_key
from customcrm.checker.checks.connects.health_answers import health_answers
from customcrm.checker.checks.connects.health_says_ok import health_says_ok

CHECKS: Final[tuple[Check, ...]] = (
    health_answers,
    health_says_ok,
    auth_missing_key,
    auth_wrong_key,
    answers_are_json,
)
