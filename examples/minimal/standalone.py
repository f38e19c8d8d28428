"""The least of Enginy's Custom CRM API: health, contacts, companies and associations.

Records are held in memory. Put your own CRM in the place of `records`, `found` and `links`.
"""

import json
import os
import re
import secrets

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

KEY = os.environ["API_KEY"]
KEYS = {"contacts": ["email", "linkedinUrl"], "companies": ["domain", "linkedinUrl"]}
RETURNED = {"email", "phone", "mobilePhone", "leadScore", "lifecycleStage", "accountTier"}
records = {"contacts": {}, "companies": {}}  # properties by crmId
found, links = {}, set()  # crmId by what a record is known by; pairs of contact and company


def reply(status, value):
    return Response(json.dumps(value), status, media_type="application/json")


def items(body, name, required):
    """Return the records of a request, or say which of them is malformed."""
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, list):
        raise ValueError(f"{name} must be an array")
    for n, one in enumerate(value):
        if not isinstance(one, dict) or not isinstance(one.get(required), str | int):
            raise ValueError(f"{name}[{n}].{required} is required")
    return value


def keys(kind, record):
    """Return what a record is known by, the strongest key first."""
    known_by = [(kind, "externalId", str(record["externalId"]))] if "externalId" in record else []
    for name in KEYS[kind]:
        text = re.sub(r"^https?://(www\.)?", "", str(record.get(name) or "").strip().lower())
        text = text.split("/")[0] if name == "domain" else text.rstrip("/")
        known_by += [(kind, name, text)] if text else []
    return known_by


def create(kind, sent):
    known_by = keys(kind, sent)
    crm_id = found.get(known_by[0], secrets.token_hex(12))
    stored = records[kind].setdefault(crm_id, {})
    stored.update((name, value) for name, value in sent.items() if value not in (None, ""))
    found.update({key: crm_id for key in known_by if key not in found})
    return {"externalId": known_by[0][2], "crmId": crm_id}


def matches(kind, record):
    for crm_id in [found[key] for key in keys(kind, record) if key in found][:1]:
        stored = records[kind][crm_id].items()
        new = {n: value for n, value in stored if n in RETURNED and value != record.get(n)}
        yield {"externalId": str(record["externalId"]), "crmId": crm_id, "properties": new}


def update(kind, record):
    crm_id = str(record["crmId"])
    if crm_id not in records[kind]:
        return {"crmId": crm_id, "success": False, "error": "Not found"}
    records[kind][crm_id].update(record)
    found.update(dict.fromkeys(keys(kind, record), crm_id))
    return {"crmId": crm_id, "success": True}


def associate(pairs):
    ends = [(str(one["contactCRMId"]), str(one.get("companyCRMId"))) for one in pairs]
    known = [one in records["contacts"] and other in records["companies"] for one, other in ends]
    links.update(pair for pair, is_known in zip(ends, known, strict=True) if is_known)
    errors = [{**one, "error": "Not found"} for one, ok in zip(pairs, known, strict=True) if not ok]
    return {"success": True, "created": sum(known), "errors": errors}


def act(method, path, body):
    match method, path:
        case "GET", ["health"]:
            return 200, {"status": "ok"}
        case "POST", ["contacts" | "companies" as kind]:
            return 201, {"results": [create(kind, one) for one in items(body, kind, "externalId")]}
        case "POST", ["contacts" | "companies" as kind, "sync"]:
            sent = items(body, kind, "externalId")
            return 200, {"results": [match for one in sent for match in matches(kind, one)]}
        case "PUT", ["contacts" | "companies" as kind]:
            return 200, {"results": [update(kind, one) for one in items(body, kind, "crmId")]}
        case "POST", ["associations"]:
            return 200, associate(items(body, "associations", "contactCRMId"))
    return 404, {"error": "Not found", "message": "There is no such path"}


async def answer(request):
    if not secrets.compare_digest(request.headers.get("X-API-Key", "").encode(), KEY.encode()):
        return reply(401, {"error": "Unauthorized", "message": "The API key is missing or wrong"})
    try:
        body = json.loads(await request.body() or b"null")
        return reply(*act(request.method, request.url.path.strip("/").split("/"), body))
    except (ValueError, RecursionError) as error:
        return reply(400, {"error": "Invalid request", "message": str(error)})


app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST", "PUT", "PATCH"])])

if __name__ == "__main__":
    uvicorn.run(app, port=int(os.environ.get("PORT", "8080")), log_level="warning")
