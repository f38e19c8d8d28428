"""Servers that speak no proper HTTP: a socket, and what is said on it."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Speaker = Callable[[socket.socket], None]
"""Says something in answer to one request; the connection is closed when it returns."""


def _hear_head(connection: socket.socket) -> None:
    heard = b""
    while b"\r\n\r\n" not in heard:
        piece = connection.recv(65_536)
        if not piece:
            return
        heard += piece


@contextmanager
def speaking(speak: Speaker) -> Iterator[str]:
    """The base URL of a server that says this to everybody."""
    listener = socket.create_server(("127.0.0.1", 0))

    def attend(connection: socket.socket) -> None:
        # Whoever has heard enough closes the connection.
        with connection, contextlib.suppress(OSError):
            _hear_head(connection)
            speak(connection)

    def listen() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=attend, args=(connection,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
