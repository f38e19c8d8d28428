"""How far the update of older data has come, for pages."""

from typing import Final

from sqlalchemy import Connection, select

from customcrm.operations.browsing.home import DerivationProgress
from customcrm.store.work_tables import DERIVATIONS

_T: Final = DERIVATIONS.c
_PENDING: Final = select(_T.noun, _T.done, _T.total).where(_T.completed_at.is_(None))


def derivation_progress(connection: Connection) -> DerivationProgress | None:
    """As `Catalogue.derivation_progress`."""
    found = connection.execute(_PENDING).all()
    if not found:
        return None
    largest: dict[str, int] = {}
    for row in found:
        largest[row.noun] = max(largest.get(row.noun, 0), row.total)
    total = sum(row.total for row in found)
    done = sum(min(row.done, row.total) for row in found)
    return DerivationProgress(sum(largest.values()), done, total)
