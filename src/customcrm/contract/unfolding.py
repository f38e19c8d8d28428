"""Flatten an object that was read from the API and is sent back to it.

What the API returns holds custom properties under `properties`, and our id as `id`. Sent back, both
mean what they meant: the first are properties, the second is none (contract: Create, Update, Tasks,
Activities).
"""

from typing import Any, Final

ID: Final = "id"
PROPERTIES: Final = "properties"


def unfold(record: dict[str, Any]) -> None:
    """Move what is under `properties` to the top, at every level, and drop `id`; in place.

    A name that is at the top as well keeps its value from there, null included. A `properties` that
    is no object is an ordinary property.
    """
    record.pop(ID, None)
    while isinstance(nested := record.get(PROPERTIES), dict):
        del record[PROPERTIES]
        for name, value in nested.items():
            if name != ID:
                record.setdefault(name, value)
