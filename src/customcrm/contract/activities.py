"""Activities: what happened in a conversation."""

from datetime import datetime
from typing import Annotated, Any, Final

from msgspec import Meta, Struct, field

from customcrm.contract.values import (
    MAX_TERM,
    MAX_TEXT,
    Body,
    Instant,
    OpenObject,
    Reference,
    Text,
    accepts,
    open_choice,
)

ACTIVITY_TYPES: Final = ("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION")
DIRECTIONS: Final = ("INBOUND", "OUTBOUND")

ActivityType = Annotated[
    str,
    Meta(
        description=f"{', '.join(ACTIVITY_TYPES)}, or any other text: an unknown type is stored "
        "and shown as it is. Known types are read in any case.",
        extra_json_schema=accepts(
            type="string",
            minLength=1,
            maxLength=MAX_TERM,
            pattern=r"\S",
            examples=[*ACTIVITY_TYPES],
        ),
    ),
    open_choice(*ACTIVITY_TYPES),
]
Direction = Annotated[
    str,
    Meta(
        extra_json_schema=accepts(type="string", maxLength=MAX_TERM, examples=[*DIRECTIONS]),
    ),
    open_choice(*DIRECTIONS, optional=True),
]


class CreateActivity(Struct, rename="camel"):
    """An event to log. Any further key is kept as a custom property."""

    type: ActivityType
    direction: Annotated[
        Direction | None,
        Meta(
            description="INBOUND: from the contact. OUTBOUND: from your team. Any other text is "
            "stored and shown as it is."
        ),
    ] = None
    subject: Text | None = None
    body: Annotated[
        Body | None,
        Meta(
            description="May hold HTML. Of more than 1,000,000 characters, embedded files (`data:` "
            "URLs) are dropped, and what is still too long is cut, with a mark."
        ),
    ] = None
    owner_id: Reference | None = None
    occurred_at: Instant | None = None
    contact_id: Reference | None = None
    company_id: Reference | None = None
    metadata: Annotated[
        OpenObject | None,
        Meta(description="Typically messageId, sequenceIndex (from 1), sequenceMessageCount."),
    ] = None


class Activity(Struct, rename="camel", kw_only=True):
    """An event as it was logged."""

    id: str
    type: str
    direction: str | None = None
    subject: str | None = None
    body: str | None = None
    owner_id: str | None = None
    occurred_at: datetime | None = None
    contact_id: str | None = None
    company_id: str | None = None
    metadata: dict[str, Any] | None = None
    properties: Annotated[
        dict[str, Any], Meta(description="Every key sent that is not one of the others.")
    ] = field(default_factory=dict)


def unknown_terms(activity: CreateActivity) -> list[str]:
    """Return a sentence for each of type and direction that this version does not know."""
    given = (
        ("type", activity.type, ACTIVITY_TYPES),
        ("direction", activity.direction, (*DIRECTIONS, None)),
    )
    return [f"unknown activity {name} {term}" for name, term, known in given if term not in known]


def shortened_texts(activity: CreateActivity) -> list[str]:
    """Return a sentence if the body is longer than what is stored of one."""
    size = len(activity.body or "")
    return [f"body of {size:,} characters shortened"] if size > MAX_TEXT else []
