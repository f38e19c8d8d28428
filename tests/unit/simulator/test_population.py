"""The leads: always the same, from everywhere, dirty, and twice only where it is meant."""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customcrm.crm.match_keys import MatchKey, company_keys, contact_keys
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES
from customcrm.simulator.doubles import Double, Likeness
from customcrm.simulator.locales import LOCALES, MARKET
from customcrm.simulator.locales.locale import INDUSTRIES, Locale, latin
from customcrm.simulator.population import Population
from customcrm.simulator.scenario import BATCH, Scenario
from tests.unit.simulator.links import RESERVED, hosts_in

UNTIL = date(2026, 3, 1)
MANY = 3_000

Record = dict[str, Any]
Keys = Callable[[Record], tuple[MatchKey, ...]]


def population(**asked: Any) -> Population:
    return Population(Scenario.read(**{"until": UNTIL, "leads": MANY, **asked}))


@cache
def contacts() -> list[Record]:
    everybody = population()
    return [everybody.contact(number) for number in range(everybody.leads)]


@cache
def companies() -> list[Record]:
    everybody = population()
    return [everybody.company(number) for number in range(everybody.companies)]


def test_the_same_seed_gives_the_same_people_in_any_order() -> None:
    first, second = population(), population()
    backwards = [second.contact(number) for number in reversed(range(200))]
    assert [first.contact(number) for number in range(200)] == backwards[::-1]
    assert [first.company(number) for number in range(50)] == [
        second.company(number) for number in range(50)
    ]


def test_another_seed_gives_other_people() -> None:
    other = population(seed=2)
    ids = {other.contact(number)["externalId"] for number in range(300)}
    assert ids.isdisjoint(record["externalId"] for record in contacts())
    names = {(other.person(n).name, other.person(n).email) for n in range(300)}
    here = population()
    assert len(names & {(here.person(n).name, here.person(n).email) for n in range(300)}) < 5


def test_the_order_of_hashes_makes_no_difference() -> None:
    script = (
        "import datetime, hashlib, json\n"
        "from customcrm.simulator.population import Population\n"
        "from customcrm.simulator.scenario import Scenario\n"
        "people = Population(Scenario(until=datetime.date(2026, 3, 1)))\n"
        "records = [people.contact(n) for n in range(150)]\n"
        "records += [people.company(n) for n in range(50)]\n"
        "print(hashlib.sha256(json.dumps(records).encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(  # noqa: S603 - the script is written above
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_every_record_is_json_with_an_id_of_its_own() -> None:
    for records in (contacts(), companies()):
        assert json.loads(json.dumps(records)) == records
        assert len({record["externalId"] for record in records}) == len(records)


def test_people_come_from_every_locale() -> None:
    everybody = population(leads=500)
    found = {everybody.person(number).company.locale.code for number in range(500)}
    assert found == {locale.code for locale in LOCALES}
    assert len(found) >= 8
    assert set(MARKET) == set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: str(locale.code))
def test_a_locale_has_different_names_for_different_things(locale: Locale) -> None:
    for names in (locale.first_names, locale.last_names, locale.company_words, locale.trades):
        latins = [name.latin for name in names]
        assert all(latins)
        assert len(set(latins)) == len(latins)
    assert len(locale.trades) == len(INDUSTRIES)
    assert len(locale.letters.topics) == 6


def test_no_two_locales_share_a_family_name() -> None:
    names = Counter(name.latin for locale in LOCALES for name in locale.last_names)
    assert [name for name, count in names.items() if count > 1] == []


