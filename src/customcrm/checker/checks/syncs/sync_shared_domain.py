"""A domain that many share."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import COMPANIES


@check(
    "companies.sync.shared-domain",
    Weight(Group.SYNCS, Level.MAY, Page.COMPANIES_SYNC),
    why="Freelancers give gmail.com as their domain. By it, all of them would be one company.",
    mend="Let no domain of a mail provider or platform identify a company by itself.",
)
def sync_shared_domain(asker: Asker) -> Broken | None:
    """A company is not found by a domain such as gmail.com when it has another name."""
    # Names of one word each, which no other company has, of this run or of others.
    one, other = (asker.new_whole(COMPANIES)["name"].split()[0] for _ in range(2))
    asker.made(asker.create(COMPANIES, asker.new(name=one, domain="gmail.com")))
    answer = asker.sync(COMPANIES, asker.new(name=other, domain="gmail.com"))
    return has_status(answer, 200) or is_list(answer, "results", 0)
