"""Enginy's own checklist, step by step: the least that every Custom CRM has to do."""

import re
from datetime import UTC, datetime

from tests.acceptance.records import create, fresh, fresh_mobile, read_one, value
from tests.acceptance.server import Client


def test_health_answers_ok(client: Client) -> None:
    assert client.call("GET", "/health", status=200) == {"status": "ok"}


def test_users_is_a_bare_array_of_ids_and_names(client: Client) -> None:
    users = client.call("GET", "/users", status=200)
    assert isinstance(users, list)
    for user in users:
        assert isinstance(user["id"], str)
        assert isinstance(user["name"], str)


def test_contacts_are_created(client: Client) -> None:
    first, second = fresh(), fresh()
    contacts = [
        {"externalId": first, "email": f"{first}@acme.com", "firstName": "Ana", "title": "CEO"},
        {"externalId": second},
    ]
    answer = client.call("POST", "/contacts", {"contacts": contacts}, status=201)
    assert set(answer) == {"results"}
    assert [result["externalId"] for result in answer["results"]] == [first, second]
    crm_ids = [result["crmId"] for result in answer["results"]]
    assert len(set(crm_ids)) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9._~-]+", crm_id) for crm_id in crm_ids)


def test_companies_are_created(client: Client) -> None:
    name = fresh("company")
    companies = [{"externalId": name, "name": "Acme Corp", "domain": f"{name}.com"}]
    answer = client.call("POST", "/companies", {"companies": companies}, status=201)
    assert set(answer) == {"results"}
    assert [result["externalId"] for result in answer["results"]] == [name]
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", answer["results"][0]["crmId"])


def test_an_association_is_created(client: Client) -> None:
    (contact,) = create(client, "contacts", {"externalId": fresh()})
    (company,) = create(client, "companies", {"externalId": fresh()})
    links = {"associations": [{"contactCRMId": contact, "companyCRMId": company}]}
    answer = client.call("POST", "/associations", links, status=200)
    assert answer["success"] is True
    assert answer["created"] == 1
    assert not answer.get("errors")


def test_a_task_is_created(client: Client) -> None:
    (contact,) = create(client, "contacts", {"externalId": fresh()})
    sent = {
        "subject": f"Follow up {fresh()}",
        "description": "Discuss pricing",
        "type": "call",
        "ownerId": "user-123",
        "dueDate": "2026-02-15T10:00:00Z",
        "contactId": contact,
    }
    task = client.call("POST", "/tasks", sent, status=201)
    assert task["id"]
    assert {name: task[name] for name in sent if name != "dueDate"} == {
        name: given for name, given in sent.items() if name != "dueDate"
    }
    assert datetime.fromisoformat(task["dueDate"]) == datetime(2026, 2, 15, 10, tzinfo=UTC)
    assert task["completed"] is False
    assert task["completedAt"] is None


def test_an_activity_is_created(client: Client) -> None:
    sent = {
        "type": "LINKEDIN_CONNECTION",
        "direction": "OUTBOUND",
        "occurredAt": "2026-01-20T09:15:00Z",
    }
    assert client.call("POST", "/activities", sent, status=201)["id"]


def test_a_linkedin_activity_is_created(client: Client) -> None:
    sent = {
        "type": "LINKEDIN",
        "direction": "OUTBOUND",
        "subject": "[1/3] [FROM Acme Corp] John Smith",
        "body": "Hi Jane",
        "occurredAt": "2026-01-20T09:15:00Z",
        "metadata": {"messageId": fresh(), "sequenceIndex": 1, "sequenceMessageCount": 3},
    }
    assert client.call("POST", "/activities", sent, status=201)["id"]


def test_an_email_activity_is_created(client: Client) -> None:
    sent = {
        "type": "EMAIL",
        "direction": "INBOUND",
        "subject": "[TechStartup Inc] Jane Doe",
        "body": "<p>Sounds <b>good</b></p>",
        "occurredAt": "2026-01-20T09:15:00Z",
        "metadata": {"messageId": fresh()},
    }
    assert client.call("POST", "/activities", sent, status=201)["id"]


def test_tasks_are_read_in_a_batch(client: Client) -> None:
    first, second = (
        client.call("POST", "/tasks", {"subject": fresh()}, status=201) for _ in range(2)
    )
    ids = [first["id"], "task-xyz", second["id"]]
    tasks = client.call("POST", "/tasks/batch", {"ids": ids}, status=200)
    assert {task["id"]: task for task in tasks} == {first["id"]: first, second["id"]: second}


