"""Chance that is the same for the same seed: on every machine, in every order of asking."""

import random
from math import gcd
from typing import Final

_STRIDES: Final = (7_919, 104_729, 1_299_709, 15_485_863)


def dice(seed: int, purpose: str, number: int) -> random.Random:
    """The dice of one thing: of the contact number 7, say."""
    return random.Random(f"{seed} {purpose} {number}")  # noqa: S311 - make-believe, not a secret


def happens(throw: random.Random, share: float) -> bool:
    """Whether something happens that happens in this share of cases."""
    return throw.random() < share


def scattered(seed: int, number: int, size: int) -> int:
    """A place below `size` for each number, another one for each of `size` numbers in a row."""
    stride = next((one for one in _STRIDES if gcd(one, size) == 1), 1)
    return (number * stride + seed * 15_485_867) % size


def identity(seed: int, purpose: str, number: int) -> str:
    """An id as Enginy gives them: 8-4-4-4-12 hexadecimal digits."""
    digits = f"{dice(seed, purpose, number).getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
