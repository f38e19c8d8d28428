"""Coming in and going out: signing in, one-time links, signing out."""

from typing import Final

from customcrm.dashboard.desk import Page, Redirect, Reply, Visit
from customcrm.dashboard.tasks import is_path
from customcrm.dashboard.urls import value_of
from customcrm.errors import (
    InvalidRequest,
    LastAdmin,
    LinkExpired,
    PeopleError,
    SignInFailed,
    TooManyAttempts,
)
from customcrm.operations.accounts import sessions
from customcrm.operations.accounts.links import Link, accept, link_of
from customcrm.operations.accounts.people import MAX_EMAIL
from customcrm.operations.accounts.ports import Purpose

HOME: Final = "/"

REFUSED: Final = (PeopleError, InvalidRequest)
"""What is told on the page that the form was on."""

Refused = PeopleError | InvalidRequest

_STATUSES: Final[dict[type[Refused], int]] = {
    SignInFailed: 401,
    TooManyAttempts: 429,
    LinkExpired: 404,
    LastAdmin: 409,
}
"""Of what is refused, where it is not what somebody typed."""

UNPROCESSABLE: Final = 422


def sign_in_page(visit: Visit) -> Reply:
    """GET /view/sign-in."""
    goes_to = _next(value_of(visit.query, "next"))
    return Redirect(goes_to) if visit.session else _sign_in(visit, goes_to)


def sign_in(visit: Visit) -> Reply:
    """POST /view/sign-in."""
    goes_to, email = _next(visit.form.get("next")), visit.form.get("email", "")
    desk = visit.desk
    try:
        with desk.throttle.attempt(visit.address, email):
            new = sessions.sign_in(
                desk.accounts, email, visit.form.get("password", ""), visit.agent, visit.origin
            )
    except REFUSED as error:
        return _sign_in(visit, goes_to, email, error)
    return Redirect(goes_to, new.secret)


def _sign_in(visit: Visit, goes_to: str, email: str = "", problem: Refused | None = None) -> Page:
    admins = visit.desk.accounts.read_accounts(lambda reader: reader.admins())
    context = {
        "next": goes_to,
        "email": email[:MAX_EMAIL],
        "problem": told(problem),
        "first": not admins,
    }
    return Page("sign_in.html", context, status_of(problem))


def sign_out(visit: Visit) -> Reply:
    """POST /view/sign-out."""
    if visit.session:
        sessions.sign_out(visit.desk.accounts, visit.session, visit.origin)
    return Redirect("/view/sign-in", "")


def link_page(visit: Visit) -> Reply:
    """GET /view/link/{secret}."""
    try:
        link = link_of(visit.desk.accounts, visit.path["secret"], visit.now)
    except LinkExpired as error:
        return _gone(error)
    return _link(link, link.person.name if link.person else "", _email_of(link))


def accept_link(visit: Visit) -> Reply:
    """POST /view/link/{secret}."""
    desk, form, secret = visit.desk, visit.form, visit.path["secret"]
    name, email = form.get("name", ""), form.get("email", "")
    link = None
    try:
        link = link_of(desk.accounts, secret, visit.now)
        new = accept(
            desk.accounts,
            secret,
            name,
            _email_of(link) or email,
            form.get("password", ""),
            form.get("zone", ""),
            visit.agent,
            visit.origin,
        )
    except LinkExpired as error:
        return _gone(error)
    except REFUSED as error:
        return _link(link, name, _email_of(link) or email, error) if link else _gone(error)
    return Redirect(HOME, new.secret)


def _email_of(link: Link) -> str:
    return (link.person.email or "") if link.person else ""


def _link(link: Link, name: str, email: str, problem: Refused | None = None) -> Page:
    title, advice, action = _TOLD[link.purpose]
    context = {
        "title": title,
        "advice": advice,
        "action": action,
        "name": name,
        "email": email,
        "fixed": link.person is not None,
        "problem": told(problem),
        "gone": False,
    }
    return Page("link.html", context, status_of(problem))


_TOLD: Final = {
    Purpose.FIRST: (
        "Welcome",
        "Nobody has an account yet. Yours is an admin's: you connect Enginy and invite others.",
        "Start",
    ),
    Purpose.INVITATION: ("Join your team", "", "Join"),
    Purpose.RESET: ("Choose a new password", "You will be signed out everywhere else.", "Save"),
}
"""Title, advice and the word on the button, by what a link is for."""


def _gone(problem: Refused) -> Page:
    context = {
        "title": "This link no longer works",
        "problem": told(problem),
        "gone": True,
    }
    return Page("link.html", context, 404)


def told(problem: Refused | None) -> str:
    """A problem as a sentence for people; empty if there is none."""
    if isinstance(problem, InvalidRequest):
        return ". ".join(f"The {one.path} {one.message}" for one in problem.problems) + "."
    return f"{problem}." if problem else ""


def status_of(problem: Refused | None) -> int:
    """The status of a page that tells of a problem, or of none."""
    return 200 if problem is None else _STATUSES.get(type(problem), UNPROCESSABLE)


def _next(asked: str | None) -> str:
    """The page to go to: one of ours, and not the one that leads here."""
    path = asked or HOME
    return path if is_path(path) and not path.startswith("/view/sign-in") else HOME
