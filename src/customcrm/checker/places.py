"""Places in a JSON value: `results[0].crmId`, `results[externalId=lead-1].properties`."""

import re
from typing import Any, Final

_STEP: Final = re.compile(
    r"\.?(?P<name>[^.\[\]]+)|\[(?P<index>\d+)\]|\[(?P<key>\w+)=(?P<value>[^\]]*)\]"
)


class Missing:
    """What is at a place that does not exist."""

    def __repr__(self) -> str:
        """As a report shows it."""
        return "nothing"


MISSING: Final = Missing()


def at(value: Any, place: str) -> Any:
    """What is at a place of a JSON value, or `MISSING`.

    `[3]` is the item at an index, `[id=x]` the first item whose `id` is `x`, the empty place the
    value itself.
    """
    for step in _STEP.finditer(place):
        value = _step(value, step)
        if value is MISSING:
            break
    return value


def _step(value: Any, step: re.Match[str]) -> Any:
    if step["name"] is not None:
        return value.get(step["name"], MISSING) if isinstance(value, dict) else MISSING
    if not isinstance(value, list):
        return MISSING
    if step["index"] is not None:
        index = int(step["index"])
        return value[index] if index < len(value) else MISSING
    matching = (
        item for item in value if isinstance(item, dict) and item.get(step["key"]) == step["value"]
    )
    return next(matching, MISSING)