def test_a_name_becomes_small_ascii_letters() -> None:
    assert latin("Łukasz d'Ærø-Müßig & Co.") == "lukasz-d-aero-mussig-co"


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: str(locale.code))
def test_numbers_are_of_their_country_at_home_and_abroad(locale: Locale) -> None:
    region = locale.code[-2:]
    for numbers in (locale.mobile, locale.office):
        samples = range(0, numbers.size, numbers.size // 97)
        seen = set()
        for number in samples:
            at_home, abroad = numbers.written(number)
            parsed = phonenumbers.parse(abroad, None)
            assert phonenumbers.is_possible_number(parsed), abroad
            assert parsed.country_code == phonenumbers.country_code_for_region(region)
            read_at_home = phonenumbers.parse(at_home, region)
            assert read_at_home.country_code == parsed.country_code
            assert read_at_home.national_number == parsed.national_number
            seen.add(parsed.national_number)
        assert len(seen) == len(samples)


def test_numbers_are_written_in_both_ways() -> None:
    numbers = [str(record.get("mobilePhone", "")) for record in contacts()]
    assert any(number.startswith("+") for number in numbers)
    assert any(number.startswith("00") for number in numbers)
    assert any(number and number[0] in "0(" and number[:2] != "00" for number in numbers)


def test_nothing_leads_to_a_real_domain_but_linkedin() -> None:
    hosts = hosts_in(contacts()) | hosts_in(companies())
    domains = {
        re.sub(r"^(https?://)?(www\.)?", "", record["domain"].strip().lower())
        .partition("/")[0]
        .rstrip(".")
        for record in (*contacts(), *companies())
        if record.get("domain") not in {None, "", "N/A", "-"}
    }
    assert len(hosts) > 100
    assert len(domains) > 100
    own = {host for host in hosts | domains if not RESERVED.fullmatch(host)}
    assert all(re.fullmatch(r"([a-z]+\.)?linkedin\.com", host) for host in own), own


def test_the_lists_are_as_dirty_as_real_ones() -> None:
    emails = [record.get("email") for record in contacts()]
    assert {None, "", "N/A"} <= set(emails)
    told = [email for email in emails if email and "@" in email]
    assert any(email != email.strip() for email in told)
    assert any(email.isupper() for email in told)
    pages = {re.sub(r"/in/[^/?#]+", "", r.get("linkedinUrl") or "") for r in contacts()}
    assert len(pages) >= 12
    descriptions = "".join(str(record.get("description", "")) for record in contacts())
    for sign in ("<p>", "<li>", "🚀", "é", "ł", "ש", "م", "営"):
        assert sign in descriptions
    assert max(len(str(record.get("description", ""))) for record in contacts()) > 3_000
    assert any(record.get("firstName", "").endswith(" ") for record in contacts())


def strangers_who_share(
    records: list[Record], keys: Keys, double_of: Callable[[int], Double | None]
) -> set[str]:
    """The kinds of key that two records share who have nothing to do with one another."""
    holders: dict[MatchKey, set[int]] = defaultdict(set)
    for number, record in enumerate(records):
        double = double_of(number)
        for key in keys(record):
            holders[key].add(double.original if double else number)
    return {key.kind for key, originals in holders.items() if len(originals) > 1}


SCENARIOS = st.builds(
    population,
    seed=st.integers(0, 2**63 - 1),
    leads=st.integers(1, 450),
    companies=st.integers(0, 300),
)


@given(SCENARIOS)
@settings(max_examples=30, deadline=None)
def test_only_doubles_share_an_address(everybody: Population) -> None:
    people = [everybody.contact(number) for number in range(everybody.leads)]
    shared = strangers_who_share(people, contact_keys, everybody.double_of_contact)
    assert shared <= {"name"}
    firms = [everybody.company(number) for number in range(everybody.companies)]
    assert not strangers_who_share(firms, company_keys, everybody.double_of_company)


@given(SCENARIOS)
@settings(max_examples=30, deadline=None)
def test_a_double_is_in_the_batch_of_its_original_and_nobody_has_two(
    everybody: Population,
) -> None:
    for count, double_of in (
        (everybody.leads, everybody.double_of_contact),
        (everybody.companies, everybody.double_of_company),
    ):
        doubles = {number: double for number in range(count) if (double := double_of(number))}
        originals = [double.original for double in doubles.values()]
        assert len(set(originals)) == len(originals)
        assert doubles.keys().isdisjoint(originals)
        for number, double in doubles.items():
            assert number // BATCH == double.original // BATCH
            assert double.original < number


def test_what_is_the_same_shares_a_strong_key_and_what_is_alike_does_not() -> None:
    everybody = population()
    likenesses: Counter[Likeness] = Counter()
    recognised: Counter[Likeness] = Counter()
    for records, keys, double_of, strong in (
        (contacts(), contact_keys, everybody.double_of_contact, CONTACT_RULES.strong),
        (companies(), company_keys, everybody.double_of_company, COMPANY_RULES.strong),
    ):
        for number, record in enumerate(records):
            double = double_of(number)
            if double is None:
                continue
            likenesses[double.likeness] += 1
            shared = {key.kind for key in keys(record)} & {
                key.kind for key in set(keys(record)) & set(keys(records[double.original]))
            }
            assert bool(shared & strong) == (double.likeness is Likeness.SAME)
            recognised[double.likeness] += bool(shared)
    assert likenesses[Likeness.SAME] > 50
    assert likenesses[Likeness.ALIKE] > 20
    # Some legal forms are known to nobody.
    assert recognised[Likeness.ALIKE] > 0.8 * likenesses[Likeness.ALIKE]


def test_a_company_that_comes_twice_is_spelt_differently() -> None:
    everybody = population(companies=4_000)
    pairs = [
        (everybody.company(double.original)["name"], everybody.company(number)["name"])
        for number in range(everybody.companies)
        if (double := everybody.double_of_company(number)) and double.likeness is Likeness.SAME
    ]
    assert any(name.endswith(", Inc.") and other.endswith(" Inc") for name, other in pairs)
    assert any(name != other and name.lower() == other.lower() for name, other in pairs)


def test_a_company_has_its_people_in_one_batch_so_that_no_two_share_a_name() -> None:
    everybody = population()
    batches: dict[int, set[int]] = defaultdict(set)
    for number in range(everybody.leads):
        batches[everybody.employer(number)].add(number // BATCH)
    assert {len(one) for one in batches.values()} == {1}
    assert not strangers_who_share(contacts(), contact_keys, everybody.double_of_contact)


def test_nobody_works_for_a_copy_of_a_company() -> None:
    everybody = population(companies=200)
    employers = {everybody.employer(number) for number in range(everybody.leads)}
    employers |= {everybody.second_employer(n) or 0 for n in range(everybody.leads)}
    assert all(0 <= employer < 200 for employer in employers)
    assert not any(everybody.double_of_company(employer) for employer in employers)


def test_a_new_mobile_number_is_nobody_elses() -> None:
    everybody = population()
    old = {
        key.value for record in contacts() for key in contact_keys(record) if key.kind == "phone"
    }
    new = [number for n in range(MANY) if (number := everybody.new_mobile(n))]
    assert len(set(new)) == len(new) > 2_000
    normal = {phonenumbers.format_number(phonenumbers.parse(n), 0) for n in new}
    assert normal.isdisjoint(old)
