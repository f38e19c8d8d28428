"""Due dates on pages: moments in the visitor's zone, days as the same day in every zone."""

from datetime import datetime, tzinfo

from customcrm.contract.due_dates import day_due
from customcrm.contract.tasks import Task
from customcrm.crm.moments import in_zone, start_of_day
from customcrm.dashboard.words import calendar, day_name, exact
from customcrm.operations.browsing.events import Day, TaskState


def state_of(task: Task, today: Day) -> TaskState:
    """Return the list that a task is in, seen from a day."""
    if task.completed:
        return TaskState.DONE
    if task.due_date is None:
        return TaskState.UNDATED
    day = day_due(task.due_date)
    if day is None:
        early, late = task.due_date < today.start, task.due_date >= today.end
    else:
        early, late = day < today.date, day > today.date
    if early:
        return TaskState.OVERDUE
    return TaskState.UPCOMING if late else TaskState.TODAY


def is_past(due: datetime, now: datetime, zone: tzinfo) -> bool:
    """Check whether a due date is over: a day when the visitor's next one has begun."""
    day = day_due(due)
    return due < now if day is None else day < in_zone(now, zone).date()


def due_exactly(due: datetime, zone: tzinfo) -> str:
    """Write a due date in full: `Tue 3 Feb 2026, 14:05`, or `Tue 3 Feb 2026` for a day."""
    day = day_due(due)
    return exact(due, zone) if day is None else f"{day:%a} {calendar(day)}"


def due_day(due: datetime, zone: tzinfo, now: datetime) -> str:
    """Write the day of a due date within a sentence: `today`, `Tue 3 Feb`."""
    day = day_due(due) or in_zone(due, zone).date()
    return day_name(day, in_zone(now, zone).date())


def due_order(task: Task, zone: tzinfo) -> tuple[bool, datetime, str]:
    """Return what tasks are sorted by: a day comes before every moment of it, no date last."""
    due = task.due_date
    day = None if due is None else day_due(due)
    begins = due if day is None else start_of_day(day, zone)
    return begins is None, begins or datetime.max.replace(tzinfo=zone), task.id
