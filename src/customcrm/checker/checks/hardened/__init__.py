"""What goes wrong in real life."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks.hardened.auth_every_route import auth_every_route
from customcrm.checker.checks.hardened.auth_key_not_handed_out import auth_key_not_handed_out
from customcrm.checker.checks.hardened.errors_broken_json import errors_broken_json
from customcrm.checker.checks.hardened.errors_no_internals import errors_no_internals
from customcrm.checker.checks.hardened.errors_shape import errors_shape
from customcrm.checker.checks.hardened.errors_unknown_path import errors_unknown_path
from customcrm.checker.checks.hardened.large_batch_of_100 import large_batch_of_100
from customcrm.checker.checks.hardened.large_sync_of_1000 import large_sync_of_1000
from customcrm.checker.checks.hardened.latency_answers_in_time import latency_answers_in_time
from customcrm.checker.checks.hardened.pages_hostile_html import pages_hostile_html
from customcrm.checker.checks.hardened.repeats_at_once import repeats_at_once
from customcrm.checker.checks.hardened.unicode_broken_characters import unicode_broken_characters
from customcrm.checker.checks.hardened.unicode_names import unicode_names
from customcrm.checker.checks.hardened.wrong_types_activity import wrong_types_activity
from customcrm.checker.checks.hardened.wrong_types_deep_nesting import wrong_types_deep_nesting
from customcrm.checker.checks.hardened.wrong_types_known_fields import wrong_types_known_fields
from customcrm.checker.checks.hardened.wrong_types_number_as_id import wrong_types_number_as_id

CHECKS: Final[tuple[Check, ...]] = (
    auth_every_route,
    auth_key_not_handed_out,
    errors_shape,
    errors_no_internals,
    errors_broken_json,
    errors_unknown_path,
    large_batch_of_100,
    large_sync_of_1000,
    unicode_names,
    unicode_broken_characters,
    wrong_types_known_fields,
    wrong_types_activity,
    wrong_types_number_as_id,
    wrong_types_deep_nesting,
    repeats_at_once,
    pages_hostile_html,
    latency_answers_in_time,
)
