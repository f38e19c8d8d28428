"""A hand that uses a page as somebody does who sees it for the first time, and is counted."""

import re
from typing import Literal

from playwright.sync_api import Locator, Page, expect

Role = Literal[
    "button", "checkbox", "link", "listitem", "main", "region", "row", "switch", "textbox"
]
Text = str | re.Pattern[str]


class Hand:
    """Clicks and keys on a page, found by role and by the name that is seen, counted.

    Attributes:
        page: what it is on.
        clicks: how often it has pressed a button of the mouse.
        keys: how many keys it has pressed: each character of a text is one, and so is a chord.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.keys = 0

    def find(self, role: Role, name: Text, within: Locator | None = None) -> Locator:
        """What has this role and this name; looking costs nothing."""
        return (within or self.page).get_by_role(role, name=name, exact=isinstance(name, str))

    def line(self, role: Literal["row", "listitem"], text: Text) -> Locator:
        """The first line of a list in which this stands."""
        return self.page.get_by_role(role).filter(has_text=text).first

    def click(self, role: Role, name: Text, within: Locator | None = None) -> None:
        """Click the one thing of this role and name: if there are two, nobody knows which."""
        self.press_on(self.find(role, name, within))

    def open(self, name: str) -> None:
        """Open what unfolds."""
        self.press_on(self.page.locator("summary").filter(has_text=re.compile(rf"^\s*{name}")))

    def text(self, text: str) -> None:
        """Click on a text."""
        self.press_on(self.page.get_by_text(text, exact=True))

    def press_on(self, what: Locator) -> None:
        """Click on what was found."""
        what.click()
        self.clicks += 1

    def choose(self, label: str, option: Text) -> None:
        """Choose from a list that opens: one click to open it, one for the choice."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        told = box.get_by_role("option", name=option, exact=isinstance(option, str)).inner_text()
        box.select_option(label=told)
        self.clicks += 2

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        expect(self.page.locator("input:focus, textarea:focus")).to_be_editable()
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key: str) -> None:
        """Press one key, or one chord."""
        self.page.keyboard.press(key)
        self.keys += 1

    def point(self, text: str) -> None:
        """Point at a text, without a click."""
        self.page.get_by_text(text, exact=True).hover()

    def sees(self, text: Text) -> None:
        """Wait for a text, as whoever looks does."""
        expect(self.page.get_by_text(text).first).to_be_visible()
