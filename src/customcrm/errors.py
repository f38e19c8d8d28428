"""Every way this product can fail, as one tree.

    CrmError
    ├── RequestError                the caller can mend it
    │   ├── MalformedJson           invalid_json
    │   ├── InvalidRequest          invalid_request      (names every offending path)
    │   ├── Unauthorized            unauthorized
    │   ├── NotFound
    │   │   ├── PathNotFound        path_not_found
    │   │   ├── TaskNotFound        task_not_found
    │   │   ├── ActivityNotFound    activity_not_found
    │   │   └── UsersNotOffered     users_not_offered
    │   ├── MethodNotAllowed        method_not_allowed
    │   ├── UrlTooLong              url_too_long
    │   ├── BatchTooLarge           batch_too_large
    │   ├── BodyTooLarge            body_too_large
    │   └── IdempotencyKeyReused    idempotency_key_reused
    ├── PeopleError                 somebody at the dashboard can mend it; never met over the API
    │   ├── SignInFailed            sign_in_failed
    │   ├── TooManyAttempts         too_many_attempts
    │   ├── LinkExpired             link_expired
    │   ├── WeakPassword            weak_password
    │   ├── EmailTaken              email_taken
    │   └── LastAdmin               last_admin
    ├── WorkError                   somebody at the dashboard can mend it; never met over the API
    │   ├── KeyTaken                key_taken            (names who has them)
    │   ├── RecordGone              record_gone
    │   ├── EditConflict            edit_conflict        (names every value that has changed since)
    │   ├── MergeWithItself         merge_with_itself
    │   ├── MergedMeanwhile         merged_meanwhile
    │   ├── MergeNotFound           merge_not_found
    │   ├── MergeTooOld             merge_too_old
    │   ├── SurvivorMerged          survivor_merged
    │   ├── SurvivorDeleted         survivor_deleted
    │   └── WorkRefused             work_refused         (says why)
    ├── StoreUnavailable            store_unavailable    (the database is away; try again)
    └── OperatorError               the person who runs the server can mend it
        ├── BadSetting
        ├── DatabaseInUse
        ├── DatabaseTooNew
        ├── BackupFailed
        ├── KeyNotFound
        └── UserNotFound

A class says what happened; its `code` is the stable machine word that a client may test. What
each means over HTTP is one table in the API room: nothing here knows a status.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple


class Problem(NamedTuple):
    """One thing wrong with a request: where (`contacts[3].externalId`), and what."""

    path: str
    message: str


class CrmError(Exception):
    """Something failed that this product knows by name."""

    code: ClassVar[str] = "error"
    title: ClassVar[str] = "Error"


class RequestError(CrmError):
    """The request cannot be carried out as it stands; the caller can mend it."""


class MalformedJson(RequestError):
    """The body is not JSON that can be read.

    Args:
        message: what is wrong, and where.
        offset: of the byte at which it is wrong, from 0, where one is known.
        reason: what is wrong, without its place; the message, where none is given.
    """

    code = "invalid_json"
    title = "Invalid JSON"

    def __init__(self, message: str, offset: int | None = None, reason: str = "") -> None:
        self.offset, self.reason = offset, reason or message
        super().__init__(message)


class InvalidRequest(RequestError):
    """The body is JSON, but not of the shape the operation takes.

    Args:
        problems: every offending path with what is wrong there; at least one.
    """

    code = "invalid_request"
    title = "Invalid request"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        where = f"{first.path}: " if first.path else ""
        rest = len(self.problems) - 1
        more = f" (and {rest} more, see details)" if rest else ""
        super().__init__(f"{where}{first.message}{more}")


class Unauthorized(RequestError):
    """The API key is missing or not one of ours."""

    code = "unauthorized"
    title = "Unauthorized"


class NotFound(RequestError):
    """What the request names does not exist."""

    code = "not_found"
    title = "Not found"


class PathNotFound(NotFound):
    """No operation has this path."""

    code = "path_not_found"

    def __init__(self) -> None:
        super().__init__("No operation has this path; /docs lists them all")


class TaskNotFound(NotFound):
    """No task has this id."""

    code = "task_not_found"
    title = "Task not found"

    def __init__(self, task_id: str) -> None:
        super().__init__(f"No task exists with ID: {task_id}")


class ActivityNotFound(NotFound):
    """No activity has this id."""

    code = "activity_not_found"
    title = "Activity not found"

    def __init__(self, activity_id: str) -> None:
        super().__init__(f"No activity exists with ID: {activity_id}")


class UsersNotOffered(NotFound):
    """The users endpoint is switched off."""

    code = "users_not_offered"
    title = "Users not offered"

    def __init__(self) -> None:
        super().__init__("This server does not offer its users as owners")


class MethodNotAllowed(RequestError):
    """The path exists, but not with this method."""

    code = "method_not_allowed"
    title = "Method not allowed"

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = tuple(allowed)
        super().__init__(f"This path takes {', '.join(self.allowed)}")


class UrlTooLong(RequestError):
    """The path or the query of the request is longer than any of ours."""

    code = "url_too_long"
    title = "URL too long"

    def __init__(self) -> None:
        super().__init__("The path or the query of this URL is too long")


class BatchTooLarge(RequestError):
    """The request holds more records than one request may."""

    code = "batch_too_large"
    title = "Batch too large"

    def __init__(self, path: str, size: int, limit: int) -> None:
        super().__init__(f"{path} holds {size} items; one request may hold {limit}")


class BodyTooLarge(RequestError):
    """The request body holds more bytes than one request may."""

    code = "body_too_large"
    title = "Body too large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body is larger than {limit // 1_000_000} MB")


class IdempotencyKeyReused(RequestError):
    """The idempotency key came before with another body."""

    code = "idempotency_key_reused"
    title = "Idempotency key reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used with another body; use a new key")


class PeopleError(CrmError):
    """Who signs in, or lets others sign in, asked for what cannot be; the message says why."""


class SignInFailed(PeopleError):
    """The email or the password is wrong; which of them is not told."""

    code = "sign_in_failed"
    title = "Not signed in"

    def __init__(self) -> None:
        super().__init__("The email or the password is wrong")


class TooManyAttempts(PeopleError):
    """Somebody guesses too fast.

    Args:
        retry_after_seconds: when the next attempt is let in; at least 1.
    """

    code = "too_many_attempts"
    title = "Too many attempts"

    def __init__(self, retry_after_seconds: int) -> None:
        self.retry_after_seconds = retry_after_seconds
        unit = "second" if retry_after_seconds == 1 else "seconds"
        super().__init__(f"Too many attempts; try again in {retry_after_seconds} {unit}")


class LinkExpired(PeopleError):
    """The link is unknown, used up, replaced or too old; which of them is not told."""

    code = "link_expired"
    title = "Link expired"

    def __init__(self) -> None:
        super().__init__("This link works no more: it was used, or is too old; ask for a new one")


class WeakPassword(PeopleError):
    """The password is too easily guessed, or of a length that is not taken; says which."""

    code = "weak_password"
    title = "Weak password"


class EmailTaken(PeopleError):
    """Somebody else has this email."""

    code = "email_taken"
    title = "Email taken"

    def __init__(self, email: str) -> None:
        super().__init__(f"Somebody with the email {email} is here already")


class LastAdmin(PeopleError):
    """Nobody else could let people in."""

    code = "last_admin"
    title = "Last admin"

    def __init__(self) -> None:
        super().__init__("Nobody else who can sign in is an admin; let another admin sign in first")


class WorkError(CrmError):
    """What somebody wants to do with the records cannot be done as it stands."""


class RecordGone(WorkError):
    """The record is deleted, or was never there."""

    code = "record_gone"
    title = "Not here any more"

    def __init__(self) -> None:
        super().__init__("This record is not here any more; somebody may have deleted it")


class KeyTaken(WorkError):
    """Somebody else has the same email, domain or profile already; nothing was made.

    Args:
        holders: the ids of those who have it, by the kind of key.
    """

    code = "key_taken"
    title = "Here already"

    def __init__(self, holders: Mapping[str, str]) -> None:
        self.holders = dict(holders)
        super().__init__("Somebody else has the same email, domain or profile already")


class Conflict(NamedTuple):
    """A value that somebody else has changed meanwhile; None stands for no value.

    Attributes:
        name: of the property.
        seen: what stood there when the change was begun.
        present: what stands there now.
        wanted: what was to stand there.
    """

    name: str
    seen: Any
    present: Any
    wanted: Any


class EditConflict(WorkError):
    """Somebody else has changed the same values meanwhile; nothing was stored.

    Args:
        conflicts: each of them; at least one.
    """

    code = "edit_conflict"
    title = "Changed meanwhile"

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        names = ", ".join(conflict.name for conflict in self.conflicts)
        super().__init__(f"Somebody else has changed {names} meanwhile; nothing was stored")


class MergeWithItself(WorkError):
    """Both records of a merge are the same one."""

    code = "merge_with_itself"
    title = "One and the same"

    def __init__(self) -> None:
        super().__init__("A record cannot be merged with itself; choose another one")


class MergedMeanwhile(WorkError):
    """Somebody has merged one of the two records since it was looked at; nothing was stored."""

    code = "merged_meanwhile"
    title = "Merged meanwhile"

    def __init__(self) -> None:
        super().__init__("Somebody has merged one of these two meanwhile; nothing was stored")


class MergeNotFound(WorkError):
    """There was no such merge."""

    code = "merge_not_found"
    title = "No such merge"

    def __init__(self) -> None:
        super().__init__("There was no such merge")


class MergeTooOld(WorkError):
    """The merge was too long ago to be undone.

    Args:
        days: for which a merge can be undone.
    """

    code = "merge_too_old"
    title = "Too long ago"

    def __init__(self, days: int) -> None:
        super().__init__(f"A merge can be undone for {days} days; this one is older")


class SurvivorMerged(WorkError):
    """What a merge left was itself merged since; that has to be undone first."""

    code = "survivor_merged"
    title = "Merged further"

    def __init__(self) -> None:
        super().__init__("This record was merged into another one since; undo that merge first")


class SurvivorDeleted(WorkError):
    """What a merge left was deleted since; it has to be restored first."""

    code = "survivor_deleted"
    title = "Deleted since"

    def __init__(self) -> None:
        super().__init__("This record was deleted since; restore it first, then undo the merge")


class WorkRefused(WorkError):
    """What somebody has filled in cannot be carried out; the message says why."""

    code = "work_refused"
    title = "Not possible"


class StoreUnavailable(CrmError):
    """The database cannot be reached or cannot write now; nothing of the request was stored."""

    code = "store_unavailable"
    title = "Temporarily unavailable"

    def __init__(self) -> None:
        super().__init__("The database is not available now; nothing was stored, try again")


class OperatorError(CrmError):
    """The person who runs the server can mend it; the message says how."""


class BadSetting(OperatorError):
    """A setting has a name or a value that makes no sense."""


class DatabaseInUse(OperatorError):
    """Another server works on the same database file."""


class DatabaseTooNew(OperatorError):
    """The database was made by a later version of this program."""


class BackupFailed(OperatorError):
    """A backup could not be made or restored; nothing was changed."""


class KeyNotFound(OperatorError):
    """No live API key has this id."""


class UserNotFound(OperatorError):
    """There is no such user, or none who could do what was asked."""
