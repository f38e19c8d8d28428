"""What happens to a lead, from the first message to the last: pure, and always the same.

Messages go out in the working hours of the lead; answers come at all hours of the day, few of them
at the weekend.
"""

import random
from enum import StrEnum
from typing import Final, NamedTuple

from customcrm.simulator.calendar import DAY, HOUR, Calendar
from customcrm.simulator.campaigns import Approach, Campaign
from customcrm.simulator.dice import happens
from customcrm.simulator.people import Person

MINUTE: Final = 60
WORK_BEGINS: Final = 17 * HOUR // 2
WORK_ENDS: Final = 35 * HOUR // 2
DAY_BEGINS: Final = 7 * HOUR
DAY_ENDS: Final = 21 * HOUR


class Event(StrEnum):
    """What can happen."""

    CONNECTION_SENT = "connection sent"
    CONNECTION_ACCEPTED = "connection accepted"
    LINKEDIN_SENT = "LinkedIn message sent"
    LINKEDIN_RECEIVED = "LinkedIn message received"
    INMAIL_SENT = "InMail sent"
    INMAIL_RECEIVED = "InMail received"
    EMAIL_SENT = "email sent"
    EMAIL_RECEIVED = "email received"
    VOICE_SENT = "voice message sent"
    WHATSAPP_SENT = "WhatsApp message sent"
    WHATSAPP_RECEIVED = "WhatsApp message received"
    PROFILE_VISITED = "profile visited"
    POST_LIKED = "post liked"
    TASK_CREATED = "task created"
    TASK_READ = "task read"
    TASK_COMPLETED = "task completed"
    JOINED = "joined a further campaign"
    CHANGED = "changed position or number"


class Channel(NamedTuple):
    """A way to write to one another."""

    sent: Event
    received: Event


LINKEDIN: Final = Channel(Event.LINKEDIN_SENT, Event.LINKEDIN_RECEIVED)
INMAIL: Final = Channel(Event.INMAIL_SENT, Event.INMAIL_RECEIVED)
WHATSAPP: Final = Channel(Event.WHATSAPP_SENT, Event.WHATSAPP_RECEIVED)
EMAIL: Final = Channel(Event.EMAIL_SENT, Event.EMAIL_RECEIVED)


class Wording(StrEnum):
    """Which of the letters a message is."""

    NOTE = "note"
    ACCEPTED = "accepted"
    MESSAGE = "message"
    INMAIL = "inmail"
    EMAIL = "email"
    INTERESTED = "interested"
    DECLINED = "declined"
    AWAY = "away"
    PROPOSAL = "proposal"
    SETTLED = "settled"
    NOTHING = ""


class Moment(NamedTuple):
    """Something that happens to a lead.

    Attributes:
        number: among all that happens to the lead.
        second: when.
        event: what.
        campaign: in which campaign.
        wording: which letter, if it is a message.
        step: which message of the sequence it is, or answers; from 1.
        steps: how many messages the sequence has.
        chance: a number that decides what else can be decided about it.
        task: which task of the lead, if it is about one.
        due: when that is due.
    """

    number: int
    second: int
    event: Event
    campaign: int
    wording: Wording = Wording.NOTHING
    step: int = 1
    steps: int = 1
    chance: int = 0
    task: int = 0
    due: int = 0


def story(
    person: Person, campaigns: tuple[Campaign, ...], calendar: Calendar, throw: random.Random
) -> tuple[Moment, ...]:
    """All that happens to a lead until the last day, in order.

    Args:
        person: the lead.
        campaigns: those that the lead is in, in order.
        calendar: the days of the scenario.
        throw: the lead's own dice.
    """
    teller = _Teller(person, calendar, throw)
    for campaign in campaigns:
        teller.tell(campaign, further=campaign is not campaigns[0])
    # Those whom we cannot reach are looked into, and exported again.
    if happens(throw, 0.08 if person.email or person.slug else 0.8):
        teller.change(campaigns[0].number)
    told = (moment for moment in teller.moments if 0 <= moment.second < calendar.end)
    return tuple(sorted(told, key=lambda moment: moment.second))


