"""What Enginy changes."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks.updates.update_answers import update_answers
from customcrm.checker.checks.updates.update_empty_batch import update_empty_batch
from customcrm.checker.checks.updates.update_engagement_fields import update_engagement_fields
from customcrm.checker.checks.updates.update_in_order import update_in_order
from customcrm.checker.checks.updates.update_keeps_custom_properties import (
    update_keeps_custom_properties,
)
from customcrm.checker.checks.updates.update_leaves_others_alone import update_leaves_others_alone
from customcrm.checker.checks.updates.update_null_clears import update_null_clears
from customcrm.checker.checks.updates.update_others_go_through import update_others_go_through
from customcrm.checker.checks.updates.update_right_records import update_right_records
from customcrm.checker.checks.updates.update_round_trip import update_round_trip
from customcrm.checker.checks.updates.update_same_id_twice import update_same_id_twice
from customcrm.checker.checks.updates.update_says_why import update_says_why
from customcrm.checker.checks.updates.update_stores_engagement_fields import (
    update_stores_engagement_fields,
)
from customcrm.checker.checks.updates.update_unknown_id import update_unknown_id
from customcrm.checker.checks.updates.update_without_array import update_without_array
from customcrm.checker.checks.updates.update_without_crm_id import update_without_crm_id

CHECKS: Final[tuple[Check, ...]] = (
    *update_answers,
    *update_unknown_id,
    *update_says_why,
    *update_others_go_through,
    *update_in_order,
    *update_right_records,
    *update_engagement_fields,
    *update_stores_engagement_fields,
    *update_keeps_custom_properties,
    *update_leaves_others_alone,
    *update_null_clears,
    *update_round_trip,
    *update_same_id_twice,
    *update_empty_batch,
    *update_without_array,
    *update_without_crm_id,
)
