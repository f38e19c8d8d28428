"""The one shape that every refusal has."""

import re
from typing import Any

import httpx

from tests.acceptance.server import KEY

# What no answer may tell: where the code is, what it asked the database, what opens the door.
SECRETS = re.compile(rf"Traceback|SELECT|INSERT|sqlite|psycopg|\.py\b|{re.escape(KEY)}")


def assert_is_an_error(response: httpx.Response, status: int) -> Any:
    """The body of an error with this status."""
    assert response.status_code == status, f"{response.status_code}: {response.text[:500]}"
    assert response.headers["content-type"].startswith("application/json")
    body = response.json()
    for name in ("error", "message", "code"):
        assert isinstance(body.get(name), str), f"no {name} in {body}"
        assert body[name], f"an empty {name} in {body}"
    assert re.fullmatch(r"\w[\w.-]*", body["code"]), f"no machine word: {body['code']}"
    assert not SECRETS.search(response.text), f"it tells too much: {response.text[:500]}"
    return body


def paths(response: httpx.Response) -> set[str]:
    """What a 400 complains of."""
    details = assert_is_an_error(response, 400)["details"]
    assert all(detail["message"] for detail in details), f"no message in {details}"
    return {detail["path"] for detail in details}
