"""What every page has at hand, and what it is handed."""

from collections.abc import AsyncIterator, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anyio import CapacityLimiter

from customcrm.clock import Clock, NewId
from customcrm.crm.records import Kind
from customcrm.dashboard.newsroom import Newsroom
from customcrm.dashboard.urls import Query
from customcrm.operations.accounts.people import Person, Session
from customcrm.operations.accounts.ports import AccountBook
from customcrm.operations.accounts.throttle import Throttle
from customcrm.operations.browsing.owners import OwnerDirectory
from customcrm.operations.browsing.ports import Catalogue
from customcrm.operations.bulk.jobs import JobBook
from customcrm.operations.keys import Keyring
from customcrm.operations.merging.ports import MergeBook
from customcrm.operations.ports import Backend, Origin
from customcrm.operations.properties import Defined, Definition, PropertyBook
from customcrm.operations.rulebook import RuleBook
from customcrm.operations.views import ViewShelf


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with; made once, by `app.py`.

    Attributes:
        backend: the CRM.
        catalogue: what can be looked at.
        merges: which records may be one, and which were merged.
        own_data: whether the CRM is the built-in one: only of that there are lists and records.
        accounts: who may sign in.
        owners: who owns what, those who left included.
        keyring: the API keys.
        rule_book: the rules of each kind of record.
        newsroom: tells tabs what has changed.
        property_book: what people say of properties.
        jobs: what was asked for in bulk.
        views: the views that people have saved.
        throttle: slows down who guesses.
        clock: gives the time.
        new_id: gives ids.
        key_header: the header that carries an API key.
        configured_key: whether a key comes from the settings.
        public_url: under which the world reaches the server; empty if nobody has said.
        version: of the program.
        threads: for pages; a slow page must not keep Enginy waiting.
        door: threads for what anybody may send; guesses at passwords must not keep pages waiting.
        downloads: threads for files that are made while they are sent; pages do not wait for them.
        parsers: threads for pages that parse the body of a message, whose sender decides how long
            that takes.
    """

    backend: Backend
    catalogue: Catalogue
    merges: MergeBook
    own_data: bool
    accounts: AccountBook
    owners: OwnerDirectory
    keyring: Keyring
    rule_book: RuleBook
    newsroom: Newsroom
    property_book: PropertyBook
    jobs: JobBook
    views: ViewShelf
    throttle: Throttle
    clock: Clock
    new_id: NewId
    key_header: str
    configured_key: bool
    public_url: str
    version: str
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(4))
    downloads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))
    door: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))
    parsers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))


class Undo(NamedTuple):
    """What takes back what was just done: a form of ours.

    Attributes:
        path: where it is sent, without the base.
        fields: what it bears besides the session's token. One named `back` is the page that is
            shown then; where scripts run, it is the one that somebody is on.
        label: what its button says.
    """

    path: str
    fields: Mapping[str, str] = {}
    label: str = "Undo"


class Toast(NamedTuple):
    """What the next page says was done.

    Attributes:
        text: one short sentence without a full stop; a long one is cut.
        undo: how to take it back, if it can be.
    """

    text: str
    undo: Undo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request of somebody's browser, let in.

    Attributes:
        desk: what the pages work with.
        session: who it is; None before they have signed in.
        path: what stood in the path, by name.
        query: what stood behind it.
        form: what was sent, by name; the last of several values.
        base: the path under which the server is mounted, without a slash at its end.
        url: the path and query asked for, without the base.
        root: the base URL that Enginy is told.
        now: when it came.
        address: where it came from.
        agent: what the browser calls itself.
        secure: whether it came over HTTPS.
        heard: until when a tab that comes again has heard, as it says.
        toast: what is to be said of what was done before.
        in_part: whether a script asks, which puts a part of the answer into the page there is.
    """

    desk: Desk
    session: Session | None
    path: Mapping[str, Any]
    query: Query
    form: Mapping[str, str]
    base: str
    url: str
    root: str
    now: datetime
    address: str
    agent: str
    secure: bool
    heard: str = ""
    toast: Toast | None = None
    in_part: bool = False

    @property
    def person(self) -> Person:
        """Who it is. Only a page that needs somebody signed in may ask."""
        if self.session is None:
            raise LookupError("nobody is signed in")
        return self.session.person

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which times are shown: UTC where a person's own is no longer known."""
        try:
            return ZoneInfo(self.session.person.zone if self.session else "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def definitions(self, kind: Kind) -> Defined:
        """What people say of the properties of a kind of record, by name."""
        return self.desk.property_book.definitions(kind)

    def definition_of(self, kind: Kind, name: str) -> Definition | None:
        """What people say of one property; None if nothing."""
        return self.definitions(kind).get(name)

    @property
    def origin(self) -> Origin:
        """Who acts, for the history."""
        actor = f"user:{self.session.person.id}" if self.session else "visitor"
        return Origin(actor, self.desk.clock, self.desk.new_id)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered.

    Attributes:
        template: its file.
        context: what is in it.
        status: of the answer.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Redirect:
    """Another page of ours to go to.

    Attributes:
        path: without the base.
        cookie: the secret of a session to begin; empty to end the one there is; None to leave it.
        toast: what the page there says was done.
    """

    path: str
    cookie: str | None = None
    toast: Toast | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Something else than a page.

    Attributes:
        body: its bytes.
        media_type: what they are.
        policy: the content security policy that it is shown under.
    """

    body: bytes
    media_type: str
    policy: str


@dataclass(frozen=True, slots=True)
class Stream:
    """Events as they happen, for as long as somebody listens. It holds no thread.

    Attributes:
        events: gives them, as an event stream has them.
    """

    events: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is made while it is sent: however long it is, only a part is in memory.

    Attributes:
        parts: gives its parts, each on a thread of its own. An empty part says that work was done,
            so that others may have the thread. It is closed when nobody waits for more.
        media_type: what it is.
        name: under which a browser keeps it: letters, digits, dashes and a dot.
    """

    parts: Generator[bytes]
    media_type: str
    name: str


Reply = Page | Redirect | Document | Stream | Download
