"""What can be done from anywhere, in one table: palette, shortcuts and their sheet are of it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from customcrm.dashboard.desk import Visit
from customcrm.operations.accounts.people import Role

GO: Final = "Go to"
ANYWHERE: Final = "Anywhere"
LISTS: Final = "In a list"
PAGES: Final = "On a page"


class Command(NamedTuple):
    """One thing to do.

    Attributes:
        group: under which it stands.
        name: what it is, as an imperative or a place.
        icon: beside it.
        keys: what does it, each a sequence of keys with a space between; `Mod` is Ctrl, or ⌘ on
            a Mac. Empty for what has no shortcut.
        path: the page that it leads to, without the base.
        does: the `data-do` of what on the page does it: a link or button that is pressed, or a
            `details` that is opened. What is not on the page cannot be done there; with a path, it
            is done on that page.
        act: what the scripts do: `find`, `keys`, `close`, `move`, `tick`, or a theme.
        words: others by which it is found.
        offered: whether the palette offers it.
        of_admins: whether only admins can; `of_data`: whether it needs the built-in CRM.
    """

    group: str
    name: str
    icon: str
    keys: tuple[str, ...] = ()
    path: str = ""
    does: str = ""
    act: str = ""
    words: str = ""
    offered: bool = True
    of_admins: bool = False
    of_data: bool = True


COMMANDS: Final = (
    Command(GO, "Home", "house", ("g h",), "/", words="start first", of_data=False),
    Command(GO, "Contacts", "users-round", ("g c",), "/view/contacts", words="people leads"),
    Command(GO, "Companies", "building-2", ("g o",), "/view/companies", words="organisations"),
    Command(GO, "Campaigns", "megaphone", ("g m",), "/view/campaigns", words="funnel sequences"),
    Command(GO, "Tasks", "list-checks", ("g t",), "/view/tasks", words="todo due"),
    Command(GO, "Activities", "messages-square", ("g a",), "/view/activities", words="messages"),
    Command(
        GO,
        "Who waits for an answer",
        "inbox",
        ("g w",),
        "/view/contacts?replied=waiting&sort=-lastActivity",
        words="waiting replies inbox",
    ),
    Command(GO, "Enginy", "activity", ("g e",), "/view/calls", words="calls log", of_data=False),
    Command(GO, "Duplicates", "git-merge", ("g d",), "/view/duplicates", words="merge same"),
    Command(GO, "Properties", "columns-3", ("g p",), "/view/properties", words="fields labels"),
    Command(GO, "Deleted records", "trash-2", ("g b",), "/view/bin", words="bin restore trash"),
    Command(GO, "Bulk actions", "list-filter", (), "/view/jobs", words="jobs changes undo"),
    Command(
        GO,
        "Why did this match?",
        "search",
        (),
        "/view/matching",
        words="matching keys chain explain",
        of_data=False,
    ),
    Command(GO, "Account", "settings", ("g u",), "/view/account", words="you", of_data=False),
    Command(GO, "Setup", "plug", (), "/view/setup", words="keys", of_admins=True, of_data=False),
    Command(GO, "Team", "users", (), "/view/team", words="roles", of_admins=True, of_data=False),
    Command(
        ANYWHERE,
        "Find or do anything",
        "search",
        ("Mod k",),
        "/view/find",
        act="find",
        offered=False,
        of_data=False,
    ),
    Command(ANYWHERE, "Search", "search", ("/",), act="search", offered=False, of_data=False),
    Command(
        ANYWHERE, "Add a task", "plus", ("t",), "/view/tasks#add-a-task", "add-task", words="new"
    ),
    Command(ANYWHERE, "Add a contact", "plus", (), "/view/contacts/new", words="new person lead"),
    Command(ANYWHERE, "Add a company", "plus", (), "/view/companies/new", words="new organisation"),
    Command(
        ANYWHERE,
        "Keyboard shortcuts",
        "menu",
        ("?",),
        act="keys",
        words="help keys",
        of_data=False,
    ),
    Command(
        ANYWHERE, "Close what is open", "x", ("Escape",), act="close", offered=False, of_data=False
    ),
    Command(ANYWHERE, "Switch to light", "sun", act="light", words="theme day", of_data=False),
    Command(ANYWHERE, "Switch to dark", "moon", act="dark", words="theme night", of_data=False),
    Command(
        ANYWHERE, "Look as the system does", "monitor", act="system", words="theme", of_data=False
    ),
    Command(
        ANYWHERE,
        "Invite somebody",
        "user-plus",
        (),
        "/view/team#invite",
        words="add member colleague",
        of_admins=True,
        of_data=False,
    ),
    Command(
        ANYWHERE,
        "Make a key for Enginy",
        "key-round",
        (),
        "/view/setup",
        words="api connect",
        of_admins=True,
        of_data=False,
    ),
    Command(
        ANYWHERE,
        "Change your password",
        "key-round",
        (),
        "/view/account#password",
        of_data=False,
    ),
    Command(
        ANYWHERE,
        "Sign out",
        "log-out",
        (),
        "/view/account",
        "sign-out",
        words="log leave",
        of_data=False,
    ),
    Command(LISTS, "Next line", "arrow-down", ("j",), act="down", offered=False, of_data=False),
    Command(LISTS, "Line before", "arrow-up", ("k",), act="up", offered=False, of_data=False),
    Command(LISTS, "Open it", "check", ("Enter",), offered=False, of_data=False),
    Command(LISTS, "Choose it, or not", "check", ("x",), act="tick", offered=False, of_data=False),
    Command(LISTS, "Filter this list", "list-filter", ("f",), does="filter", words="narrow only"),
    Command(LISTS, "Choose its columns", "columns-3", does="columns", words="show hide"),
    Command(LISTS, "Save this view", "list-filter", does="view", words="keep pin share"),
    Command(LISTS, "Export this list", "arrow-down", does="export", words="csv excel"),
    Command(PAGES, "Next record", "arrow-down", ("n", "]"), does="next"),
    Command(PAGES, "Record before", "arrow-up", ("p", "["), does="previous"),
    Command(PAGES, "Complete this task", "check", ("c",), does="complete", words="done"),
    Command(PAGES, "Edit this record", "settings", ("e",), does="edit", words="change"),
)
"""Everything that can be done by keyboard or found by name. Within a group
the order is that of the sheet."""


def commands_of(visit: Visit) -> Sequence[Command]:
    """The commands that somebody has."""
    is_admin = visit.session is not None and visit.session.person.role is Role.ADMIN
    return [
        one
        for one in COMMANDS
        if (is_admin or not one.of_admins) and (visit.desk.own_data or not one.of_data)
    ]


def is_meant(one: Command, asked: str) -> bool:
    """Whether each word that was asked for begins a word of a command."""
    words = f"{one.name} {one.words}".casefold().split()
    return all(any(word.startswith(part) for word in words) for part in asked.casefold().split())
