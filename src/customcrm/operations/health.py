"""Whether the server is fit for use."""

from customcrm.operations.ports import Backend


def check_health(backend: Backend) -> None:
    """Return if the data can be reached.

    Raises:
        StoreUnavailable: it cannot.
    """
    backend.read(lambda reader: reader.ping())
