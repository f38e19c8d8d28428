import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from customcrm.contract.openapi import openapi
from customcrm.contract.operations import OPERATIONS, Operation

DOCUMENT = openapi(version="1.2.3", key_header="X-Acme-Key", server="https://crm.example.com")
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATION = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)


def described(operation: Operation) -> Any:
    return DOCUMENT["paths"][operation.path][operation.method.lower()]


def every(value: Any, name: str) -> Iterator[Any]:
    """Every value under this name, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from every(item, name)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == name:
                yield item
            yield from every(item, name)


def validator(schema: str) -> Draft202012Validator:
    """A validator for one of the document's schemas."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]}
    )


def test_it_is_plain_json() -> None:
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT


def test_it_has_what_openapi_3_1_demands() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    assert DOCUMENT["info"]["title"] == "customcrm"
    assert DOCUMENT["info"]["version"] == "1.2.3"
    assert DOCUMENT["servers"] == [{"url": "https://crm.example.com"}]
    known = {"openapi", "info", "servers", "security", "paths", "components"}
    assert set(DOCUMENT) <= known
    assert all(path.startswith("/") for path in DOCUMENT["paths"])


def test_the_key_goes_in_the_header_that_is_set() -> None:
    scheme = {"type": "apiKey", "in": "header", "name": "X-Acme-Key"}
    assert DOCUMENT["components"]["securitySchemes"] == {"key": scheme}
    assert DOCUMENT["security"] == [{"key": []}]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_valid_one(name: str) -> None:
    assert re.fullmatch(r"[\w.-]+", name)
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_inline_schema_is_a_valid_one() -> None:
    inline = list(every(DOCUMENT["paths"], "schema"))
    assert inline
    for schema in inline:
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere_and_every_schema_is_referred_to() -> None:
    references = set(every(DOCUMENT, "$ref"))
    assert references == {f"#/components/schemas/{name}" for name in SCHEMAS}


def test_no_trace_of_how_it_was_made_is_left() -> None:
    assert "x-accepts" not in json.dumps(DOCUMENT)


@OPERATION
def test_every_operation_is_described_as_the_table_says(operation: Operation) -> None:
    own = described(operation)
    assert own["operationId"] == operation.name
    assert own["tags"] == [operation.group]
    assert (own["summary"], own["description"]) == (operation.summary, operation.description)
    assert list(own["responses"]) == [str(status) for status in operation.statuses]
    assert ("requestBody" in own) == (operation.request is not None)


def test_nothing_else_is_described() -> None:
    described = [
        (method.upper(), path) for path, own in DOCUMENT["paths"].items() for method in own
    ]
    assert sorted(described) == sorted((one.method, one.path) for one in OPERATIONS)


@OPERATION
def test_every_parameter_of_a_path_is_described(operation: Operation) -> None:
    parameters = described(operation)["parameters"]
    in_path = {each["name"] for each in parameters if each["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", operation.path))
    assert all(each["required"] for each in parameters if each["in"] == "path")
    headers = [each["name"] for each in parameters if each["in"] == "header"]
    assert headers == (["Idempotency-Key"] if operation.idempotency_key else [])


@OPERATION
def test_every_answer_is_json_and_every_refusal_has_the_one_shape(operation: Operation) -> None:
    for status, response in described(operation)["responses"].items():
        assert response["description"]
        schema = response["content"]["application/json"]["schema"]
        failure = schema == {"$ref": "#/components/schemas/Failure"}
        assert failure == (status != str(operation.success))
    assert "Retry-After" in described(operation)["responses"]["503"]["headers"]


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        ("CreateContacts", {"contacts": []}),
        ("CreateContacts", {"contacts": [{"externalId": "1", "email": 7, "custom": [None]}]}),
        ("CreateContacts", {"contacts": [{"externalId": 7}], "more": 1}),
        ("UpdateCompanies", {"companies": [{"crmId": "1", "name": None, "new": {}}]}),
        ("CreateAssociations", {"associations": [{"contactCRMId": 1, "companyCRMId": "2"}]}),
        ("CreateTask", {"subject": "S", "ownerId": "", "contactId": 7, "priority": "high"}),
        ("CreateTask", {"subject": 7, "dueDate": None}),
        ("UpdateTask", {}),
        ("UpdateTask", {"completed": False, "dueDate": None}),
        ("CompleteTasks", {"ids": ["1", 2]}),
        ("CreateActivity", {"type": "SMS", "direction": "SIDEWAYS"}),
        ("CreateActivity", {"type": "EMAIL", "direction": None, "metadata": {"messageId": "1"}}),
    ],
)
def test_what_is_read_is_described_as_valid(schema: str, body: Any) -> None:
    validator(schema).validate(body)


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        ("CreateContacts", {}),
        ("CreateContacts", {"contacts": {}}),
        ("CreateContacts", {"contacts": [{"email": "a"}]}),
        ("CreateContacts", {"contacts": [{"externalId": ""}]}),
        ("CreateContacts", {"contacts": [{"externalId": None}]}),
        ("CreateContacts", {"contacts": [{"externalId": "1"}] * 10_001}),
        ("UpdateContacts", {"contacts": [{"externalId": "1"}]}),
        ("CreateAssociations", {"associations": [{"contactCRMId": "1"}]}),
        ("CreateTask", {"subject": " "}),
        ("CreateTask", {"subject": None}),
        ("UpdateTask", {"completed": "yes"}),
        ("UpdateTask", {"subject": None}),
        ("CompleteTasks", {"ids": "1"}),
        ("CompleteTasks", {"ids": [None]}),
        ("CreateActivity", {"type": ""}),
        ("CreateActivity", {"type": "X" * 101}),
        ("CreateActivity", {"type": "EMAIL", "metadata": "{}"}),
        ("Failure", {"error": "E", "message": "M"}),
    ],
)
def test_what_is_refused_is_described_as_invalid(schema: str, body: Any) -> None:
    assert not validator(schema).is_valid(body)
