from dataclasses import fields
from typing import Any

import pytest

from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.errors import BadSetting
from customcrm.settings import PREFIX, Settings

SECRET = "correct horse battery"

GOOD: list[tuple[str, str, Any]] = [
    ("host", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - it is only read
    ("host", "::1", "::1"),
    ("host", " crm.example.com ", "crm.example.com"),
    ("port", "0", 0),
    ("port", "65535", 65_535),
    ("database_url", "sqlite:///crm.db", "sqlite:///crm.db"),
    ("database_url", "sqlite:////data/crm.db", "sqlite:////data/crm.db"),
    ("database_url", "postgresql://u:p@h/crm", "postgresql://u:p@h/crm"),
    ("database_url", "postgres://u@h/crm", "postgres://u@h/crm"),
    ("database_url", "postgresql+psycopg://u@h/crm", "postgresql+psycopg://u@h/crm"),
    ("api_key", "", ""),
    ("api_key", "x" * 16, "x" * 16),
    ("api_key", f" {SECRET}\n", SECRET),
    ("api_key_header", "X-Acme-Key", "X-Acme-Key"),
    ("api_key_header", "Authorization", "Authorization"),
    ("public_url", "", ""),
    ("public_url", "https://crm.example.com/", "https://crm.example.com"),
    ("public_url", "http://localhost:3456/crm", "http://localhost:3456/crm"),
    ("users_endpoint", "on", True),
    ("users_endpoint", "TRUE", True),
    ("users_endpoint", "1", True),
    ("users_endpoint", "Off", False),
    ("users_endpoint", "false", False),
    ("users_endpoint", "0", False),
    ("max_connections", "16", 16),
    ("max_connections", "1000000", 1_000_000),
    ("max_connections_per_address", "0", 0),
    ("max_connections_per_address", " 64 ", 64),
    ("match_contacts", "phone, email", ("phone", "email")),
    ("match_contacts", "email,email,", ("email",)),
    ("match_companies", "name", ("name",)),
    ("return_contacts", "email, lead score,email", ("email", "lead score")),
    ("return_contacts", "", ()),
    ("return_companies", "accountTier", ("accountTier",)),
]

BAD = [
    ("host", ""),
    ("host", "crm example"),
    ("host", "http://crm"),
    ("port", ""),
    ("port", "-1"),
    ("port", "65536"),
    ("port", "80.0"),
    ("port", "http"),
    ("port", "9" * 5_000),
    ("database_url", ""),
    ("database_url", "crm.db"),
    ("database_url", "sqlite://"),
    ("database_url", "sqlite:///"),
    ("database_url", "mysql://u:p@h/crm"),
    ("database_url", "postgresql://"),
    ("api_key", "x" * 15),
    ("api_key", "ñ" * 16),
    ("api_key", "x" * 16 + "\x00y"),
    ("api_key_header", ""),
    ("api_key_header", "X Key"),
    ("api_key_header", "X-Key:"),
    ("api_key_header", "x" * 65),
    ("public_url", "crm.example.com"),
    ("public_url", "ftp://crm.example.com"),
    ("public_url", "https://"),
    ("public_url", "https://[::1"),
    ("users_endpoint", ""),
    ("users_endpoint", "maybe"),
    ("max_connections", ""),
    ("max_connections", "0"),
    ("max_connections", "15"),
    ("max_connections", "1000001"),
    ("max_connections", "1e3"),
    ("max_connections", "\u0663" * 3),
    ("max_connections_per_address", "-1"),
    ("max_connections_per_address", "many"),
    ("max_connections_per_address", "9" * 5_000),
    ("match_contacts", ""),
    ("match_contacts", "email,domain"),
    ("match_companies", "email"),
    ("match_companies", "Name"),
    ("return_contacts", "x" * 256),
    ("return_companies", "a\tb"),
]


def test_every_setting_has_a_default() -> None:
    assert Settings.read({}) == Settings()


def test_every_setting_is_tried_below() -> None:
    names = {field.name for field in fields(Settings)}
    assert {name for name, _, _ in GOOD} == names
    assert {name for name, _ in BAD} == names


@pytest.mark.parametrize(("name", "value", "read"), GOOD)
def test_a_good_value_is_read(name: str, value: str, read: object) -> None:
    settings = Settings.read({PREFIX + name.upper(): value})
    assert getattr(settings, name) == read
    others = {field.name for field in fields(Settings)} - {name}
    assert all(getattr(settings, other) == getattr(Settings(), other) for other in others)


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_refused_by_the_settings_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"^{PREFIX}{name.upper()} "):
        Settings.read({PREFIX + name.upper(): value})
    with pytest.raises(BadSetting, match=f"^{PREFIX}{name.upper()} "):
        Settings.read({}, {name: value})


def test_a_refusal_shows_the_value_and_what_would_do() -> None:
    with pytest.raises(BadSetting) as refusal:
        Settings.read({"CUSTOMCRM_MATCH_COMPANIES": "email"})
    assert str(refusal.value) == (
        "CUSTOMCRM_MATCH_COMPANIES must be some of externalId, domain, linkedinUrl, name, "
        "with commas between them, not 'email'"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("api_key", "short secret"),
        ("api_key", "geheimnis-mit-ñ-und-mehr"),
        ("database_url", "mysql://user:hunter2@host/crm"),
        ("database_url", "postgresql:/user:hunter2@host"),
    ],
)
def test_a_secret_is_never_echoed(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        Settings.read({PREFIX + name.upper(): value})
    told = str(refusal.value) + str(refusal.value.__cause__)
    assert value not in told
    assert "hunter2" not in told


def test_an_unknown_name_is_refused_and_the_known_ones_are_listed() -> None:
    with pytest.raises(BadSetting) as refusal:
        Settings.read({"CUSTOMCRM_APIKEY": SECRET})
    assert str(refusal.value).startswith("CUSTOMCRM_APIKEY is not a setting; there are ")
    for field in fields(Settings):
        assert PREFIX + field.name.upper() in str(refusal.value)
    assert SECRET not in str(refusal.value)


def test_names_without_the_prefix_are_none_of_ours() -> None:
    assert Settings.read({"PATH": "/bin", "PORT": "http", "XCUSTOMCRM_PORT": "x"}) == Settings()


def test_an_option_wins_over_the_environment_unless_it_is_none() -> None:
    environment = {"CUSTOMCRM_PORT": "1", "CUSTOMCRM_HOST": "a"}
    settings = Settings.read(environment, {"port": 2, "host": None, "users_endpoint": False})
    assert (settings.port, settings.host, settings.users_endpoint) == (2, "a", False)


def test_an_option_wins_even_over_a_bad_value_of_the_environment() -> None:
    assert Settings.read({"CUSTOMCRM_PORT": "http"}, {"port": 2}).port == 2


def test_the_rules_follow_the_settings() -> None:
    assert Settings().rules == {Kind.CONTACT: CONTACT_RULES, Kind.COMPANY: COMPANY_RULES}
    rules = Settings(match_contacts=("email",), return_companies=("name",)).rules
    assert rules[Kind.CONTACT].chain == ("email",)
    assert rules[Kind.CONTACT].returned == CONTACT_RULES.returned
    assert rules[Kind.COMPANY].returned == ("name",)
    assert rules[Kind.COMPANY].chain == COMPANY_RULES.chain
