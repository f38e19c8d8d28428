"""What is on somebody's screen has changed: said as it happens, in one stream for each tab."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import datetime, timedelta
from typing import Final

from anyio.to_thread import run_sync

from customcrm.dashboard.desk import Reply, Stream, Visit
from customcrm.dashboard.failures import PageNotFound, TooManyStreams
from customcrm.dashboard.newsroom import SETTLING_SECONDS, SHOWS, Topic
from customcrm.dashboard.urls import choice_of, mark_of, moment_of, value_of
from customcrm.operations.accounts.people import Session
from customcrm.operations.accounts.sessions import is_current

BEAT_SECONDS: Final = 25
"""How long a stream is silent at most: proxies close what is silent for longer."""

CHECK_SECONDS: Final = 50
"""How often it is asked whether the session of a stream still is one."""

RETRY_MS: Final = 3_000
"""When a browser comes again whose stream has broken."""

_SETTLING: Final = timedelta(seconds=SETTLING_SECONDS)


def live(visit: Visit) -> Reply:
    """GET /view/live: `page=contacts` or `about=contact_…`, and `since`, in microseconds.

    Whoever comes again says until when they have heard: `after`, or the header `Last-Event-ID`.
    """
    topic = Topic(choice_of(visit.query, "page", SHOWS) or "", value_of(visit.query, "about") or "")
    if visit.session is None or not (topic.page or topic.about):
        raise PageNotFound
    if not visit.desk.newsroom.has_room(visit.session.id):
        raise TooManyStreams
    return Stream(_events(visit, visit.session, topic))


def _since(visit: Visit) -> datetime:
    """From when on something is new to a tab."""
    heard = moment_of(visit.heard) or moment_of(value_of(visit.query, "after"))
    shown = moment_of(value_of(visit.query, "since"))
    return heard - _SETTLING if heard else shown or visit.now


async def _events(visit: Visit, session: Session, topic: Topic) -> AsyncIterator[bytes]:
    """The stream, until the session or the server ends."""
    desk = visit.desk
    checked = visit.now
    yield f"retry: {RETRY_MS}\n\n".encode()
    listening = desk.newsroom.listen(session.id, topic, _since(visit), BEAT_SECONDS)
    async with aclosing(listening) as news:
        async for count in news:
            now = desk.clock()
            if now >= checked + timedelta(seconds=CHECK_SECONDS):
                there = await run_sync(
                    is_current, desk.accounts, session, now, limiter=desk.threads
                )
                if not there:
                    return
                checked = now
            name = "news" if count else "beat"
            yield f"event: {name}\nid: {mark_of(now)}\ndata: {count}\n\n".encode()
