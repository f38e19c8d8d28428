"""Pages show documented fields from Enginy's own names of them."""

import json

from tests.integration.dashboard.desk import KEY, House

JANE: dict[str, object] = {
    "externalId": "1",
    "firstName": "Jane",
    "lastName": "Doe",
    "professionalEmail": "jane@acme.com",
    "phones": ["+34 600 111 222"],
    "jobTitle": "Head of Tea",
    "linkedInProfileUrl": "https://www.linkedin.com/in/jane-doe",
    "company": "Acme",
}
ACME: dict[str, object] = {"externalId": "2", "name": "Acme", "website": "https://acme.com/en"}


def created(crm: House, plural: str, record: dict[str, object]) -> str:
    content = json.dumps({plural: [record]}).encode()
    answer = crm.browser().fetch("POST", f"/{plural}", content, {"x-api-key": KEY}).json()
    return str(answer["results"][0]["crmId"])


def test_a_record_page_and_the_lists_show_them(crm: House) -> None:
    jane, acme = created(crm, "contacts", JANE), created(crm, "companies", ACME)
    browser = crm.browser("member")
    page = browser.get(f"/view/contact/{jane}").text
    assert "Head of Tea at Acme" in page
    assert 'href="mailto:jane@acme.com"' in page
    assert 'href="tel:+34600111222"' in page
    assert 'href="https://www.linkedin.com/in/jane-doe"' in page
    assert "acme.com/en" in browser.get(f"/view/company/{acme}").text
    crm.store.project_pending()
    people = browser.get("/view/contacts").text
    assert "jane@acme.com" in people
    assert "Head of Tea" in people
    assert "acme.com/en" in browser.get("/view/companies").text
    assert "Jane Doe" in browser.get("/view/contacts?q=jane%40acme.com").text
