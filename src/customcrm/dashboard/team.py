"""The team: who may sign in, as what, and how somebody gets in."""

from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Visit
from customcrm.dashboard.entry import REFUSED, Refused, status_of, told
from customcrm.errors import InvalidRequest, Problem
from customcrm.operations.accounts import links, members
from customcrm.operations.accounts.people import Person, Role


def team(visit: Visit) -> Reply:
    """GET /view/team."""
    return _team(visit)


def _team(
    visit: Visit,
    problem: Refused | None = None,
    link_of: tuple[Person, str] | None = None,
) -> Page:
    context = {
        "people": members.list_people(visit.desk.accounts),
        "problem": told(problem),
        "link": f"{visit.root}/view/link/{link_of[1]}" if link_of else None,
        "link_for": link_of[0].name if link_of else "",
    }
    return Page("team.html", context, status_of(problem))


def invite(visit: Visit) -> Reply:
    """POST /view/team/invite. The answer is the one page that shows the link."""
    form = visit.form
    role = Role.ADMIN if form.get("role") == Role.ADMIN else Role.MEMBER
    try:
        person, secret = links.invite(
            visit.desk.accounts, form.get("name", ""), form.get("email", ""), role, visit.origin
        )
    except REFUSED as error:
        return _team(visit, error)
    return _team(visit, link_of=(person, secret))


def set_role(visit: Visit) -> Reply:
    """POST /view/team/{id}/role."""
    try:
        role = _role_of(visit.form.get("role"))
        members.set_role(visit.desk.accounts, visit.path["id"], role, visit.origin)
    except REFUSED as error:
        return _team(visit, error)
    return Redirect("/view/team", toast=Toast("The role was changed"))


def _role_of(asked: str | None) -> Role | None:
    """The role that a form names; none if it names none, which takes somebody's password.

    Raises:
        InvalidRequest: it says nothing of a role, or there is no such role.
    """
    if asked is None or asked not in {"", *Role}:
        raise InvalidRequest([Problem("role", "must be admin, member or empty")])
    return Role(asked) if asked else None


def make_link(visit: Visit) -> Reply:
    """POST /view/team/{id}/link. The answer is the one page that shows the link."""
    accounts, user_id = visit.desk.accounts, visit.path["id"]
    secret = links.reset_link(accounts, user_id, visit.origin)
    person = next(one for one in members.list_people(accounts) if one.id == user_id)
    return _team(visit, link_of=(person, secret))


def remove(visit: Visit) -> Reply:
    """POST /view/team/{id}/remove."""
    try:
        members.remove_person(visit.desk.accounts, visit.path["id"], visit.origin)
    except REFUSED as error:
        return _team(visit, error)
    return Redirect("/view/team", toast=Toast("They were removed from the team"))
