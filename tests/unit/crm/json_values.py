"""What a JSON body can hold, for hypothesis."""

import pytest
from hypothesis import strategies as st

# Lone surrogates included: JSON can spell them.
TEXTS = st.text(st.characters(), max_size=60)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS

JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)

_HOSTILE = [
    None,
    True,
    0,
    -1,
    10**5000,
    1e308,
    float("nan"),
    float("inf"),
    [],
    ["jo@acme.com"],
    {"value": "jo@acme.com"},
    "",
    " ",
    "\x00",
    "\ud800",
    "n/a",
    "-",
    "a" * 1_000_000,
    "a." * 500_000,
    "@" * 1_000_000,
    "%25" * 300_000,
    "/" * 1_000_000,
    "0" * 1_000_000,
    " " * 1_000_000 + "x",
    "\u0301\u0316" * 500_000,
]

# Numbered, for a megabyte makes no name of a test.
HOSTILE = [pytest.param(value, id=f"hostile{number}") for number, value in enumerate(_HOSTILE)]


def is_storable(key: str) -> bool:
    """Whether every database takes the key as text."""
    return "\x00" not in key and not any("\ud800" <= char <= "\udfff" for char in key)
