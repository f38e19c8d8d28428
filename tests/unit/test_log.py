import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from contextvars import copy_context
from typing import Any

from customcrm import log

PRIVATE = "jane@acme.com"


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """The lines that the block logs; what that does to the loggers of the process is undone."""
    root = logging.getLogger()
    before = root.handlers, root.level, log.LOGGER.level
    lines: list[dict[str, Any]] = []
    try:
        with redirect_stderr(io.StringIO()) as stream:
            log.to_standard_error()
            yield lines
        lines += map(json.loads, stream.getvalue().splitlines())
    finally:
        root.handlers, level, own = before
        root.setLevel(level)
        log.LOGGER.setLevel(own)


def fail_deep_down() -> None:
    raise ValueError(PRIVATE)


def fail() -> None:
    try:
        fail_deep_down()
    except ValueError as error:
        raise RuntimeError(f"about {PRIVATE}") from error


def test_an_event_is_one_json_object_on_one_line() -> None:
    with logged() as lines:
        log.event("request", status=200, ms=1.5, actor=None)
    (line,) = lines
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "info", "event": "request", "status": 200, "ms": 1.5, "actor": None}


def test_a_line_break_in_a_field_breaks_no_line() -> None:
    with logged() as lines:
        log.event("request", path='/a\n{"level":"error"}\u2028')
    assert [line["path"] for line in lines] == ['/a\n{"level":"error"}\u2028']


def test_a_field_that_json_does_not_know_is_text() -> None:
    with logged() as lines:
        log.event("request", kind=ValueError)
    assert lines[0]["kind"] == "<class 'ValueError'>"


def test_a_failure_tells_the_kind_and_the_places_but_no_message() -> None:
    with logged() as lines:
        try:
            fail()
        except RuntimeError:
            log.failure("internal_error", request_id="request_1")
    (line,) = lines
    assert (line["level"], line["event"]) == ("error", "internal_error")
    assert line["request_id"] == "request_1"
    assert line["traceback"]["type"] == "RuntimeError"
    assert [place.split()[-1] for place in line["traceback"]["at"]] == [
        "test_a_failure_tells_the_kind_and_the_places_but_no_message",
        "fail",
    ]
    assert PRIVATE not in json.dumps(line)


def test_the_exceptions_of_libraries_are_told_without_their_message_too() -> None:
    with logged() as lines:
        try:
            fail()
        except RuntimeError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    (line,) = lines
    assert line["event"] == "Exception in ASGI application"
    assert line["traceback"]["type"] == "RuntimeError"
    assert PRIVATE not in json.dumps(line)


def test_a_failure_without_an_exception_has_no_places() -> None:
    with logged() as lines:
        log.failure("store_unavailable")
    assert [line.get("traceback", {}) for line in lines] == [{}]


def test_of_libraries_only_warnings_are_told() -> None:
    with logged() as lines:
        logging.getLogger("some.package").info("chatter")
        logging.getLogger("some.package").warning("be warned of %s", "this")
    assert [(line["level"], line["event"]) for line in lines] == [("warning", "be warned of this")]


def test_sql_statements_are_counted_for_the_request_of_the_context() -> None:
    def request(statements: int) -> log.Measures:
        measures = log.measure_request()
        log.count_sql_statements(statements)
        log.count_sql_statements(1)
        return measures

    counts = [copy_context().run(request, n).sql_statements for n in (1, 5)]
    assert counts == [2, 6]


def test_statements_outside_of_a_request_are_not_counted() -> None:
    copy_context().run(log.count_sql_statements, 1)
