from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.linkedin import linkedin_key
from tests.unit.crm.json_values import HOSTILE, JSON, TEXTS, is_storable

SLUGS = st.from_regex(r"[a-z0-9ñéü][a-z0-9ñéü-]{3,20}", fullmatch=True).filter(
    lambda slug: slug not in {"null", "undefined", "unavailable"}
)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("https://www.linkedin.com/in/jane-doe", "in/jane-doe"),
        ("https://www.linkedin.com/in/jane-doe/", "in/jane-doe"),
        ("http://linkedin.com/in/jane-doe", "in/jane-doe"),
        ("HTTPS://WWW.LINKEDIN.COM/IN/Jane-Doe", "in/jane-doe"),
        ("  https://es.linkedin.com/in/jane-doe  ", "in/jane-doe"),
        ("https://m.linkedin.com/in/jane-doe", "in/jane-doe"),
        ("https://touch.www.linkedin.com/in/jane-doe", "in/jane-doe"),
        ("https://linkedin.com:443/in/jane-doe", "in/jane-doe"),
        ("https://linkedin.com./in/jane-doe", "in/jane-doe"),
        ("//www.linkedin.com/in/jane-doe", "in/jane-doe"),
        ("linkedin.com/in/jane-doe", "in/jane-doe"),
        ("www.linkedin.com/in/jane-doe", "in/jane-doe"),
        ("/in/jane-doe", "in/jane-doe"),
        ("in/jane-doe", "in/jane-doe"),
        ("https://www.linkedin.com/in/jane-doe?trk=x&a=/b", "in/jane-doe"),
        ("https://www.linkedin.com/in/jane-doe/#about", "in/jane-doe"),
        ("https://www.linkedin.com/in/jane-doe/en", "in/jane-doe"),
        ("https://www.linkedin.com/in/jane-doe/?locale=es_ES", "in/jane-doe"),
        ("https://www.linkedin.com/in/jane-doe/detail/contact-info/", "in/jane-doe"),
        ("https://www.linkedin.com//in//jane-doe//", "in/jane-doe"),
        ("https://www.linkedin.com/mwlite/in/jane-doe", "in/jane-doe"),
        ("https://www.linkedin.com/comm/in/jane-doe", "in/jane-doe"),
        ("https://www.linkedin.com/in/jane%2Ddoe", "in/jane-doe"),
        ("https://www.linkedin.com/in/mar%C3%ADa", "in/maría"),
        ("https://www.linkedin.com/in/MAR%c3%8dA", "in/maría"),
        ("https://www.linkedin.com/in/mar%25C3%25ADa", "in/maría"),
        ("https://www.linkedin.com/in/mari\u0301a", "in/maría"),
        ("https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane%3Ftrk%3Dx", "in/jane"),
        ("https://www.linkedin.com/in/jane\u200b", "in/jane"),
        ("https://www.linkedin.com/in/李小龙", "in/李小龙"),
        ("https://www.linkedin.com/in/jane-😀", "in/jane-😀"),
        ("https://www.linkedin.com/in/ACoAAB12_x-Y", "in/acoaab12_x-y"),
        ("https://sy.linkedin.com/pub/k-marzec/a7/576/b50?trk=x", "in/k-marzec-b50576a7"),
        ("https://www.linkedin.com/pub/jane-doe/4/b2/a5", "in/jane-doe-0a50b24"),
        ("https://www.linkedin.com/pub/jane-doe/4/b2/a5/en", "in/jane-doe-0a50b24"),
        ("https://www.linkedin.com/sales/lead/ACwAAB12,NAME_SEARCH,x1", "in/acwaab12"),
        ("https://www.linkedin.com/sales/people/ACwAAB12,NAME_SEARCH", "in/acwaab12"),
        ("https://www.linkedin.com/sales/lead/ACwAAB12%2CNAME_SEARCH", "in/acwaab12"),
        ("https://www.linkedin.com/pub/jane-doe", None),
        ("https://www.linkedin.com/pub/dir/Jane/Doe", None),
        ("https://www.linkedin.com/pub/jane-doe/x/y/z", None),
        ("https://www.linkedin.com/in/me", None),
        ("https://www.linkedin.com/in/me?trk=x", None),
        ("https://www.linkedin.com/in/undefined", None),
        ("https://www.linkedin.com/in/", None),
        ("https://www.linkedin.com/in", None),
        ("https://www.linkedin.com/", None),
        ("https://www.linkedin.com", None),
        ("https://www.linkedin.com/feed/update/urn:li:activity:1", None),
        ("https://www.linkedin.com/company/acme", None),
        ("https://www.linkedin.com/sales/company/1234", None),
        ("https://www.linkedin.com/school/mit", None),
        ("https://notlinkedin.com/in/jane-doe", None),
        ("https://linkedin.com.evil.org/in/jane-doe", None),
        ("https://evil.org/linkedin.com/in/jane-doe", None),
        ("https://acme.com/in/jane-doe", None),
        ("https://lnkd.in/abc", None),
        ("jane-doe", None),
        ("@jane-doe", None),
        ("in/jane doe", None),
        ("in/%00", None),
        ("in/%ff", None),
        ("in/%", None),
        ("in/\ud800", None),
        ("in/jane\x00", None),
        ("in/" + "a" * 201, None),
        ("in/" + "%25" * 600, None),
    ],
)
def test_it_reads_a_persons_profile(value: object, key: str | None) -> None:
    assert linkedin_key(value, company=False) == key


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("https://www.linkedin.com/company/acme", "company/acme"),
        ("https://www.linkedin.com/company/acme/", "company/acme"),
        ("https://es.linkedin.com/company/ACME/about/?x=1#y", "company/acme"),
        ("linkedin.com/company/acme", "company/acme"),
        ("company/acme", "company/acme"),
        ("https://www.linkedin.com/company/acme/posts/?feedView=all", "company/acme"),
        ("https://www.linkedin.com/company/12345", "company/12345"),
        ("https://www.linkedin.com/company-beta/12345/", "company/12345"),
        ("https://www.linkedin.com/sales/company/12345", "company/12345"),
        ("https://www.linkedin.com/company/caf%C3%A9", "company/café"),
        ("https://www.linkedin.com/company/a&b", "company/a&b"),
        ("https://www.linkedin.com/school/mit/", "school/mit"),
        ("https://www.linkedin.com/showcase/acme-labs", "showcase/acme-labs"),
        ("https://www.linkedin.com/company/unavailable/", None),
        ("https://www.linkedin.com/company/", None),
        ("https://www.linkedin.com/in/jane-doe", None),
        ("https://www.linkedin.com/pub/jane-doe/4/b2/a5", None),
        ("https://www.linkedin.com/sales/lead/ACwAAB12,x", None),
        ("https://www.facebook.com/company/acme", None),
        ("acme", None),
    ],
)
def test_it_reads_a_companys_page(value: object, key: str | None) -> None:
    assert linkedin_key(value, company=True) == key


