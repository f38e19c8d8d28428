"""What a stranger writes does not look like something else, and leads where it says."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.house import House, Watch

TURNED = "\u202e"
"""What follows runs from right to left, until the end of what it stands in."""


def test_a_name_turns_round_nothing_beside_it(context: BrowserContext, empty: House) -> None:
    told = {"externalId": "turned", "firstName": f"Ana{TURNED}"}
    empty.send("POST", "/contacts", {"contacts": [told]})
    empty.store.project_pending()
    empty.sign_in(context)
    page = context.new_page()
    page.goto(f"{empty.url}/view/contacts")
    link = page.locator("td a", has_text="Ana")
    expect(link).to_have_css("unicode-bidi", "isolate")
    for tag in ("span", "b", "code"):
        style = page.evaluate(
            "tag => getComputedStyle(document.body.appendChild(document.createElement(tag)))"
            ".unicodeBidi",
            tag,
        )
        assert style == "isolate", tag


def test_buttons_lead_where_they_say(context: BrowserContext, empty: House) -> None:
    honest = {
        "externalId": "honest",
        "linkedinUrl": "https://www.linkedin.com/in/ana",
        "email": "honest@acme.com",
        "phone": "+34 600 000 001",
    }
    false = {
        "externalId": "false",
        "linkedinUrl": "https://evil.example/in/ana",
        "email": "x@acme.com?bcc=spy@evil.example",
        "phone": "*#06#",
    }
    sent = empty.send("POST", "/contacts", {"contacts": [honest, false]})["results"]
    empty.store.project_pending()
    empty.sign_in(context)
    watch, page = Watch(context, empty.url), context.new_page()
    page.goto(f"{empty.url}/view/contact/{sent[0]['crmId']}")
    ways = page.locator(".head a.button[target=_blank]")
    expect(ways).to_have_text(["LinkedIn", "Email", "Call"])
    page.goto(f"{empty.url}/view/contact/{sent[1]['crmId']}?merged=Call+0800+to+unlock")
    expect(page.locator(".head")).to_be_visible()
    assert ways.count() == 0
    assert "0800" not in page.inner_text("body")
    watch.assert_clean()
