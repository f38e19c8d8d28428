"""A database for the pages, written by the row, for the projector to make the cards of.

It has as many contacts as asked, a tenth as many companies, three times as many activities.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table

from customcrm.crm.records import Kind
from customcrm.store.batch import insert_batch, rows
from customcrm.store.card_tables import OUTBOX
from customcrm.store.catalogue.names import ENGAGEMENT, keep_names
from customcrm.store.columns import to_json
from customcrm.store.tables import ACTIVITIES, ASSOCIATIONS, RECORDS, TASKS

NOW: Final = datetime(2026, 6, 1, tzinfo=UTC)
CHUNK: Final = 10_000
_SECOND: Final = 1_000_000
_YEAR: Final = 365 * 86_400
_NOW: Final = int(NOW.timestamp())

FIRST: Final = ("Ana", "Björn", "Chloé", "David", "Elif", "François", "Grace", "Hana", "Ivan")
LAST: Final = ("García", "Nguyen", "Müller", "Smith", "Kowalski", "Rossi", "Tanaka", "Silva")
TITLES: Final = ("CEO", "Head of Sales", "CTO", "Marketing Manager", "Account Executive")
WORDS: Final = ("Solar", "Cloud", "Metal", "Nova", "Delta", "Terra", "Blue", "Prime", "Alto")
KINDS: Final = (
    ("EMAIL", "OUTBOUND"),
    ("EMAIL", "OUTBOUND"),
    ("LINKEDIN", "OUTBOUND"),
    ("EMAIL", "INBOUND"),
    ("LINKEDIN_CONNECTION", "OUTBOUND"),
    ("LINKEDIN", "INBOUND"),
)
OWNERS: Final = 20
CAMPAIGNS: Final = 40


def contact_id(number: int) -> str:
    """The id of a contact."""
    return f"contact_{number:032x}"


def company_id(number: int) -> str:
    """The id of a company."""
    return f"company_{number:032x}"


def mixed(number: int, below: int, salt: int = 0) -> int:
    """A number below another that looks like chance."""
    return ((number + 1) * 2_654_435_761 + salt * 40_503) % 4_294_967_291 % below


def _when(number: int, total: int) -> int:
    return (_NOW - _YEAR + number * _YEAR // total) * _SECOND


def _contact(number: int) -> dict[str, Any]:
    first, last = FIRST[mixed(number, 9)], LAST[mixed(number, 8, 1)]
    properties: dict[str, Any] = {
        "email": f"{first}.{last}{number}@{WORDS[mixed(number, 9, 2)]}{number % 997}.example",
        "firstName": first,
        "lastName": f"{last}{mixed(number, 5_000, 3)}",
        "title": TITLES[mixed(number, 5, 4)],
        "company": f"{WORDS[mixed(number, 9, 5)]} {WORDS[mixed(number, 9, 6)]} {number % 9_973}",
        "linkedinUrl": f"https://www.linkedin.com/in/{first}-{last}-{number}",
        "ownerId": f"user_{mixed(number, OWNERS, 7)}",
        "campaigns": f"Campaign {mixed(number, CAMPAIGNS, 8)}",
        "level": mixed(number, 100, 9),
        "location": "Madrid",
        "description": "A sentence or two about what this person does, as prospecting tools tell.",
    }
    if number % 3 == 0:
        properties["engaged_by_genesy"] = "Yes"
    if number % 1_000 == 0:
        properties["rare"] = "needle"
    return properties


def _company(number: int) -> dict[str, Any]:
    name = f"{WORDS[mixed(number, 9)]} {WORDS[mixed(number, 9, 1)]} {number}"
    return {
        "name": name,
        "domain": f"{name.replace(' ', '').lower()}.example",
        "industry": TITLES[mixed(number, 5, 2)],
        "ownerId": f"user_{mixed(number, OWNERS, 3)}",
    }


def company_of(number: int, contacts: int) -> int:
    """The company of a contact: a hundredth of all are in the first one."""
    return 0 if number % 100 == 0 else mixed(number, max(1, contacts // 10), 11)


def contact_of(activity: int, contacts: int) -> int:
    """The contact of an activity: the first contact has a thirtieth of all."""
    return 0 if activity % 30 == 0 else mixed(activity, contacts, 12)


def _records(total: int, of_contacts: bool) -> Iterator[tuple[Any, ...]]:  # noqa: FBT001
    for number in range(total):
        at = _when(number, total)
        changed = at + mixed(number, 30, 13) * 86_400 * _SECOND
        told = _contact(number) if of_contacts else _company(number)
        record_id = contact_id(number) if of_contacts else company_id(number)
        yield record_id, to_json(told), at, min(changed, _NOW * _SECOND)


def _links(contacts: int) -> Iterator[tuple[Any, ...]]:
    for number in range(contacts):
        yield contact_id(number), company_id(company_of(number, contacts)), "{}", 1


def _activities(total: int, contacts: int) -> Iterator[tuple[Any, ...]]:
    for number in range(total):
        at = _when(number, total)
        kind, direction = KINDS[mixed(number, len(KINDS), 14)]
        step = mixed(number, 3, 18) + 1
        yield (
            f"activity_{number:032x}",
            kind,
            direction,
            f"[{step}/3] [FROM Acme Corp] John Smith",
            "<p>Hello, may I show you what we make?</p>",
            f"user_{mixed(number, OWNERS, 15)}",
            at,
            contact_id(contact_of(number, contacts)),
            "{}",
            at,
            at,
            step if direction == "OUTBOUND" else None,
        )


def _tasks(total: int, contacts: int) -> Iterator[tuple[Any, ...]]:
    for number in range(total):
        at = _when(number, total)
        due = at + 30 * 86_400 * _SECOND if number % 5 else None
        done = at + 86_400 * _SECOND if number % 2 else None
        about, owner = contact_id(mixed(number, contacts, 16)), f"user_{mixed(number, OWNERS, 17)}"
        yield f"task_{number:032x}", "Call back", owner, due, about, done, "{}", at, at


def seed(engine: Engine, contacts: int) -> None:
    """Write everything but the cards, and put every record into the outbox."""
    companies = max(1, contacts // 10)
    record_columns = ("id", "properties", "created_at", "updated_at")
    plan: list[tuple[Table, tuple[str, ...], Iterable[tuple[Any, ...]]]] = [
        (RECORDS[Kind.CONTACT].records, record_columns, _records(contacts, True)),  # noqa: FBT003
        (RECORDS[Kind.COMPANY].records, record_columns, _records(companies, False)),  # noqa: FBT003
        (
            ASSOCIATIONS,
            ("contact_id", "company_id", "properties", "created_at"),
            _links(contacts),
        ),
        (
            ACTIVITIES,
            (
                "id", "type", "direction", "subject", "body", "owner_id", "occurred_at",
                "contact_id", "properties", "created_at", "happened_at", "step",
            ),
            _activities(3 * contacts, contacts),
        ),
        (
            TASKS,
            (
                "id", "subject", "owner_id", "due_at", "contact_id", "completed_at",
                "properties", "created_at", "updated_at",
            ),
            _tasks(contacts // 10, contacts),
        ),
        (OUTBOX, ("record_id",), ((contact_id(n),) for n in range(contacts))),
        (OUTBOX, ("record_id",), ((company_id(n),) for n in range(companies))),
    ]  # fmt: skip
    for table, columns, lines in plan:
        for chunk in _chunks(lines):
            with engine.begin() as connection:
                connection.execute(insert_batch(table, *columns), rows(chunk))
    with engine.begin() as connection:
        _count_activities(connection)
        keep_names(connection, Kind.CONTACT, {"engaged_by_genesy": ENGAGEMENT})


def _chunks(lines: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _count_activities(connection: Connection) -> None:
    for quarter in ("happened_at / 900000000", str(-(2**62))):
        connection.exec_driver_sql(
            "INSERT INTO tallies (quarter, noun, type, direction, count) "  # noqa: S608 - literals
            f"SELECT {quarter}, 'activity', type, coalesce(direction, ''), count(*) "
            "FROM activities GROUP BY 1, 2, 3, 4"
        )
