import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.country import region_of
from tests.unit.crm.json_values import HOSTILE, JSON

FIELDS = st.sampled_from(["leadCountry", "country", "countryCode", "location"])


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("ES", "ES"),
        ("es", "ES"),
        (" Es ", "ES"),
        ("ESP", "ES"),
        ("Spain", "ES"),
        ("SPAIN", "ES"),
        ("España", "ES"),
        ("espana", "ES"),
        ("Spanien", "ES"),
        ("Espagne", "ES"),
        ("Espanya", "ES"),
        ("Deutschland", "DE"),
        ("Alemania", "DE"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("EE. UU.", "US"),
        ("United States of America", "US"),
        ("the United States", "US"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("England", "GB"),
        ("Reino Unido", "GB"),
        ("Holland", "NL"),
        ("The Netherlands", "NL"),
        ("Países Bajos", "NL"),
        ("UAE", "AE"),
        ("Korea", "KR"),
        ("South Korea", "KR"),
        ("Türkiye", "TR"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("日本", "JP"),
        ("Россия", "RU"),
        ("Côte d\u2019Ivoire", "CI"),
        ("CA", "CA"),
        ("DE", "DE"),
        ("Georgia", "GE"),
        ("Kosovo", "XK"),
        ("Congo", None),
        ("Europe", None),
        ("XX", None),
        ("", None),
        ("...", None),
        (34, None),
        (["Spain"], None),
    ],
)
@pytest.mark.parametrize("field", ["leadCountry", "country", "countryCode"])
def test_it_reads_a_country(field: str, country: object, region: str | None) -> None:
    assert region_of({field: country}) == region


@pytest.mark.parametrize(
    ("location", "region"),
    [
        ("Madrid, Spain", "ES"),
        ("Madrid, Comunidad de Madrid, España", "ES"),
        ("Madrid, ES", "ES"),
        ("Spain", "ES"),
        ("London, England, United Kingdom", "GB"),
        ("San Francisco, California, United States", "US"),
        ("San Francisco, CA", None),
        ("Wilmington, DE", None),
        ("Chicago, il.", None),
        ("Atlanta, Georgia", None),
        ("Tbilisi, Georgia, Georgia", None),
        ("Georgia", "GE"),
        ("San Francisco Bay Area", None),
        ("Madrid, ", None),
        ("a" * 400 + ", Spain", "ES"),
        ("Spain, " + "a" * 400, None),
        ("a" * 500 + ", Spain", None),
    ],
)
def test_it_reads_the_end_of_a_location(location: str, region: str | None) -> None:
    assert region_of({"location": location}) == region


def test_the_first_known_country_counts() -> None:
    record = {
        "leadCountry": "Atlantis",
        "country": None,
        "countryCode": "PT",
        "location": "X, Spain",
    }
    assert region_of(record) == "PT"
    assert region_of(record | {"country": "France"}) == "FR"
    assert region_of(record | {"leadCountry": "Italy"}) == "IT"
    assert region_of(record | {"countryCode": ""}) == "ES"
    assert region_of({}) is None


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_no_country(value: object) -> None:
    record = dict.fromkeys(["leadCountry", "country", "countryCode", "location"], value)
    assert region_of(record) is None


@given(st.dictionaries(FIELDS, JSON))
def test_a_region_is_its_own_region(record: dict[str, object]) -> None:
    region = region_of(record)
    assert region is None or region_of({"country": region}) == region
