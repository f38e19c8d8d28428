import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.campaigns import (
    MAX_CAMPAIGN,
    ambiguous_names,
    campaign_key,
    campaigns_of,
    certain_campaigns,
)

CERTAIN = frozenset({"spain", "q2", "autumn", "a, b"})


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Spring", ("Spring",)),
        ("  Spring \u200b", ("Spring",)),
        ("Madrid, Q3", ("Madrid, Q3",)),
        ("Spain, Q3", ("Spain, Q3",)),
        ("Spain, Q2", ("Spain", "Q2")),
        ("SPAIN,q2 , Autumn", ("SPAIN", "q2", "Autumn")),
        ("Spain, Q2; Autumn", ("Spain, Q2", "Autumn")),
        ("Spain, Q2|Autumn", ("Spain, Q2", "Autumn")),
        ("Spain, Q2\nAutumn", ("Spain, Q2", "Autumn")),
        ("A, B", ("A, B",)),
        ("Spring,", ("Spring",)),
        (", A, B,", ("A, B",)),
        (",,", ()),
        ("", ()),
        (" ; | ", ()),
        (["Spain, Q2"], ("Spain, Q2",)),
        (["Spain, Q2", "Autumn", " ", 3, None], ("Spain, Q2", "Autumn")),
        (["A; B"], ("A; B",)),
        ([{"id": "1", "name": "Spain, Q2"}, {}], ("Spain, Q2",)),
        ([], ()),
        (None, ()),
        (7, ()),
        ({"name": "Spain"}, ()),
    ],
)
def test_campaigns_are_read(value: object, names: tuple[str, ...]) -> None:
    assert campaigns_of({"campaigns": value}, CERTAIN) == names


@pytest.mark.parametrize(
    ("value", "certain", "ambiguous"),
    [
        ("Spring", ("Spring",), ()),
        ("A, B", (), ("A, B", "A", "B")),
        ("A, B; C", ("A, B", "C"), ()),
        (["A, B"], ("A, B",), ()),
        (None, (), ()),
    ],
)
def test_a_name_is_certain_unless_commas_may_separate_several(
    value: object, certain: tuple[str, ...], ambiguous: tuple[str, ...]
) -> None:
    assert certain_campaigns({"campaigns": value}) == certain
    assert ambiguous_names({"campaigns": value}) == ambiguous


@given(st.text("ab ,;|\n", max_size=30) | st.lists(st.text("ab,;", max_size=8), max_size=4))
def test_names_are_short_and_each_once(value: object) -> None:
    names = campaigns_of({"campaigns": value}, frozenset({"a", "b", "ab"}))
    assert len(set(names)) == len(names)
    assert all(name == name.strip() and 0 < len(name) <= MAX_CAMPAIGN for name in names)
    assert all(campaign_key(name) for name in names)
