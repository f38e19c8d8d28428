"""Makes and reads records through the API, in the batches Enginy uses."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.acceptance.server import Client

Record = dict[str, Any]

BATCH = 100


def fresh(prefix: str = "lead") -> str:
    """A word that no other test uses: letters and digits, fit for an id, a domain or a slug."""
    return f"{prefix}{uuid.uuid4().hex}"


def fresh_mobile() -> str:
    """A Spanish mobile number that no other test uses, in E.164."""
    return f"+346{uuid.uuid4().int % 10**8:08d}"


def batches(records: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(records), BATCH):
        yield records[start : start + BATCH]


def create(client: Client, kind: str, *records: Record) -> list[str]:
    """The crmIds of the records, in order."""
    crm_ids: list[str] = []
    for batch in batches(records):
        answer = client.call("POST", f"/{kind}", {kind: batch}, status=201)
        named = [result["externalId"] for result in answer["results"]]
        sent = [str(record["externalId"]) for record in batch]
        if named != sent:
            raise AssertionError(f"One result per record, in order: sent {sent}, got {named}")
        crm_ids.extend(result["crmId"] for result in answer["results"])
    return crm_ids


def update(client: Client, kind: str, *records: Record) -> None:
    """Updates records, every one of which has to succeed."""
    for batch in batches(records):
        answer = client.call("PUT", f"/{kind}", {kind: batch}, status=200)
        expected = [{"crmId": record["crmId"], "success": True} for record in batch]
        if answer != {"results": expected}:
            raise AssertionError(f"PUT /{kind} answered {answer}, not {expected}")


def sync(client: Client, kind: str, *records: Record) -> dict[str, str]:
    """The crmIds of the records that were found, by externalId."""
    found: dict[str, str] = {}
    for batch in batches(records):
        answer = client.call("POST", f"/{kind}/sync", {kind: batch}, status=200)
        found |= {result["externalId"]: result["crmId"] for result in answer["results"]}
    return found


def read(client: Client, kind: str, crm_ids: Iterable[str]) -> dict[str, Record]:
    """The records that exist among these, by crmId."""
    found: dict[str, Record] = {}
    for batch in batches(sorted(set(crm_ids))):
        answer = client.call("POST", f"/{kind}/batch", {"ids": batch}, status=200)
        found |= {record["id"]: record for record in answer["results"]}
    return found


def read_one(client: Client, kind: str, crm_id: str) -> Record:
    return read(client, kind, [crm_id])[crm_id]


def value(record: Record, name: str) -> Any:
    """A field of a record that was read, wherever it is: flat, or among the custom properties."""
    flat = record.get(name)
    return record["properties"].get(name) if flat is None else flat
