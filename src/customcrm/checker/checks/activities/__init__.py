"""What happened in conversations."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks.activities.create_answers import create_answers
from customcrm.checker.checks.activities.create_bad_date import create_bad_date
from customcrm.checker.checks.activities.create_every_type import create_every_type
from customcrm.checker.checks.activities.create_html_body import create_html_body
from customcrm.checker.checks.activities.create_idempotency_key import create_idempotency_key
from customcrm.checker.checks.activities.create_metadata_as_object import (
    create_metadata_as_object,
)
from customcrm.checker.checks.activities.create_metadata_not_object import (
    create_metadata_not_object,
)
from customcrm.checker.checks.activities.create_repeat import create_repeat
from customcrm.checker.checks.activities.create_repeat_without_message_id import (
    create_repeat_without_message_id,
)
from customcrm.checker.checks.activities.create_type_only import create_type_only
from customcrm.checker.checks.activities.create_unknown_contact import (
    create_unknown_contact,
)
from customcrm.checker.checks.activities.create_unknown_direction import (
    create_unknown_direction,
)
from customcrm.checker.checks.activities.create_unknown_type import create_unknown_type
from customcrm.checker.checks.activities.create_without_type import create_without_type
from customcrm.checker.checks.activities.read_answers import read_answers
from customcrm.checker.checks.activities.read_unknown_id import read_unknown_id

CHECKS: Final[tuple[Check, ...]] = (
    create_answers,
    create_every_type,
    create_html_body,
    create_type_only,
    create_metadata_as_object,
    create_without_type,
    create_unknown_type,
    create_unknown_direction,
    create_bad_date,
    create_metadata_not_object,
    create_unknown_contact,
    create_repeat,
    create_repeat_without_message_id,
    create_idempotency_key,
    read_answers,
    read_unknown_id,
)
