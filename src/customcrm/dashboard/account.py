"""One's own account: name, time zone, password, sessions."""

from functools import cache
from zoneinfo import available_timezones

from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Visit
from customcrm.dashboard.entry import REFUSED, UNPROCESSABLE, Refused, status_of, told
from customcrm.errors import SignInFailed
from customcrm.operations.accounts import sessions
from customcrm.operations.accounts.members import change_profile as change


@cache
def zones() -> tuple[str, ...]:
    """The names of all time zones."""
    return tuple(sorted(available_timezones()))


def account(visit: Visit) -> Reply:
    """GET /view/account."""
    return _account(visit)


def _account(visit: Visit, problem: Refused | None = None) -> Page:
    # Whoever sees this page is signed in: there is nothing to be let into by another password.
    wrong = isinstance(problem, SignInFailed)
    context = {
        "zones": zones(),
        "sessions": sessions.sessions_of(visit.desk.accounts, visit.person.id, visit.now),
        "problem": "The current password is wrong." if wrong else told(problem),
    }
    return Page("account.html", context, UNPROCESSABLE if wrong else status_of(problem))


def change_profile(visit: Visit) -> Reply:
    """POST /view/account/profile."""
    name, zone = visit.form.get("name", ""), visit.form.get("zone", "")
    try:
        change(visit.desk.accounts, visit.person.id, name, zone, visit.origin)
    except REFUSED as error:
        return _account(visit, error)
    return Redirect("/view/account", toast=Toast("Saved"))


def change_password(visit: Visit) -> Reply:
    """POST /view/account/password."""
    old, new = visit.form.get("old", ""), visit.form.get("new", "")
    desk = visit.desk
    if visit.session is None:
        raise LookupError("nobody is signed in")
    try:
        with desk.throttle.attempt(visit.address, visit.person.email or ""):
            sessions.change_password(desk.accounts, visit.session, old, new, visit.origin)
    except REFUSED as error:
        return _account(visit, error)
    said = "Your password is changed, and you are signed out everywhere else"
    return Redirect("/view/account", toast=Toast(said))


def end_session(visit: Visit) -> Reply:
    """POST /view/account/sessions/{id}/end."""
    sessions.end_session(visit.desk.accounts, visit.person, visit.path["id"], visit.origin)
    return Redirect("/view/account", toast=Toast("That device is signed out"))
