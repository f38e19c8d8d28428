"""A domain that many share."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, check
from customcrm.checker.expectations import Broken, has_status, is_list
from customcrm.checker.nouns import COMPANIES


@check(
    "companies.sync.shared-domain",
    Weight(Group.SYNCS, Level.MAY, Page.COMPANIES_SYNC),
    why="Freelancers give gmail.com as their domain. By it, all of them would be one company.",
    mend="Let no domain of a mail provider or platform identify a company.",
)
def sync_shared_domain(asker: Asker) -> Broken | None:
    """A company is not found by a domain such as gmail.com, which many share."""
    # A name without a word that those of other runs have.
    name = asker.new_whole(COMPANIES)["name"].split()[0]
    freelancer = asker.new(name=name, domain="gmail.com")
    asker.made(asker.create(COMPANIES, freelancer))
    answer = asker.sync(COMPANIES, asker.new(domain="gmail.com"))
    return has_status(answer, 200) or is_list(answer, "results", 0)
