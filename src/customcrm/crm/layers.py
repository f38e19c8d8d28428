"""What was said under each id of a record that others were merged into.

Of every property the latest word counts, under whichever of the ids it came. Where the ids part
again, each keeps its own words, and so has what it would have had.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from customcrm.crm.values import is_blank, same_value


class Word(NamedTuple):
    """A value that was said of a property.

    Attributes:
        turn: when: what was said later has a higher one.
        value: what; None for that it has no value.
    """

    turn: int
    value: Any


_BEFORE: Final = -1
"""The turn of a word that comes before all others."""

Layers = Mapping[str, Mapping[str, Word]]
"""By id, the record's own first, and by property: the latest word under that id. A record that
nothing was merged into needs none."""


def alone(record_id: str, properties: Mapping[str, Any]) -> Layers:
    """The layers of a record that nothing was merged into yet."""
    return {record_id: {name: Word(0, value) for name, value in properties.items()}}


def _latest(layers: Layers) -> dict[str, Word]:
    """The latest word of each property."""
    words: dict[str, Word] = {}
    for said_here in layers.values():
        for name, word in said_here.items():
            if name not in words or word.turn > words[name].turn:
                words[name] = word
    return words


def values_of(layers: Layers) -> dict[str, Any]:
    """The properties that a record with these layers has."""
    return {name: w.value for name, w in _latest(layers).items() if w.value is not None}


def versions_of(properties: Mapping[str, Any], layers: Layers | None) -> list[Mapping[str, Any]]:
    """Return the properties of a record, and those under each of its ids if it has several."""
    each = layers.values() if layers else ()
    return [properties, *({name: word.value for name, word in one.items()} for one in each)]


def said(
    layers: Layers, record_id: str, values: Mapping[str, Any], present: Mapping[str, Any]
) -> Layers:
    """The layers after something more was said under one of their ids; None clears.

    What says nothing new, neither of the record nor of this id, leaves them as they are.

    Args:
        layers: what was said so far.
        record_id: the id.
        values: what is said, by property.
        present: the properties that a record with these layers has.
    """
    own = layers[record_id]
    news = {
        name: value
        for name, value in values.items()
        if not (_stands(own, name, value) and same_value(present.get(name), value))
    }
    if not news:
        return layers
    turn = _next_turn(layers)
    return {**layers, record_id: {**own, **{n: Word(turn, value) for n, value in news.items()}}}


def whispered(layers: Layers, record_id: str, values: Mapping[str, Any]) -> Layers:
    """The layers after something was said under one of their ids that may fill it, if it is empty.

    It says nothing of the record, which has other values, but of what stands under this id alone.
    """
    own = layers[record_id]
    news = {
        name: Word(own[name].turn if name in own else _BEFORE, value)
        for name, value in values.items()
        if name not in own or is_blank(own[name].value)
    }
    return {**layers, record_id: {**own, **news}} if news else layers


def joined(survivor: Layers, merged: Layers, taken: Collection[str]) -> Layers:
    """The layers of two records that become one.

    Of a property that both have had a word of, all words of the side that wins count as later than
    those of the other: so it stays the winner where a part of it leaves.

    Args:
        survivor: of the one that stays.
        merged: of the other one.
        taken: the properties whose value is to be that of the other one. Of all others the
            survivor keeps its own, and none where it has none.
    """
    layers = {one: dict(words) for one, words in {**survivor, **merged}.items()}
    turn = _next_turn(layers)
    for name in _names(survivor) & _names(merged):
        winner = merged if name in taken else survivor
        words = sorted((w[name].turn, one) for one, w in winner.items() if name in w)
        for place, (_, one) in enumerate(words):
            layers[one][name] = layers[one][name]._replace(turn=turn + place)
    own = layers[next(iter(survivor))]
    for name in _names(merged) - _names(survivor) - set(taken):
        own[name] = Word(turn, None)
    return layers


def parted(layers: Layers, ids: Collection[str]) -> tuple[Layers, Layers]:
    """The layers of those that are not among some ids, and of those that are."""
    return (
        {one: words for one, words in layers.items() if one not in ids},
        {one: words for one, words in layers.items() if one in ids},
    )


def _names(layers: Layers) -> set[str]:
    return {name for words in layers.values() for name in words}


def _stands(words: Mapping[str, Word], name: str, value: Any) -> bool:
    word = words.get(name)
    return same_value(None if word is None else word.value, value)


def _next_turn(layers: Layers) -> int:
    return 1 + max((word.turn for words in layers.values() for word in words.values()), default=0)
