"""One page's door: who may come in, what they may send, and what they get to see when it fails."""

from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlsplit

from anyio import CancelScope, CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from customcrm import log
from customcrm.dashboard import toasts
from customcrm.dashboard.desk import (
    Desk,
    Document,
    Download,
    Page,
    Redirect,
    Reply,
    Stream,
    Visit,
)
from customcrm.dashboard.failures import (
    DashboardError,
    Forbidden,
    Forged,
    Gone,
    QueryRefused,
    page_of,
)
from customcrm.dashboard.pages import rendered
from customcrm.dashboard.security import (
    CSRF_FIELD,
    DATA_POLICY,
    HEADERS,
    PAGE_POLICY,
    bears_token,
    is_from_us,
)
from customcrm.errors import CrmError
from customcrm.operations.accounts.people import Role, Session
from customcrm.operations.accounts.sessions import session_of
from customcrm.web.requests import mark_identified, origin_of
from customcrm.web.text import clean_form_text, clean_query_text

COOKIE: Final = "customcrm_session"
MAX_FORM: Final = 1_000_000
"""Bytes of a form: a long text takes twelve for each character, and is sent twice."""

MAX_DOOR_FORM: Final = 32_000
"""Bytes of a form that anybody may send: reading a form takes time, and nobody is known yet."""

MAX_FIELDS: Final = 200
"""Fields of a query, and of a form that anybody may send."""

MAX_FIELDS_OF_MEMBERS: Final = 4_000
"""Fields of a form of somebody who is signed in: to merge two records takes one for each value."""

COOKIE_SECONDS: Final = 400 * 86_400
"""As long as browsers keep one. When a session ends is the server's to say."""

Handler = Callable[[Visit], Reply]


class Access(StrEnum):
    """Who may see a page."""

    ANYBODY = "anybody"
    MEMBER = "member"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class View:
    """One page, or one thing that can be done.

    Attributes:
        method: GET, or POST for what changes something.
        path: with `{id}` where an id goes.
        access: who may.
        handler: makes the reply.
        of_data: whether it shows what only the built-in CRM has.
        parses: whether it parses the body of a message, which has threads of its own.
    """

    method: str
    path: str
    access: Access
    handler: Handler
    of_data: bool = True
    parses: bool = False


class Gate:
    """Serves the views that share a path.

    Args:
        desk: what the pages work with.
        views: those of this path, by method.
    """

    def __init__(self, desk: Desk, views: Mapping[str, View]) -> None:
        self._desk = desk
        self._views = views

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        method = "GET" if request.method == "HEAD" else request.method
        view = self._views.get(method)
        if view is None:
            allowed = ", ".join(sorted({*self._views, *(["HEAD"] if "GET" in self._views else [])}))
            response = Response(
                "This page takes no such request.\n", 405, {**HEADERS, "Allow": allowed}
            )
        else:
            try:
                response = await self._answer(request, view)
            except ClientDisconnect:
                return
        await response(scope, receive, send)

    async def _answer(self, request: Request, view: View) -> Response:
        """Answer a request; a form of members is read only once it is known that one sends it."""
        work = _Work(self._desk, view, request)
        threads = self._desk.parsers if view.parses else self._desk.threads
        if view.method == "POST" and view.access is Access.ANYBODY:
            threads = self._desk.door
            work.body = await _body_of(request, MAX_DOOR_FORM)
        elif view.method == "POST":
            refusal = await run_sync(work.refuse, limiter=threads)
            if refusal is not None:
                return refusal
            mark_identified(request.scope)
            work.body = await _body_of(request, MAX_FORM)
        response = await run_sync(work.respond, limiter=threads)
        if work.session is not None:
            mark_identified(request.scope)
        return response


