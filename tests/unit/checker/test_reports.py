"""Reports, word by word."""

import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO

from rich.console import Console

from customcrm.checker.check import Group
from customcrm.checker.checks import CHECKS
from customcrm.checker.events import Event, RunEnded, RunStarted
from customcrm.checker.reports.as_json import as_json
from customcrm.checker.reports.badge import badge
from customcrm.checker.reports.html import html
from customcrm.checker.reports.junit import junit
from customcrm.checker.reports.terminal import Terminal
from tests.unit.checker.runs import CURL, ONE_OF_EACH, advised, failed, passed, run_of, skipped


def ends(events: Sequence[Event]) -> tuple[RunStarted, RunEnded]:
    started, ended = events[0], events[-1]
    assert isinstance(started, RunStarted)
    assert isinstance(ended, RunEnded)
    return started, ended


def printed(events: Sequence[Event], *, verbose: bool = False) -> str:
    out = StringIO()
    console = Console(width=80, file=out)
    assert list(Terminal(console, verbose=verbose).follow(events)) == list(events)
    return out.getvalue()


def test_the_terminal_shows_faults_in_full_and_the_rest_in_a_line() -> None:
    assert (
        printed(ONE_OF_EACH)
        == f"""\
https://crm.example.com  7 checks

✓ Connects    2 of 2
✗ Users       0 of 1
    ✗ users.answers  MUST
      rule      `GET /users` answers with a bare array, or with 404, 405 or 501
                where it is not offered.
      expected  an array
      got       the body is {{"users": "<b>&"}}
      why       When you connect, Enginy probes it. An array switches its owner
                pickers on; 404, 405 or 501 leaves them off; any other error
                does so too, and looks like a fault.
      fix       Answer 200 with a bare array: [{{"id": "...", "name": "..."}}],
                not {{"users": [...]}}; or 404 if you have no owners.
      try       {CURL}

    ○ 1 skipped: GET /users is not offered
! Exports     0 of 2, 1 optional not offered
    ! contacts.create.in-order  SHOULD  `results` has one item for each contact…
    ! contacts.create.url-safe-ids  SHOULD  in the baseline: old ids have dots:…

2 passed, 3 failed (1 MUST, 2 SHOULD), 1 optional not offered, 1 skipped, in 1.2 s
Does not conform: 1 check must be fixed.
-v shows every check; --explain CHECK shows how to fix one.
Left behind, all named check-9f3a2c-…: 2 contacts, 1 company.
"""
    )


def test_verbosely_a_recommendation_has_its_details_too() -> None:
    text = printed(ONE_OF_EACH, verbose=True)
    assert (
        """\
    ! contacts.create.in-order  SHOULD
      rule      `results` has one item for each contact sent, in the order sent.
      expected  an array
      got       the body is {"users": "<b>&"}
      why       Every example shows results in the order of the request; a
                client may well pair them by place.
      fix       Answer one result for each contact, in the order in which they
                came.
"""
        in text
    )
    assert "      note      in the baseline: old ids have dots: ids of 2012\n" in text
    assert "    ○ users.ids-differ  SHOULD  GET /users is not offered\n" in text


def test_what_is_optional_is_counted_and_never_a_failure() -> None:
    events = run_of(passed("health.answers"), advised("contacts.update.null-clears"))
    text = printed(events)
    assert "· " not in text
    assert "✗" not in text
    assert "! " not in text
    assert "✓ Updates     1 optional not offered\n" in text
    assert "1 passed, 0 failed, 1 optional not offered, 0 skipped" in text
    assert "\nConforms.\n" in text


def test_verbosely_what_is_optional_is_told_in_three_lines() -> None:
    text = printed(run_of(advised("contacts.update.null-clears")), verbose=True)
    assert "    · contacts.update.null-clears  MAY  not offered\n      rule " in text
    assert "      got " in text
    assert "      fix" not in text


def test_of_many_recommendations_three_are_shown() -> None:
    ids = [check.id for check in CHECKS if check.group is Group.EXPORTS and check.level == "SHOULD"]
    text = printed(run_of(*(failed(one, counts=False) for one in ids[:8])))
    assert text.count("    ! *.create.") == 3
    assert "    ! 2 more; -v shows them\n" in text
    assert max(map(len, text.splitlines())) <= 80


def test_verbosely_every_check_has_a_line() -> None:
    text = printed(run_of(passed("health.answers"), skipped("users.ids-differ")), verbose=True)
    assert "    ✓ health.answers  MUST\n" in text


def test_what_is_skipped_for_one_reason_is_told_once() -> None:
    text = printed(run_of(skipped("users.answers"), skipped("users.ids-differ"), read_only=True))
    assert "https://crm.example.com  2 checks, reading only\n" in text
    assert "○ Users       skipped: GET /users is not offered\n" in text
    assert "Nothing was checked.\nNothing was left behind.\n" in text


