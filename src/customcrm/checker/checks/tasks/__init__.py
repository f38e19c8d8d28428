"""Things that somebody must do."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks.tasks.batch_complete_answers import batch_complete_answers
from customcrm.checker.checks.tasks.batch_complete_lasts import batch_complete_lasts
from customcrm.checker.checks.tasks.batch_complete_unknown_id import batch_complete_unknown_id
from customcrm.checker.checks.tasks.batch_complete_without_completed import (
    batch_complete_without_completed,
)
from customcrm.checker.checks.tasks.batch_read_answers import batch_read_answers
from customcrm.checker.checks.tasks.batch_read_unknown_id import batch_read_unknown_id
from customcrm.checker.checks.tasks.batch_read_without_ids import batch_read_without_ids
from customcrm.checker.checks.tasks.create_answers import create_answers
from customcrm.checker.checks.tasks.create_bad_date import create_bad_date
from customcrm.checker.checks.tasks.create_day_only import create_day_only
from customcrm.checker.checks.tasks.create_empty_subject import create_empty_subject
from customcrm.checker.checks.tasks.create_idempotency_key import create_idempotency_key
from customcrm.checker.checks.tasks.create_idempotency_key_reused import (
    create_idempotency_key_reused,
)
from customcrm.checker.checks.tasks.create_repeat import create_repeat
from customcrm.checker.checks.tasks.create_returns_fields import create_returns_fields
from customcrm.checker.checks.tasks.create_unknown_contact import create_unknown_contact
from customcrm.checker.checks.tasks.create_without_subject import create_without_subject
from customcrm.checker.checks.tasks.read_answers import read_answers
from customcrm.checker.checks.tasks.read_unknown_id import read_unknown_id
from customcrm.checker.checks.tasks.update_completed_at import update_completed_at
from customcrm.checker.checks.tasks.update_completes import update_completes
from customcrm.checker.checks.tasks.update_completes_once import update_completes_once
from customcrm.checker.checks.tasks.update_lasts import update_lasts
from customcrm.checker.checks.tasks.update_other_fields import update_other_fields
from customcrm.checker.checks.tasks.update_reopens import update_reopens
from customcrm.checker.checks.tasks.update_unknown_id import update_unknown_id

CHECKS: Final[tuple[Check, ...]] = (
    create_answers,
    create_returns_fields,
    create_without_subject,
    create_empty_subject,
    create_bad_date,
    create_day_only,
    create_unknown_contact,
    create_repeat,
    create_idempotency_key,
    create_idempotency_key_reused,
    read_answers,
    read_unknown_id,
    update_completes,
    update_lasts,
    update_completed_at,
    update_completes_once,
    update_reopens,
    update_other_fields,
    update_unknown_id,
    batch_read_answers,
    batch_read_unknown_id,
    batch_read_without_ids,
    batch_complete_answers,
    batch_complete_lasts,
    batch_complete_unknown_id,
    batch_complete_without_completed,
)