class _Work:
    """One request on a thread: from the cookie to the answer.

    Attributes:
        body: of a form, once it has been read; None where it is too large.
        session: of who sends the request, once it has been looked up.
    """

    def __init__(self, desk: Desk, view: View, request: Request) -> None:
        self._desk = desk
        self._view = view
        self._request = request
        self._visit: Visit
        self._begun = False
        self._known = False
        self.body: bytes | None = b""
        self.session: Session | None = None

    def refuse(self) -> Response | None:
        """Return the answer to a form whose sender may not send it, whatever is in it."""
        return self._answer(lambda: None if self._identify() else self._to_sign_in())

    def respond(self) -> Response:
        """Return the answer, whatever happens."""
        response = self._answer(self._reply)
        assert response is not None  # noqa: S101 - a page always has a reply
        return response

    def _answer(self, reply_of: Callable[[], Reply | None]) -> Response | None:
        """Return a reply, or the page of its failure, as a response.

        All that takes time with what a stranger sent happens here, on a thread: a long query is
        parsed here too.
        """
        if not self._begun:
            self._begun, self._visit = True, _visit_of(self._desk, self._request)
        try:
            reply = reply_of()
            return None if reply is None else self._response(reply)
        except Exception as error:  # noqa: BLE001 - the last resort, so that nobody sees a traceback
            if not isinstance(error, CrmError | DashboardError):
                log.failure("internal_error", request_id=self._request.scope["account"].request_id)
            return self._response(page_of(error))

    def _identify(self) -> bool:
        """Look up the session of the request, once, and return whether there is one.

        Raises:
            QueryRefused: the query has too many parameters.
            Forged: the form comes from elsewhere.
        """
        if self._request.url.query.count("&") >= MAX_FIELDS:
            raise QueryRefused(f"It has more than {MAX_FIELDS} parameters")
        if not self._known:
            self._known = True
            self.session = self._session()
            if self.session:
                self._request.scope["account"].actor = f"user:{self.session.person.id}"
        if self._view.method == "POST" and not is_from_us(self._request, self._desk.public_url):
            raise Forged
        return self.session is not None

    def _reply(self) -> Reply:
        if not self._identify() and self._view.access is not Access.ANYBODY:
            return self._to_sign_in()
        form = self._form(self.session)
        self._visit = replace(
            self._visit,
            session=self.session,
            form={name: value for name, value in form.items() if name != CSRF_FIELD},
        )
        if self._view.access is Access.ADMIN and self._visit.person.role is not Role.ADMIN:
            raise Forbidden
        return self._view.handler(self._visit)

    def _session(self) -> Session | None:
        secret = self._request.cookies.get(COOKIE, "")
        return session_of(self._desk.accounts, secret, self._visit.now) if secret else None

    def _form(self, session: Session | None) -> dict[str, str]:
        """What was sent, which is looked at only now that it is known by whom.

        Raises:
            Forged: it is no form of ours, or not one of this session.
        """
        if self._view.method != "POST":
            return {}
        most = MAX_FIELDS if self._view.access is Access.ANYBODY else MAX_FIELDS_OF_MEMBERS
        form = _form_of(self._request, self.body, most)
        # What anybody may send does nothing with a session that there happens to be.
        of_session = session if self._view.access is not Access.ANYBODY else None
        if form is None or (of_session and not bears_token(form, of_session.csrf)):
            raise Forged
        return form

    def _to_sign_in(self) -> Reply:
        if self._view.method == "POST":
            raise Gone
        return Redirect(f"/view/sign-in?next={quote(self._visit.url, safe='')}")

    def _response(self, reply: Reply) -> Response:
        match reply:
            case Page():
                return self._page(reply)
            case Document():
                headers = {**HEADERS, "Content-Security-Policy": reply.policy}
                return Response(reply.body, 200, headers, reply.media_type)
            case Stream():
                return self._stream(reply)
            case Download():
                return self._download(reply)
            case Redirect():
                response = self._redirect(f"{self._visit.base}{reply.path}")
                if reply.cookie is not None:
                    self._set_cookie(response, COOKIE, reply.cookie, COOKIE_SECONDS)
                if reply.toast and self._visit.session:
                    told = toasts.sealed(reply.toast, self._visit.session.csrf, self._visit.now)
                    self._set_cookie(response, toasts.COOKIE, told, toasts.SECONDS)
                return response

    def _stream(self, stream: Stream) -> Response:
        headers = {**HEADERS, "Content-Security-Policy": DATA_POLICY, "X-Accel-Buffering": "no"}
        if self._request.method == "HEAD":
            return Response(None, 200, headers, "text/event-stream")
        return StreamingResponse(stream.events, 200, headers, "text/event-stream")

    def _download(self, file: Download) -> Response:
        """A file, part by part: between two of them others have the threads of downloads."""
        headers = {
            **HEADERS,
            "Content-Security-Policy": DATA_POLICY,
            "Content-Disposition": f'attachment; filename="{file.name}"',
        }
        if self._request.method == "HEAD":
            return Response(None, 200, headers, file.media_type)
        parts = _in_threads(file.parts, self._desk.downloads)
        return StreamingResponse(parts, 200, headers, file.media_type)

    def _page(self, page: Page) -> Response:
        """A page, with what is to be said of what was done before: once."""
        headers = {**HEADERS, "Content-Security-Policy": PAGE_POLICY}
        session, waits = self._visit.session, self._request.cookies.get(toasts.COOKIE, "")
        toast = toasts.opened(waits, session.csrf, self._visit.now) if session and waits else None
        body = rendered(page, replace(self._visit, toast=toast))
        response = Response(body, page.status, headers, "text/html; charset=utf-8")
        if session and waits and self._request.method != "HEAD":
            self._set_cookie(response, toasts.COOKIE, "", 0)
        return response

    def _redirect(self, where: str) -> Response:
        """To another page; where a script has asked for a part of one, it is told to leave it.

        A script would follow to the page to sign in, and find nothing there to put in the place of
        a list.
        """
        if self._visit.in_part and self._visit.session is None:
            return Response(None, 200, {**HEADERS, "HX-Redirect": where})
        return RedirectResponse(where, 303, HEADERS)

    def _set_cookie(self, response: Response, name: str, value: str, seconds: int) -> None:
        """Give a cookie that no script reads; an empty one goes at once."""
        response.set_cookie(
            name,
            value,
            max_age=seconds if value else 0,
            path=self._visit.base or "/",
            secure=self._visit.secure,
            httponly=True,
            samesite="lax",
        )


