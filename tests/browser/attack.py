"""A stranger who writes into every field that Enginy can write, and a reader who looks."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page

from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import Kind
from customcrm.operations.properties import MAX_LABEL, MAX_NAME, PropertyBook, Shape
from tests.browser.house import ORIGIN, House
from tests.browser.payloads import PAYLOADS

RAN = "a script of a stranger has run"
LEAD_SOMEWHERE = ("http:", "https:", "mailto:", "tel:", "data:image/", "#", "/", "?")

CONTACT = (
    *("firstName", "lastName", "title", "company", "linkedinUrl", "phone", "mobilePhone"),
    *("location", "leadCountry", "industry", "companySize", "domain", "description"),
    *("emailVerificationStatus", "campaigns", "lastContactedBy", "ownerId", "custom"),
)
CAMPAIGN = "Everybody"
"""A campaign that all of them are in, beside one that is called like the payload."""

COMPANY = (
    *("name", "domain", "website", "industry", "linkedinUrl", "description", "location"),
    *("foundedYear", "revenue", "companyType", "technologiesUsed", "leadCountries", "ownerId"),
    "custom",
)


def contact(number: int, payload: str) -> dict[str, Any]:
    return {
        "externalId": f"{number} {payload}",
        "email": payload,
        "list": [payload],
        "map": {payload: payload},
        **dict.fromkeys((*CONTACT, payload), payload),
        "campaigns": f"{payload}\n{CAMPAIGN}",
    }


def company(number: int, payload: str) -> dict[str, Any]:
    return {"externalId": f"{number} {payload}", **dict.fromkeys((*COMPANY, payload), payload)}


@dataclass
class Written:
    """What Enginy has written, by our ids: one of each for each payload, and two with all of them.

    The last contact and the last company have every payload as the name and the value of a
    property, and all tasks and activities are theirs.
    """

    crm: House
    contacts: list[str]
    companies: list[str]
    tasks: list[str]
    activities: list[str]


def write(crm: House) -> Written:
    """Have Enginy write each payload into every field that it can write."""
    every = {f"{number} {payload}": payload for number, payload in enumerate(PAYLOADS)}
    contacts = [contact(*one) for one in enumerate(PAYLOADS)] + [{"externalId": "all", **every}]
    companies = [company(*one) for one in enumerate(PAYLOADS)] + [{"externalId": "all", **every}]
    told = crm.send("POST", "/contacts", {"contacts": contacts})["results"]
    contact_ids = [one["crmId"] for one in told]
    told = crm.send("POST", "/companies", {"companies": companies})["results"]
    company_ids = [one["crmId"] for one in told]
    whose = {"contactId": contact_ids[-1], "companyId": company_ids[-1]}
    pair = {"contactCRMId": contact_ids[-1], "companyCRMId": company_ids[-1]}
    crm.send("POST", "/associations", {"associations": [pair]})
    tasks, activities = [], []
    for number, payload in enumerate(PAYLOADS):
        said = {
            "subject": payload,
            "ownerId": payload,
            "custom": payload,
            payload: payload,
            **whose,
        }
        task = {"description": payload, "type": payload, **said}
        tasks.append(crm.send("POST", "/tasks", task)["id"])
        kind = {"type": "EMAIL", "direction": "INBOUND", "body": payload}
        metadata = {"messageId": f"{number} {payload}", payload: payload}
        activity = {**kind, "metadata": metadata, **said}
        activities.append(crm.send("POST", "/activities", activity)["id"])
    define(crm)
    crm.store.project_pending()
    return Written(crm, contact_ids, company_ids, tasks, activities)


def define(crm: House) -> None:
    """Have an admin call properties by each payload, make choices of it, and properties."""
    book = PropertyBook(crm.store)
    for kind in Kind:
        for number, payload in enumerate(PAYLOADS):
            label, types = payload[:MAX_LABEL], list(PropertyType)
            shape = Shape(label, types[number % len(types)], (payload.replace("\n", " "),))
            book.define_property(kind, f"{number} {payload}", shape, ORIGIN)
            if payload.isprintable():
                book.add_property(kind, f"made {payload}"[:MAX_NAME], shape, (), ORIGIN)


def listened(context: BrowserContext) -> list[str]:
    """Where it is noted that a script of a stranger has run, in whichever frame."""
    heard: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A browser that refuses to show the dialog has run the script all the same.
        if message.text == RAN or "alert()" in message.text:
            heard.append(message.text)

    def on_dialog(dialog: Dialog) -> None:
        heard.append("a dialog")
        dialog.dismiss()

    context.add_init_script(f"window.alert = () => console.log({RAN!r});")
    context.on("console", on_console)
    context.on("dialog", on_dialog)
    return heard


def provoke(page: Page) -> None:
    """Do to a page what its reader might: point at it, and go on with the keyboard."""
    page.mouse.move(300, 300)
    for _ in range(3):
        page.keyboard.press("Tab")


def assert_links_lead_somewhere(page: Page) -> None:
    found = page.eval_on_selector_all(
        "[href], [src], [action], [formaction]",
        "all => all.flatMap(one => ['href', 'src', 'action', 'formaction']"
        ".map(name => one.getAttribute(name)).filter(value => value !== null))",
    )
    led = [one for one in found if not one.lower().startswith(LEAD_SOMEWHERE)]
    assert led == []