class _Teller:
    """Tells the story of one lead. Its clock is the lead's."""

    def __init__(self, person: Person, calendar: Calendar, throw: random.Random) -> None:
        self.moments: list[Moment] = []
        self._person = person
        self._calendar = calendar
        self._throw = throw
        self._weekend = person.company.locale.weekend
        self._now = 0
        self._tasks = 0
        self._campaign = 0

    def tell(self, campaign: Campaign, *, further: bool) -> None:
        """What happens in a campaign."""
        throw = self._throw
        day = campaign.start + int(campaign.length * throw.random())
        self._campaign = campaign.number
        self._now = max(day * DAY, self._now + 4 * DAY)
        if further:
            self._note(Event.JOINED, self._now - DAY + DAY_BEGINS)
        self._wait(0, 0)
        answered = False
        if campaign.approach is not Approach.EMAIL and self._person.slug:
            answered = self._by_linkedin()
        if not answered and campaign.approach is not Approach.LINKEDIN and self._person.email:
            steps = 3 if campaign.approach is Approach.EMAIL else 2
            answered = self._by_messages(EMAIL, Wording.EMAIL, 0.1, steps)
        if not answered and happens(throw, 0.06):
            self._task()

    def change(self, campaign: int) -> None:
        """Something about the lead changes."""
        self._campaign = campaign
        day = self._throw.randrange(self._calendar.days)
        self._note(Event.CHANGED, day * DAY + DAY_BEGINS)

    def _by_linkedin(self) -> bool:
        """A connection request and what follows; whether the lead has answered."""
        if happens(self._throw, 0.2):
            self._note(Event.PROFILE_VISITED, self._now)
            self._now += 5 * MINUTE
        self._note(Event.CONNECTION_SENT, self._now, Wording.NOTE)
        if happens(self._throw, 0.38):
            self._hear()
            self._note(Event.CONNECTION_ACCEPTED, self._now, Wording.ACCEPTED)
            return self._by_messages(LINKEDIN, Wording.MESSAGE, 0.17, 3)
        self._wait(5, 9)
        if happens(self._throw, 0.1):
            self._note(Event.POST_LIKED, self._now)
            self._now += 5 * MINUTE
        if not happens(self._throw, 0.3):
            return False
        self._note(Event.INMAIL_SENT, self._now, Wording.INMAIL)
        return self._answered(INMAIL, 0.13, (1, 1))

    def _by_messages(self, channel: Channel, wording: Wording, share: float, steps: int) -> bool:
        """Up to so many messages; whether the lead has answered."""
        for step in range(1, steps + 1):
            self._wait(1, 4 if step == 1 else 6)
            spoken = channel is LINKEDIN and step > 1 and happens(self._throw, 0.15)
            sent = Event.VOICE_SENT if spoken else channel.sent
            self._note(sent, self._now, wording, (step, steps))
            if self._answered(channel, share, (step, steps)):
                return True
        return False

    def _answered(self, channel: Channel, share: float, place: tuple[int, int]) -> bool:
        """Whether the lead answers a message, and what comes of it."""
        throw = self._throw
        if channel is EMAIL and happens(throw, 0.04):
            away = self._now + throw.randrange(20, 90)
            self._note(channel.received, away, Wording.AWAY, place)
        if not happens(throw, share):
            return False
        self._hear()
        if happens(throw, 0.35):
            self._note(channel.received, self._now, Wording.DECLINED, place)
            return True
        self._note(channel.received, self._now, Wording.INTERESTED, place)
        if happens(throw, 0.85):
            self._task()
        self._now = self._at_work(self._now + throw.randrange(10 * MINUTE, 20 * HOUR))
        if self._person.mobile and happens(throw, 0.25):
            channel = WHATSAPP
        self._note(channel.sent, self._now, Wording.PROPOSAL, place)
        if happens(throw, 0.6):
            self._hear()
            self._note(channel.received, self._now, Wording.SETTLED, place)
        return True

    def _task(self) -> None:
        """Something falls due. Half of it is done in time, most of the rest late, some never."""
        throw = self._throw
        created = self._now + throw.randrange(MINUTE, 40 * MINUTE)
        due = self._at_work(created + throw.randrange(1, 7) * DAY) // HOUR * HOUR
        chance = throw.randrange(2**16)
        fate = throw.random()
        done = created + int((due - created) * throw.random())
        if fate > 0.5:  # noqa: PLR2004 - half of them
            done = self._at_work(due + throw.randrange(1, 10) * DAY)
        self._note(Event.TASK_CREATED, created, chance=chance, due=due)
        self._note(Event.TASK_READ, (due // DAY + 1) * DAY + DAY_BEGINS, chance=chance, due=due)
        if fate < 0.9:  # noqa: PLR2004 - nearly all of them
            self._note(Event.TASK_COMPLETED, done, chance=chance, due=due)
        self._tasks += 1

    def _note(
        self,
        event: Event,
        at: int,
        wording: Wording = Wording.NOTHING,
        place: tuple[int, int] = (1, 1),
        *,
        chance: int | None = None,
        due: int = 0,
    ) -> None:
        ahead = self._person.clock * HOUR
        self.moments.append(
            Moment(
                number=len(self.moments),
                second=max(at - ahead, 0),
                event=event,
                campaign=self._campaign,
                wording=wording,
                step=place[0],
                steps=place[1],
                chance=self._throw.randrange(2**16) if chance is None else chance,
                task=self._tasks,
                due=due - ahead,
            )
        )

    def _wait(self, least: int, most: int) -> None:
        """Let some days pass, up to somebody's working hours."""
        day = self._now // DAY + self._throw.randint(least, most)
        clock = self._throw.randrange(WORK_BEGINS, WORK_ENDS)
        self._now = self._at_work(max(day * DAY + clock, self._now + 1))

    def _hear(self) -> None:
        """Let the time pass until the lead answers: minutes, hours, seldom days."""
        throw = self._throw
        answer = self._now + 4 * MINUTE + int(throw.expovariate(1 / (14 * HOUR)))
        day, clock = divmod(answer, DAY)
        if not DAY_BEGINS <= clock < DAY_ENDS:
            day += clock >= DAY_ENDS
            clock = throw.randrange(DAY_BEGINS, 10 * HOUR)
        later = day
        while self._is_weekend(later) and happens(throw, 0.8):
            later += 1
        if later != day:
            clock = throw.randrange(DAY_BEGINS, 11 * HOUR)
        self._now = later * DAY + clock

    def _at_work(self, at: int) -> int:
        """The moment, or the next in working hours; now and then somebody works at the weekend."""
        day, clock = divmod(at, DAY)
        if clock >= WORK_ENDS:
            day, clock = day + 1, 0
        later = day
        while self._is_weekend(later) and happens(self._throw, 0.97):
            later += 1
        if later != day or clock < WORK_BEGINS:
            clock = self._throw.randrange(WORK_BEGINS, 13 * HOUR)
        return later * DAY + clock

    def _is_weekend(self, day: int) -> bool:
        return self._calendar.weekday(day) in self._weekend
