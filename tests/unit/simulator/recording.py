"""A small server of the contract: it gives ids by counter, and remembers every byte it hears."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from customcrm.client.http import Client
from customcrm.client.target import Target

KEY = "the-key-of-the-recording-server"


class Heard(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    body: bytes


class Reply(NamedTuple):
    """An answer; without a status the connection is closed instead."""

    status: int
    body: Any = None
    retry_after: str = ""


Objection = Callable[[int, Heard], Reply | None]
"""What is answered to the so-manieth request instead of what is right, if anything."""


class Recorder:
    """Answers as a right server does, as far as the simulator can tell."""

    def __init__(
        self, users: Sequence[dict[str, Any]] = (), objection: Objection = lambda _n, _heard: None
    ) -> None:
        self.heard: list[Heard] = []
        self._ids: dict[str, str] = {}
        self._users = list(users)
        self._objection = objection
        self._lock = threading.Lock()

    def answer(self, heard: Heard) -> Reply:
        with self._lock:
            self.heard.append(heard)
            objection = self._objection(len(self.heard), heard)
            if objection is not None:
                return objection
            return self._answer(heard)

    def _answer(self, heard: Heard) -> Reply:
        match heard.path:
            case "/health":
                return Reply(200, {"status": "ok"})
            case "/users":
                return Reply(200, self._users)
            case "/associations":
                count = len(json.loads(heard.body)["associations"])
                return Reply(200, {"success": True, "created": count})
            case "/tasks" | "/activities":
                return Reply(201, {"id": self._id(heard.path + heard.body.decode())})
            case "/tasks/batch":
                ids, done = json.loads(heard.body)["ids"], heard.method == "PATCH"
                return Reply(200, [{"id": one, "completed": done} for one in ids])
        return self._records(heard)

    def _records(self, heard: Heard) -> Reply:
        _, plural, *sync = heard.path.split("/")
        records = json.loads(heard.body)[plural]
        if heard.method == "PUT":
            done = [{"crmId": record["crmId"], "success": True} for record in records]
            return Reply(200, {"results": done})
        names = [record["externalId"] for record in records]
        if sync:
            names = [name for name in names if name in self._ids]
        results = [
            {"externalId": name, "crmId": self._id(name), "properties": {}} for name in names
        ]
        return Reply(200 if sync else 201, {"results": results})

    def _id(self, name: str) -> str:
        return self._ids.setdefault(name, f"id-{len(self._ids)}")


@contextmanager
def recording(recorder: Recorder) -> Iterator[Callable[[], Client]]:
    """Serves it, and gives clients of it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply = recorder.answer(Heard(self.command, self.path, body))
            if not reply.status:
                self.close_connection = True
                return
            content = json.dumps(reply.body).encode()
            head = [f"HTTP/1.1 {reply.status} Said", f"Content-Length: {len(content)}"]
            if reply.retry_after:
                head.append(f"Retry-After: {reply.retry_after}")
            # One write, so that no part waits for another's acknowledgement.
            self.wfile.write("\r\n".join([*head, "", ""]).encode() + content)

        do_GET = do_POST = do_PUT = do_PATCH = answer  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    target = Target(f"http://127.0.0.1:{server.server_address[1]}", KEY)
    try:
        yield lambda: Client(target)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
