import re

from customcrm.api.handlers import HANDLERS
from customcrm.contract.openapi import REASONS
from customcrm.contract.operations import OPERATIONS

# Enginy's side of the contract, written down a second time on purpose.
CONTRACT = {
    ("GET", "/health", 200),
    ("GET", "/users", 200),
    ("POST", "/contacts", 201),
    ("POST", "/contacts/sync", 200),
    ("PUT", "/contacts", 200),
    ("POST", "/contacts/batch", 200),
    ("POST", "/companies", 201),
    ("POST", "/companies/sync", 200),
    ("PUT", "/companies", 200),
    ("POST", "/companies/batch", 200),
    ("POST", "/associations", 200),
    ("POST", "/tasks", 201),
    ("GET", "/tasks/{id}", 200),
    ("PATCH", "/tasks/{id}", 200),
    ("POST", "/tasks/batch", 200),
    ("PATCH", "/tasks/batch", 200),
    ("POST", "/activities", 201),
    ("GET", "/activities/{id}", 200),
}


def test_the_table_is_the_contract() -> None:
    assert {(one.method, one.path, one.success) for one in OPERATIONS} == CONTRACT
    assert len(OPERATIONS) == len(CONTRACT)


def test_every_name_is_a_verb_of_its_own() -> None:
    names = [one.name for one in OPERATIONS]
    assert len(set(names)) == len(names)
    verbs = {"check", "list", "create", "sync", "update", "read", "complete"}
    assert {name.split("_")[0] for name in names} == verbs


def test_every_operation_has_a_handler_and_every_handler_an_operation() -> None:
    assert [one.name for one in OPERATIONS if one.name not in HANDLERS] == []
    assert set(HANDLERS) == {one.name for one in OPERATIONS}


def test_a_literal_path_stands_before_the_pattern_that_would_match_it_too() -> None:
    paths = [one.path for one in OPERATIONS]
    for place, path in enumerate(paths):
        pattern = re.compile(re.sub(r"{\w+}", "[^/]+", path))
        shadowed = [later for later in paths[place + 1 :] if pattern.fullmatch(later)]
        assert [later for later in shadowed if later != path] == []


def test_every_status_has_a_reason_and_every_reason_a_use() -> None:
    used = {status for one in OPERATIONS for status in one.statuses}
    assert used == set(REASONS)


def test_every_operation_may_answer_401_500_and_503() -> None:
    for one in OPERATIONS:
        assert one.statuses[0] == one.success
        assert {401, 500, 503} <= set(one.statuses)
        assert list(one.statuses[1:]) == sorted(one.statuses[1:])


def test_an_operation_with_a_body_may_refuse_it() -> None:
    for one in OPERATIONS:
        assert ({400, 413} <= set(one.statuses)) == (one.request is not None)
        assert (one.request is None) == (one.method == "GET")


def test_a_path_that_names_one_thing_may_be_a_404() -> None:
    maybe = {one.name for one in OPERATIONS if 404 in one.statuses}
    assert maybe == {one.name for one in OPERATIONS if "{id}" in one.path} | {"list_users"}


def test_only_what_makes_one_thing_honours_an_idempotency_key() -> None:
    honouring = {one.name for one in OPERATIONS if one.idempotency_key}
    assert honouring == {"create_task", "create_activity"}
    assert honouring == {one.name for one in OPERATIONS if 422 in one.statuses}


def test_only_the_reference_server_knows_these() -> None:
    undocumented = {one.name for one in OPERATIONS if not one.documented}
    assert undocumented == {"read_contacts", "read_companies", "read_activity"}


def test_every_summary_is_one_line_and_every_description_is_prose() -> None:
    for one in OPERATIONS:
        assert re.fullmatch(r"[A-Z][^\n.]+", one.summary)
        assert one.description.endswith(".")
