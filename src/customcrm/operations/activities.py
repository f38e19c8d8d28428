"""Activities: log one, read one."""

from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from customcrm.contract.activities import Activity, CreateActivity
from customcrm.contract.values import MAX_TEXT, identifier_of
from customcrm.crm.activity_text import activity_text
from customcrm.crm.html_text import shortened
from customcrm.errors import ActivityNotFound
from customcrm.operations.ports import Backend, Origin, Stamp, Writer
from customcrm.operations.repeats import Request, once


class CreatedActivity(NamedTuple):
    """An activity, and whether this request made it (or an earlier one that it repeats)."""

    activity: Activity
    made: bool


def create_activity(
    backend: Backend,
    asked: CreateActivity,
    custom: dict[str, Any],
    request: Request,
    origin: Origin,
) -> CreatedActivity:
    """Log an event, or return the one that was logged before (contract: Activities).

    A message is logged once for ever if it has a `messageId`, under whichever id of its contact it
    comes again; else a repeat is known by the request alone. What its pages show of the body is
    derived here, before the transaction. A body that is too long is shortened.

    Raises:
        IdempotencyKeyReused: the request's key came before with another body.
    """
    repeat_key = repeat_key_of(asked)
    if asked.body is not None and len(asked.body) > MAX_TEXT:
        asked = msgspec.structs.replace(asked, body=shortened(asked.body, MAX_TEXT))
    headers = {**custom, **(asked.metadata or {})}
    text = activity_text(asked.body, asked.subject, asked.direction, headers)

    def work(writer: Writer) -> CreatedActivity:
        logged_before = False

        def make() -> Activity:
            nonlocal logged_before
            before = _logged(writer, asked, repeat_key)
            if before:
                logged_before = True
                return before
            activity = Activity(
                id=origin.new_id("activity"), **msgspec.structs.asdict(asked), properties=custom
            )
            writer.insert_activity(activity, text, repeat_key, Stamp(origin.clock(), origin.actor))
            return activity

        if repeat_key and request.idempotency_key is None:
            activity, made = make(), True
        else:
            activity, made = once(writer, request, origin, make, Activity)
        return CreatedActivity(activity, made and not logged_before)

    return backend.write(work)


def _logged(writer: Writer, asked: CreateActivity, repeat_key: str | None) -> Activity | None:
    """Return the activity that this message is already, if it is.

    Where its contact was merged with others, the message may have been logged under another id of
    it. Enginy knows nothing of the merge and sends each message under the id that it has.
    """
    if repeat_key is None:
        return None
    # The same name under whichever id of the contact it comes.
    writer.hold(repeat_key_of(msgspec.structs.replace(asked, contact_id=None)) or repeat_key)
    before, others = writer.find_repeat(repeat_key, asked.contact_id)
    if before or not others:
        return before
    keys = (repeat_key_of(msgspec.structs.replace(asked, contact_id=other)) for other in others)
    return writer.first_activity([key for key in keys if key is not None])


def repeat_key_of(asked: CreateActivity) -> str | None:
    """Return what one message is known by for ever, or None if it has no `messageId`."""
    sent = (asked.metadata or {}).get("messageId")
    message_id = sent if isinstance(sent, str) else identifier_of(sent)
    if not message_id:
        return None
    parts = [asked.type, asked.direction, asked.contact_id, message_id]
    return f"message {sha256(msgspec.json.encode(parts)).hexdigest()}"


def read_activity(backend: Backend, activity_id: str) -> Activity:
    """Read one activity.

    Raises:
        ActivityNotFound: there is none with this id.
    """
    activity = backend.read(lambda reader: reader.activity(activity_id))
    if activity is None:
        raise ActivityNotFound(activity_id)
    return activity
