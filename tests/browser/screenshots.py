"""`make screenshots`: pictures of the main pages, with simulated leads, into `docs/images`."""

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from customcrm.dashboard.pages import page_of
from tests.browser.house import House, chromium, house, settled

FOLDER: Final = Path("docs/images")
LEADS: Final = 500
WEEKS: Final = 26
DESK: Final = (1280, 860)
PHONE: Final = (390, 780)
LOOKS: Final = (("light", DESK), ("dark", DESK), ("phone", PHONE))


def pages(crm: House) -> dict[str, str]:
    """What is shown, by the name of its picture."""
    contact = crm.talkative_contact()
    lines = crm.store.catalogue.campaign_lines()
    campaign = max(lines, key=lambda line: line.funnel.replied).name
    return {
        "home": "/",
        "contacts": "/view/contacts",
        "campaign": page_of(campaign),
        "contact": f"/view/contact/{contact.id}",
        "tasks": "/view/tasks",
        "calls": "/view/calls",
    }


def shoot(page: Page, crm: House, look: str) -> None:
    """Take a picture of every page."""
    for name, path in pages(crm).items():
        page.goto(crm.url + path)
        settled(page)
        page.screenshot(path=FOLDER / f"{name}-{look}.png")
        sys.stdout.write(f"{FOLDER / name}-{look}.png\n")


def main() -> None:
    """Fill a server, look at it in every way, and keep the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as crm:
        crm.simulate(leads=LEADS, weeks=WEEKS)
        with chromium() as browser:
            for look, (width, height) in LOOKS:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if look == "dark" else "light",
                    device_scale_factor=1,
                )
                crm.sign_in(context)
                shoot(context.new_page(), crm, look)
                context.close()


if __name__ == "__main__":
    main()
