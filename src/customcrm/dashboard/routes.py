"""All pages, on one screen: what they are, where, and for whom."""

from itertools import groupby
from typing import Final

from starlette.routing import BaseRoute, Route

from customcrm.dashboard import (
    account,
    activities,
    bulk,
    calls,
    entry,
    exports,
    home,
    jobs,
    lists,
    records,
    setup,
    styleguide,
    tasks,
    team,
    views,
)
from customcrm.dashboard.assets import serve_asset
from customcrm.dashboard.desk import Desk
from customcrm.dashboard.failures import no_such_page
from customcrm.dashboard.gate import Access, Gate, View

_ANYBODY, _MEMBER, _ADMIN = Access.ANYBODY, Access.MEMBER, Access.ADMIN

VIEWS: Final = (
    View("GET", "/", _MEMBER, home.home, of_data=False),
    View("GET", "/view/sign-in", _ANYBODY, entry.sign_in_page, of_data=False),
    View("POST", "/view/sign-in", _ANYBODY, entry.sign_in, of_data=False),
    View("POST", "/view/sign-out", _MEMBER, entry.sign_out, of_data=False),
    View("GET", "/view/link/{secret}", _ANYBODY, entry.link_page, of_data=False),
    View("POST", "/view/link/{secret}", _ANYBODY, entry.accept_link, of_data=False),
    View("GET", "/view/contacts", _MEMBER, lists.contacts),
    View("GET", "/view/companies", _MEMBER, lists.companies),
    View("GET", "/view/contact/{id}", _MEMBER, records.contact),
    View("GET", "/view/contact/{id}/json", _MEMBER, records.contact_json),
    View("GET", "/view/company/{id}", _MEMBER, records.company),
    View("GET", "/view/company/{id}/json", _MEMBER, records.company_json),
    View("GET", "/view/tasks", _MEMBER, tasks.tasks),
    View("POST", "/view/tasks", _MEMBER, tasks.add_task),
    View("GET", "/view/task/{id}", _MEMBER, tasks.task),
    View("GET", "/view/task/{id}/json", _MEMBER, tasks.task_json),
    View("POST", "/view/task/{id}/complete", _MEMBER, tasks.complete),
    View("POST", "/view/task/{id}/reopen", _MEMBER, tasks.reopen),
    View("POST", "/view/bulk", _MEMBER, bulk.confirm),
    View("POST", "/view/bulk/start", _MEMBER, bulk.start),
    View("GET", "/view/export/{noun}", _MEMBER, exports.export),
    View("POST", "/view/views", _MEMBER, views.save),
    View("POST", "/view/views/{id}/change", _MEMBER, views.change),
    View("POST", "/view/views/{id}/update", _MEMBER, views.update),
    View("POST", "/view/views/{id}/pin", _MEMBER, views.pin),
    View("POST", "/view/views/{id}/copy", _MEMBER, views.copy),
    View("POST", "/view/views/{id}/delete", _MEMBER, views.delete),
    View("POST", "/view/views/{id}/restore", _MEMBER, views.restore),
    View("GET", "/view/jobs", _MEMBER, jobs.jobs),
    View("GET", "/view/job/{id}", _MEMBER, jobs.job),
    View("POST", "/view/job/{id}/cancel", _MEMBER, jobs.cancel),
    View("POST", "/view/job/{id}/undo", _MEMBER, jobs.undo),
    View("GET", "/view/activities", _MEMBER, activities.activities),
    View("GET", "/view/activity/{id}", _MEMBER, activities.activity),
    View("GET", "/view/activity/{id}/json", _MEMBER, activities.activity_json),
    View("GET", "/view/activity/{id}/body", _MEMBER, activities.activity_body),
    View("GET", "/view/calls", _MEMBER, calls.calls, of_data=False),
    View("GET", "/view/call/{number}", _MEMBER, calls.call, of_data=False),
    View("GET", "/view/account", _MEMBER, account.account, of_data=False),
    View("POST", "/view/account/profile", _MEMBER, account.change_profile, of_data=False),
    View("POST", "/view/account/password", _MEMBER, account.change_password, of_data=False),
    View("POST", "/view/account/sessions/{id}/end", _MEMBER, account.end_session, of_data=False),
    View("GET", "/view/styleguide", _MEMBER, styleguide.styleguide, of_data=False),
    View("GET", "/view/setup", _ADMIN, setup.setup, of_data=False),
    View("POST", "/view/keys", _ADMIN, setup.add_key, of_data=False),
    View("POST", "/view/keys/{id}/revoke", _ADMIN, setup.end_key, of_data=False),
    View("GET", "/view/team", _ADMIN, team.team, of_data=False),
    View("POST", "/view/team/invite", _ADMIN, team.invite, of_data=False),
    View("POST", "/view/team/{id}/role", _ADMIN, team.set_role, of_data=False),
    View("POST", "/view/team/{id}/link", _ADMIN, team.make_link, of_data=False),
    View("POST", "/view/team/{id}/remove", _ADMIN, team.remove, of_data=False),
    View("GET", "/view/{rest:path}", _MEMBER, no_such_page, of_data=False),
)
"""Every page and everything that can be done on one."""


def routes(desk: Desk) -> list[BaseRoute]:
    """Every route of the dashboard, and what browsers load for it."""
    there = [view for view in VIEWS if desk.own_data or not view.of_data]
    by_path = groupby(there, key=lambda view: view.path)
    return [
        *(Route(path, Gate(desk, {v.method: v for v in views})) for path, views in by_path),
        Route("/static/{path:path}", serve_asset),
    ]
