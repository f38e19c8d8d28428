"""Which operation a request is, worked out anew: the router is under test."""

import re

from customcrm.contract.operations import OPERATIONS, Operation


def operation_of(method: str, path: str) -> Operation | None:
    """The operation that the contract has for this method and path.

    As OpenAPI has it, a path without a pattern is meant before one with a pattern.
    """
    method = "GET" if method == "HEAD" else method
    tidy = "/" + "/".join(part for part in path.split("?", 1)[0].split("/") if part)
    same_path = [one for one in OPERATIONS if one.path == tidy] or [
        one for one in OPERATIONS if re.fullmatch(re.sub(r"{\w+}", "[^/]+", one.path), tidy)
    ]
    return next((one for one in same_path if one.method == method), None)
