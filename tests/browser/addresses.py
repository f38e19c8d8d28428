"""Where every page is, with something on it."""

import time
from datetime import UTC, datetime, timedelta

from customcrm.operations.accounts.members import list_people
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.browsing.events import ActivityFilter, CallFilter, Day, TaskFilter
from customcrm.operations.bulk.asking import start_job
from customcrm.operations.bulk.jobs import Deed, Job, Noun, Selection, Verb
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


def addresses(crm: House) -> dict[str, list[str]]:
    """Where each page is that somebody signed in can see, in each of its forms."""
    catalogue = crm.store.catalogue
    now = datetime.now(UTC)
    day = Day(now, now + timedelta(days=1))
    activities = catalogue.activities(ActivityFilter(type="EMAIL", direction="INBOUND"), None, 50)
    line = max(activities.items, key=lambda one: len(one.activity.body or ""))
    task = catalogue.tasks(TaskFilter(day=day), None, 1).items[0].task
    call = catalogue.calls(CallFilter(operation="create_contacts"), None, 1).items[0]
    contact, company = line.activity.contact_id, line.activity.company_id
    return {
        "/": ["/"],
        "/view/contacts": [
            "/view/contacts",
            "/view/contacts?q=nobody-is-called-this",
            f"/view/contacts?q=a&view={view_of(crm)}",
            "/view/contacts?replied=yes&sort=name&col=email&col=engagement_status&count=exact",
        ],
        "/view/companies": ["/view/companies"],
        "/view/contact/{id}": [
            f"/view/contact/{contact}",
            f"/view/contact/{contact}?changes=yes&tasks=yes",
        ],
        "/view/company/{id}": [f"/view/company/{company}"],
        "/view/tasks": ["/view/tasks", "/view/tasks?state=done"],
        "/view/task/{id}": [f"/view/task/{task.id}"],
        "/view/jobs": ["/view/jobs"],
        "/view/job/{id}": [f"/view/job/{job_of(crm)}"],
        "/view/activities": ["/view/activities"],
        "/view/activity/{id}": [f"/view/activity/{line.activity.id}"],
        "/view/calls": ["/view/calls"],
        "/view/call/{number}": [f"/view/call/{call.number}"],
        "/view/account": ["/view/account"],
        "/view/styleguide": ["/view/styleguide"],
        "/view/setup": ["/view/setup"],
        "/view/team": ["/view/team"],
    }
