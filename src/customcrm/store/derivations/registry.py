"""All derivations, in the order in which they are brought up to date."""

from typing import Final

from customcrm.crm.records import Kind
from customcrm.store.derivations.activity_texts import ACTIVITY_TEXTS
from customcrm.store.derivations.derivation import Derivation
from customcrm.store.derivations.doubts import doubts
from customcrm.store.derivations.match_keys import missing_keys, stale_keys
from customcrm.store.derivations.search_documents import search_documents

DERIVATIONS: Final[tuple[Derivation, ...]] = (
    *(make(kind) for kind in Kind for make in (missing_keys, stale_keys)),
    ACTIVITY_TEXTS,
    *(doubts(kind) for kind in Kind),
    *(search_documents(kind) for kind in Kind),
)
"""Keys come first: until they are derived anew, older records are matched by the old rules."""