async def _in_threads(parts: Generator[bytes], threads: CapacityLimiter) -> AsyncGenerator[bytes]:
    """Give the parts that are not empty; close what gives them on a thread, too."""
    try:
        while (part := await run_sync(next, parts, None, limiter=threads)) is not None:
            if part:
                yield part
    finally:
        with CancelScope(shield=True):
            await run_sync(parts.close, limiter=threads)


async def _body_of(request: Request, most: int) -> bytes | None:
    """What was sent; None where it is more than so many bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


def _form_of(request: Request, body: bytes | None, most: int) -> dict[str, str] | None:
    """The fields of a form; None for what is no form of ours."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body is None or kind != "application/x-www-form-urlencoded":
        return None
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=most
        )
    except ValueError:
        return None
    return {clean_form_text(name): clean_form_text(value) for name, value in pairs}


def base_of(desk: Desk, scope: Mapping[str, Any]) -> str:
    """The path under which the world reaches this server: as set, else as mounted."""
    set_path = urlsplit(desk.public_url).path.rstrip("/")
    mounted: str = scope.get("root_path", "").rstrip("/")
    return set_path or mounted


def _visit_of(desk: Desk, request: Request) -> Visit:
    """Return a request as pages see it, before it is known who sends it and what is in its form."""
    # Those beyond the limit are not even decoded: anybody may send them.
    fields = "&".join(request.url.query.split("&", MAX_FIELDS)[:MAX_FIELDS])
    query = parse_qsl(fields, keep_blank_values=True, errors="replace")
    base = base_of(desk, request.scope)
    mounted: str = request.scope.get("root_path", "")
    path = quote(request.scope["path"].removeprefix(mounted))
    seen = f"{origin_of(request)}{base}"
    return Visit(
        desk=desk,
        session=None,
        path={name: clean_query_text(value) for name, value in request.path_params.items()},
        query=[(clean_query_text(name), clean_query_text(value)) for name, value in query],
        form={},
        base=base,
        url=f"{path}?{request.url.query}" if request.url.query else path,
        root=desk.public_url or seen,
        now=desk.clock(),
        address=request.client.host if request.client else "",
        agent=request.headers.get("user-agent", "")[:200],
        secure=request.url.scheme == "https" or desk.public_url.startswith("https://"),
        heard=request.headers.get("last-event-id", ""),
        in_part=request.headers.get("hx-request") == "true",
    )
