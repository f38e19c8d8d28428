"""Links of records and tasks without a visible name have a width, and so can be clicked."""

from playwright.sync_api import Page

from tests.browser.house import House, settled

NAMES = [" ", "\u200b", "\u3164", "\u2800", "\u0301", "\u202e\u2060"]
NARROW = """
() => [...document.querySelectorAll("a")]
  .filter((one) => one.checkVisibility() && !one.closest(".sr, .skip"))
  .filter((one) => one.getBoundingClientRect().width < 8)
  .map((one) => one.outerHTML)
"""


def test_no_link_is_too_narrow_to_click(crm: House, page: Page) -> None:
    contacts = [{"externalId": name, "firstName": name} for name in NAMES]
    companies = [{"externalId": name, "name": name} for name in NAMES]
    made = crm.send("POST", "/contacts", {"contacts": contacts})["results"]
    firms = crm.send("POST", "/companies", {"companies": companies})["results"]
    one, other = made[0]["crmId"], made[1]["crmId"]
    for name in NAMES[1:]:
        crm.send("POST", "/tasks", {"subject": name, "contactId": one})
        body = {"type": "EMAIL", "subject": name, "contactId": one}
        crm.send("POST", "/activities", body)
    crm.store.project_pending()
    for path in (
        "/view/contacts", "/view/companies", "/view/tasks", "/view/activities",
        f"/view/contact/{one}?tasks=yes&changes=yes", f"/view/company/{firms[0]['crmId']}",
        f"/view/merge/contact/{one}?q=unnamed", f"/view/duplicates/contact/{one}/{other}",
        "/view/find?q=unnamed",
    ):  # fmt: skip
        page.goto(crm.url + path)
        settled(page)
        assert page.evaluate(NARROW) == [], path
