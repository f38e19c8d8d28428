"""Every number that leads to a list is what the list has: each is followed, none is believed."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qs, urlsplit

import httpx

from customcrm.crm.records import CONTACT_RULES
from customcrm.dashboard.pages import page_of
from customcrm.operations.editing import delete_records, restore_records
from tests.browser.house import ORIGIN, House

LEAST: Final = 150
"""Numbers that there are at least, with so many leads."""

LEADS_BY: Final = {
    *("campaign", "contacted", "connected", "replied", "step", "replied_after"),
    *("contacted_in", "replied_in", "owner", "owned", "company", "created_from"),
    *("type", "direction", "since", "until", "state"),
}
"""What the lists are asked for, all numbers together."""


class Reading(HTMLParser):
    """What a page says in numbers: links with what they count and say, and its own total."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[tuple[str, int, str]] = []
        self.totals: list[int] = []
        self.next: str | None = None
        self.rows = 0
        self._open: tuple[str, int] | None = None
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and "data-count" in told:
            self._open, self._text = (str(told["href"]), int(str(told["data-count"]))), ""
        if "data-total" in told:
            self.totals.append(int(str(told["data-total"])))
        if told.get("rel") == "next":
            self.next = told["href"]
        self.rows += tag == "li" and str(told.get("id", "")).startswith("task_")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            self.links.append((*self._open, self._text))
            self._open = None

    def handle_data(self, data: str) -> None:
        self._text += data


class Reader:
    """Somebody who is signed in, and reads pages."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def read(self, path: str) -> Reading:
        return Reading(self._http.get(path).raise_for_status().text)

    def lines(self, path: str) -> int:
        """How many tasks there are on all pages of a list."""
        page = self.read(path)
        found = page.rows
        while page.next:
            page = self.read(f"/view/tasks{page.next}")
            found += page.rows
        return found

    def listed(self, where: str) -> int:
        """How many lines the list has that a number leads to."""
        if where == "/view/tasks":
            states = ("overdue", "today", "upcoming", "undated")
            return sum(self.lines(f"{where}?state={one}") for one in states)
        if where.startswith("/view/tasks?"):
            return self.lines(where)
        counted = where if "count=exact" in where else f"{where}&count=exact"
        (total,) = self.read(counted).totals
        return total


def absolute(path: str, link: str) -> str:
    return path.partition("?")[0] + link if link.startswith("?") else link


def follow(crm: House, paths: list[str]) -> Mapping[str, int]:
    """Follow every number on these pages; where they lead, and what they say."""
    cookies = {"customcrm_session": crm.cookies["admin"]}
    with httpx.Client(base_url=crm.url, cookies=cookies, trust_env=False, timeout=60) as http:
        return followed(Reader(http), paths)


def followed(reader: Reader, paths: list[str]) -> Mapping[str, int]:
    known: dict[str, int] = {}
    for path in paths:
        for link, count, text in reader.read(path).links:
            where = absolute(path, link)
            if where not in known:
                known[where] = reader.listed(where)
            assert count == known[where], f"{path} says {count} of {where}"
            said = re.search(r"\d[\d,]*", text)
            assert count == (int(said[0].replace(",", "")) if said else 0), (path, text)
    return known


def pages(crm: House) -> list[str]:
    names = [line.name for line in crm.store.catalogue.campaign_lines()]
    lists = ["/", "/view/campaigns", "/view/companies", "/view/tasks"]
    return lists + [page_of(name) for name in names]


def asked(known: Mapping[str, int]) -> Iterator[str]:
    for where in known:
        yield from parse_qs(urlsplit(where).query)


def test_every_number_equals_its_list_whatever_is_deleted_and_comes_back(crm: House) -> None:
    odd = [{"externalId": f"odd {n}", "campaigns": "A & B <c>, Ω"} for n in range(3)]
    crm.send("POST", "/contacts", {"contacts": odd})
    crm.store.project_pending()
    before = follow(crm, pages(crm))
    assert len(before) > LEAST
    assert set(asked(before)) >= LEADS_BY
    assert sum(count > 0 for count in before.values()) > LEAST // 2

    gone = [card for number, card in enumerate(crm.everybody()) if number % 3 == 0]
    assert len(delete_records(crm.store, CONTACT_RULES, gone, ORIGIN)) == len(gone)
    crm.store.project_pending()
    without = follow(crm, pages(crm))
    assert without["/view/contacts?count=exact"] < before["/view/contacts?count=exact"]

    assert len(restore_records(crm.store, CONTACT_RULES, gone, ORIGIN)) == len(gone)
    crm.store.project_pending()
    assert follow(crm, pages(crm)) == before
