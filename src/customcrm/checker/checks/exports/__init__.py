"""What Enginy creates."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks.exports.associations_create_again import associations_create_again
from customcrm.checker.checks.exports.associations_create_again_counts import (
    associations_create_again_counts,
)
from customcrm.checker.checks.exports.associations_create_answers import associations_create_answers
from customcrm.checker.checks.exports.associations_create_counts import associations_create_counts
from customcrm.checker.checks.exports.associations_create_names_failures import (
    associations_create_names_failures,
)
from customcrm.checker.checks.exports.associations_create_several_companies import (
    associations_create_several_companies,
)
from customcrm.checker.checks.exports.associations_create_unknown_id import (
    associations_create_unknown_id,
)
from customcrm.checker.checks.exports.associations_create_without_array import (
    associations_create_without_array,
)
from customcrm.checker.checks.exports.create_answers import create_answers
from customcrm.checker.checks.exports.create_blank_keys import create_blank_keys
from customcrm.checker.checks.exports.create_blank_values import create_blank_values
from customcrm.checker.checks.exports.create_blanks_say_nothing import create_blanks_say_nothing
from customcrm.checker.checks.exports.create_different_records import create_different_records
from customcrm.checker.checks.exports.create_empty_batch import create_empty_batch
from customcrm.checker.checks.exports.create_enginy_names import create_enginy_names
from customcrm.checker.checks.exports.create_every_documented_field import (
    create_every_documented_field,
)
from customcrm.checker.checks.exports.create_in_order import create_in_order
from customcrm.checker.checks.exports.create_keeps_custom_properties import (
    create_keeps_custom_properties,
)
from customcrm.checker.checks.exports.create_known_among_new import create_known_among_new
from customcrm.checker.checks.exports.create_link_keeps_values import create_link_keeps_values
from customcrm.checker.checks.exports.create_malformed_stores_nothing import (
    create_malformed_stores_nothing,
)
from customcrm.checker.checks.exports.create_names_each_record import create_names_each_record
from customcrm.checker.checks.exports.create_names_offending_place import (
    create_names_offending_place,
)
from customcrm.checker.checks.exports.create_only_external_id import create_only_external_id
from customcrm.checker.checks.exports.create_placeholders import create_placeholders
from customcrm.checker.checks.exports.create_record_not_object import create_record_not_object
from customcrm.checker.checks.exports.create_right_ids import create_right_ids
from customcrm.checker.checks.exports.create_same_external_id_again import (
    create_same_external_id_again,
)
from customcrm.checker.checks.exports.create_same_external_id_in_one_batch import (
    create_same_external_id_in_one_batch,
)
from customcrm.checker.checks.exports.create_same_external_id_updates import (
    create_same_external_id_updates,
)
from customcrm.checker.checks.exports.create_same_one_under_another_id import (
    create_same_one_under_another_id,
)
from customcrm.checker.checks.exports.create_unknown_choices import create_unknown_choices
from customcrm.checker.checks.exports.create_unknown_keys import create_unknown_keys
from customcrm.checker.checks.exports.create_url_safe_ids import create_url_safe_ids
from customcrm.checker.checks.exports.create_without_array import create_without_array
from customcrm.checker.checks.exports.create_without_external_id import create_without_external_id

CHECKS: Final[tuple[Check, ...]] = (
    *create_answers,
    *create_names_each_record,
    *create_only_external_id,
    *create_every_documented_field,
    *create_unknown_keys,
    *create_unknown_choices,
    *create_enginy_names,
    *create_blank_values,
    *create_different_records,
    *create_blank_keys,
    *create_placeholders,
    *create_in_order,
    *create_right_ids,
    *create_url_safe_ids,
    *create_same_external_id_again,
    *create_same_external_id_updates,
    *create_blanks_say_nothing,
    *create_keeps_custom_properties,
    *create_same_external_id_in_one_batch,
    *create_known_among_new,
    *create_same_one_under_another_id,
    *create_link_keeps_values,
    *create_empty_batch,
    *create_without_array,
    *create_without_external_id,
    *create_record_not_object,
    *create_malformed_stores_nothing,
    *create_names_offending_place,
    associations_create_answers,
    associations_create_counts,
    associations_create_again,
    associations_create_again_counts,
    associations_create_unknown_id,
    associations_create_names_failures,
    associations_create_several_companies,
    associations_create_without_array,
)
