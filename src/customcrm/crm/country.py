"""The country of a record, which says how to read its phone numbers (contract, Sync: phone)."""

from collections.abc import Mapping
from functools import cache, lru_cache

from customcrm.crm.country_aliases import ALIASES
from customcrm.crm.country_names import NAMES
from customcrm.crm.folding import fold

COUNTRY_FIELDS = ("leadCountry", "country", "countryCode")
PLACE_FIELD = "location"

_MAX_COUNTRY = 100
_MAX_PLACE = 500

# At the end of a place these are states of the USA, Canada or Australia: `Wilmington, DE`.
_STATES = """
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY
NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NS NT NU ON PE QC SK YT
ACT NSW QLD SA TAS VIC GEORGIA
"""


def region_of(properties: Mapping[str, object]) -> str | None:
    """The ISO 3166 alpha-2 code of the record's country: `ES`.

    The first that is known of `leadCountry`, `country`, `countryCode`, and the part of `location`
    after its last comma; each a code, or a name in one of several languages. Source: contract, Sync
    (phone: "the record's country if known").
    """
    for field in COUNTRY_FIELDS:
        country = properties.get(field)
        if isinstance(country, str) and len(country) <= _MAX_COUNTRY:
            region = _region(country)
            if region is not None:
                return region
    place = properties.get(PLACE_FIELD)
    if isinstance(place, str) and len(place) <= _MAX_PLACE:
        return _region_of_place(place)
    return None


@lru_cache(maxsize=4096)
def _region_of_place(place: str) -> str | None:
    *before, last = place.rsplit(",", maxsplit=1)
    if before and last.strip(" .").upper() in _states():
        return None
    return _region(last) if len(last) <= _MAX_COUNTRY else None


@lru_cache(maxsize=4096)
def _region(country: str) -> str | None:
    name = fold(country)
    return _regions().get(name) or _regions().get(name.removeprefix("the "))


@cache
def _states() -> frozenset[str]:
    return frozenset(_STATES.split())


@cache
def _regions() -> dict[str, str]:
    """Folded names and codes to regions."""
    regions: dict[str, str] = {}
    for line in (NAMES + ALIASES).split("\n"):
        region, _, names = line.partition(" ")
        regions |= {fold(name): region for name in (region, *names.split(","))}
    del regions[""]
    return regions
