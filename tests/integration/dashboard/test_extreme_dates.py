"""The first and the last dates that there are, on every page, at both ends of the world."""

from customcrm.contract.activities import CreateActivity
from customcrm.contract.due_dates import parse_due
from customcrm.contract.tasks import CreateTask
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES
from customcrm.iso8601 import parse_moment
from customcrm.operations.accounts.members import change_profile
from customcrm.operations.activities import create_activity
from customcrm.operations.associations import create_associations
from customcrm.operations.ports import Pair
from customcrm.operations.records import create_records
from customcrm.operations.repeats import Request
from customcrm.operations.tasks import create_task
from tests.integration.dashboard.desk import ORIGIN, House

EXTREMES = [
    *("0001-01-01T00:00:00Z", "0001-01-01T23:59:59Z", "0999-12-31T23:00:00Z"),
    *("1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "9999-12-31T23:59:59.999999Z"),
]
DAYS = ("0001-01-01", "0999-06-01", "9999-12-31")
FILTERS = [
    *(f"{name}_{end}={day}" for name in ("created", "updated") for end in ("from", "to")
      for day in ("0001-01-01", "9999-12-31")),
    *(f"{name}={day}" for name in ("contacted_in", "replied_in") for day in DAYS),
    "prop=seen&from=0001-01-01&to=9999-12-31",
    "prop=seen&from=9999-12-31",
    "prop=seen&to=0001-01-01",
]  # fmt: skip


def filled(crm: House) -> list[str]:
    """Fill a server with extreme dates; returns the pages of what was made."""
    (contact,) = create_records(
        crm.store,
        CONTACT_RULES,
        [{"externalId": "1", "firstName": "Ada", "campaigns": "Spring", "seen": EXTREMES[0]}],
        ORIGIN,
    )
    (company,) = create_records(
        crm.store,
        COMPANY_RULES,
        [{"externalId": "1", "name": "Acme", "seen": EXTREMES[-1], "day": DAYS[0]}],
        ORIGIN,
    )
    create_associations(crm.store, [Pair(contact.record_id, company.record_id, {})], ORIGIN)
    pages = [f"/view/contact/{contact.record_id}", f"/view/company/{company.record_id}"]
    for number, text in enumerate((*EXTREMES, *DAYS)):
        request = Request("test", b"", f"extreme {number}")
        asked = CreateTask(
            text,
            due_date=parse_due(text),
            contact_id=contact.record_id,
            company_id=company.record_id,
        )
        task = create_task(crm.store, asked, {}, request, ORIGIN).task.id
        pages.append(f"/view/task/{task}")
        for direction in ("INBOUND", "OUTBOUND"):
            sent = CreateActivity(
                "EMAIL",
                direction=direction,
                occurred_at=parse_moment(text),
                contact_id=contact.record_id,
                body=text,
            )
            request = Request("test", b"", f"extreme {number} {direction}")
            activity = create_activity(crm.store, sent, {}, request, ORIGIN).activity.id
            pages.append(f"/view/activity/{activity}")
    crm.store.project_pending()
    return pages


def test_no_page_fails_at_either_end_of_time(crm: House) -> None:
    own = filled(crm)
    lists = ["/", "/view/campaigns", "/view/campaign?name=Spring", "/view/duplicates"]
    lists += [f"/view/tasks?state={one}" for one in ("overdue", "today", "upcoming", "done")]
    lists += [f"/view/activities?since={day}&until={day}" for day in DAYS]
    lists += [f"/view/{many}?{one}" for many in ("contacts", "companies") for one in FILTERS]
    lists += [
        f"/view/export/{one}?format={kind}"
        for one in ("contact", "company", "task")
        for kind in ("csv", "excel", "jsonl")
    ]
    edits = [f"{one}/edit" for one in own if "activity" not in one]
    edits += [f"{one}?changes=yes&tasks=yes" for one in own if "activity" not in one]
    member = crm.people["member"]
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12", "America/New_York"):
        change_profile(crm.store, member.id, member.name, zone, ORIGIN)
        browser = crm.browser("member")
        for page in (*own, *lists, *edits):
            assert browser.get(page).status_code == 200, (zone, page)
    overdue, upcoming = (crm.browser("admin").get(one).text for one in (lists[4], lists[6]))
    assert "1 Jan 0001" in overdue
    assert "1 Jun 0999" in overdue
    assert "31 Dec 9999" in upcoming
