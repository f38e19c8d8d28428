"""The search by words and facets: what each database calls it.

SQLite has FTS5 beside the table of cards, PostgreSQL a vector with an inverted index. Both are
given tokens as they are: folding and cutting is done where cards are made.
"""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from sqlalchemy import BigInteger, Connection, TextClause, bindparam, text

from customcrm.crm.records import Kind
from customcrm.store.batch import PARAMETER
from customcrm.store.columns import to_json

_SQLITE_BATCH: Final = "SELECT value FROM json_each(:batch)"
_POSTGRESQL_BATCH: Final = (
    "SELECT CAST(value #>> '{}' AS bigint) FROM json_array_elements(CAST(:batch AS json))"
)


class Words(NamedTuple):
    """The statements of one kind of record, in one database."""

    remove: TextClause
    add: TextClause
    find: TextClause
    every: TextClause
    older: TextClause
    newer: TextClause
    how_many: TextClause
    some: TextClause


def _sqlite(kind: Kind) -> Words:
    words, cards = f"{kind}_words", f"{kind}_cards"
    where = f"{words} MATCH :match"
    some = f"FROM {cards} WHERE number IN ({_SQLITE_BATCH})"
    columns = "rowid, words, facets"
    numbers = f"SELECT rowid AS number FROM {words} WHERE {where}"  # noqa: S608 - literals
    return Words(
        remove=text(
            f"INSERT INTO {words} ({words}, {columns}) "
            f"SELECT 'delete', number, words, facets {some}"
        ),
        add=text(f"INSERT INTO {words} ({columns}) SELECT number, words, facets {some}"),
        find=text(f"{numbers} LIMIT :most"),
        every=text(numbers),
        older=text(f"{numbers} AND rowid < :place ORDER BY rowid DESC LIMIT :most"),
        newer=text(f"{numbers} AND rowid > :place ORDER BY rowid LIMIT :most"),
        how_many=text(f"SELECT count(*) FROM {words} WHERE {where}"),  # noqa: S608 - literals
        some=text(f"SELECT count(*) FROM ({numbers} LIMIT :most) AS found"),  # noqa: S608 - literals
    )


def _postgresql(kind: Kind) -> Words:
    words, cards = f"{kind}_words", f"{kind}_cards"
    where = "vector @@ CAST(:match AS tsquery)"
    vector = "array_to_tsvector(array_remove(string_to_array(words || facets, ' '), ''))"
    numbers = f"SELECT number FROM {words} WHERE {where}"  # noqa: S608 - literals
    return Words(
        remove=text(f"DELETE FROM {words} WHERE number IN ({_POSTGRESQL_BATCH})"),  # noqa: S608
        add=text(
            f"INSERT INTO {words} (number, vector) SELECT number, {vector} "  # noqa: S608
            f"FROM {cards} WHERE number IN ({_POSTGRESQL_BATCH})"
        ),
        find=text(f"{numbers} LIMIT :most"),
        every=text(numbers),
        older=text(f"{numbers} AND number < :place ORDER BY number DESC LIMIT :most"),
        newer=text(f"{numbers} AND number > :place ORDER BY number LIMIT :most"),
        how_many=text(f"SELECT count(*) FROM {words} WHERE {where}"),  # noqa: S608 - literals
        some=text(f"SELECT count(*) FROM ({numbers} LIMIT :most) AS found"),  # noqa: S608 - literals
    )


def _typed(words: Words) -> Words:
    numbers = {"place", "most"}
    return Words(
        *[
            one.bindparams(
                *[bindparam(name, type_=BigInteger()) for name in numbers if f":{name}" in one.text]
            )
            for one in words
        ]
    )


_WORDS: Final = {
    "sqlite": {kind: _typed(_sqlite(kind)) for kind in Kind},
    "postgresql": {kind: _typed(_postgresql(kind)) for kind in Kind},
}


def words_of(connection: Connection, kind: Kind) -> Words:
    """The statements for this database."""
    return _WORDS[connection.dialect.name][kind]


def match_of(
    connection: Connection, terms: Sequence[Sequence[str]], facets: Sequence[Sequence[str]]
) -> str:
    """Return the query that finds cards.

    Args:
        connection: of the database.
        terms: of each, one of its tokens begins a word of the card.
        facets: of each, the card has one.
    """
    if connection.dialect.name == "sqlite":
        words = [f"words : ({' OR '.join(map(_beginning, term))})" for term in terms]
        others = [" OR ".join(f'facets : "{one}"' for one in ones) for ones in facets]
        return " AND ".join([*words, *(f"({one})" for one in others)])
    words = [f"({' | '.join(map(_lexeme, term))})" for term in terms]
    others = [" | ".join(f"'{one}'" for one in ones) for ones in facets]
    return " & ".join([*words, *(f"({one})" for one in others)])


def _beginning(token: str) -> str:
    return f'"{token}" *'


def _lexeme(token: str) -> str:
    return f"'{token}':*"


def remove_words(connection: Connection, kind: Kind, numbers: Collection[int]) -> None:
    """Forget the words of some cards, as they stand in their table."""
    connection.execute(words_of(connection, kind).remove, {PARAMETER: to_json(list(numbers))})


def add_words(connection: Connection, kind: Kind, numbers: Collection[int]) -> None:
    """Take up the words of some cards, as they stand in their table."""
    connection.execute(words_of(connection, kind).add, {PARAMETER: to_json(list(numbers))})