def test_tasks_are_completed_in_a_batch(client: Client) -> None:
    tasks = [client.call("POST", "/tasks", {"subject": fresh()}, status=201) for _ in range(2)]
    body = {"ids": [tasks[0]["id"], "task-xyz", tasks[1]["id"]], "completed": True}
    updated = client.call("PATCH", "/tasks/batch", body, status=200)
    assert {task["id"] for task in updated} == {task["id"] for task in tasks}
    for task in updated:
        assert task["completed"] is True
        assert datetime.fromisoformat(task["completedAt"]) <= datetime.now(UTC)
        assert client.call("GET", f"/tasks/{task['id']}", status=200) == task


def test_a_contacts_sync_returns_only_those_that_exist_with_properties(client: Client) -> None:
    name, phone = fresh(), fresh_mobile()
    (crm_id,) = create(
        client,
        "contacts",
        {
            "externalId": name,
            "email": f"{name}@acme.com",
            "phone": phone,
            "leadScore": 85,
            "lifecycleStage": "qualified",
            "title": "CEO",
        },
    )
    contacts = [{"externalId": fresh(), "email": f"{fresh()}@acme.com"}, {"externalId": name}]
    answer = client.call("POST", "/contacts/sync", {"contacts": contacts}, status=200)
    assert set(answer) == {"results"}
    (result,) = answer["results"]
    assert (result["externalId"], result["crmId"]) == (name, crm_id)
    assert result["properties"] == {
        "email": f"{name}@acme.com",
        "phone": phone,
        "leadScore": 85,
        "lifecycleStage": "qualified",
    }


def test_a_companies_sync_returns_only_those_that_exist_with_properties(client: Client) -> None:
    name = fresh("company")
    properties = {"accountTier": "enterprise", "totalDeals": 3, "lifetimeValue": 150000}
    (crm_id,) = create(
        client, "companies", {"externalId": name, "domain": f"{name}.com"} | properties
    )
    companies = [
        {"externalId": fresh(), "domain": f"{fresh()}.com"},
        {"externalId": name, "domain": f"{name}.com"},
    ]
    answer = client.call("POST", "/companies/sync", {"companies": companies}, status=200)
    (result,) = answer["results"]
    assert (result["externalId"], result["crmId"]) == (name, crm_id)
    assert result["properties"] == properties


def test_contacts_are_updated(client: Client) -> None:
    (crm_id,) = create(client, "contacts", {"externalId": fresh(), "title": "CTO"})
    body = {"contacts": [{"crmId": crm_id, "title": "CEO"}]}
    answer = client.call("PUT", "/contacts", body, status=200)
    assert answer == {"results": [{"crmId": crm_id, "success": True}]}
    assert read_one(client, "contacts", crm_id)["title"] == "CEO"


def test_companies_are_updated(client: Client) -> None:
    (crm_id,) = create(client, "companies", {"externalId": fresh(), "industry": "Tea"})
    body = {"companies": [{"crmId": crm_id, "industry": "Coffee"}]}
    answer = client.call("PUT", "/companies", body, status=200)
    assert answer == {"results": [{"crmId": crm_id, "success": True}]}
    assert read_one(client, "companies", crm_id)["industry"] == "Coffee"


def test_engagement_fields_of_a_contact_are_stored(client: Client) -> None:
    (crm_id,) = create(client, "contacts", {"externalId": fresh(), "title": "CEO"})
    engagement = {"engaged_by_genesy": "Yes", "Emails sent": 3, "replied": False, "score": 0.5}
    body = {"contacts": [{"crmId": crm_id} | engagement]}
    answer = client.call("PUT", "/contacts", body, status=200)
    assert answer == {"results": [{"crmId": crm_id, "success": True}]}
    record = read_one(client, "contacts", crm_id)
    assert record["properties"].items() >= engagement.items()
    assert value(record, "title") == "CEO"


def test_engagement_fields_of_a_company_are_stored(client: Client) -> None:
    (crm_id,) = create(client, "companies", {"externalId": fresh(), "name": "Acme"})
    engagement = {"engaged_by_genesy": "Yes", "contacts_engaged": 12}
    body = {"companies": [{"crmId": crm_id} | engagement]}
    answer = client.call("PUT", "/companies", body, status=200)
    assert answer == {"results": [{"crmId": crm_id, "success": True}]}
    record = read_one(client, "companies", crm_id)
    assert record["properties"].items() >= engagement.items()
    assert value(record, "name") == "Acme"
