"""What has been played, in numbers."""

from collections.abc import Sequence

import msgspec


class Records(msgspec.Struct, rename="camel", kw_only=True):
    """What became of the contacts, or of the companies.

    Attributes:
        exported: how many of Enginy's ids the server has given one of its own.
        matched: how many of them a sync found before they were sent.
        created: how many records the server made of the others: of its ids, each once.
        asked_again: how many were looked for once more, after they had been exported.
        found_again: how many of those a sync found.
        updated: how many updates the server has accepted.
    """

    exported: int = 0
    matched: int = 0
    created: int = 0
    asked_again: int = 0
    found_again: int = 0
    updated: int = 0


class Latency(msgspec.Struct, kw_only=True):
    """How long answers took, in milliseconds; all 0 if there were none."""

    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    max: float = 0.0

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Latency":
        """The latency of so many answers."""
        if not seconds:
            return cls()
        ordered = sorted(seconds)

        def at(share: float) -> float:
            return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000, 3)

        return cls(p50=at(0.5), p95=at(0.95), p99=at(0.99), max=at(1))


class Summary(msgspec.Struct, rename="camel", kw_only=True):
    """What has been played. The numbers of records are those that the server holds.

    Attributes:
        contacts: what became of the leads.
        companies: what became of the companies.
        associations: pairs that are linked, each once.
        tasks_created: tasks, by the server's ids.
        tasks_completed: those of them that the server says are done.
        activities: activities by the server's ids, by type and direction: `EMAIL OUTBOUND`.
        requests: requests sent, by operation, repeats and those hung up on included.
        errors: what went wrong, by kind: `503 store_unavailable`, `connection closed`.
        skipped: calls that were not made, for what they spoke of was not there.
        seconds: how long it took.
        requests_per_second: how many requests were sent in one of them.
        records_per_second: how many records the requests carried in one of them.
        latency: how long answers took.
        interrupted: whether somebody ended it.
    """

    contacts: Records
    companies: Records
    associations: int
    tasks_created: int
    tasks_completed: int
    activities: dict[str, int]
    requests: dict[str, int]
    errors: dict[str, int]
    skipped: int
    seconds: float
    requests_per_second: float
    records_per_second: float
    latency: Latency
    interrupted: bool
