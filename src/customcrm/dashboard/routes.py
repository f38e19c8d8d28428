"""All pages, on one screen: what they are, where, and for whom."""

from itertools import groupby
from typing import Final

from starlette.routing import BaseRoute, Route

from customcrm.dashboard import (
    account,
    activities,
    calls,
    entry,
    home,
    lists,
    records,
    setup,
    styleguide,
    tasks,
    team,
)
from customcrm.dashboard.assets import serve_asset
from customcrm.dashboard.desk import Desk
from customcrm.dashboard.gate import Access, Gate, View

_ANYBODY, _MEMBER, _ADMIN = Access.ANYBODY, Access.MEMBER, Access.ADMIN

VIEWS: Final = (
    View("GET", "/", _MEMBER, home.home),
    View("GET", "/view/sign-in", _ANYBODY, entry.sign_in_page),
    View("POST", "/view/sign-in", _ANYBODY, entry.sign_in),
    View("POST", "/view/sign-out", _MEMBER, entry.sign_out),
    View("GET", "/view/link/{secret}", _ANYBODY, entry.link_page),
    View("POST", "/view/link/{secret}", _ANYBODY, entry.accept_link),
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
    View("GET", "/view/activities", _MEMBER, activities.activities),
    View("GET", "/view/activity/{id}", _MEMBER, activities.activity),
    View("GET", "/view/activity/{id}/json", _MEMBER, activities.activity_json),
    View("GET", "/view/activity/{id}/body", _MEMBER, activities.activity_body),
    View("GET", "/view/calls", _MEMBER, calls.calls),
    View("GET", "/view/call/{number}", _MEMBER, calls.call),
    View("GET", "/view/account", _MEMBER, account.account),
    View("POST", "/view/account/profile", _MEMBER, account.change_profile),
    View("POST", "/view/account/password", _MEMBER, account.change_password),
    View("POST", "/view/account/sessions/{id}/end", _MEMBER, account.end_session),
    View("GET", "/view/styleguide", _MEMBER, styleguide.styleguide),
    View("GET", "/view/setup", _ADMIN, setup.setup),
    View("POST", "/view/keys", _ADMIN, setup.add_key),
    View("POST", "/view/keys/{id}/revoke", _ADMIN, setup.end_key),
    View("GET", "/view/team", _ADMIN, team.team),
    View("POST", "/view/team/invite", _ADMIN, team.invite),
    View("POST", "/view/team/{id}/role", _ADMIN, team.set_role),
    View("POST", "/view/team/{id}/link", _ADMIN, team.make_link),
    View("POST", "/view/team/{id}/remove", _ADMIN, team.remove),
)
"""Every page and everything that can be done on one."""


def routes(desk: Desk) -> list[BaseRoute]:
    """Every route of the dashboard, and what browsers load for it."""
    by_path = groupby(VIEWS, key=lambda view: view.path)
    return [
        *(Route(path, Gate(desk, {v.method: v for v in views})) for path, views in by_path),
        Route("/static/{path:path}", serve_asset),
    ]
