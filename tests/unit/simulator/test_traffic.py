"""The calls: in Enginy's order, in phases that hold nobody twice, and the same every time."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customcrm.client.exchange import Request
from customcrm.contract.activities import ACTIVITY_TYPES, CreateActivity
from customcrm.contract.operations import OPERATIONS
from customcrm.contract.reading import read_message
from customcrm.simulator.calls import BY_NAME, Call, Phase
from customcrm.simulator.known import Known
from customcrm.simulator.scenario import BATCH, Scenario
from customcrm.simulator.sender import Sender
from customcrm.simulator.traffic import Traffic
from tests.unit.simulator.links import RESERVED, hosts_in

UNTIL = date(2026, 3, 1)
LEADS = 700


class AllKnown(dict[str, str]):
    """Ids of whoever is asked for."""

    def get(self, name: str, _default: Any = None) -> str:
        return f"crm-{name}"

    def __getitem__(self, name: str) -> str:
        return f"crm-{name}"

    def __contains__(self, _name: object) -> bool:
        return True


def known(*, exported: bool) -> Known:
    """What is known before the export, or after it."""
    one = Known(("owner-1", "owner-2"))
    if exported:
        one.contacts, one.companies, one.tasks = AllKnown(), AllKnown(), AllKnown()
    return one


def scenario(**asked: Any) -> Scenario:
    return Scenario.read(**{"until": UNTIL, "leads": LEADS, **asked})


@cache
def phases() -> list[Phase]:
    return list(Traffic(scenario()).phases())


def requests(all_phases: Iterable[Phase]) -> list[tuple[Call, Request]]:
    """What is sent to a server that knows nobody at first."""
    made = []
    for phase in all_phases:
        now = known(exported=phase.title not in {"Export companies", "Export contacts"})
        for call in phase.calls:
            request = call.request(now)
            assert request is not None
            made.append((call, request))
    return made


@cache
def sent() -> list[tuple[Call, Request]]:
    return requests(phases())


def bodies(operation: str) -> list[dict[str, Any]]:
    return [json.loads(r.body or b"null") for call, r in sent() if call.operation == operation]


def test_it_begins_as_enginy_does() -> None:
    assert [phase.title for phase in phases()][:9] == [
        "Connect",
        "Look for companies",
        "Export companies",
        "Settle companies that came twice",
        "Look for contacts",
        "Export contacts",
        "Settle contacts that came twice",
        "Link contacts to companies",
        "Link contacts to further companies",
    ]


def test_then_it_goes_day_by_day() -> None:
    days = [phase.title.partition(":")[0] for phase in phases()[9:]]
    order = [datetime.strptime(day, "%a %d %b %Y").astimezone(UTC) for day in days]
    assert order == sorted(order)
    assert len(set(days)) > 120


ANY = st.builds(
    scenario,
    seed=st.integers(0, 2**63 - 1),
    leads=st.integers(1, 260),
    companies=st.integers(0, 120),
    weeks=st.integers(1, 30),
)


@given(ANY)
@settings(max_examples=25, deadline=None)
def test_no_phase_holds_anybody_twice(asked: Scenario) -> None:
    for phase in Traffic(asked).phases():
        names = [name for call in phase.calls for name in call.names]
        assert len(set(names)) == len(names), phase.title
        assert phase.calls


@given(ANY)
@settings(max_examples=10, deadline=None)
def test_every_batch_of_an_export_holds_whoever_comes_twice_with_their_original(
    asked: Scenario,
) -> None:
    traffic = Traffic(asked)
    people = traffic.ledger.population
    batch_of = {
        (call.operation, name): number
        for phase in traffic.phases()
        if phase.title in {"Export companies", "Export contacts"}
        for number, call in enumerate(phase.calls)
        for name in call.names
    }
    for operation, count, double_of, id_of in (
        ("create_contacts", people.leads, people.double_of_contact, people.contact_id),
        ("create_companies", people.companies, people.double_of_company, people.company_id),
    ):
        for number in range(count):
            double = double_of(number)
            here = batch_of[operation, id_of(number)]
            if double:
                assert here == batch_of[operation, id_of(double.original)]


def test_a_batch_holds_a_hundred_records_at_most() -> None:
    sizes = Counter(len(call.names) for call, _ in sent())
    assert max(sizes) == BATCH
    for plural in ("contacts", "companies"):
        assert all(len(body[plural]) <= BATCH for body in bodies(f"create_{plural}"))


def test_every_body_is_one_that_the_contract_reads() -> None:
    operations = {one.name: one for one in OPERATIONS}
    for call, request in sent():
        operation = operations[call.operation]
        assert (request.method, request.path) == (operation.method, operation.path)
        if operation.request is None:
            assert request.body is None
        else:
            assert request.body is not None
            read_message(operation.request, request.body)


def test_every_operation_of_a_campaign_occurs() -> None:
    assert {call.operation for call, _ in sent()} == BY_NAME.keys() - {
        "read_contacts",
        "read_companies",
        "read_task",
        "update_task",
        "read_activity",
    }


def test_nothing_is_told_of_days_after_the_last() -> None:
    times = [body["occurredAt"] for body in bodies("create_activity")]
    for plural in ("contacts", "companies"):
        for body in bodies(f"update_{plural}"):
            times += [
                value
                for record in body[plural]
                for name, value in record.items()
                if name in {"last_reply_at", "last_engaged_at"}
            ]
    assert len(times) > 2_000
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time) for time in times)
    assert min(times) >= "2025-09-01"
    assert max(times) < "2026-03-02"
    assert max(body["dueDate"] for body in bodies("create_task")) > "2026-03-02"


def test_activities_are_told_in_the_order_in_which_they_happened_to_each_contact() -> None:
    latest: dict[str, str] = {}
    for body in bodies("create_activity"):
        assert latest.get(body["contactId"], "") <= body["occurredAt"]
        latest[body["contactId"]] = body["occurredAt"]


def test_activities_are_as_the_contract_describes_them() -> None:
    activities = bodies("create_activity")
    kinds = {call.kind for call, _ in sent() if call.operation == "create_activity"}
    documented = {f"{kind} {way}" for kind in ACTIVITY_TYPES for way in ("INBOUND", "OUTBOUND")}
    further = {"VOICE OUTBOUND", "WHATSAPP OUTBOUND", "WHATSAPP INBOUND"}
    nameless = {"VISIT OUTBOUND", "LIKE OUTBOUND"}
    assert kinds == documented | further | nameless
    ids = [id_of(body) for body in activities]
    assert len(set(ids)) == len(ids)
    without = {body["type"] for body in activities if "messageId" not in body["metadata"]}
    assert without == {"VISIT", "LIKE"}
    subjects = Counter(
        "outbound"
        if re.fullmatch(r"\[[123]/[123]\] \[FROM Acme Corp\] .+", body["subject"])
        else "inbound"
        if re.fullmatch(r"\[.+\] .+", body["subject"])
        else "ordinary"
        for body in activities
    )
    assert min(subjects.values()) > 100
    for body in activities:
        assert 1 <= body["metadata"]["sequenceIndex"] <= body["metadata"]["sequenceMessageCount"]
        assert body.keys() >= {"contactId", "companyId", "ownerId", "body"}
        assert body.keys() <= {name_of(name) for name in CreateActivity.__struct_fields__}


def id_of(activity: dict[str, Any]) -> str:
    """The id of a message, or what tells an event without one from all others."""
    nameless = f"{activity['contactId']} {activity['type']} {activity['occurredAt']}"
    return str(activity["metadata"].get("messageId", nameless))


def name_of(field: str) -> str:
    """A field as messages call it."""
    return re.sub(r"_(.)", lambda found: found[1].upper(), field)


def test_answers_quote_what_they_answer_and_say_who_writes() -> None:
    answers = [b for b in bodies("create_activity") if b["direction"] == "INBOUND"]
    emails = [body["body"] for body in answers if body["type"] == "EMAIL"]
    assert all("<blockquote" in body for body in emails)
    assert any("<table" in body for body in emails)
    assert any('dir="rtl"' in body for body in emails)
    known_ids = {body["metadata"].get("messageId") for body in bodies("create_activity")}
    assert {body["metadata"]["inReplyTo"] for body in answers} <= known_ids
    assert any("office@example.com" in body for body in emails)


def test_no_text_is_left_with_a_gap() -> None:
    for body in (*bodies("create_activity"), *bodies("create_task")):
        text = f"{body['subject']} {body.get('body', '')} {body.get('description', '')}"
        assert not re.search(r"\{\w*\}", text), text


def test_no_link_leads_to_a_real_domain() -> None:
    hosts = hosts_in(bodies("create_activity"))
    assert hosts
    assert {host for host in hosts if not RESERVED.fullmatch(host)} == set()


def test_tasks_differ_so_that_none_is_taken_for_a_repeat() -> None:
    tasks = [request.body for call, request in sent() if call.operation == "create_task"]
    assert len(set(tasks)) == len(tasks) > 50
    assert {body["type"] for body in bodies("create_task")} == {"call", "email", "meeting"}


def test_a_record_that_is_exported_again_has_changed() -> None:
    first: dict[str, dict[str, Any]] = {}
    changes: Counter[str] = Counter()
    for call, request in sent():
        if call.operation != "create_contacts":
            continue
        for record in json.loads(request.body or b"")["contacts"]:
            before = first.setdefault(record["externalId"], record)
            changes.update(name for name, value in record.items() if before.get(name) != value)
    assert changes.keys() == {"campaigns", "title", "mobilePhone", "lastContactedBy"}


def test_the_original_has_the_last_word_on_what_its_copy_says_too() -> None:
    people = Traffic(scenario()).ledger.population
    last: dict[str, int] = {}
    for number, (call, _) in enumerate(sent()):
        if call.operation.startswith("create_co"):
            last |= dict.fromkeys(call.names, number)
    for originals, double_of, id_of, count in (
        (people.contacts_known_twice(), people.double_of_contact, people.contact_id, LEADS),
        (people.companies_known_twice(), people.double_of_company, people.company_id, 116),
    ):
        copies = {
            double.original: number for number in range(count) if (double := double_of(number))
        }
        for original in originals:
            assert last[id_of(original)] > last[id_of(copies[original])]


def test_whoever_is_there_already_is_not_sent() -> None:
    now = known(exported=True)
    for phase in phases():
        if phase.title in {"Export companies", "Export contacts"}:
            assert [call.request(now) for call in phase.calls] == [None] * len(phase.calls)


def test_of_whom_nobody_knows_the_id_nothing_is_said() -> None:
    now = known(exported=False)
    silent = {
        "create_associations", "create_activity", "create_task", "update_contacts",
        "update_companies", "complete_tasks", "read_tasks",
    }  # fmt: skip
    for phase in phases():
        for call in phase.calls:
            if call.operation in silent:
                assert call.request(now) is None


def test_the_same_scenario_gives_the_same_bytes() -> None:
    assert [r for _, r in requests(Traffic(scenario()).phases())] == [r for _, r in sent()]


@pytest.mark.parametrize("other", [{"seed": 2}, {"weeks": 25}, {"until": date(2026, 3, 2)}])
def test_another_scenario_gives_others(other: dict[str, Any]) -> None:
    different = [r.body for _, r in requests(Traffic(scenario(**other)).phases())]
    assert different != [r.body for _, r in sent()]


def test_without_users_records_have_no_owner_and_letters_are_signed_all_the_same() -> None:
    nobody = Known()
    assert nobody.sender(0) == Sender("John Smith")
    (phase,) = islice(Traffic(scenario()).phases(), 5, 6)
    (record, *_) = json.loads((phase.calls[0].request(nobody) or Request("", "")).body or b"")[
        "contacts"
    ]
    assert "ownerId" not in record


class Ticking:
    """A clock that goes on by a second whenever somebody looks."""

    def __init__(self) -> None:
        self.second = 0

    def __call__(self) -> datetime:
        self.second += 1
        return datetime(2026, 3, 2, 10, self.second // 60, self.second % 60, tzinfo=UTC)


def test_the_present_is_told_when_it_happens() -> None:
    calls = list(islice(Traffic(scenario()).live(Ticking()), 400))
    made = [
        (call, json.loads((call.request(known(exported=True)) or Request("", "")).body or b""))
        for call in calls
    ]
    times = [body["occurredAt"] for call, body in made if call.operation == "create_activity"]
    assert times == sorted(times)
    assert times[0] == "2026-03-02T10:00:02Z"
    assert Counter(call.operation for call in calls).keys() == {
        "create_activity",
        "update_contacts",
        "create_task",
    }
    assert len({call.kind for call in calls}) == 12
    ids = [id_of(body) for call, body in made if call.kind]
    assert len(set(ids)) == len(ids)
    assert all("live-" in one for one in ids if one.startswith("<"))
