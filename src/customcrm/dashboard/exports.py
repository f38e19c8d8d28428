"""Exports: what a list shows as a file, written while it is read, however much it is."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import date, tzinfo
from typing import Any, Final, NamedTuple

import msgspec

from customcrm.contract.due_dates import day_due
from customcrm.contract.tasks import Task
from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import Kind
from customcrm.dashboard.arrangement import type_given
from customcrm.dashboard.desk import Download, Reply, Visit
from customcrm.dashboard.export_files import write_csv, write_json_lines
from customcrm.dashboard.failures import PageNotFound, QueryRefused
from customcrm.dashboard.list_queries import read_card_list
from customcrm.dashboard.lists import COMPANIES, CONTACTS, ListOf
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.selecting import PLURALS, all_of, noun_of
from customcrm.dashboard.urls import values_of
from customcrm.dashboard.words import RECORD_CHANNELS
from customcrm.dashboard.workbook import write_workbook
from customcrm.errors import WorkRefused
from customcrm.operations.browsing.cards import MAX_PAGE, Card, Order, Sort
from customcrm.operations.browsing.events import TaskLine
from customcrm.operations.bulk.jobs import MAX_IDS, Selection
from customcrm.operations.nouns import Noun

FORMATS: Final[Mapping[str, tuple[str, str]]] = {
    "excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("csv", "text/csv; charset=utf-8"),
    "jsonl": ("jsonl", "application/jsonl"),
}
"""The ending and the type of each kind of file."""

MOVING: Final = frozenset({Sort.UPDATED, Sort.LAST_ACTIVITY})
"""Orders in which a line may change its place while it is read: then the newest come first."""

_LISTS: Final[Mapping[Noun, ListOf]] = {Noun.CONTACT: CONTACTS, Noun.COMPANY: COMPANIES}
_TASK_COLUMNS: Final = (
    *("id", "subject", "type", "owner", "due", "done", "contact", "company", "description"),
)
TEXT: Final = PropertyType.TEXT
Row = tuple[Sequence[Any], Mapping[str, Any]]
"""One line: its cells, and all of it."""


class Table(NamedTuple):
    """What is exported.

    Attributes:
        header: of the columns.
        kinds: the type of each column, where one is known: a workbook has types.
        pages: of lines.
    """

    header: Sequence[str]
    kinds: Sequence[PropertyType | None]
    pages: Iterator[Sequence[Row]]


def export(visit: Visit) -> Reply:
    """GET /view/export/{noun}: those named by `id`, or all that a list with this query shows."""
    noun = noun_of(visit.path["noun"])
    if noun is None:
        raise PageNotFound
    form, selection = _wanted(visit, noun)
    ending, media_type = FORMATS[form]
    table = _tasks(visit, selection) if noun is Noun.TASK else _records(visit, noun, selection)
    name = f"{PLURALS[noun]}-{visit.now.astimezone(visit.zone):%Y-%m-%d}.{ending}"
    return Download(_written(table, form, noun, visit.zone), media_type, name)


def _written(table: Table, form: str, noun: Noun, zone: tzinfo) -> Generator[bytes]:
    if form == "jsonl":
        return write_json_lines([whole for _, whole in page] for page in table.pages)
    cells = ([cells for cells, _ in page] for page in table.pages)
    if form == "csv":
        return write_csv(table.header, cells)
    return write_workbook(PLURALS[noun].capitalize(), table.header, table.kinds, cells, zone)


def _wanted(visit: Visit, noun: Noun) -> tuple[str, Selection]:
    """Return the format and the lines that an address asks for.

    Raises:
        QueryRefused: a part of it is not understood, so the file would hold something else.
    """
    try:
        selection = all_of(visit, noun, visit.query, ("format", "id"))
    except WorkRefused as error:
        raise QueryRefused(str(error)) from error
    forms = set(values_of(visit.query, "format")) or {"csv"}
    ids = tuple(dict.fromkeys(values_of(visit.query, "id")))
    if len(forms) > 1 or not forms <= FORMATS.keys():
        raise QueryRefused(f"An export is one of these formats: {', '.join(FORMATS)}")
    if len(ids) > MAX_IDS:
        raise QueryRefused(f"At most {MAX_IDS} {PLURALS[noun]} can be named one by one")
    return forms.pop(), Selection(ids=ids) if ids else selection


def _records(visit: Visit, noun: Noun, selection: Selection) -> Table:
    of = _LISTS[noun]
    wanted = read_card_list(visit.query, of.kind, visit.zone, ("format", "id"))
    picked = wanted.columns_or(of.default)
    owners = names_of_owners(visit)

    def row(card: Card) -> Row:
        # A property of theirs may be called `id` too: by ours a record is found again.
        told = {"id": card.id, "name": card.name, **card.properties} | {"id": card.id}
        return [card.id, card.name, *(_cell(of, key, card, owners) for key in picked)], told

    pages = (
        [row(card) for card in cards] for cards in _pages(visit, of.kind, selection, wanted.order)
    )
    kinds = [_type_of_column(visit, of, key) for key in picked]
    return Table(["id", "name", *picked], [TEXT, TEXT, *kinds], pages)


def _pages(
    visit: Visit, kind: Kind, selection: Selection, order: Order
) -> Iterator[Sequence[Card]]:
    if selection.ids is not None:
        yield list(visit.desk.catalogue.cards_by_id(kind, selection.ids).values())
        return
    order = Order() if order.by in MOVING else order
    at, more = None, selection.cards is not None
    while more and selection.cards is not None:
        page = visit.desk.catalogue.cards(kind, selection.cards, order, at, MAX_PAGE)
        yield page.items
        at, more = page.after, page.after is not None


def _type_of_column(visit: Visit, of: ListOf, key: str) -> PropertyType | None:
    """The type of a column, where one is known."""
    if of.property_of(key) is None and key in _CELLS:
        return TEXT
    return type_given(visit, of.kind, of.property_of(key) or key)


def _cell(of: ListOf, key: str, card: Card, owners: Mapping[str, str]) -> Any:
    """What stands in a column of a list."""
    name = of.property_of(key)
    given = _CELLS.get(key) if name is None else None
    return given(card, owners) if given else card.properties.get(name or key)


_CELLS: Final[Mapping[str, Callable[[Card, Mapping[str, str]], Any]]] = {
    "owner": lambda card, owners: owners.get(card.owner or "", card.owner),
    "channels": lambda card, _: ", ".join(
        it.name for kind, it in RECORD_CHANNELS.items() if kind in card.channels
    ),
    "activities": lambda card, _: card.activities,
    "people": lambda card, _: card.people,
    "lastActivity": lambda card, _: card.last_activity_at,
    "created": lambda card, _: card.created_at,
    "updated": lambda card, _: card.updated_at,
    "company": lambda card, _: card.company,
}
"""Columns that are more than a property."""


def _tasks(visit: Visit, selection: Selection) -> Table:
    owners = names_of_owners(visit)

    def row(line: TaskLine) -> Row:
        task = line.task
        cells = (
            *(task.id, task.subject, task.type),
            owners.get(task.owner_id or "", task.owner_id),
            *(_due_cell(task), task.completed_at),
            line.contact.name if line.contact else task.contact_id,
            line.company.name if line.company else task.company_id,
            task.description,
        )
        return cells, msgspec.to_builtins(task)

    pages = ([row(line) for line in lines] for lines in _task_pages(visit, selection))
    return Table(_TASK_COLUMNS, [TEXT] * len(_TASK_COLUMNS), pages)


def _due_cell(task: Task) -> date | None:
    """A due date for a cell: a day without an hour, or a moment."""
    return None if task.due_date is None else day_due(task.due_date) or task.due_date


def _task_pages(visit: Visit, selection: Selection) -> Iterator[Sequence[TaskLine]]:
    catalogue, chosen = visit.desk.catalogue, selection.tasks
    if selection.ids is not None:
        yield [line for line in map(catalogue.task_line, selection.ids) if line]
        return
    at, more = None, chosen is not None
    while more and chosen is not None:
        page = catalogue.tasks(chosen, at, MAX_PAGE)
        yield page.items
        at, more = page.after, page.after is not None
