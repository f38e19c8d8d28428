"""The built-in backend: everything the server keeps, in one database."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from customcrm import log
from customcrm.clock import Clock
from customcrm.crm.records import Kind
from customcrm.errors import BadSetting, StoreUnavailable
from customcrm.operations.accounts.ports import AccountReader, AccountWriter
from customcrm.operations.bulk.jobs import JobReader, JobWriter
from customcrm.operations.bulk.runner import JobRunner
from customcrm.operations.bulk.steps import RulesOf
from customcrm.operations.calls import Call
from customcrm.operations.keys import ApiKey
from customcrm.operations.ports import Reader, Stamp, Writer
from customcrm.operations.properties import AllDefined, Change
from customcrm.operations.rulebook import Choice
from customcrm.store import accounts, api_keys, property_definitions, rule_choices
from customcrm.store.accounts import AccountTransaction
from customcrm.store.bulk import JobTransaction
from customcrm.store.calls import BufferedCallLog
from customcrm.store.catalogue.catalogue import StoreCatalogue
from customcrm.store.catalogue.projector import Projector
from customcrm.store.database import Database
from customcrm.store.derivations.progress import mark_complete
from customcrm.store.derivations.registry import DERIVATIONS
from customcrm.store.derivations.runner import DerivationRunner
from customcrm.store.duplicates.book import StoreMergeBook
from customcrm.store.duplicates.finder import Finder
from customcrm.store.postgresql import PostgresqlDatabase
from customcrm.store.schema import is_current, migrate, revision_of
from customcrm.store.sqlite import SqliteDatabase
from customcrm.store.transaction import Transaction
from customcrm.store.views import StoreViews

T = TypeVar("T")

_AWAY: Final = ("08", "25", "53", "55", "57", "58")
"""Classes of SQLSTATE that speak of the server and not of the statement: no connection, read-only
after a failover, out of resources, locked, shutting down, failing disk."""


def _open(url: str, *, alone: bool) -> Database:
    try:
        parsed = make_url(url)
        match parsed.get_backend_name():
            case "sqlite":
                return SqliteDatabase(parsed, alone=alone)
            case "postgresql" | "postgres":
                return PostgresqlDatabase(parsed)
            case name:
                raise BadSetting(f"The database is {name}; only sqlite and postgresql are known")
    except (ArgumentError, ValueError):
        raise BadSetting(
            "The database URL cannot be read; it is sqlite:///<file> or "
            "postgresql://<user>:<password>@<host>/<database>"
        ) from None


class Store:
    """Everything that is kept, in one database.

    Implements `ports.Backend`, `accounts.ports.AccountBook`, `keys.Keyring`, `calls.CallLog`,
    `rulebook.RuleShelf`, `properties.PropertyShelf` and `bulk.jobs.JobBook`.

    What people's pages ask of it is its `catalogue`, and of duplicates its `merges`; the views that
    they save are its `views`.

    Args:
        url: `sqlite:///…` or `postgresql://…`; the schema is brought up to date.
        clock: gives the time.
        alone: whether no other server may work on the same SQLite file.

    Raises:
        BadSetting: the URL cannot be read.
        DatabaseInUse: another server works on the file.
        DatabaseTooNew: a later version of this program made the database.
        StoreUnavailable: it cannot be reached.
    """

    def __init__(self, url: str, clock: Clock, *, alone: bool = False) -> None:
        self._database = _open(url, alone=alone)
        self._clock = clock
        try:
            self.migrated = not self._read(is_current) and self._write(self._migrate)
        except DBAPIError as error:
            self._database.close()
            raise BadSetting(f"The database cannot be used ({_reason(error)})") from None
        except BaseException:
            self._database.close()
            raise
        self._call_log = BufferedCallLog(self._write, clock)
        self._listeners: list[Callable[[], None]] = []
        self._projector = Projector(self._read, self._write, self._tell)
        self.catalogue = StoreCatalogue(self._read)
        hold = self._database.hold
        self._finder = Finder(self._read, self._write, hold, clock, self._database.settle)
        self.merges = StoreMergeBook(
            self._read, self._write, hold, self._finder, self._projector.wake
        )
        self._derivations = DerivationRunner(
            DERIVATIONS, self._read, self._write, hold, clock, self._projector.look
        )
        self._runner: JobRunner | None = None
        self.views = StoreViews(self._read, self._write)

    def _migrate(self, connection: Connection) -> bool:
        self._database.hold(connection, "migration")
        new = revision_of(connection) is None
        migrated = migrate(connection)
        if new and is_current(connection):
            mark_complete(connection, DERIVATIONS, self._clock())
        return migrated

    def read(self, work: Callable[[Reader], T]) -> T:
        """As `ports.Backend.read`."""
        return self._read(lambda connection: work(Transaction(connection, self._database.hold)))

    def write(self, work: Callable[[Writer], T]) -> T:
        """As `ports.Backend.write`."""
        try:
            return self._write(lambda c: work(Transaction(c, self._database.hold)))
        finally:
            self._projector.wake()
            self._tell()

    def listen(self, listener: Callable[[], None]) -> None:
        """Have a function called after each write, and each time that cards were made.

        It is called on the thread that wrote, and must neither fail nor take time. Of what other
        processes write it is told nothing.
        """
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _read(self, work: Callable[[Connection], T]) -> T:
        return _counted(_available(self._database.read, work))

    def _write(self, work: Callable[[Connection], T]) -> T:
        return _counted(_available(self._database.write, work))

    def api_keys(self) -> Sequence[ApiKey]:
        """As `keys.Keyring.api_keys`."""
        return self._read(api_keys.api_keys)

    def add_api_key(self, key: ApiKey) -> None:
        """As `keys.Keyring.add_api_key`."""
        self._write(lambda connection: api_keys.add_api_key(connection, key))

    def revoke_api_key(self, key_id: str, at: datetime) -> bool:
        """As `keys.Keyring.revoke_api_key`."""
        return self._write(lambda connection: api_keys.revoke_api_key(connection, key_id, at))

    def read_accounts(self, work: Callable[[AccountReader], T]) -> T:
        """As `accounts.ports.AccountBook.read_accounts`."""
        return self._read(lambda connection: work(AccountTransaction(connection)))

    def write_accounts(self, work: Callable[[AccountWriter], T]) -> T:
        """As `accounts.ports.AccountBook.write_accounts`."""

        def alone(connection: Connection) -> T:
            self._database.hold(connection, accounts.HELD)
            return work(AccountTransaction(connection))

        return self._write(alone)

    def mark_seen(self, session_id: str, at: datetime) -> None:
        """As `accounts.ports.AccountBook.mark_seen`."""
        self._write(lambda connection: accounts.mark_seen(connection, session_id, at))

    def record(self, call: Call) -> None:
        """As `calls.CallLog.record`."""
        self._call_log.record(call)

    def rule_choices(self) -> Mapping[Kind, Choice]:
        """As `rulebook.RuleShelf.rule_choices`. No statement of the request that happens to ask."""
        return _available(self._database.read, rule_choices.rule_choices)[0]

    def change_rule_choice(
        self, kind: Kind, change: Callable[[Choice], Choice], stamp: Stamp
    ) -> Mapping[Kind, Choice]:
        """As `rulebook.RuleShelf.change_rule_choice`."""

        def alone(connection: Connection) -> Mapping[Kind, Choice]:
            self._database.hold(connection, rule_choices.HELD)
            return rule_choices.change_rule_choice(connection, kind, change, stamp)

        return self._write(alone)

    def property_definitions(self) -> AllDefined:
        """As `properties.PropertyShelf.property_definitions`; counted as `rule_choices` is."""
        return _available(self._database.read, property_definitions.property_definitions)[0]

    def change_definitions(self, kind: Kind, change: Change, stamp: Stamp) -> AllDefined:
        """As `properties.PropertyShelf.change_definitions`."""

        def alone(connection: Connection) -> AllDefined:
            self._database.hold(connection, property_definitions.HELD)
            return property_definitions.change_definitions(connection, kind, change, stamp)

        return self._write(alone)

    def read_jobs(self, work: Callable[[JobReader], T]) -> T:
        """As `bulk.jobs.JobBook.read_jobs`."""
        return self._read(lambda c: work(JobTransaction(c, self._database.hold)))

    def write_jobs(self, work: Callable[[JobWriter], T]) -> T:
        """As `bulk.jobs.JobBook.write_jobs`."""
        try:
            return self._write(lambda c: work(JobTransaction(c, self._database.hold)))
        finally:
            self._projector.wake()

    def wake_jobs(self) -> None:
        """As `bulk.jobs.JobBook.wake_jobs`."""
        if self._runner:
            self._runner.wake()

    def run_jobs(self, rules: RulesOf) -> None:
        """Do jobs in bulk on a thread of its own until the store is closed: a server does this."""
        if self._runner is None:
            self._runner = JobRunner(self, rules, self._clock)
            self._runner.start()

    def keep_cards(self) -> None:
        """Make cards on a thread of its own until the store is closed: a server does this."""
        self._projector.start()

    def project_pending(self) -> int:
        """Make all cards that are due, now: what is not a server does this, after it has written.

        Returns:
            How many rows of the outbox there were.
        """
        return self._projector.project_pending()

    def find_duplicates(self) -> None:
        """Look for duplicates on a thread of its own until the store is closed: a server does."""
        self._finder.start()

    def find_pending(self) -> None:
        """Look for all duplicates that have not been looked for, now."""
        self._finder.find_pending()

    def start_derivations(self) -> None:
        """Bring older data up to date on a thread, until it is or the store is closed.

        A server does this.
        """
        self._derivations.start()

    def derive_pending(self) -> None:
        """Bring all older data up to date now."""
        self._derivations.run_pending(self._projector.project_pending)

    def close(self) -> None:
        """As `ports.Backend.close`."""
        self._derivations.close()
        self._finder.close()
        if self._runner:
            self._runner.close()
        self._projector.close()
        self._call_log.close()
        self._database.close()


def _available(
    run: Callable[[Callable[[Connection], T]], tuple[T, int]], work: Callable[[Connection], T]
) -> tuple[T, int]:
    """Run work, and say so if the database is away; returns how many statements it took, too."""
    try:
        return run(work)
    except (DBAPIError, PoolTimeout) as error:
        if not _is_away(error):
            raise
        log.failure("store_unavailable", reason=_reason(error))
        raise StoreUnavailable from error


def _counted(done: tuple[T, int]) -> T:
    """Count the statements for the request."""
    result, statements = done
    log.count_sql_statements(statements)
    return result


def _reason(error: DBAPIError | PoolTimeout) -> str:
    """The database's own word for what is wrong: a name or a number, never data."""
    original = error.orig if isinstance(error, DBAPIError) else None
    word = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return str(word or type(error).__name__)


def _is_away(error: DBAPIError | PoolTimeout) -> bool:
    """Whether an error says that the database is away, rather than that the statement is wrong."""
    usual = isinstance(error, OperationalError | InterfaceError | PoolTimeout)
    return usual or _reason(error).startswith(_AWAY)