def test_a_stale_baseline_does_not_conform() -> None:
    events = run_of(passed("health.answers", expected="not built yet"))
    text = printed(events)
    assert "✓ health.answers  MUST  in the baseline, but passes now: not built yet" in text
    assert "1 check in the baseline passes now: remove it from the baseline." in text
    assert not ends(events)[1].conforms


def test_json_has_the_documented_keys() -> None:
    report = json.loads(as_json(*ends(ONE_OF_EACH)))

    assert set(report) == {"target", "checks", "summary"}
    assert report["target"] == "https://crm.example.com"
    assert [one["status"] for one in report["checks"]] == [
        "pass", "pass", "fail", "skip", "fail", "fail", "advice",
    ]  # fmt: skip
    assert report["checks"][2] | {"rule": "", "why": "", "mend": ""} == {
        "id": "users.answers",
        "group": "Users",
        "level": "MUST",
        "status": "fail",
        "expected": "an array",
        "got": 'the body is {"users": "<b>&"}',
        "curl": CURL,
        "page": "https://docs.enginy.ai/api-reference/custom-crm/users",
        "seconds": 0.02,
        "rule": "",
        "why": "",
        "mend": "",
    }
    assert report["checks"][3]["got"] == "GET /users is not offered"
    assert report["checks"][5]["baseline"] == "old ids have dots: ids of 2012"
    assert report["summary"] == {
        "passed": 2,
        "failed": 3,
        "advice": 1,
        "skipped": 1,
        "conforms": False,
        "brokenOff": "",
        "seconds": 1.25,
        "run": "check-9f3a2c",
        "at": "2026-03-01T09:30:00Z",
        "readOnly": False,
        "leftBehind": {"contacts": 2, "companies": 1},
        "removed": {},
        "notCleaned": "",
    }


def test_junit_fails_where_the_run_does_and_nowhere_else() -> None:
    suites = ET.fromstring(junit(*ends(ONE_OF_EACH)))  # noqa: S314 - our own report

    failures = {
        case.get("name") for case in suites.iter("testcase") if case.find("failure") is not None
    }
    skips = {
        case.get("name") for case in suites.iter("testcase") if case.find("skipped") is not None
    }
    assert failures == {"users.answers"}
    assert skips == {
        "users.ids-differ",
        "contacts.create.in-order",
        "contacts.create.url-safe-ids",
        "contacts.create.link-keeps-values",
    }
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("Connects", "2", "0"),
        ("Users", "2", "1"),
        ("Exports", "3", "0"),
    ]


def test_the_page_shows_what_came_and_lets_none_of_it_be_html() -> None:
    page = html(*ends(ONE_OF_EACH))

    assert "<title>Does not conform: 1 check must be fixed. https://crm.example.com" in page
    assert "<code>GET /users</code> answers with a bare array" in page
    assert "&lt;b&gt;&amp;" in page
    assert "<b>&" not in page
    assert "<script" not in page
    assert "src=" not in page
    assert page.count("<details open>") == 1


def test_the_badge_is_green_when_all_is_well() -> None:
    good = badge(ends(run_of(passed("health.answers")))[1])
    bad = badge(ends(ONE_OF_EACH)[1])
    assert ET.fromstring(good).tag.endswith("svg")  # noqa: S314 - our own badge
    assert "conforms 1/1" in good
    assert "#1a7f37" in good
    assert "3 failed" in bad
    assert "#b42318" in bad


def test_a_run_that_broke_off_says_so_in_every_report() -> None:
    started, ended = ends(run_of(passed("health.answers"), skipped("users.answers")))
    ended = replace(ended, lost="Nobody listens there")

    assert not ended.conforms
    assert "Broken off: Nobody listens there." in printed([started, *ended.results, ended])
    assert "Broken off: Nobody listens there." in html(started, ended)
    assert json.loads(as_json(started, ended))["summary"]["brokenOff"] == "Nobody listens there"
    assert "broken off" in badge(ended)
    nothing_known = replace(ended, left_behind=Counter())
    told = printed([started, *ended.results, nothing_known])
    assert told.endswith("What may have been left behind is named check-9f3a2c-….\n")
    errors = ET.fromstring(junit(started, ended)).findall(".//error")  # noqa: S314 - ours
    assert [error.get("message") for error in errors] == ["Nobody listens there"]


def test_a_curl_line_of_a_whole_screen_is_left_to_the_other_reports() -> None:
    result = replace(failed("users.answers"), curl="curl " + "x" * 5_000)
    started, ended = ends(run_of(result))

    assert "(5005 characters; --json and --html have them all)" in printed(run_of(result))
    assert json.loads(as_json(started, ended))["checks"][0]["curl"] == result.curl
