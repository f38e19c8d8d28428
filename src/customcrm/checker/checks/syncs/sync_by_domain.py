"""By domain."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import COMPANIES
from customcrm.checker.snippets import DOMAIN


@check(
    "companies.sync.by-domain",
    Weight(Group.SYNCS, Level.SHOULD, Page.COMPANIES_SYNC),
    why="It is the first key that Enginy advises for companies: without protocol, www and "
    "path, in small letters.",
    mend="Reduce both domains to the host, without www., in small letters, and compare those.",
    code=DOMAIN,
)
def sync_by_domain(asker: Asker) -> Broken | None:
    """A company is found by its `domain`, written as a web address in capitals too."""
    given = asker.given(COMPANIES)
    answer = asker.sync(COMPANIES, asker.new(domain=f"https://WWW.{given.sent['domain']}/about"))
    return has_status(answer, 200) or equals(answer, "results[0].crmId", given.crm_id)
