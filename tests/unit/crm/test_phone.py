import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, ValidationResult

from customcrm.crm.phone import phone_key
from tests.unit.crm.json_values import HOSTILE, JSON, TEXTS, is_storable

SPANISH_MOBILES = st.from_regex(r"6[0-9]{7}1", fullmatch=True)
REGIONS = st.sampled_from([None, "ES", "US", "GB", "IT", "MX", "XX", "", "es"])


@pytest.mark.parametrize(
    ("value", "region", "key"),
    [
        ("+34600111222", None, "+34600111222"),
        ("+34 600 111 222", None, "+34600111222"),
        ("+34-600-111-222", None, "+34600111222"),
        ("+34.600.111.222", None, "+34600111222"),
        ("+34 600/111/222", None, "+34600111222"),
        (" +34600111222\n", None, "+34600111222"),
        ("+34 - 600 111 222", None, "+34600111222"),
        ("\u202a+34\xa0600\u2011111\u2011222\u202c", None, "+34600111222"),
        ("(+34) 600 111 222", None, "+34600111222"),
        ("+34 (600) 111-222", None, "+34600111222"),
        ("tel:+34-600-111-222", None, "+34600111222"),
        ("0034600111222", None, "+34600111222"),
        ("00 34 600 111 222", None, "+34600111222"),
        ("(0034) 600111222", None, "+34600111222"),
        ("+00 34 600111222", None, "+34600111222"),
        ("0034600111222", "US", "+34600111222"),
        ("011 34 600 111 222", "US", "+34600111222"),
        ("600 111 222", "ES", "+34600111222"),
        ("600111222", "ES", "+34600111222"),
        (600111222, "ES", "+34600111222"),
        (600111222.0, "ES", "+34600111222"),
        (34600111222, "ES", "+34600111222"),
        ("34600111222", "ES", "+34600111222"),
        ("+٣٤٦٠٠١١١٢٢٢", None, "+34600111222"),
        ("۶۰۰۱۱۱۲۲۲", "ES", "+34600111222"),
        ("\uff0b\uff13\uff14 600111222", None, "+34600111222"),
        ("+34600111222", "US", "+34600111222"),
        ("+442079460018", None, "+442079460018"),
        ("+44 (0)20 7946 0018", None, "+442079460018"),
        ("+44 020 7946 0018", None, "+442079460018"),
        ("0044 (0) 20 7946 0018", None, "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+49 (0) 30 901820", None, "+4930901820"),
        ("+49 030 901820", None, "+4930901820"),
        ("+39 06 6982 1234", None, "+390669821234"),
        ("06 6982 1234", "IT", "+390669821234"),
        ("+39 347 123 4567", None, "+393471234567"),
        ("+1 (415) 555-0123", None, "+14155550123"),
        ("1-415-555-0123", "US", "+14155550123"),
        ("415.555.0123", "CA", "+14155550123"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("+7 495 123-45-67", None, "+74951234567"),
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("+55 11 91234-5678", None, "+5511912345678"),
        ("+54 9 11 2345 6789", None, "+5491123456789"),
        ("011 15 2345-6789", "AR", "+5491123456789"),
        ("+34 911 234 567 ext. 5", None, "+34911234567;ext=5"),
        ("+34911234567;ext=5", None, "+34911234567;ext=5"),
        ("+34 911 234 567 x05", None, "+34911234567;ext=05"),
        ("911 234 567 ext 5", "ES", "+34911234567;ext=5"),
        ("+34 600 111 222 / +34 600 333 444", None, None),
        ("600111222", None, None),
        (34600111222, None, None),
        ("34600111222", None, None),
        ("600111222", "XX", None),
        ("600111222", "", None),
        ("555-0123", "US", None),
        ("+1-555-0123", None, "+15550123"),
        ("+1234567890", None, "+1234567890"),
        ("001-555-0123", None, "+15550123"),
        ("+1 (555) 0123", None, "+15550123"),
        ("(+1) 555.0123", "ES", "+15550123"),
        ("tel:+1-555-0123", None, "+15550123"),
        ("+1-555-0123 ext. 5", None, "+15550123;ext=5"),
        ("+15550123;ext=5", None, "+15550123;ext=5"),
        ("\uff0b1 555 0123", None, "+15550123"),
        ("+34 600 111 22", None, "+3460011122"),
        ("0034 600 111 22", None, "+3460011122"),
        ("+999 123456789", None, "+999123456789"),
        ("+0 123 456 789", None, "+0123456789"),
        ("+123456", None, None),
        ("+1 23-45-67", None, "+1234567"),
        ("+123456789012345", None, "+123456789012345"),
        ("+1234567890123456", None, None),
        ("+34 600 111 222 333 44", None, None),
        ("+1111111", None, None),
        ("+0000000000", None, None),
        ("+1 555 0123 or later", None, None),
        ("+1 555 0123 +1 555 0124", None, None),
        ("+34 000 000 000", None, None),
        ("+1 (999) 999-9999", None, None),
        ("112", "ES", None),
        ("unknown", "ES", None),
        (-600111222, "ES", None),
        (600111222.5, "ES", None),
        (True, "ES", None),
        ("+34600111222\x00", None, "+34600111222"),
        ("+3460011\ud8001222", None, None),
    ],
)
def test_it_reads_a_number(value: object, region: str | None, key: str | None) -> None:
    assert phone_key(value, region) == key


@pytest.mark.parametrize("region", [None, "ES"])
@pytest.mark.parametrize("value", HOSTILE)
def test_it_has_no_key_for_a_hostile_value(value: object, region: str | None) -> None:
    assert phone_key(value, region) is None


@given(SPANISH_MOBILES, st.sampled_from(["", " ", "-", ".", "/", "\xa0", " - "]))
def test_it_ignores_how_a_number_is_grouped(digits: str, separator: str) -> None:
    grouped = separator.join([digits[:3], digits[3:5], digits[5:7], digits[7:]])
    for spelling in (
        f"+34 {grouped}",
        f"0034{separator}{grouped}",
        f"(+34) {grouped}",
        f" {grouped} ",
    ):
        assert phone_key(spelling, "ES") == f"+34{digits}"


@given(SPANISH_MOBILES, SPANISH_MOBILES)
def test_it_keeps_different_numbers_apart(one: str, other: str) -> None:
    assert (phone_key(one, "ES") == phone_key(other, "ES")) is (one == other)


def _slowly(text: str) -> str | None:
    """What the parser alone makes of an international number; as it is written if nothing."""
    number = phonenumbers.parse(text)
    national = phonenumbers.national_significant_number(number)
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        written = text.removeprefix(f"+{number.country_code}")
        fits = 8 <= len(text) <= 16 and len(set(written)) > 1 and len(set(text[1:])) > 1
        return text if fits else None
    if len(set(national)) == 1:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(
    st.sampled_from(sorted(COUNTRY_CODE_TO_REGION_CODE)),
    st.from_regex(r"(0|1|8|9|15|06|44)?[0-9]{4,12}", fullmatch=True),
)
def test_the_short_path_agrees_with_the_parser(calling_code: int, national: str) -> None:
    expected = _slowly(f"+{calling_code}{national}")
    assert phone_key(f"+{calling_code}{national}", None) == expected
    assert phone_key(f"00{calling_code}{national}", None) == expected
    assert phone_key(f"00 {calling_code} {national}", None) == expected


def test_the_short_path_agrees_with_the_parser_on_every_countrys_example() -> None:
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        number = phonenumbers.example_number(region)
        assert number is not None
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        at_home = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert phone_key(e164, None) == e164
        assert phone_key(written, None) == e164
        assert phone_key(at_home, region) == e164


def test_the_short_path_does_not_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(phonenumbers, "parse")
    assert phone_key("+34 600 111 222", None) == "+34600111222"
    assert phone_key("0034 600 111 222", "US") == "+34600111222"


@given(
    JSON | TEXTS.map("+34{}".format) | st.text("+0123456789()-ext;=. #", max_size=30),
    REGIONS,
)
def test_a_key_is_its_own_key_and_can_be_stored(value: object, region: str | None) -> None:
    key = phone_key(value, region)
    if key is not None:
        assert phone_key(key, None) == key
        assert phone_key(key, "US") == key
        assert is_storable(key)
        assert len(key) <= 40
