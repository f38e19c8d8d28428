"""A stand-in for Enginy's own API: it calls the server back, as Enginy does."""

from dataclasses import dataclass, field
from typing import Any

from tests.acceptance.server import Client
from tests.integration.checker.wire import Call, Reply

GSK = "gsk_the-key-of-enginy"


@dataclass
class Enginy:
    """Tests a server by calling it, and remembers those it was asked to connect.

    Attributes:
        says: what it answers instead, if anything.
    """

    says: Reply | None = None
    connected: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def answer(self, call: Call) -> Reply:
        self.asked.append(call.path)
        if call.headers.get("x-api-key") != GSK:
            return Reply(401, {"error": "Invalid API key"})
        if self.says:
            return self.says
        with Client(
            call.body["baseUrl"], call.body["apiKey"], header=call.body["apiKeyHeader"]
        ) as client:
            health, users = client.send("GET", "/health"), client.send("GET", "/users")
        if not health.is_success:
            return Reply(422, {"success": False, "message": f"health: {health.status_code}"})
        if call.path == "/v1/custom-crm/connect":
            self.connected.append(call.body)
        return Reply(200, {"success": True, "usersSupported": users.is_success})
