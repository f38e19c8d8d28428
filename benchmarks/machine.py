"""The machine: what it is, and what else it did meanwhile."""

import os
import platform
import sqlite3

import psutil


def description() -> str:
    """What a reader of the numbers must know of the machine."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} CPUs, {memory:.0f} GiB of memory, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


class OtherWork:
    """What other processes do from now on."""

    def __init__(self) -> None:
        self._total, self._busy, self._own = _times()

    def share(self) -> float:
        """Which part of all CPUs they took. To be asked when the processes begun here have ended.

        Above a tenth, rates and latencies tell as much of them as of the server.
        """
        total, busy, own = _times()
        others = (busy - self._busy) - (own - self._own)
        return max(others, 0.0) / (total - self._total)


def _times() -> tuple[float, float, float]:
    """CPU seconds of the machine: all, not idle, and of this process with those it began."""
    times = psutil.cpu_times()
    own = os.times()
    total = sum(times)
    mine = own.user + own.system + own.children_user + own.children_system
    idle = times.idle + getattr(times, "iowait", 0.0)
    return total, total - idle, mine
