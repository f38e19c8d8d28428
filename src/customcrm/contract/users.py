"""Users: the people who can own a record or a task."""

from msgspec import Struct


class User(Struct, omit_defaults=True):
    """A person whose `id` comes back as `ownerId`."""

    id: str
    name: str
    email: str | None = None
