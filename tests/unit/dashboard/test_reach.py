import pytest

from customcrm.dashboard.reach import call_to, mail_to, profile_of, ways_to_reach
from customcrm.dashboard.sanitise import safe_link


def test_what_is_an_address_is_a_button() -> None:
    ways = ways_to_reach(
        {
            "linkedinUrl": "linkedin.com/in/ana",
            "email": "ana+b@acme.com",
            "phone": "+34 (600) 12-34",
        }
    )
    assert [(way.name, way.address) for way in ways] == [
        ("LinkedIn", "https://linkedin.com/in/ana"),
        ("Email", "mailto:ana+b@acme.com"),
        ("Call", "tel:+346001234"),
    ]


def test_what_is_none_is_no_button() -> None:
    assert ways_to_reach({"linkedinUrl": 3, "email": None, "phone": ["+34600"]}) == []
    assert ways_to_reach({"linkedinUrl": "", "email": " ", "phone": ""}) == []


@pytest.mark.parametrize(
    "told", ["http://linkedin.com/in/a", "HTTPS://es.LinkedIn.com/in/a", "www.linkedin.com/in/a"]
)
def test_a_profile_is_on_linkedin(told: str) -> None:
    assert profile_of(told)


@pytest.mark.parametrize(
    "told",
    [
        "https://evil.example/in/ana",
        "https://linkedin.com.evil.example/in/ana",
        "https://evillinkedin.com/in/ana",
        "https://linkedin.com@evil.example/",
        "https://evil.example/linkedin.com",
        "https://evil.example#.linkedin.com",
        "https://[linkedin.com",
        "javascript:alert(1)//linkedin.com",
        "//evil.example",
    ],
)
def test_a_profile_elsewhere_is_none(told: str) -> None:
    assert profile_of(told) == ""


@pytest.mark.parametrize(
    "told",
    [
        "ana@acme.com?bcc=spy@evil.example&subject=hello",
        "ana@acme.com,spy@evil.example",
        "ana@acme.com%0abcc:spy@evil.example",
        "ana",
    ],
)
def test_an_email_says_nothing_else_of_the_message(told: str) -> None:
    assert "?" not in mail_to(told)
    assert "," not in mail_to(told)
    assert "%0a" not in mail_to(told)


@pytest.mark.parametrize("told", ["*#06#", "**21*600#", "600;phone-context=x", "6", "1" * 30])
def test_a_code_is_no_number(told: str) -> None:
    assert call_to(told) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com@evil.example/",
        "https://www.linkedin.com:secret@evil.example/",
        "HTTP://a@b.example",
        "https://evil.example/\u202egnp.exe",
        "https://linke\u200bdin.com/",
        "https://evil.example/\u2066x",
    ],
)
def test_an_address_that_looks_like_another_leads_nowhere(address: str) -> None:
    assert safe_link(address) is None


@pytest.mark.parametrize(
    "address", ["https://medium.com/@ana", "https://a.example/?to=b@c.d", "mailto:a@b.example"]
)
def test_a_sign_further_on_is_no_disguise(address: str) -> None:
    assert safe_link(address) == address
