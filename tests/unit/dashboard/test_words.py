import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from customcrm.contract.activities import ACTIVITY_TYPES, Activity
from customcrm.contract.check_runs import EXTENSIONS
from customcrm.contract.operations import OPERATIONS as CONTRACT
from customcrm.dashboard.pages import brief
from customcrm.dashboard.sanitise import safe_link
from customcrm.dashboard.words import (
    CHANNELS,
    MAX_IN_A_ROW,
    OPERATIONS,
    REFUSALS,
    TONES,
    UNKNOWN_CHANNEL,
    ago,
    calendar,
    channel_of,
    clock,
    cut,
    date_of,
    day_of,
    device_of,
    event_of,
    exact,
    initials,
    label_of,
    plural,
    share,
    short,
    tone_of,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("back", "told"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=44), "just now"),
        (timedelta(seconds=50), "just now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=29), "29 days ago"),
        (timedelta(days=31), "1 month ago"),
        (timedelta(days=364), "11 months ago"),
        (timedelta(days=800), "2 years ago"),
        (timedelta(seconds=-10), "in a moment"),
        (timedelta(hours=-3), "in 3 h"),
        (timedelta(days=-2), "in 2 days"),
    ],
)
def test_how_long_ago(back: timedelta, told: str) -> None:
    assert ago(NOW - back, NOW) == told


def test_a_moment_is_told_in_the_zone_of_who_reads() -> None:
    moment = datetime(2026, 2, 3, 23, 5, tzinfo=UTC)
    assert exact(moment, UTC) == "Tue 3 Feb 2026, 23:05"
    assert exact(moment, ZoneInfo("Asia/Tokyo")) == "Wed 4 Feb 2026, 08:05"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (NOW, "Today"),
        (NOW - timedelta(days=1), "Yesterday"),
        (NOW + timedelta(days=1), "Tomorrow"),
        (NOW - timedelta(days=26), "Tue 3 Feb"),
        (NOW - timedelta(days=365), "1 Mar 2025"),
    ],
)
def test_days(moment: datetime, told: str) -> None:
    assert date_of(moment, UTC, NOW) == told


def test_a_day_is_the_one_of_who_reads() -> None:
    late = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    assert date_of(late, ZoneInfo("Asia/Tokyo"), late) == "Today"
    assert date_of(NOW, ZoneInfo("Asia/Tokyo"), late) == "Yesterday"


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0"), (9_999, "9,999"), (10_000, "10k"), (12_345, "12.3k"), (1_240_000, "1.2M")],
)
def test_numbers_that_fit_anywhere(number: int, told: str) -> None:
    assert short(number) == told


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (0, 5, "0%"),
        (1, 300, "0.3%"),
        (1, 11, "9.1%"),
        (34, 100, "34%"),
        (5, 5, "100%"),
        (6, 5, ""),
        (0, 0, ""),
    ],
)
def test_shares(part: int, whole: int, told: str) -> None:
    assert share(part, whole) == told


def test_a_day_of_the_calendar_is_the_same_for_everybody() -> None:
    assert calendar(date(2026, 2, 3)) == "3 Feb 2026"


def test_plurals() -> None:
    assert plural(1, "company", "companies") == "1 company"
    assert plural(0, "company", "companies") == "0 companies"
    assert plural(1_200, "task") == "1,200 tasks"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Jane Doe", "JD"), ("jane", "J"), ("", "?"), ("🚀", "?"), ("a@b.example", "AB")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_face_keeps_its_colour() -> None:
    assert {tone_of(f"contact_{n}") for n in range(100)} == set(range(TONES))
    assert tone_of("contact_1") == tone_of("contact_1")


def test_every_channel_and_operation_of_the_contract_has_words() -> None:
    assert set(CHANNELS) == set(ACTIVITY_TYPES)
    assert set(OPERATIONS) == {operation.name for operation in (*CONTRACT, *EXTENSIONS)}


@pytest.mark.parametrize(
    ("type_", "direction", "event"),
    [
        ("EMAIL", "INBOUND", "Email received"),
        ("LINKEDIN", "OUTBOUND", "Message sent"),
        ("EMAIL", None, "Email"),
        ("EMAIL", "INTERNAL", "Email, INTERNAL"),
        ("WHATSAPP", "INBOUND", "WHATSAPP received"),
        ("WHATSAPP", "OUTBOUND", "WHATSAPP sent"),
        ("Voice note", None, "Voice note"),
        ("VISIT", "SIDEWAYS", "VISIT, SIDEWAYS"),
        ("OTHER", "INBOUND", "Received"),
        ("\u200b", "INBOUND", "Received"),
        ("\u200b", None, "Other"),
    ],
)
def test_an_activity_is_called_by_its_type_and_direction(
    type_: str, direction: str | None, event: str
) -> None:
    assert event_of(Activity(id="1", type=type_, direction=direction)) == event


def test_an_unknown_type_has_the_look_of_other_channels() -> None:
    channel = channel_of("SOMETHING_NEW")
    assert (channel.name, channel.icon) == ("SOMETHING_NEW", UNKNOWN_CHANNEL.icon)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox on Linux",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("", "A browser"),
    ],
)
def test_devices(agent: str, told: str) -> None:
    assert device_of(agent) == told


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/New_York"])
@pytest.mark.parametrize("told", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
                                  "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])  # fmt: skip
def test_a_moment_at_the_end_of_time_is_told_in_every_zone(told: str, zone: str) -> None:
    moment, there = datetime.fromisoformat(told), ZoneInfo(zone)
    year = str(moment.year)
    assert year in exact(moment, there)
    assert year in date_of(moment, there, NOW)
    assert ":" in clock(moment, there)


def test_a_long_text_is_cut_in_a_row_and_is_no_address_then() -> None:
    address = f"https://a.example/{'x' * MAX_IN_A_ROW}"
    assert cut("short") == "short"
    assert cut(address) == f"{address[:MAX_IN_A_ROW]} …"
    assert safe_link(cut(address)) is None
    assert brief(["x" * 1_000]) == cut(f'["{"x" * 1_000}"]')
    for value in (["a"], {"a": 1}, 3, None, True, "short"):
        assert brief(value) == value


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("firstName", "First name"),
        ("engaged_by_enginy", "Engaged by Enginy"),
        ("intentScore", "Intent score"),
        ("sequenceMessageCount", "Sequence message count"),
        ("crmURL", "Crm URL"),
        ("HTTPStatus2", "HTTP status2"),
        ("tags", "Tags"),
        ("Lead score (1-5)", "Lead score (1-5)"),
        ("__proto__", "__proto__"),
        ("größe", "größe"),
        ("", "Unnamed"),
        ("\u200b ", "Unnamed"),
    ],
)
def test_names_of_properties_are_words(name: str, told: str) -> None:
    assert label_of(name) == told


@pytest.mark.parametrize(
    ("back", "told"), [(0, "today"), (1, "yesterday"), (-1, "tomorrow"), (3, "Thu 26 Feb")]
)
def test_a_day_within_a_sentence(back: int, told: str) -> None:
    now = NOW
    assert day_of(now - timedelta(days=back), UTC, now) == told


def test_every_documented_error_is_explained() -> None:
    documented = Path("docs/reference/errors.md").read_text()
    codes = set(re.findall(r"^## (\w+)$", documented, re.MULTILINE))
    assert codes
    assert codes <= set(REFUSALS)
