"""How things are said to people: names of channels, times, numbers."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from customcrm.contract.activities import Activity
from customcrm.crm.automatic_subjects import Automatic
from customcrm.crm.journey import OTHER_TYPE
from customcrm.crm.moments import in_zone
from customcrm.crm.text import has_visible, name_or_unnamed

DAY: Final = timedelta(days=1)


class Channel(NamedTuple):
    """A channel of conversations, for people.

    Attributes:
        name: as it stands in filters: `LinkedIn message`.
        icon: the name of its icon.
        sent: what happened when it went out; `came`: when it came in.
        tone: the name of its colour.
    """

    name: str
    icon: str
    sent: str
    came: str
    tone: str


CHANNELS: Final[Mapping[str, Channel]] = {
    "EMAIL": Channel("Email", "mail", "Email sent", "Email received", "email"),
    "LINKEDIN": Channel(
        "LinkedIn message", "message-square-text", "Message sent", "Message received", "linkedin"
    ),
    "LINKEDIN_INMAIL": Channel("InMail", "mail-plus", "InMail sent", "InMail received", "inmail"),
    "LINKEDIN_CONNECTION": Channel(
        "Connection", "user-plus", "Connection requested", "Connection accepted", "connection"
    ),
}
"""The contract's types of activity, in the order in which they are shown."""

UNKNOWN_CHANNEL: Final = Channel("Other", "messages-square", "Sent", "Received", "other")

RECORD_CHANNELS: Final[Mapping[str, Channel]] = {**CHANNELS, OTHER_TYPE: UNKNOWN_CHANNEL}
"""The channels that lists of records know: all unknown types of activity are one of them."""

AUTOMATIC: Final[Mapping[str, str]] = {
    Automatic.AWAY: "Out of office",
    Automatic.UNDELIVERABLE: "Undeliverable",
    Automatic.RECEIPT: "Receipt",
    Automatic.REPLY: "Automatic reply",
}
"""What a message is called that a machine has sent."""

OPERATIONS: Final[Mapping[str, str]] = {
    "check_health": "Health check",
    "list_users": "Users listed",
    "create_contacts": "Contacts exported",
    "sync_contacts": "Contacts looked for",
    "update_contacts": "Contacts updated",
    "read_contacts": "Contacts read",
    "create_companies": "Companies exported",
    "sync_companies": "Companies looked for",
    "update_companies": "Companies updated",
    "read_companies": "Companies read",
    "create_associations": "Contacts linked to companies",
    "create_task": "Task created",
    "read_tasks": "Tasks read",
    "complete_tasks": "Tasks completed",
    "read_task": "Task read",
    "update_task": "Task changed",
    "create_activity": "Activity logged",
    "read_activity": "Activity read",
    "read_check_runs": "Check prepared",
    "clean_check_run": "Check cleaned up",
}
"""What Enginy did, by the name of the operation in the contract."""

ACTIONS: Final[Mapping[str, str]] = {
    "created": "Created",
    "updated": "Changed",
    "linked": "Recognised under another id",
    "restored": "Restored",
    "deleted": "Deleted",
    "merged": "Merged",
    "unmerged": "Merge undone",
    "associated": "Linked",
    "dissociated": "No longer linked",
}
"""What happened to a record, as its history tells it."""

LABELS: Final[Mapping[str, str]] = {
    "firstName": "First name",
    "lastName": "Last name",
    "email": "Email",
    "phone": "Phone",
    "mobilePhone": "Mobile",
    "title": "Title",
    "company": "Company",
    "linkedinUrl": "LinkedIn",
    "ownerId": "Owner",
    "location": "Location",
    "leadCountry": "Country",
    "industry": "Industry",
    "companySize": "Company size",
    "domain": "Domain",
    "website": "Website",
    "description": "Description",
    "emailVerificationStatus": "Email verification",
    "campaigns": "Campaigns",
    "lastContactedBy": "Last contacted by",
    "name": "Name",
    "numberOfEmployees": "Employees",
    "employeeCount": "Employees",
    "foundedYear": "Founded",
    "revenue": "Revenue",
    "companyType": "Type",
    "technologiesUsed": "Technologies",
    "leadCountries": "Countries of leads",
    "externalId": "Enginy's id",
    "mergedId": "Merged record",
    "mergedInto": "Merged into",
    "subject": "Subject",
    "dueDate": "Due",
    "contactId": "Contact",
    "companyId": "Company",
}
"""Names of documented properties for people. Others are spelled out."""

