"""Engagement fields, recognized by their values."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.engagement import (
    Counter,
    EngagementStatus,
    engagement_counter,
    engagement_status,
    sequence_status,
)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (
            "Message Replied (2/3) - LINKEDIN",
            EngagementStatus("Message Replied", "LINKEDIN", 2, 3),
        ),
        ("Message Sent (1/3) - EMAIL", EngagementStatus("Message Sent", "EMAIL", 1, 3)),
        (
            "  Message Opened ( 3 / 10 ) - EMAIL ",
            EngagementStatus("Message Opened", "EMAIL", 3, 10),
        ),
        (
            "InMail Replied (1/1) - LINKEDIN_INMAIL",
            EngagementStatus("InMail Replied", "LINKEDIN_INMAIL", 1, 1),
        ),
        (
            "Connection Request Accepted - LINKEDIN",
            EngagementStatus("Connection Request Accepted", "LINKEDIN"),
        ),
        (
            "Voice Note Sent (2/4) \u2013 WHATSAPP",
            EngagementStatus("Voice Note Sent", "WHATSAPP", 2, 4),
        ),
        ("Called (1/2) - PHONE CALL", EngagementStatus("Called", "PHONE CALL", 1, 2)),
        ("Message Sent - SMS", EngagementStatus("Message Sent", "SMS")),
        ("Profil besucht (4/4) - VISIT", EngagementStatus("Profil besucht", "VISIT", 4, 4)),
        ("Follow-up Sent (2/3) - EMAIL", EngagementStatus("Follow-up Sent", "EMAIL", 2, 3)),
        ("<b>Sent</b> (1/3) - EMAIL", EngagementStatus("<b>Sent</b>", "EMAIL", 1, 3)),
    ],
)
def test_an_engagement_status_is_taken_apart(value: str, status: EngagementStatus) -> None:
    assert engagement_status(value) == status


@pytest.mark.parametrize(
    "value",
    [
        "Message Replied",
        "Connection Request Sent, Message Sent",
        "Head of Sales - Europe",
        "Head of Growth - IT",
        "Revenue (1/2) - estimate",
        "Message Sent (4/3) - LINKEDIN",
        "Message Sent (0/3) - LINKEDIN",
        "(2/3) - LINKEDIN",
        "Message Sent (2/3)",
        "Message Sent (2/3) LINKEDIN",
        "Message Sent (2/3) - ",
        "Message\nSent (2/3) - LINKEDIN",
        "Message Sent (2/3) - LINKEDIN, EMAIL",
        "A" * 150 + " (2/3) - LINKEDIN",
        "",
        " - LINKEDIN",
        5,
        None,
        True,
        ["Message Replied (2/3) - LINKEDIN"],
    ],
)
def test_any_other_value_is_no_engagement_status(value: object) -> None:
    assert engagement_status(value) is None


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("Not Started", "Not Started"),
        ("not started", "Not Started"),
        ("ONGOING", "Ongoing"),
        (" Finished ", "Finished"),
        ("Replied", "Replied"),
        ("Not  Started", "Not Started"),
        ("replied by email", None),
        ("Started", None),
        ("", None),
        (None, None),
        (1, None),
        (["Replied"], None),
    ],
)
def test_a_sequence_status_is_one_of_four(value: object, status: str | None) -> None:
    assert sequence_status(value) == status


@pytest.mark.parametrize(
    ("name", "value", "counter"),
    [
        ("campaignOpens", 3, Counter(3, "open")),
        ("campaign_clicks", "12", Counter(12, "click")),
        ("genesy Opens", 0, Counter(0, "open")),
        ("CLICKS", 1, Counter(1, "click")),
        ("enginy_email_opens", 2.0, Counter(2, "open")),
        ("emailOpens", " 7 ", Counter(7, "open")),
        ("opens", "many", None),
        ("opens", -1, None),
        ("opens", 1.5, None),
        ("opens", True, None),
        ("opens", None, None),
        ("opensAt", 5, None),
        ("openings", 5, None),
        ("shop_opens_at", 9, None),
        ("opens", "1234567890", None),
        ("", 5, None),
    ],
)
def test_a_counter_is_a_whole_number_under_its_name(
    name: str, value: object, counter: Counter | None
) -> None:
    assert engagement_counter(name, value) == counter


@given(st.text(max_size=250), st.text(max_size=50))
def test_no_text_breaks_it(value: str, name: str) -> None:
    engagement_status(value)
    sequence_status(value)
    engagement_counter(name, value)


@pytest.mark.parametrize("pattern", [" ", "a", "- ", "(1/", " (1/2)", "a - A", "\t", " -"])
def test_the_work_is_bounded(pattern: str) -> None:
    began = time.process_time()
    for length in (100, 200):
        engagement_status((pattern * length)[:length])
    engagement_status(pattern * 1_000_000)
    engagement_counter(pattern * 1_000_000, 1)
    assert time.process_time() - began < 0.2
