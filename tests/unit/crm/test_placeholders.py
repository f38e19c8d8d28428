"""Words that stand for no value give no key, whatever their signs and case."""

import pytest

from customcrm.crm.match_keys import company_keys, contact_keys
from customcrm.crm.placeholders import is_placeholder, is_placeholder_host


@pytest.mark.parametrize(
    "email",
    [
        "none@none.com",
        "test@test.com",
        "noemail@noemail.com",
        "NoEmail@acme.com",
        "no-email@acme.com",
        "no_email.123@acme.com",
        "n.a@n-a.com",
        "na@na.com",
        "nan@nan.com",
        "null@null.null.com",
        "unknown@acme.com",
        "UNKNOWN@unknown.org",
        "undefined@undefined.com",
        "test@example.com",
        "example@example.com",
        "user@example.com",
        "email@example.org",
        "sin-correo@empresa.com",
        "sinemail@acme.es",
        "keine@keine.de",
        "aucun@aucun.fr",
        "ninguno@ninguno.es",
        "nomail@gmail.com",
        "test@gmail.com",
        "test123@test.com",
        "noemail7f3a@import.com",
        "abc@abc.com",
        "x@x.com",
        "1@1.com",
        "asdf@asdf.com",
        "jane@noemail.com",
        "12345@none.com",
        "prueba@prueba.com",
        "youremail@domain.com",
        "aaaa@aaaa.com",
        "email@email.com",
    ],
)
def test_the_address_of_nobody_is_no_key(email: str) -> None:
    assert contact_keys({"email": email}) == ()


@pytest.mark.parametrize(
    "email",
    [
        "jane@acme.com",
        "na@acme.com",
        "nan@acme.com",
        "jane@example.com",
        "john.doe@test.com",
        "a@acme.example",
        "jane@none.acme.com",
        "nora.none@acme.com",
        "noel@acme.com",
        "testa@acme.com",
        "nobel@nobel.com",
        "xx@acme.com",
        "info@acme.com",
        "nomad@acme.com",
        "tester.jane@acme.com",
        "1234567@qq.com",
        "ann@naturals.com",
    ],
)
def test_the_address_of_somebody_is_a_key(email: str) -> None:
    assert [key.value for key in contact_keys({"email": email})] == [email]


@pytest.mark.parametrize(
    "slug",
    [
        "None",
        "none",
        "nan",
        "NaN",
        "n-a",
        "N-A",
        "na",
        "unknown",
        "Unknown",
        "null",
        "undefined",
        "not-available",
        "---",
        "test",
        "example",
        "no-name",
        "keine",
        "aucun",
        "ninguno",
        "n.a.",
        "tbd",
        "N/A",
        "n%2Fa/",
        "desconocido",
        "unbekannt",
        "n%2Da",
        "Un-Known/",
    ],
)
def test_the_profile_of_nobody_is_no_key(slug: str) -> None:
    assert contact_keys({"linkedinUrl": f"https://www.linkedin.com/in/{slug}"}) == ()
    assert company_keys({"linkedinUrl": f"https://www.linkedin.com/company/{slug}"}) == ()


@pytest.mark.parametrize(
    "slug", ["nancy", "jane-doe", "na-na-na", "none-other", "testa", "unknown-pleasures"]
)
def test_the_profile_of_somebody_is_a_key(slug: str) -> None:
    assert [key.value for key in contact_keys({"linkedinUrl": f"linkedin.com/in/{slug}"})] == [
        f"in/{slug}"
    ]


@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "www.example.com",
        "example.org",
        "example.net",
        "example.de",
        "test.com",
        "https://test.com/about",
        "none.com",
        "null.com",
        "na.com",
        "unknown.org",
        "nan.com",
        "undefined.com",
        "ejemplo.com",
        "beispiel.de",
        "domain.com",
        "yourdomain.com",
        "nowebsite.com",
        "mycompany.com",
        "example.co.uk",
        "noweb.es",
        "EXAMPLE.com.",
    ],
)
def test_the_domain_of_nobody_is_no_key(host: str) -> None:
    assert company_keys({"domain": host}) == ()


@pytest.mark.parametrize(
    "host",
    [
        "acme.example",
        "acme.test",
        "acme.com",
        "acme.example.com",
        "test.example",
        "none.acme.com",
        "examples.acme.com",
        "exampleshop.com",
        "testing-labs.com",
        "nonesuch.com",
    ],
)
def test_a_domain_that_only_holds_such_a_word_is_a_key(host: str) -> None:
    assert not is_placeholder_host(host)
    assert [key.value for key in company_keys({"domain": host})] == [host]


@pytest.mark.parametrize(
    "name",
    [
        "N/A",
        "n/a",
        "NaN",
        "None",
        "NONE",
        "null",
        "Unknown",
        "unknown.",
        "undefined",
        "-",
        "--",
        "?",
        "...",
        "Test",
        "TBD",
        "keine Angabe",
        "Desconocido",
        "sin nombre",
        "no name",
        "Ninguno",
        "aucun",
        "xxx",
        "(none)",
        "[unknown]",
        "Non renseigné",
        "неизвестно",
        "不明",
    ],
)
def test_a_name_that_stands_for_none_is_no_key(name: str) -> None:
    assert is_placeholder(name)
    assert company_keys({"name": name}) == ()
    whole = {"firstName": "Jane", "lastName": "Doe", "company": "Acme"}
    assert contact_keys(whole)
    for field in whole:
        assert contact_keys({**whole, field: name}) == ()


@pytest.mark.parametrize(
    "company", ["Self-employed", "Freelance", "autónomo", "Selbstständig", "N/A"]
)
def test_who_has_no_employer_has_no_key_by_name(company: str) -> None:
    assert contact_keys({"firstName": "Jane", "lastName": "Doe", "company": company}) == ()


@pytest.mark.parametrize("name", ["Acme", "Nona", "Testa", "Nonesuch Records", "Unknown Pleasures"])
def test_a_name_that_only_holds_such_a_word_is_a_key(name: str) -> None:
    assert not is_placeholder(name)
    assert company_keys({"name": name})
