"""Decode request bodies: JSON, with what has one plain reading mended (decision 0042)."""

import re
from typing import Any, Final

import msgspec

from customcrm.contract.json_faults import Fault, find_fault
from customcrm.errors import MalformedJson

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_ESCAPED_NUL: Final = b"\\u0000"

# Each of the two patterns matches a whole run of backslashes, from its first one on. An odd run
# begins an escape, an even one is escaped backslashes with text after them.
_SURROGATES: Final = re.compile(
    rb"\\(?<!\\\\)(\\*+)"
    rb"u[dD](?:[89abAB][0-9a-fA-F]{2}(\\u[dD][c-fC-F][0-9a-fA-F]{2})?|[c-fC-F][0-9a-fA-F]{2})"
)
_NULS: Final = re.compile(rb"\\(?<!\\\\)(\\*+)u0000")
_RAW_SURROGATES: Final = re.compile(
    rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]"
)
_PAIR_BYTES: Final = 6


def read_json(body: bytes) -> Any:
    """Decode a request body.

    Half of a surrogate pair becomes U+FFFD and a NUL character is dropped, in keys and values. Of
    keys that are equal then, the last one counts, as of any key that comes twice.

    Raises:
        MalformedJson: it is not JSON, not UTF-8, nests without end, or holds a number that is out
            of range. The message says what is wrong and where; `offset` is the byte.
    """
    body = body.removeprefix(_BYTE_ORDER_MARK)
    if _ESCAPED_NUL not in body:
        try:
            return msgspec.json.decode(body)
        except RecursionError as error:
            raise MalformedJson("The body nests too deeply to be read") from error
        except (UnicodeDecodeError, msgspec.MsgspecError):
            pass
    return _decode_mended(body)


def _decode_mended(body: bytes) -> Any:
    """Decode a body that cannot be decoded as it came, or that holds a NUL character."""
    try:
        return msgspec.json.decode(_mend(body))
    except RecursionError as error:
        raise MalformedJson("The body nests too deeply to be read") from error
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        fault = find_fault(body) or Fault(str(error) or "The body is not JSON")
        raise MalformedJson(fault.message, fault.offset, fault.reason) from error


def _mend(body: bytes) -> bytes:
    """Replace halves of surrogate pairs and drop NUL characters, in linear time."""
    if b"\0" in body[:2]:
        return body  # UTF-16: without its NUL bytes it would be read as other text.
    body = _RAW_SURROGATES.sub(_mend_raw_surrogate, body)
    body = _SURROGATES.sub(_mend_surrogate, body)
    return _NULS.sub(_drop_nul, body).replace(b"\0", b"")


def _mend_surrogate(match: re.Match[bytes]) -> bytes:
    backslashes, low = match[1], match[2]
    if len(backslashes) % 2:
        return match[0] if low is None else match[0].removesuffix(low) + rb"\ufffd"
    return match[0] if low else backslashes + rb"\ufffd"


def _mend_raw_surrogate(match: re.Match[bytes]) -> bytes:
    text = match[0]
    if len(text) < _PAIR_BYTES:
        return "\ufffd".encode()
    pair = text.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
    return pair.decode("utf-16").encode()


def _drop_nul(match: re.Match[bytes]) -> bytes:
    return match[0] if len(match[1]) % 2 else match[1]
