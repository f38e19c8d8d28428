"""Campaigns: how many people are in each, and how far they have come.

Which activity belongs to which campaign is not in the contract. So what was said with a contact
counts for every campaign that the contact is in.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

WEEKS: Final = 26
"""Weeks that a campaign tells of, up to the last one in which something began."""

MAX_OWNERS: Final = 50
"""Owners that a campaign tells of: those of most people."""


class Funnel(NamedTuple):
    """How many people there are, and how many of them have come how far.

    Attributes:
        people: all of them.
        contacted: to whom anything was sent.
        connected: who have accepted a connection request.
        replied: from whom a message came.
    """

    people: int = 0
    contacted: int = 0
    connected: int = 0
    replied: int = 0


class ChannelCount(NamedTuple):
    """How many people were contacted by a type of activity, and how many replied by it.

    Who accepts a connection request has not replied: of that type, `replied` is 0.
    """

    type: str
    contacted: int
    replied: int


class StepCount(NamedTuple):
    """To how many people a step was sent, and after how many it the first reply came.

    Step 0 is none: of those who replied before any step was sent.
    """

    step: int
    sent: int
    replied: int


class WeekCount(NamedTuple):
    """For how many people the first was sent, and of how many the first reply came, in a week.

    Attributes:
        monday: its first day, in UTC.
    """

    monday: date
    contacted: int
    replied: int


class OwnerCount(NamedTuple):
    """How far the people of one owner have come; the owner is None for people of nobody."""

    owner: str | None
    funnel: Funnel


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLine:
    """A campaign in the list of all.

    Attributes:
        name: as the records name it.
        funnel: how far its people have come.
        last_activity: the day, in UTC, of the latest activity of any of them.
    """

    name: str
    funnel: Funnel
    last_activity: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPage:
    """All that the page of a campaign shows.

    Attributes:
        line: what the list shows of it.
        waiting: how many of its people wrote last, and wait.
        channels: the types by which anything was sent or came.
        steps: the steps that were sent, in their order; step 0 last, if anybody replied after none.
        weeks: from the first week to the last, without a gap; empty if nothing has begun.
        owners: whose people they are, those of most first; `more_owners`: whether there are others.
    """

    line: CampaignLine
    waiting: int
    channels: tuple[ChannelCount, ...]
    steps: tuple[StepCount, ...]
    weeks: tuple[WeekCount, ...]
    owners: tuple[OwnerCount, ...]
    more_owners: bool
