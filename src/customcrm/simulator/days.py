"""How Enginy tells what happens, day by day.

On each day: what was said, what falls due, what campaigns write on the records, what was done, what
Enginy asks after, and at last the records that have changed. Where two things happen to one contact
on one day, the second is in a phase of its own.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from customcrm.simulator.calendar import DAY
from customcrm.simulator.calls import Call, Phase
from customcrm.simulator.conversation import ACTIVITIES, INBOUND, OUTBOUND, activity, kind_of
from customcrm.simulator.engagement import engagement, is_telling
from customcrm.simulator.happening import Happening, ids_of, task_of
from customcrm.simulator.known import Known
from customcrm.simulator.ledger import Ledger
from customcrm.simulator.scenario import BATCH
from customcrm.simulator.story import Event, Moment

MONDAY: Final = 0
FRIDAY: Final = 4


@dataclass(slots=True)
class Week:
    """The companies whose people have been written to in a week, and when last."""

    written_to: dict[int, int] = field(default_factory=dict)

    def note(self, company: int, second: int) -> None:
        """Somebody has been written to."""
        self.written_to[company] = max(second, self.written_to.get(company, second))

    def take(self) -> list[tuple[int, int]]:
        """The companies, in order; none of them is here afterwards."""
        taken = sorted(self.written_to.items())
        self.written_to.clear()
        return taken


def days(ledger: Ledger) -> Iterator[Phase]:
    """Everything from the first day to the last."""
    busy = _busy(ledger)
    week = Week()
    for day in range(ledger.calendar.days):
        happenings = _on(ledger, day, busy[day])
        busy[day] = array("I")
        for one in happenings:
            if ACTIVITIES.get(one.moment.event, ("", ""))[1] == OUTBOUND:
                week.note(ledger.population.employer(one.number), one.moment.second)
        named = f"{ledger.calendar.date(day):%a %d %b %Y}"
        share = day / ledger.calendar.days
        for phase in _day(ledger, day, happenings, week):
            yield Phase(f"{named}: {phase.title}", phase.calls, share)


def _busy(ledger: Ledger) -> "list[array[int]]":
    """For each day, the contacts to whom something happens."""
    busy = [array("I") for _ in range(ledger.calendar.days)]
    for number in range(ledger.population.leads):
        for day in sorted({moment.second // DAY for moment in ledger.story(number)}):
            busy[day].append(number)
    return busy


def _on(ledger: Ledger, day: int, numbers: Iterable[int]) -> list[Happening]:
    """What happens on a day, in order."""
    happenings = [
        Happening(number, moment)
        for number in numbers
        for moment in ledger.story(number)
        if moment.second // DAY == day
    ]
    return sorted(happenings, key=lambda one: (one.moment.second, one.number))


def _day(ledger: Ledger, day: int, happenings: Sequence[Happening], week: Week) -> Iterator[Phase]:
    """The phases of a day; some may be empty."""
    weekday = ledger.calendar.weekday(day)
    if weekday == MONDAY:
        yield Phase("still there?", (Call("check_health"),))
    said = [one for one in happenings if one.moment.event in ACTIVITIES]
    for together in _rounds(said):
        yield Phase("messages", tuple(_messages(ledger, together)))
    due = [one for one in happenings if one.moment.event is Event.TASK_CREATED]
    for together in _rounds(due):
        yield Phase("tasks", tuple(_new_tasks(ledger, together)))
    telling = _numbers(one for one in happenings if is_telling(one.moment))
    yield Phase("engagement", tuple(_batches(ledger, "update_contacts", telling, day, _engaged)))
    if weekday == FRIDAY or day == ledger.calendar.days - 1:
        yield Phase("engagement of companies", tuple(_companies(ledger, week.take())))
    yield Phase("tasks done", tuple(_tasks(happenings, Event.TASK_COMPLETED)))
    yield Phase("tasks asked after", tuple(_tasks(happenings, Event.TASK_READ)))
    changed = _numbers(
        one for one in happenings if one.moment.event in {Event.JOINED, Event.CHANGED}
    )
    yield Phase("look again", tuple(_batches(ledger, "sync_contacts", changed, day, _changed)))
    yield Phase("export again", tuple(_batches(ledger, "create_contacts", changed, day, _changed)))


def _rounds(happenings: Iterable[Happening]) -> list[list[Happening]]:
    """The first thing that happens to each contact, then the second, and so on."""
    rounds: list[list[Happening]] = []
    seen: dict[int, int] = defaultdict(int)
    for one in happenings:
        if seen[one.number] == len(rounds):
            rounds.append([])
        rounds[seen[one.number]].append(one)
        seen[one.number] += 1
    return rounds


def _numbers(happenings: Iterable[Happening]) -> list[int]:
    """The contacts, each once."""
    return list(dict.fromkeys(one.number for one in happenings))


def _task_name(one: Happening) -> str:
    return f"{one.number}/{one.moment.task}"


def _messages(ledger: Ledger, happenings: Iterable[Happening]) -> Iterator[Call]:
    """A call for each message."""
    for one in happenings:
        names = (ledger.population.contact_id(one.number),)
        kind = kind_of(one.moment.event)
        yield Call("create_activity", names, partial(_activity, ledger, one), kind=kind)


def _new_tasks(ledger: Ledger, happenings: Iterable[Happening]) -> Iterator[Call]:
    """A call for each task."""
    for one in happenings:
        names = (ledger.population.contact_id(one.number), _task_name(one))
        yield Call("create_task", names, partial(task_of, ledger, one))


def _activity(ledger: Ledger, one: Happening, known: Known) -> Any:
    ids = ids_of(ledger, one.number, known)
    if not ids:
        return None
    scene = ledger.scene(one.number, one.moment.campaign, known)
    return {**activity(scene, one.moment, _before(ledger, one)), **ids}


def _before(ledger: Ledger, one: Happening) -> Moment | None:
    """The message that is answered, if this is an answer."""
    kind, direction = ACTIVITIES[one.moment.event]
    if direction != INBOUND:
        return None
    earlier = (
        moment
        for moment in reversed(ledger.story(one.number))
        if moment.number < one.moment.number and ACTIVITIES.get(moment.event) == (kind, OUTBOUND)
    )
    return next(earlier, None)


def _batches(
    ledger: Ledger,
    operation: str,
    numbers: Sequence[int],
    day: int,
    value: Callable[[Ledger, Sequence[int], int, Known], Any],
) -> Iterator[Call]:
    """A call for each hundred contacts."""
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        names = tuple(map(ledger.population.contact_id, batch))
        yield Call(operation, names, partial(value, ledger, batch, day), again=True)


def _engaged(ledger: Ledger, numbers: Sequence[int], day: int, known: Known) -> Any:
    contacts = [
        {
            "crmId": known.contacts[name],
            **engagement(ledger.told(number, day), ledger.campaigns, ledger.calendar),
        }
        for number in numbers
        if (name := ledger.population.contact_id(number)) in known.contacts
    ]
    return {"contacts": contacts} if contacts else None


def _changed(ledger: Ledger, numbers: Sequence[int], day: int, known: Known) -> Any:
    return {"contacts": [ledger.contact(number, known, day) for number in numbers]}


def _companies(ledger: Ledger, written_to: Sequence[tuple[int, int]]) -> Iterator[Call]:
    for start in range(0, len(written_to), BATCH):
        batch = written_to[start : start + BATCH]
        names = tuple(ledger.population.company_id(company) for company, _ in batch)
        yield Call(
            "update_companies", names, partial(_engaged_companies, ledger, batch), again=True
        )


def _engaged_companies(ledger: Ledger, written_to: Sequence[tuple[int, int]], known: Known) -> Any:
    companies = [
        {
            "crmId": known.companies[name],
            "engaged_by_enginy": "Yes",
            "last_engaged_at": ledger.calendar.iso(second),
            "lastContactedBy": known.sender(company).name,
        }
        for company, second in written_to
        if (name := ledger.population.company_id(company)) in known.companies
    ]
    return {"companies": companies} if companies else None


def _tasks(happenings: Iterable[Happening], event: Event) -> Iterator[Call]:
    """A call for each hundred tasks to which this happens."""
    names = [_task_name(one) for one in happenings if one.moment.event is event]
    for start in range(0, len(names), BATCH):
        batch = tuple(names[start : start + BATCH])
        if event is Event.TASK_COMPLETED:
            yield Call("complete_tasks", batch, partial(_done, batch))
        else:
            yield Call("read_tasks", batch, partial(_asked_after, batch))


def _asked_after(names: Sequence[str], known: Known) -> Any:
    ids = [known.tasks[name] for name in names if name in known.tasks]
    return {"ids": ids} if ids else None


def _done(names: Sequence[str], known: Known) -> Any:
    asked = _asked_after(names, known)
    return asked and {**asked, "completed": True}
