"""What was said under each id of a merged record, so that every value goes back where it belongs.

Revision ID: 0010
"""

import json
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

PLURALS = {"contact": "contacts", "company": "companies"}

Words = dict[str, list[Any]]
"""By property, the turn in which something was said of it, and the value."""

Layers = dict[str, Words]

_MERGES = sa.table(
    "merges",
    *(sa.column(name) for name in ("kind", "survivor_id", "merged_id", "at", "id", "undone_at")),
    sa.column("payload", sa.Text()),
)


def upgrade() -> None:
    """Add the column, and fill it for the merges that hold."""
    for plural in PLURALS.values():
        op.add_column(plural, sa.Column("layers", sa.Text(), nullable=True))
    for kind, plural in PLURALS.items():
        _fill(op.get_bind(), kind, plural)


def _fill(connection: sa.Connection, kind: str, plural: str) -> None:
    records = sa.table(plural, *(sa.column(name) for name in ("id", "properties", "layers")))
    holding = (
        sa.select(_MERGES)
        .where(_MERGES.c.kind == kind, _MERGES.c.undone_at.is_(None))
        .order_by(_MERGES.c.at, _MERGES.c.id)
    )
    merges = [
        (m.survivor_id, m.merged_id, json.loads(m.payload)) for m in connection.execute(holding)
    ]
    present: dict[str, dict[str, Any]] = {}
    for record_id in {one for merge in merges for one in merge[:2]}:
        query = sa.select(records.c.properties).where(records.c.id == record_id)
        present[record_id] = json.loads(connection.execute(query).scalar_one())
    for record_id, layers in _layers_of_all(merges, present).items():
        kept = json.dumps(layers, ensure_ascii=False)
        connection.execute(records.update().where(records.c.id == record_id).values(layers=kept))


def _layers_of_all(
    merges: Iterable[tuple[str, str, dict[str, Any]]], present: dict[str, dict[str, Any]]
) -> dict[str, Layers]:
    """The layers of each record that others were merged into, by what its merges gave it."""
    merges = list(merges)
    own = {record_id: dict(values) for record_id, values in present.items()}
    for survivor, _, payload in reversed(merges):
        for name, value in payload["given"].items():
            if _same(own[survivor].get(name), value):
                _put(own[survivor], name, payload["before"].get(name))
    layers: dict[str, Layers] = {}
    for survivor, merged, payload in merges:
        mine = layers.get(survivor, {survivor: _words(0, own[survivor])})
        theirs = layers.get(merged, {merged: _words(0, own[merged])})
        layers[survivor] = _joined(mine, theirs, payload["given"])
    for survivor, mine in layers.items():
        values = _values(mine)
        names = {**values, **present[survivor]}
        changed = {
            name: present[survivor].get(name)
            for name in names
            if not _same(values.get(name), present[survivor].get(name))
        }
        mine[survivor] |= _words(_next_turn(mine), changed)
    return layers


def _joined(survivor: Layers, merged: Layers, given: Collection[str]) -> Layers:
    """The layers of both: where both have a word, all those of the side that wins come last."""
    layers = {one: dict(words) for one, words in {**survivor, **merged}.items()}
    turn = _next_turn(layers)
    mine, theirs = (
        {name for words in side.values() for name in words} for side in (survivor, merged)
    )
    for name in mine & theirs:
        winner = merged if name in given else survivor
        places = sorted((words[name][0], one) for one, words in winner.items() if name in words)
        for place, (_, one) in enumerate(places):
            layers[one][name] = [turn + place, layers[one][name][1]]
    nothing = dict.fromkeys(theirs - mine - set(given))
    layers[next(iter(survivor))] |= _words(turn, nothing)
    return layers


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value


def _same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same: in Python `1 == True`, in JSON they differ."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _next_turn(layers: Layers) -> int:
    return 1 + max((word[0] for words in layers.values() for word in words.values()), default=0)


def _words(turn: int, values: dict[str, Any]) -> Words:
    return {name: [turn, value] for name, value in values.items()}


def _values(layers: Layers) -> dict[str, Any]:
    latest: Words = {}
    for words in layers.values():
        for name, word in words.items():
            if name not in latest or word[0] > latest[name][0]:
                latest[name] = word
    return {name: word[1] for name, word in latest.items()}
