"""By what Enginy calls it."""

from customcrm.checker.asker import Asker
from customcrm.checker.check import Group, Level, Page, Weight, record_check
from customcrm.checker.checks.exports.create_enginy_names import KEYS, named_by_enginy
from customcrm.checker.expectations import Broken, equals, has_status
from customcrm.checker.nouns import COMPANIES, Noun


@record_check(
    "sync.by-enginy-names",
    Weight(Group.SYNCS, Level.MAY, Page.CONTACTS_SYNC),
    why="A contact may come with `professionalEmail` where another has `email`, a company with "
    "`website` where another has `domain`. They are one and the same.",
    mend="Take professionalEmail and personalEmails for emails, website for a domain.",
)
def sync_by_enginy_names(asker: Asker, noun: Noun) -> Broken | None:
    """A {record} that came under Enginy's names is found by the documented ones."""
    record = named_by_enginy(asker, noun)
    crm_id = asker.made(asker.create(noun, record))
    value = record[KEYS[noun.plural]]
    key = value.removeprefix("https://www.").removesuffix("/") if noun is COMPANIES else value
    answer = asker.sync(noun, asker.new(**{noun.key: key}))
    return has_status(answer, 200) or equals(answer, "results[0].crmId", crm_id)
