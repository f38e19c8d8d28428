"""Who writes to the leads."""

from typing import Final, NamedTuple

OUR_COMPANY: Final = "Acme Corp"
OUR_SITE: Final = "www.acme.example"

TEAM: Final = ("John Smith", "Laura Vidal", "Tom Becker", "Inés Romero", "Sofia Lindgren")
"""Where the server names no users."""


class Sender(NamedTuple):
    """One of us.

    Attributes:
        name: as letters are signed.
        owner_id: by which the server knows them; empty if it does not.
    """

    name: str
    owner_id: str = ""
