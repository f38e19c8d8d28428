"""Where every page is, with something on it."""

import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from customcrm.crm.records import Kind
from customcrm.dashboard.pages import page_of
from customcrm.operations.accounts.members import list_people
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.browsing.events import ActivityFilter, CallFilter, Day, TaskFilter
from customcrm.operations.bulk.asking import start_job
from customcrm.operations.bulk.jobs import Deed, Job, Selection, Verb
from customcrm.operations.nouns import Noun
from customcrm.operations.views import View, save_view
from tests.browser.house import ADMIN, ORIGIN, START_SECONDS, House


def job_of(crm: House) -> str:
    """The id of a job in bulk that is over."""
    jobs = crm.store.read_jobs(lambda reader: reader.jobs(1))
    job = jobs[0] if jobs else _cleared(crm)
    deadline = time.monotonic() + START_SECONDS
    while (found := crm.store.read_jobs(lambda reader: reader.job(job.id))) and not found.ended:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return job.id


def _cleared(crm: House) -> Job:
    chosen = CardFilter(search="nobody-is-called-this")
    deed = Deed(Verb.SET, "of_tests")
    return start_job(crm.store, Noun.CONTACT, deed, Selection(cards=chosen), ORIGIN)


def view_of(crm: House) -> str:
    """The id of a view that everybody sees."""
    admin = next(one for one in list_people(crm.store) if one.email == ADMIN[1])
    views = crm.store.views.views(admin.id, Noun.CONTACT)
    view = View("", admin.id, Noun.CONTACT, "All who have replied", "replied=yes", shared=True)
    return views[0].id if views else save_view(crm.store.views, view, ORIGIN).id


def twins(crm: House, mark: str = "twin") -> tuple[str, str]:
    """The ids of two contacts that may be one, and differ in some values; they are suggested."""
    named = {"firstName": "Jane", "lastName": "Twin", "company": f"Acme {mark}"}
    told = [
        {"externalId": f"{mark} 1", "title": "CEO", "phone": "+34600000001", **named},
        {"externalId": f"{mark} 2", "title": "Chief executive", "city": "Vigo", **named},
    ]
    first, second = (
        result["crmId"] for result in crm.send("POST", "/contacts", {"contacts": told})["results"]
    )
    crm.store.project_pending()
    # The server looks for them as well: then they are noted a moment later.
    until = time.monotonic() + START_SECONDS
    while not crm.store.merges.is_suggested(Kind.CONTACT, (first, second)):
        assert time.monotonic() < until, "nobody has found that they may be one"
        crm.store.find_pending()
        time.sleep(0.1)
    return first, second


def addresses(crm: House) -> dict[str, list[str]]:
    """Where each page is that somebody signed in can see, in each of its forms."""
    catalogue = crm.store.catalogue
    now = datetime.now(UTC)
    day = Day(now, now + timedelta(days=1))
    activities = catalogue.activities(ActivityFilter(type="EMAIL", direction="INBOUND"), None, 50)
    line = max(activities.items, key=lambda one: len(one.activity.body or ""))
    task = catalogue.tasks(TaskFilter(day=day), None, 1).items[0].task
    call = catalogue.calls(CallFilter(operation="create_contacts"), None, 1).items[0]
    campaign = max(catalogue.campaign_lines(), key=lambda one: one.funnel.replied).name
    contact, company = line.activity.contact_id, line.activity.company_id
    one, other = twins(crm)
    return {
        "/": ["/"],
        "/view/find": ["/view/find", "/view/find?q=a", "/view/find?q=nobody-is-called-this"],
        "/view/contacts": [
            "/view/contacts",
            "/view/contacts?q=nobody-is-called-this",
            f"/view/contacts?q=a&view={view_of(crm)}",
            "/view/contacts?replied=yes&sort=name&col=email&col=engagement_status&count=exact",
            f"/view/contacts?campaign={quote(campaign)}&contacted=EMAIL&step=2&count=exact",
        ],
        "/view/companies": ["/view/companies"],
        "/view/campaigns": ["/view/campaigns", "/view/campaigns?q=nothing-is-called-this"],
        "/view/campaign": [page_of(campaign), "/view/campaign?name=nobody"],
        "/view/contact/{id}": [
            f"/view/contact/{contact}",
            f"/view/contact/{contact}?changes=yes&tasks=yes&in=sort%3Dname",
        ],
        "/view/contact/{id}/edit": [
            f"/view/contact/{contact}/edit",
            f"/view/contact/{contact}/edit?field=title",
        ],
        "/view/contact/{id}/origins": [f"/view/contact/{contact}/origins"],
        "/view/contact/{id}/link": [f"/view/contact/{contact}/link?q=a"],
        "/view/contacts/new": ["/view/contacts/new"],
        "/view/company/{id}": [f"/view/company/{company}"],
        "/view/duplicates": ["/view/duplicates", "/view/duplicates?kind=company"],
        "/view/duplicates/joined": [
            "/view/duplicates/joined",
            "/view/duplicates/joined?kind=company",
        ],
        "/view/duplicates/{kind}/{first}/{second}": [f"/view/duplicates/contact/{one}/{other}"],
        "/view/merge/{kind}/{id}": [f"/view/merge/contact/{one}"],
        "/view/company/{id}/edit": [f"/view/company/{company}/edit?field=foundedYear"],
        "/view/company/{id}/origins": [f"/view/company/{company}/origins"],
        "/view/company/{id}/link": [f"/view/company/{company}/link"],
        "/view/companies/new": ["/view/companies/new"],
        "/view/bin": ["/view/bin", "/view/bin?of=task"],
        "/view/tasks": ["/view/tasks", "/view/tasks?state=done"],
        "/view/task/{id}": [f"/view/task/{task.id}"],
        "/view/task/{id}/edit": [
            f"/view/task/{task.id}/edit",
            f"/view/task/{task.id}/edit?field=contactId&q=a",
        ],
        "/view/jobs": ["/view/jobs"],
        "/view/job/{id}": [f"/view/job/{job_of(crm)}"],
        "/view/activities": ["/view/activities"],
        "/view/activity/{id}": [f"/view/activity/{line.activity.id}"],
        "/view/properties": ["/view/properties", "/view/properties?kind=company"],
        "/view/property": [
            "/view/property?kind=contact&name=engagement_status",
            "/view/property?kind=company&name=industry",
        ],
        "/view/calls": ["/view/calls"],
        "/view/call/{number}": [f"/view/call/{call.number}"],
        "/view/matching": [
            "/view/matching?kind=company",
            "/view/matching?example=gaps",
            f"/view/matching?kind=contact&record={contact}&as_new=yes",
        ],
        "/view/account": ["/view/account"],
        "/view/styleguide": ["/view/styleguide"],
        "/view/setup": ["/view/setup"],
        "/view/team": ["/view/team"],
    }
