import re
from collections.abc import Iterator

import pytest

from customcrm import errors
from customcrm.api.failures import INTERNAL, STATUSES, failure_of, headers_of, status_of
from customcrm.contract.openapi import REASONS
from customcrm.errors import (
    ActivityNotFound,
    BatchTooLarge,
    BodyTooLarge,
    Conflict,
    CrmError,
    EditConflict,
    EmailTaken,
    IdempotencyKeyReused,
    InvalidRequest,
    KeyTaken,
    LastAdmin,
    LinkExpired,
    MalformedJson,
    MergedMeanwhile,
    MergeNotFound,
    MergeTooOld,
    MergeWithItself,
    MethodNotAllowed,
    OperatorError,
    PathNotFound,
    PeopleError,
    Problem,
    RecordGone,
    RequestError,
    SignInFailed,
    StoreUnavailable,
    SurvivorDeleted,
    SurvivorMerged,
    TaskNotFound,
    TooManyAttempts,
    Unauthorized,
    UrlTooLong,
    UsersNotOffered,
    WeakPassword,
    WorkError,
    WorkRefused,
)

# One of each that a client can meet, with its code and its status.
ANSWERED: list[tuple[CrmError, str, int]] = [
    (MalformedJson("no JSON"), "invalid_json", 400),
    (InvalidRequest([Problem("a", "is required")]), "invalid_request", 400),
    (Unauthorized("no key"), "unauthorized", 401),
    (PathNotFound(), "path_not_found", 404),
    (TaskNotFound("task-xyz"), "task_not_found", 404),
    (ActivityNotFound("activity-xyz"), "activity_not_found", 404),
    (UsersNotOffered(), "users_not_offered", 404),
    (MethodNotAllowed(["GET", "HEAD"]), "method_not_allowed", 405),
    (BatchTooLarge("contacts", 10_001, 10_000), "batch_too_large", 413),
    (UrlTooLong(), "url_too_long", 414),
    (BodyTooLarge(50_000_000), "body_too_large", 413),
    (IdempotencyKeyReused(), "idempotency_key_reused", 422),
    (StoreUnavailable(), "store_unavailable", 503),
]


# One of each that somebody meets at the dashboard, with its code.
TOLD: list[tuple[PeopleError | WorkError, str]] = [
    (SignInFailed(), "sign_in_failed"),
    (TooManyAttempts(7), "too_many_attempts"),
    (LinkExpired(), "link_expired"),
    (WeakPassword("Three words do well"), "weak_password"),
    (EmailTaken("ana@example.com"), "email_taken"),
    (LastAdmin(), "last_admin"),
    (RecordGone(), "record_gone"),
    (KeyTaken({"email": "contact_1"}), "key_taken"),
    (EditConflict([Conflict("title", "CEO", "CTO", "COO")]), "edit_conflict"),
    (MergeWithItself(), "merge_with_itself"),
    (MergedMeanwhile(), "merged_meanwhile"),
    (MergeNotFound(), "merge_not_found"),
    (MergeTooOld(30), "merge_too_old"),
    (SurvivorMerged(), "survivor_merged"),
    (SurvivorDeleted(), "survivor_deleted"),
    (WorkRefused("Name the property"), "work_refused"),
]


def below(kind: type[CrmError]) -> Iterator[type[CrmError]]:
    """All classes that stand under this one."""
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


LEAVES = [kind for kind in below(CrmError) if not kind.__subclasses__()]


def test_every_leaf_of_the_tree_is_answered_or_for_the_operator_or_for_people() -> None:
    others = OperatorError | PeopleError | WorkError
    for_clients = {kind for kind in LEAVES if not issubclass(kind, others)}
    assert {type(error) for error, _, _ in ANSWERED} == for_clients


@pytest.mark.parametrize(("error", "code", "status"), ANSWERED, ids=lambda value: str(value)[:20])
def test_each_failure_has_its_code_status_and_words(
    error: CrmError, code: str, status: int
) -> None:
    failure = failure_of(error)
    assert (failure.code, status_of(error)) == (code, status)
    assert failure.error == error.title != CrmError.title
    assert failure.message == str(error) != ""


def test_every_failure_for_people_has_its_code_and_words_and_no_status() -> None:
    assert {type(error) for error, _ in TOLD} == {
        *PeopleError.__subclasses__(),
        *WorkError.__subclasses__(),
    }
    for error, code in TOLD:
        assert error.code == code
        assert error.title != CrmError.title
        assert str(error) != ""
        assert not any(kind in STATUSES for kind in type(error).__mro__)


def test_too_many_attempts_say_when_to_come_back() -> None:
    assert str(TooManyAttempts(1)) == "Too many attempts; try again in 1 second"
    assert TooManyAttempts(7).retry_after_seconds == 7


def test_no_two_failures_share_a_code() -> None:
    codes = [code for _, code, _ in ANSWERED] + [code for _, code in TOLD] + [INTERNAL.code]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", [k for k in below(RequestError) if k is not OperatorError])
def test_every_request_error_has_a_status(kind: type[CrmError]) -> None:
    assert any(each in STATUSES for each in kind.__mro__)


def test_every_status_but_those_of_no_operation_is_in_the_contract() -> None:
    assert set(STATUSES.values()) - {405, 414} <= set(REASONS)


def test_the_tree_at_the_top_of_the_module_names_every_class_and_every_code() -> None:
    tree = errors.__doc__ or ""
    assert [kind.__name__ for kind in below(CrmError) if kind.__name__ not in tree] == []
    codes = [code for _, code, _ in ANSWERED] + [code for _, code in TOLD]
    assert [code for code in codes if code not in tree] == []
    drawn = re.findall(r"[├└]── (\w+)", tree)
    assert sorted(drawn) == sorted(kind.__name__ for kind in below(CrmError))


def test_an_invalid_request_lists_its_problems_and_tells_the_first() -> None:
    error = InvalidRequest([Problem("contacts[3].externalId", "is required"), Problem("", "bad")])
    assert str(error) == "contacts[3].externalId: is required (and 1 more, see details)"
    details = failure_of(error).details
    assert [(detail.path, detail.message) for detail in details] == list(error.problems)


def test_a_problem_of_the_whole_body_needs_no_path() -> None:
    assert str(InvalidRequest([Problem("", "The body must be a JSON object")])) == (
        "The body must be a JSON object"
    )


def test_only_an_invalid_request_has_details() -> None:
    for error, code, _ in ANSWERED:
        assert bool(failure_of(error).details) == (code == "invalid_request")


def test_the_headers_say_what_is_allowed_and_when_to_come_back() -> None:
    told = {code: headers_of(error) for error, code, _ in ANSWERED if headers_of(error)}
    assert told == {
        "method_not_allowed": {"Allow": "GET, HEAD"},
        "store_unavailable": {"Retry-After": "5"},
    }


def test_not_found_says_what() -> None:
    assert str(TaskNotFound("task-xyz")) == "No task exists with ID: task-xyz"
    assert str(BodyTooLarge(50_000_000)) == "The body is larger than 50 MB"