_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[A-Z][0-9]*|[0-9]+")

REFUSALS: Final[Mapping[str, str]] = {
    "invalid_json": "Its body could not be read as JSON.",
    "invalid_request": "Its body did not have the shape that the operation takes.",
    "unauthorized": "Its key was missing, wrong or revoked.",
    "not_found": "What it named does not exist.",
    "path_not_found": "There is no such operation.",
    "task_not_found": "No task has the id that it named.",
    "activity_not_found": "No activity has the id that it named.",
    "users_not_offered": "This server is set not to offer its users.",
    "method_not_allowed": "The path exists, but not with this method.",
    "batch_too_large": "It held more items than one call may.",
    "body_too_large": "It held more bytes than one call may.",
    "url_too_long": "Its URL was longer than this server reads.",
    "idempotency_key_reused": "Its idempotency key came before, with another body.",
    "internal_error": "It was our fault. The server's log has a line with the id of the request.",
    "store_unavailable": "The database was not available.",
    "invalid_http": "It was not valid HTTP.",
    "request_timeout": "It did not arrive in time.",
    "head_too_large": "Its headers were larger than this server reads.",
    "too_many_connections": "This server had too many open connections.",
}
"""Why a whole call failed, by the code of its error."""


def channel_of(kind: str) -> Channel:
    """Return the channel of an activity's type; an unknown type is shown as it was sent."""
    known = RECORD_CHANNELS.get(kind)
    if known or not has_visible(kind):
        return known or UNKNOWN_CHANNEL
    return UNKNOWN_CHANNEL._replace(name=kind, sent=f"{kind} sent", came=f"{kind} received")


def event_of(activity: Activity) -> str:
    """Return what happened, such as `Email received`; `WHATSAPP` where no direction is known."""
    channel = channel_of(activity.type)
    match activity.direction:
        case "INBOUND":
            return channel.came
        case "OUTBOUND":
            return channel.sent
        case None:
            return channel.name
        case other:
            return f"{channel.name}, {other}"


def heading_of(activity: Activity) -> str:
    """Return what an activity is called: its subject, or what happened where that is blank."""
    subject = activity.subject or ""
    return subject if has_visible(subject) else event_of(activity)


def label_of(name: str) -> str:
    """A property's name for people: `First name`, `Engagement status`, `Intent score`."""
    return LABELS.get(name) or name_or_unnamed(_spelled_out(name))


def _spelled_out(name: str) -> str:
    """A name that programs write, in words; one that people wrote stays as it is."""
    if not _IDENTIFIER.fullmatch(name):
        return name
    words = [word if word.isupper() else word.lower() for word in _WORD.findall(name)]
    told = " ".join("Enginy" if word == "enginy" else word for word in words)
    return told[:1].upper() + told[1:]


_STEPS: Final = (
    (45, 45, ""),
    (3_600, 60, "min"),
    (86_400, 3_600, "h"),
    (30 * 86_400, 86_400, "day"),
    (365.25 * 86_400, 30.44 * 86_400, "month"),
    (float("inf"), 365.25 * 86_400, "year"),
)
"""Seconds below which a unit is used, its seconds, and its name."""


