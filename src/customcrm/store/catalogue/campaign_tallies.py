"""What campaigns count of their contacts, kept with the cards that it is counted of.

A card says in its column `counted` what has been counted of it. A round that changes the card takes
that back and counts what is true now, in the same transaction: so the tallies of a campaign are, at
every moment, what the lists of its contacts have.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, select, text, tuple_

from customcrm.crm.campaigns import campaigns_of
from customcrm.crm.card import Facts, campaign_facet, owner_of
from customcrm.crm.journey import Journey, Mark, day_of, marks_of
from customcrm.store.batch import rows, text_batch
from customcrm.store.card_tables import CAMPAIGN_TALLIES
from customcrm.store.columns import from_json, to_json

PEOPLE: Final = "people"
WAITING: Final = "waiting"
ACTIVE_ON: Final = "active on"
"""The day of the last activity of each contact."""

OWNER: Final = "owner"
OWNER_OF: Final = {stage: f"owner, {stage}" for stage in ("contacted", "connected", "replied")}
"""What is counted by the id of the owner, '' for none; of those who have come as far, too."""

YES: Final = "yes"

MAX_OWNER: Final = 300
"""Characters of an owner's id; a longer one is counted under no owner, and can be none's id."""

_ADD: Final = text(
    "INSERT INTO campaign_tallies (campaign, noun, key, count) "
    "VALUES (:campaign, :noun, :key, :count) "
    "ON CONFLICT (campaign, noun, key) "
    "DO UPDATE SET count = campaign_tallies.count + excluded.count"
)
_BATCH: Final = text_batch("campaign", "noun", "key")
_KEY: Final = tuple_(CAMPAIGN_TALLIES.c.campaign, CAMPAIGN_TALLIES.c.noun, CAMPAIGN_TALLIES.c.key)
_FORGET: Final = delete(CAMPAIGN_TALLIES).where(
    _KEY.in_(select(_BATCH.c.campaign, _BATCH.c.noun, _BATCH.c.key)),
    CAMPAIGN_TALLIES.c["count"] == 0,
)


class CampaignTally(NamedTuple):
    """One count of one campaign, by the campaign's token."""

    campaign: str
    noun: str
    key: str


def counted_of(properties: Mapping[str, Any], facts: Facts) -> str | None:
    """What is to be counted of a contact, as its card keeps it; None if it is in no campaign."""
    names = campaigns_of(properties, facts.campaigns)
    campaigns = dict.fromkeys(campaign_facet(name) for name in names)
    if not campaigns:
        return None
    owner = owner_of(properties)
    told = owner if owner is None or len(owner) <= MAX_OWNER else ""
    return to_json([list(campaigns), told, facts.waiting, *facts.journey])


def tallies_of(card: Mapping[str, Any]) -> Iterator[CampaignTally]:
    """What has been counted of a card, each once."""
    if card["counted"]:
        campaigns, owner, waiting, *journey = from_json(card["counted"])
        marks = list(_marks(owner, Journey(*journey), card["last_activity"], waiting=waiting))
        yield from (CampaignTally(one, *mark) for one in campaigns for mark in marks)


def _marks(
    owner: str | None, journey: Journey, last_activity: int, *, waiting: bool
) -> Iterator[Mark]:
    yield PEOPLE, ""
    yield from marks_of(journey)
    if waiting:
        yield WAITING, YES
    if last_activity:
        yield ACTIVE_ON, day_of(last_activity)
    if owner != "":
        yield OWNER, owner or ""
        for stage, noun in OWNER_OF.items():
            if getattr(journey, stage):
                yield noun, owner or ""


def add_campaign_tallies(connection: Connection, tallies: Mapping[CampaignTally, int]) -> None:
    """Count what has come about, and take back what is no more."""
    told = sorted((tally, count) for tally, count in tallies.items() if count)
    if told:
        given = [{**tally._asdict(), "count": count} for tally, count in told]
        connection.execute(_ADD, given)
    fewer = [tally for tally, count in told if count < 0]
    if fewer:
        connection.execute(_FORGET, rows(fewer))


def difference(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Counter[CampaignTally]:
    """What the tallies change by, where one card takes the place of another."""
    tallies: Counter[CampaignTally] = Counter()
    same = old and new and all(old[name] == new[name] for name in ("counted", "last_activity"))
    if not same:
        tallies.update(tallies_of(new) if new else ())
        tallies.subtract(tallies_of(old) if old else ())
    return tallies
