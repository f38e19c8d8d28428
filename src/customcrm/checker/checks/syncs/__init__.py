"""What Enginy looks for."""

from typing import Final

from customcrm.checker.check import Check
from customcrm.checker.checks.syncs.sync_answers import sync_answers
from customcrm.checker.checks.syncs.sync_by_domain import sync_by_domain
from customcrm.checker.checks.syncs.sync_by_email import sync_by_email
from customcrm.checker.checks.syncs.sync_by_email_in_capitals import sync_by_email_in_capitals
from customcrm.checker.checks.syncs.sync_by_enginy_names import sync_by_enginy_names
from customcrm.checker.checks.syncs.sync_by_external_id import sync_by_external_id
from customcrm.checker.checks.syncs.sync_by_linkedin_url import sync_by_linkedin_url
from customcrm.checker.checks.syncs.sync_by_name import sync_by_name
from customcrm.checker.checks.syncs.sync_by_name_and_company import sync_by_name_and_company
from customcrm.checker.checks.syncs.sync_by_phone import sync_by_phone
from customcrm.checker.checks.syncs.sync_creates_nothing import sync_creates_nothing
from customcrm.checker.checks.syncs.sync_empty_batch import sync_empty_batch
from customcrm.checker.checks.syncs.sync_last_activity_date import sync_last_activity_date
from customcrm.checker.checks.syncs.sync_names_the_one_sent import sync_names_the_one_sent
from customcrm.checker.checks.syncs.sync_no_echo import sync_no_echo
from customcrm.checker.checks.syncs.sync_none_found import sync_none_found
from customcrm.checker.checks.syncs.sync_only_matches import sync_only_matches
from customcrm.checker.checks.syncs.sync_properties import sync_properties
from customcrm.checker.checks.syncs.sync_property_types import sync_property_types
from customcrm.checker.checks.syncs.sync_right_ids import sync_right_ids
from customcrm.checker.checks.syncs.sync_shared_domain import sync_shared_domain
from customcrm.checker.checks.syncs.sync_without_array import sync_without_array
from customcrm.checker.checks.syncs.sync_without_external_id import sync_without_external_id

CHECKS: Final[tuple[Check, ...]] = (
    *sync_answers,
    *sync_names_the_one_sent,
    *sync_properties,
    *sync_only_matches,
    *sync_right_ids,
    *sync_none_found,
    *sync_creates_nothing,
    *sync_by_external_id,
    sync_by_email,
    sync_by_email_in_capitals,
    *sync_by_linkedin_url,
    sync_by_phone,
    sync_by_name_and_company,
    sync_by_domain,
    sync_by_name,
    sync_shared_domain,
    *sync_by_enginy_names,
    *sync_no_echo,
    sync_property_types,
    sync_last_activity_date,
    *sync_empty_batch,
    *sync_without_array,
    *sync_without_external_id,
)
