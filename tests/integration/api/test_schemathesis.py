"""Requests made up from our own description, good and bad, and answers held against it."""

from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from customcrm.contract.operations import OPERATIONS, Operation
from tests.integration.api.client import KEY
from tests.integration.api.conftest import MakeApp

CHECKS: Final = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
EXAMPLES: Final = 12
WITH_A_BODY: Final = [one for one in OPERATIONS if one.request]


@pytest.fixture
def described(make_app: MakeApp) -> Any:
    """The description that an application gives of itself, which leads to the application."""
    return schemathesis.openapi.from_asgi("/openapi.json", make_app())


def ask(described: Any, operation: Operation, mode: GenerationMode) -> None:
    """Ask what the description allows, or what it does not, and hold each answer against it."""
    requests = described[operation.path][operation.method].as_strategy(generation_mode=mode)

    @given(requests)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def hold(case: Any) -> None:
        case.call_and_validate(headers={"X-API-Key": KEY}, checks=CHECKS)

    hold()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_whatever_is_asked_the_answer_is_as_described(described: Any, operation: Operation) -> None:
    ask(described, operation, GenerationMode.POSITIVE)


@pytest.mark.parametrize("operation", WITH_A_BODY, ids=lambda one: one.name)
def test_whatever_is_asked_wrongly_the_answer_is_as_described(
    described: Any, operation: Operation
) -> None:
    ask(described, operation, GenerationMode.NEGATIVE)
