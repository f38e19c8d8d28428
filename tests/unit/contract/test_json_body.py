"""Bodies are decoded; what has one plain reading is mended, the rest is refused with its place."""

import json
import re
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customcrm.contract.json_body import read_json
from customcrm.contract.json_faults import MAX_SCANNED, find_fault
from customcrm.contract.reading import read_message
from customcrm.contract.records import CreateContacts
from customcrm.errors import InvalidRequest, MalformedJson

HALF = "\ufffd"


def refusal_of(body: bytes) -> MalformedJson | None:
    """Return the error that refuses a body."""
    try:
        read_json(body)
    except MalformedJson as refusal:
        return refusal
    return None


def mended(value: Any) -> Any:
    """Return a value as it is read: the rule in its shortest form."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", HALF, value).replace("\0", "")
    if isinstance(value, list):
        return [mended(one) for one in value]
    if isinstance(value, dict):
        return {mended(key): mended(one) for key, one in value.items()}
    return value


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (rb'"\ud83d"', HALF),
        (rb'"\uD83D"', HALF),
        (rb'"\udca9"', HALF),
        (rb'"\udca9\ud83d"', HALF * 2),
        (rb'"\ud83d\ud83d\ude00"', f"{HALF}😀"),
        (rb'"\ud83d\ude00\ude00"', f"😀{HALF}"),
        (rb'"\ud83d\n"', f"{HALF}\n"),
        (rb'"\ud83d\u0041"', f"{HALF}A"),
        (rb'"x\ud83dx"', f"x{HALF}x"),
        (rb'"\\\ud83d"', f"\\{HALF}"),
        (rb'"\\ud83d"', r"\ud83d"),
        (rb'"\\ud83d\ude00"', rf"\ud83d{HALF}"),
        (rb'"\\\ud83d\ude00"', "\\😀"),
        (rb'"\\\\ud83d\ud83d"', rf"\\ud83d{HALF}"),
        (rb'"\"\ud83d\""', f'"{HALF}"'),
        (b'"\xed\xa0\xbd"', HALF),
        (b'"\xed\xb8\x80 a"', f"{HALF} a"),
        (b'"\xed\xa0\xbd\xed\xb8\x80"', "😀"),
        (b'"\xed\x9f\xbf\xee\x80\x80"', "\ud7ff\ue000"),
        (rb'"a\u0000b"', "ab"),
        (rb'"\u0000"', ""),
        (rb'"\u0000\u0000\u0000"', ""),
        (rb'"\\u0000"', r"\u0000"),
        (rb'"\\\u0000"', "\\"),
        (rb'"\\\\u0000\u0000"', r"\\u0000"),
        (rb'"\u00000"', "0"),
        (rb'"\ud83d\u0000\ude00"', f"{HALF}{HALF}"),
        (b'"a\0b"', "ab"),
        (b'{"a":1}\0', {"a": 1}),
        (b'{"a":[1\0,2]}', {"a": [1, 2]}),
        (rb'{"a\u0000b":{"c\ud83d":["\u0000",{"\udca9":"\ud83d"}]}}',
         {"ab": {f"c{HALF}": ["", {HALF: HALF}]}}),
        (rb'{"a":1,"a\u0000":2,"b\u0000":3,"b":4}', {"a": 2, "b": 4}),
        (rb'{"\ud83d":1,"\ud83e":2}', {HALF: 2}),
        (b'\xef\xbb\xbf{"a":"\\u0000"}', {"a": ""}),
    ],
)  # fmt: skip
def test_halves_of_surrogate_pairs_and_nul_characters_are_mended(body: bytes, value: Any) -> None:
    assert read_json(body) == value


ANY_TEXT = st.text(
    st.sampled_from('ab\\"u0\0\n\ud83d\ude00\ud800\udfff😀é') | st.characters(), max_size=8
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(ANY_JSON, st.booleans())
@example({"\ud83d\\u0000\0": "\\\ud83d"}, False)  # noqa: FBT003 - an argument of the test
def test_any_json_is_read_as_it_is_but_mended(value: Any, ascii_only: bool) -> None:  # noqa: FBT001
    text = json.dumps(value, ensure_ascii=ascii_only)
    # Two halves that came apart are one character in UTF-16, which is how JSON spells them.
    expected = mended(json.loads(text))
    assert read_json(text.encode("utf-8", "surrogatepass")) == expected


def test_a_batch_with_one_broken_emoji_is_stored_whole() -> None:
    body = b'{"contacts":[{"externalId":"1","title":"CEO \\ud83d"},{"externalId":"2\\u0000"}]}'
    assert read_message(CreateContacts, body)[0].contacts == [
        {"externalId": "1", "title": f"CEO {HALF}"},
        {"externalId": "2"},
    ]


def test_an_external_id_of_nothing_but_nul_is_empty() -> None:
    with pytest.raises(InvalidRequest, match=r"contacts\[0\].externalId: must be a string of 1 to"):
        read_message(CreateContacts, b'{"contacts":[{"externalId":"\\u0000"}]}')


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"c":[{"s":NaN}]}', "NaN is not a JSON value, at c[0].s, byte 11"),
        (b'{"c":[1,{"s":Infinity}]}', "Infinity is not a JSON value, at c[1].s, byte 13"),
        (b'{"a":{"b":-Infinity}}', "-Infinity is not a JSON value, at a.b, byte 10"),
        (b'["\\ud83d", NaN]', "NaN is not a JSON value, at [1], byte 11"),
        (b'["\\u0000", NaN]', "NaN is not a JSON value, at [1], byte 11"),
        (b'{"a":1e999}', "The number 1e999 is out of range, at a, byte 5"),
        (b'{"a":[0,-1.5E400]}', "The number -1.5E400 is out of range, at a[1], byte 8"),
        (b"1" * 4_301, f"The number {'1' * 40}… is out of range, at byte 0"),
        (b'{"a":None}', "None is not a JSON value, at a, byte 5"),
        (b'{"a":True}', "True is not a JSON value, at a, byte 5"),
        (b'{"a":undefined}', "undefined is not a JSON value, at a, byte 5"),
        (b'{"a":01}', "01 is not a JSON value, at a, byte 5"),
        (b'{"a":+1}', "+1 is not a JSON value, at a, byte 5"),
        (b'{"a":.5}', ".5 is not a JSON value, at a, byte 5"),
        (b'{"a":0x10}', "0x10 is not a JSON value, at a, byte 5"),
        (b'{"a":}', '"}" is not a JSON value, at a, byte 5'),
        (b"{\"a\":'b'}", "A string must be in double quotes, at a, byte 5"),
        (b"// x\n{}", "JSON has no comments, at byte 0"),
        (b"{'a':1}", 'A key must be in double quotes, found "\'", at byte 1'),
        (b'{"a":1,b:2}', "A key must be in double quotes, found b, at a, byte 7"),
        (b'{"a" 1}', "Expected a colon after the key, found 1, at a, byte 5"),
        (b'{"a":1 "b":2}', "Expected a comma or }, found a string, at a, byte 7"),
        (b"[1 2]", "Expected a comma or ], found 2, at [0], byte 3"),
        (b'{"a":[1,2,]}', "A comma before ], at a[1], byte 9"),
        (b'{"a":1,}', "A comma before }, at a, byte 6"),
        (b'{"a":1} x', "After the end of the JSON comes x, at byte 8"),
        (b'{"a":"x\ny"}', "A string holds a bare control character, U+000A, at a, byte 7"),
        (b'{"a":"\\x"}', r"Unknown escape \x in a string, at a, byte 6"),
        (b'{"a":"\\u12"}', r"Unknown escape \u12 in a string, at a, byte 6"),
        (b'{"a":"bc', "The body ends too early, at a, byte 8"),
        (b'{"a":"\\ud8', "The body ends too early, at a, byte 10"),
        (b'{"a":[1,2', "The body ends too early, at a[1], byte 9"),
        (b'{"\\ud83d":NaN}', "NaN is not a JSON value, at U+D83D, byte 10"),
        (b'{"a\\n\\u0000b":[NaN]}', "NaN is not a JSON value, at aU+000AU+0000b[0], byte 15"),
        (b'{"\xed\xa0\xbd":NaN}', "NaN is not a JSON value, at U+D83D, byte 7"),
        (b'"\\ud83d" \\ud83d', 'After the end of the JSON comes "\\", at byte 9'),
        (b"", "The body is empty"),
        (b" \n", "The body is empty"),
        (b'{"a":"\xff"}', "The body is not UTF-8: 0xFF, at a, byte 6"),
        (b'{"\xc0\x80":1}', "The body is not UTF-8: 0xC0, at byte 2"),
        (b'{"a":1}\xfe', "The body is not UTF-8: 0xFE, at byte 7"),
        ('{"a":"ñ"}'.encode("latin-1"), "The body is not UTF-8: 0xF1, at a, byte 6"),
        ('{"a":1}'.encode("utf-16"), "The body is UTF-16, not UTF-8"),
        ('{"a":1}'.encode("utf-16-le"), "The body is UTF-16, not UTF-8"),
        ('{"a":1}'.encode("utf-16-be"), "The body is UTF-16, not UTF-8"),
        ('{"a":1}'.encode("utf-32"), "The body is UTF-32, not UTF-8"),
        ('{"a":1}'.encode("utf-32-be"), "The body is UTF-32, not UTF-8"),
    ],
)
def test_the_rest_is_refused_by_its_name_and_place(body: bytes, message: str) -> None:
    with pytest.raises(MalformedJson) as refusal:
        read_json(body)
    assert str(refusal.value) == message


@pytest.mark.parametrize("end", [b"NaN", b"\xff", b'"\\q"', b"1 2"])
def test_a_fault_far_behind_is_refused_in_words(end: bytes) -> None:
    with pytest.raises(MalformedJson, match=r"\w.*byte"):
        read_json(b"[" + b"0," * MAX_SCANNED + end + b"]")


def test_a_long_path_shows_its_end() -> None:
    body = b"".join(b'{"%s":' % (b"k" * 30) for _ in range(20)) + b"NaN"
    with pytest.raises(MalformedJson, match=r"at …[k.]{200}, byte"):
        read_json(body)


@given(st.binary(max_size=40) | ANY_JSON.map(lambda value: json.dumps(value).encode()[:-1]))
def test_a_fault_is_found_in_any_bytes_that_are_refused(body: bytes) -> None:
    refusal = refusal_of(body)
    if refusal is not None:
        assert str(refusal).isprintable()
        fault = find_fault(body.removeprefix(b"\xef\xbb\xbf"))
        assert fault is not None, body
        assert str(refusal) == fault.message


@given(ANY_JSON)
def test_no_fault_is_found_in_json(value: Any) -> None:
    assert find_fault(json.dumps(value).encode()) is None


@pytest.mark.parametrize(
    "pattern",
    [b"\\", b"\\\\", rb"\\u", rb"\ud83d", rb"\\ud83d", rb"\ud83d\ude00", rb"\u0000", b"\0",
     b"\xed\xa0\xbd", b"[", b'{"', b'"', b"'", b"-", b"1", b"1e", b"/", b"a", b" ", b"\xff"],
)  # fmt: skip
def test_a_megabyte_of_any_pattern_is_answered_in_linear_time(pattern: bytes) -> None:
    begin = time.perf_counter()
    for body in (pattern * (MAX_SCANNED // len(pattern)), b'"' + pattern * 300_000 + rb'\ud83d"'):
        refusal = refusal_of(body)
        assert refusal is None or str(refusal)
    assert time.perf_counter() - begin < 10  # A quadratic one takes hours.
