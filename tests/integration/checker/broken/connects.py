"""Servers that Enginy cannot connect to, or anybody can."""

from tests.integration.checker.broken.breaking import after, before_anybody, breaks, says
from tests.integration.checker.right import RightServer
from tests.integration.checker.wire import KEY


@breaks("health.answers")
def fails(server: RightServer) -> None:
    after(server, "GET /health", lambda _, reply: says(503) if reply.status == 200 else reply)


@breaks("health.says-ok")
def says_up(server: RightServer) -> None:
    up = says(200, {"status": "UP"})
    after(server, "GET /health", lambda _, reply: up if reply.status == 200 else reply)


@breaks("auth.missing-key")
def lets_in_who_says_nothing(server: RightServer) -> None:
    ok = says(200, {"status": "ok"})
    before_anybody(server, "GET /health", lambda call: None if "x-api-key" in call.headers else ok)


@breaks("auth.wrong-key")
def looks_at_the_beginning_of_the_key(server: RightServer) -> None:
    ok = says(200, {"status": "ok"})
    before_anybody(
        server,
        "GET /health",
        lambda call: ok if call.headers.get("x-api-key", "").startswith(KEY) else None,
    )


@breaks("answers.are-json")
def calls_json_a_page(server: RightServer) -> None:
    after(server, "GET /health", lambda _, reply: reply.but(headers={"Content-Type": "text/html"}))
