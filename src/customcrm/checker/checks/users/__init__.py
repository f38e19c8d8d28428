"""Who can own records."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks.users.answers import answers
from customcrm.checker.checks.users.emails_are_text import emails_are_text
from customcrm.checker.checks.users.have_id_and_name import have_id_and_name
from customcrm.checker.checks.users.ids_differ import ids_differ

CHECKS: Final[tuple[Check, ...]] = (
    answers,
    have_id_and_name,
    emails_are_text,
    ids_differ,
)
