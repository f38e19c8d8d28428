"""The index of words and facets: FTS5 in SQLite, a GIN index of lexemes in PostgreSQL.

Both hold the same tokens, of letters and digits in ASCII, so that both find the same. What stands in
the index is what stands in the columns `words` and `facets` of the cards.
"""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from sqlalchemy import BigInteger, Connection, Select, TextClause, bindparam, column, select, text

from customcrm.crm.records import Kind
from customcrm.store.batch import PARAMETER, singles

QUERY: Final = "query"
"""The name of the parameter that says what is looked for."""


class Search(Protocol):
    """One database's index."""

    def create(self, connection: Connection) -> None:
        """Make the index, empty."""

    def drop(self, connection: Connection) -> None:
        """Remove the index."""

    def matching(self, kind: Kind, words: Sequence[str], facets: Sequence[str]) -> Select[Any]:
        """The numbers of the cards that have all facets, and a word that begins with each word."""

    def leave_out(self, connection: Connection, kind: Kind, ids: Sequence[str]) -> None:
        """Take cards out of the index; before they change."""

    def take_in(self, connection: Connection, kind: Kind, ids: Sequence[str]) -> None:
        """Put cards into the index; after they have changed."""


def _numbers(statement: TextClause, query: str) -> Select[Any]:
    found = statement.bindparams(bindparam(QUERY, query)).columns(column("number", BigInteger))
    return select(found.subquery("matching").c.number)


class SqliteSearch:
    """FTS5 over the columns of the cards. Implements `Search`."""

    def create(self, connection: Connection) -> None:
        """As the port says."""
        for kind in Kind:
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {kind}_search USING fts5(words, facets, "
                f"content='{kind}_cards', content_rowid='number', tokenize='ascii', "
                "detail='column', prefix='1 2 3')"
            )

    def drop(self, connection: Connection) -> None:
        """As the port says."""
        for kind in Kind:
            connection.exec_driver_sql(f"DROP TABLE {kind}_search")

    def matching(self, kind: Kind, words: Sequence[str], facets: Sequence[str]) -> Select[Any]:
        """As the port says."""
        parts = [f'words : "{word}" *' for word in words]
        parts += [f'facets : "{facet}"' for facet in facets]
        found = text(
            f"SELECT rowid AS number FROM {kind}_search WHERE {kind}_search MATCH :{QUERY}"  # noqa: S608 - the name is ours
        )
        return _numbers(found, " AND ".join(parts))

    def leave_out(self, connection: Connection, kind: Kind, ids: Sequence[str]) -> None:
        """As the port says."""
        statement = (
            f"INSERT INTO {kind}_search({kind}_search, rowid, words, facets) "  # noqa: S608 - as above
            f"SELECT 'delete', number, words, facets FROM {kind}_cards WHERE id IN {_IDS}"
        )
        connection.execute(text(statement), singles(ids))

    def take_in(self, connection: Connection, kind: Kind, ids: Sequence[str]) -> None:
        """As the port says."""
        statement = (
            f"INSERT INTO {kind}_search(rowid, words, facets) "  # noqa: S608 - as above
            f"SELECT number, words, facets FROM {kind}_cards WHERE id IN {_IDS}"
        )
        connection.execute(text(statement), singles(ids))


_IDS: Final = f"(SELECT json_extract(value, '$[0]') FROM json_each(:{PARAMETER}))"


class PostgresqlSearch:
    """Lexemes in a table beside the cards. Facets bear a mark that no word has.

    Implements `Search`.
    """

    def create(self, connection: Connection) -> None:
        """As the port says."""
        for kind in Kind:
            connection.exec_driver_sql(
                f"CREATE TABLE {kind}_search (number bigint PRIMARY KEY, lexemes tsvector NOT NULL)"
            )
            connection.exec_driver_sql(
                f"CREATE INDEX ix_{kind}_search_lexemes ON {kind}_search USING gin (lexemes)"
            )

    def drop(self, connection: Connection) -> None:
        """As the port says."""
        for kind in Kind:
            connection.exec_driver_sql(f"DROP TABLE {kind}_search")

    def matching(self, kind: Kind, words: Sequence[str], facets: Sequence[str]) -> Select[Any]:
        """As the port says."""
        parts = [f"'{word}':*" for word in words] + [f"'#{facet}'" for facet in facets]
        found = text(
            f"SELECT number FROM {kind}_search WHERE lexemes @@ CAST(:{QUERY} AS tsquery)"  # noqa: S608 - the name is ours
        )
        return _numbers(found, " & ".join(parts))

    def leave_out(self, connection: Connection, kind: Kind, ids: Sequence[str]) -> None:
        """As the port says."""
        statement = (
            f"DELETE FROM {kind}_search WHERE number IN "  # noqa: S608 - as above
            f"(SELECT number FROM {kind}_cards WHERE id IN {_PG_IDS})"
        )
        connection.execute(text(statement), singles(ids))

    def take_in(self, connection: Connection, kind: Kind, ids: Sequence[str]) -> None:
        """As the port says."""
        marked = "string_to_array('#' || replace(facets, ' ', ' #'), ' ')"
        statement = (
            f"INSERT INTO {kind}_search "  # noqa: S608 - as above
            f"SELECT number, array_to_tsvector(string_to_array(words, ' ') || {marked}) "
            f"FROM {kind}_cards WHERE id IN {_PG_IDS}"
        )
        connection.execute(text(statement), singles(ids))


_PG_IDS: Final = f"(SELECT value ->> 0 FROM json_array_elements(CAST(:{PARAMETER} AS json)))"


def search_of(connection: Connection) -> Search:
    """The index of the database that a connection leads to."""
    return SqliteSearch() if connection.dialect.name == "sqlite" else PostgresqlSearch()