@pytest.mark.parametrize("company", [True, False])
@pytest.mark.parametrize("value", HOSTILE)
def test_it_has_no_key_for_a_hostile_value(value: object, *, company: bool) -> None:
    assert linkedin_key(value, company=company) is None


@given(SLUGS, st.sampled_from(["es", "www", "m", "uk", "br"]))
def test_it_ignores_the_country_subdomain(slug: str, subdomain: str) -> None:
    address = f"https://{subdomain}.linkedin.com/in/{slug}"
    assert linkedin_key(address, company=False) == f"in/{slug}"


@given(SLUGS, st.from_regex(r"(/|/en|/es/)?([?#][a-z=&/?#%]{0,20})?", fullmatch=True))
def test_it_ignores_scheme_case_encoding_and_what_follows(slug: str, rest: str) -> None:
    for spelling in (slug, slug.upper(), quote(slug), quote(slug, safe="").lower()):
        for start in (
            "https://www.linkedin.com/",
            "HTTP://LinkedIn.com/",
            "linkedin.com/",
            "/",
            "",
        ):
            assert linkedin_key(f"{start}in/{spelling}{rest}", company=False) == f"in/{slug}"


@given(
    host=st.sampled_from(["https://www.linkedin.com/", "es.linkedin.com/"]),
    page=st.sampled_from(["in", "company", "school"]),
    slug=st.from_regex(r"[\w%-]{1,20}", fullmatch=True),
    rest=st.from_regex(r"/?([?#][a-z=&/?#%]{0,20})?", fullmatch=True),
    company=st.booleans(),
)
def test_the_short_path_agrees_with_the_long_one(
    host: str, page: str, slug: str, rest: str, *, company: bool
) -> None:
    address = f"{host}{page}/{slug}{rest}"
    # What nobody sees sends it the long way round.
    long_way = linkedin_key(f"\u200b{address}", company=company)
    assert linkedin_key(address, company=company) == long_way


@given(SLUGS, SLUGS)
def test_it_keeps_different_profiles_apart(one: str, other: str) -> None:
    keys = [linkedin_key(f"linkedin.com/in/{slug}", company=False) for slug in (one, other)]
    assert (keys[0] == keys[1]) is (one == other)


@given(
    value=JSON
    | TEXTS.map("in/{}".format)
    | TEXTS.map("https://www.linkedin.com/company/{}".format)
    | st.text("%205Ee/in,cz?#", max_size=30).map("in/{}".format),
    company=st.booleans(),
)
def test_a_key_is_its_own_key_and_can_be_stored(value: object, *, company: bool) -> None:
    key = linkedin_key(value, company=company)
    if key is not None:
        assert linkedin_key(key, company=company) == key
        assert linkedin_key(key, company=not company) is None
        assert is_storable(key)
