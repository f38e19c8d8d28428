"""By name."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import COMPANIES


@check(
    "companies.sync.by-name",
    Weight(Group.SYNCS, Level.MAY, Page.COMPANIES_SYNC),
    why="Enginy advises to look by name last, with some tolerance for variations.",
    mend="Compare names without case, punctuation and legal form (Ltd, Inc, GmbH).",
)
def sync_by_name(asker: Asker) -> Broken | None:
    """A company is found by its `name` with another legal form."""
    given = asker.given(COMPANIES)
    answer = asker.sync(COMPANIES, asker.new(name=given.sent["name"].replace("Ltd", "LTD.")))
    return has_status(answer, 200) or equals(answer, "results[0].crmId", given.crm_id)
