"""Pairs of records that may be one: a person says whether they are."""

from customcrm.crm.records import Kind
from customcrm.operations.merging.ports import MergeBook
from customcrm.operations.ports import Origin, Stamp


def dismiss(book: MergeBook, kind: Kind, pair: tuple[str, str], origin: Origin) -> bool:
    """Say that two records are two: they are never suggested again, whatever is found.

    Returns:
        Whether they were suggested until now; a pair dismissed before is no error.
    """
    return book.dismiss(kind, pair, Stamp(origin.clock(), origin.actor))


def suggest_again(book: MergeBook, kind: Kind, pair: tuple[str, str]) -> bool:
    """Take back that two records are two.

    Returns:
        Whether that had been said; a pair that nobody dismissed is no error.
    """
    return book.suggest_again(kind, pair)
