import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.domain import domain_key
from customcrm.crm.shared_domains import HOSTING_DOMAINS, SHARED_DOMAINS, is_shared
from tests.unit.crm.json_values import HOSTILE, JSON, TEXTS, is_storable

DOMAINS = st.from_regex(r"[a-z0-9]{1,8}-[a-z0-9]{1,4}\.(com|es|co\.uk)", fullmatch=True)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("acme.com", "acme.com"),
        ("  ACME.com. ", "acme.com"),
        (" .acme.com", "acme.com"),
        ("\u200bacme.com", "acme.com"),
        ("http://acme.com", "acme.com"),
        ("HTTPS://WWW.ACME.COM/", "acme.com"),
        ("//acme.com/x", "acme.com"),
        ("http:/acme.com", "acme.com"),
        ("https:acme.com", "acme.com"),
        ("http:\\\\acme.com\\about", "acme.com"),
        ("ftp://acme.com", "acme.com"),
        ("https:// acme.com /", "acme.com"),
        ("www.acme.com", "acme.com"),
        ("www.www.acme.com", "acme.com"),
        ("www.com", "www.com"),
        ("wwwacme.com", "wwwacme.com"),
        ("www2.acme.com", "www2.acme.com"),
        ("acme.com:8080", "acme.com"),
        ("acme.com:", "acme.com"),
        ("https://jo:pa@ss@acme.com:443/x", "acme.com"),
        ("jo@acme.com", "acme.com"),
        ("acme.com/about/us", "acme.com"),
        ("acme.com?utm_source=x", "acme.com"),
        ("acme.com#team", "acme.com"),
        ("https://acme.com?next=https://other.com/a@b", "acme.com"),
        ("shop.acme.com", "shop.acme.com"),
        ("acme.co.uk", "acme.co.uk"),
        ("MÜNCHEN.de", "xn--mnchen-3ya.de"),
        ("https://www.münchen.de/rathaus", "xn--mnchen-3ya.de"),
        ("XN--MNCHEN-3YA.de", "xn--mnchen-3ya.de"),
        ("straße.de", "xn--strae-oqa.de"),
        ("例え。jp", "xn--r8jz45g.jp"),
        ("\uff41cme.com", "acme.com"),
        ("3m.com", "3m.com"),
        ("1-2-3.es", "1-2-3.es"),
        ("acme", None),
        ("com", None),
        ("localhost:8080", None),
        ("http://", None),
        ("127.0.0.1", None),
        ("http://192.168.1.1/x", None),
        ("[2001:db8::1]", None),
        ("http://[::1]:80/", None),
        ("acme..com", None),
        ("-acme.com", None),
        ("acme_corp.com", None),
        ("acme inc.com", None),
        ("acme.com, acme.es", None),
        ("acme\x00.com", None),
        ("acme\ud800.com", None),
        ("a" * 64 + ".com", None),
        ("a." * 130 + "com", None),
        ("/about", None),
    ],
)
def test_it_reads_a_host(value: object, key: str | None) -> None:
    assert domain_key(value) == key


@pytest.mark.parametrize(
    "value",
    [
        "gmail.com",
        "https://www.gmail.com/inbox",
        "GoogleMail.com",
        "hotmail.es",
        "outlook.com.br",
        "yahoo.co.jp",
        "mail.yahoo.com",
        "web.de",
        "qq.com",
        "linkedin.com",
        "https://es.linkedin.com/company/acme",
        "https://www.facebook.com/acme",
        "m.facebook.com",
        "x.com",
        "youtube.com/@acme",
        "linktr.ee/acme",
        "sites.google.com/view/acme",
        "wixsite.com",
        "wordpress.com",
        "www.blogspot.com",
        "notion.site",
        "co.uk",
        "www.co.uk",
    ],
)
def test_a_shared_domain_says_little_of_whose_it_is(value: str) -> None:
    key = domain_key(value)
    assert key is None or is_shared(key)


@pytest.mark.parametrize(
    "domain", ["acme.wixsite.com", "acme.wordpress.com", "acme.blogspot.com", "acme.notion.site"]
)
def test_a_customers_subdomain_of_a_host_is_its_own(domain: str) -> None:
    assert domain_key(f"https://{domain}/home") == domain
    assert not is_shared(domain)


@pytest.mark.parametrize("domain", ["notgmail.com", "max.com", "google.com", "microsoft.com"])
def test_a_domain_that_looks_like_a_shared_one_is_not_shared(domain: str) -> None:
    assert domain_key(domain) == domain
    assert not is_shared(domain)


def test_every_shared_domain_is_spelled_as_a_host_is() -> None:
    for domain in SHARED_DOMAINS | HOSTING_DOMAINS:
        assert domain_key(f"acme.{domain}") == f"acme.{domain}"
        assert is_shared(f"acme.{domain}") is (domain in SHARED_DOMAINS)


@pytest.mark.parametrize("value", HOSTILE)
def test_it_has_no_key_for_a_hostile_value(value: object) -> None:
    assert domain_key(value) is None


@given(DOMAINS, st.from_regex(r"[/?#][a-z:@./?#=]{0,20}", fullmatch=True))
def test_it_ignores_everything_around_the_host(domain: str, rest: str) -> None:
    for spelling in (
        domain.upper(),
        f" {domain}. ",
        f"https://{domain}{rest}",
        f"http://www.{domain}:80{rest}",
        f"//jo:pw@{domain}{rest}",
        f"{domain}{rest}",
    ):
        assert domain_key(spelling) == domain


@given(DOMAINS, DOMAINS)
def test_it_keeps_different_domains_apart(one: str, other: str) -> None:
    assert (domain_key(one) == domain_key(other)) is (one == other)


@given(JSON | TEXTS.map("{}.com".format))
def test_a_key_is_its_own_key_and_can_be_stored(value: object) -> None:
    key = domain_key(value)
    if key is not None:
        assert domain_key(key) == key
        assert is_storable(key)
        assert len(key) <= 253
