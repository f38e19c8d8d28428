"""How a property's value is shown, by its type."""

from typing import Any

import pytest

from customcrm.crm.property_types import PropertyType
from customcrm.dashboard.pages import of_type

CHOICE, DATE, NUMBER, TEXT, URL, YES_NO = (
    PropertyType.CHOICE,
    PropertyType.DATE,
    PropertyType.NUMBER,
    PropertyType.TEXT,
    PropertyType.URL,
    PropertyType.YES_NO,
)


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (YES_NO, True, '<span class="chip good">Yes</span>'),
        (YES_NO, " yes ", '<span class="chip good">Yes</span>'),
        (YES_NO, False, '<span class="chip">No</span>'),
        (YES_NO, "NO", '<span class="chip">No</span>'),
        (YES_NO, "perhaps", None),
        (CHOICE, "<b>", '<span class="chip">&lt;b&gt;</span>'),
        (CHOICE, 3, '<span class="chip">3</span>'),
        (CHOICE, " ", None),
        (CHOICE, ["a"], None),
        (DATE, "2026-01-31", '<time datetime="2026-01-31">31 Jan 2026</time>'),
        (DATE, "2026-02-31", None),
        (DATE, "2026-01-31T10:00:00Z", None),
        (DATE, "soon", None),
        (URL, "javascript:alert(1)", None),
        (URL, 7, None),
        (TEXT, "2026-01-31", "2026-01-31"),
        (TEXT, "<b>", "&lt;b&gt;"),
        (TEXT, 7, None),
        (NUMBER, 7, None),
        (None, "x", None),
    ],
)
def test_a_value_is_shown_as_its_type_is(
    kind: PropertyType | None, value: Any, told: str | None
) -> None:
    assert of_type(kind, value) == told


def test_a_link_leads_where_it_says() -> None:
    told = of_type(URL, "https://acme.example/a")
    assert told is not None
    assert 'href="https://acme.example/a" rel="noopener noreferrer"' in told