def ago(moment: datetime, now: datetime) -> str:
    """How long ago a moment was, or how far ahead it is: `3 h ago`, `in 2 days`."""
    seconds = (now - moment).total_seconds()
    ahead, seconds = seconds < 0, abs(seconds)
    unit, name = next((unit, name) for limit, unit, name in _STEPS if seconds < limit)
    count = int(seconds // unit)
    if not name or (name == "min" and count == 0):
        return "in a moment" if ahead else "just now"
    told = name if name in {"min", "h"} or count == 1 else f"{name}s"
    return f"in {count} {told}" if ahead else f"{count} {told} ago"


def exact(moment: datetime, zone: tzinfo) -> str:
    """A moment to the minute: `Tue 3 Feb 2026, 14:05`."""
    local = in_zone(moment, zone)
    return f"{local:%a} {calendar(local)}, {local:%H:%M}"


def clock(moment: datetime, zone: tzinfo) -> str:
    """The time of day: `14:05`."""
    return f"{in_zone(moment, zone):%H:%M}"


def date_of(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """A day for people: `Today`, `Yesterday`, `Tue 3 Feb`, `3 Feb 2025`."""
    return day_title(in_zone(moment, zone).date(), in_zone(now, zone).date())


def day_title(day: date, today: date) -> str:
    """Write a day, seen from another one: `Today`, `Yesterday`, `Tue 3 Feb`, `3 Feb 2025`."""
    names = {0: "Today", -1: "Yesterday", 1: "Tomorrow"}
    if (day - today).days in names:
        return names[(day - today).days]
    if day.year == today.year:
        return f"{day:%a} {day.day} {day:%b}"
    return calendar(day)


def calendar(day: date) -> str:
    """Write a day with four digits of the year, in whichever zone it is: `3 Feb 2026`."""
    return f"{day.day} {day:%b} {day.year:04}"


def day_of(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """A day within a sentence: `today`, `yesterday`, `Tue 3 Feb`."""
    return day_name(in_zone(moment, zone).date(), in_zone(now, zone).date())


def day_name(day: date, today: date) -> str:
    """Write a day within a sentence: `today`, `yesterday`, `Tue 3 Feb`, `3 Feb 2025`."""
    name = day_title(day, today)
    return name.lower() if name in {"Today", "Yesterday", "Tomorrow"} else name


def count(number: int) -> str:
    """A number with its thousands apart: `12,345`."""
    return f"{number:,}"


def short(number: int) -> str:
    """A number that fits anywhere: `950`, `12.3k`, `1.2M`."""
    for size, letter in ((1_000_000_000, "B"), (1_000_000, "M"), (10_000, "k")):
        if number >= size:
            unit = 1_000 if letter == "k" else size
            told = f"{number / unit:.1f}".removesuffix(".0")
            return f"{told}{letter}"
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """A part of a whole: `34%`, `0.4%`; nothing where it is none."""
    if not 0 <= part <= whole or whole == 0:
        return ""
    percent = 100 * part / whole
    return f"{percent:.1f}%" if 0 < percent < 10 else f"{percent:.0f}%"  # noqa: PLR2004 - two digits


MAX_IN_A_ROW: Final = 300
"""Characters of a text that stand in a row of a list; its own page shows all of it."""


def cut(text: str) -> str:
    """The beginning of a text, for a row of a list. What is cut is no address any more."""
    return text if len(text) <= MAX_IN_A_ROW else f"{text[:MAX_IN_A_ROW]} …"


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 task`, `2 tasks`, `3 companies`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def initials(name: str) -> str:
    """One or two letters that stand for a name."""
    words = [word for word in name.replace("@", " ").split() if word[:1].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


TONES: Final = 8
"""How many colours there are for faces."""


def tone_of(record_id: str) -> int:
    """The colour of a face: the same for the same record."""
    return sum(record_id.encode()) % TONES


_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
"""What browsers call themselves. Most of them claim to be those further down as well."""

_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """A browser's name for people: `Firefox on Windows`."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "A browser")
    system = next((name for sign, name in _SYSTEMS if sign in agent), None)
    return f"{browser} on {system}" if system else browser
