"""Whether the server and the key are fit for use."""

from typing import Literal

from msgspec import Struct


class Health(Struct):
    """The connection works and the key is valid."""

    status: Literal["ok"] = "ok"
