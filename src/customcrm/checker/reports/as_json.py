"""The report for programs."""

from typing import Any

import msgspec

from customcrm.checker.events import Checked, RunEnded, RunStarted, Status
from customcrm.checker.reports.words import note


def as_json(started: RunStarted, ended: RunEnded) -> str:
    """The whole report as one JSON object.

    `checks[].status` is `pass`, `fail`, `advice` (a MAY rule that the target does not follow) or
    `skip`. Of a check that passed `got` and `curl` are empty; of one that was skipped `got` says
    why. `summary.brokenOff` says why the run did not come
    to its end, and is empty if it did.
    """
    report = {
        "target": started.target.base_url,
        "checks": [_check(result) for result in ended.results],
        "summary": {
            "passed": ended.count(Status.PASS),
            "failed": ended.count(Status.FAIL),
            "advice": ended.count(Status.ADVICE),
            "skipped": ended.count(Status.SKIP),
            "conforms": ended.conforms,
            "brokenOff": ended.lost,
            "seconds": round(ended.seconds, 3),
            "run": started.mark,
            "at": started.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "readOnly": started.read_only,
            "leftBehind": dict(ended.left_behind),
            "removed": dict(ended.removed),
            "notCleaned": ended.not_cleaned,
        },
    }
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode()


def _check(result: Checked) -> dict[str, Any]:
    check, broken = result.check, result.broken
    told: dict[str, Any] = {
        "id": check.id,
        "group": check.group,
        "level": check.level,
        "status": result.status,
        "expected": broken.expected if broken else check.rule,
        "got": broken.got if broken else note(result),
        "curl": result.curl,
        "rule": check.rule,
        "page": check.page.url,
        "seconds": round(result.seconds, 3),
    }
    if broken:
        told |= {"why": check.why, "mend": check.mend}
    if result.expected:
        told["baseline"] = result.reason
    return told
