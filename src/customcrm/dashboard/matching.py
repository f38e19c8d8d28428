"""Why did this match: what the server would make of a record, and the chain that decides it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import msgspec

from customcrm.contract.records import CreatedRecord, CreatedRecords, SyncedRecord, SyncedRecords
from customcrm.crm.planning import Effect
from customcrm.crm.records import EXTERNAL_ID, Kind
from customcrm.dashboard.calls import call_line
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.entry import UNPROCESSABLE, told
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.matching_words import (
    EXAMPLES,
    LINK_WORDS,
    REASON_LINKS,
    VERDICTS,
    WEAKNESSES,
    objection_words,
    told_of,
    why_not,
)
from customcrm.dashboard.pasted import MAX_PASTED, Pasted, read_pasted, written
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.urls import choice_of, flag_of, value_of
from customcrm.errors import BatchTooLarge, InvalidRequest, MalformedJson, Problem
from customcrm.operations.explaining import Explanation, explain_record
from customcrm.operations.rulebook import LINKS
from customcrm.operations.tracing import Trace, trace_item

CHAIN: Final = "/view/matching/chain"
_CHANGES: Final = 20
"""Rows of the history of the rules among which the last change of a chain is looked for."""


class Told(NamedTuple):
    """One record explained, with what Enginy would get for it.

    Attributes:
        it: the explanation.
        looked_for: the answer of a sync as JSON; `exported`: that of a create, or empty where it
            bears an id that nobody has yet.
    """

    it: Explanation
    looked_for: str
    exported: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What somebody wants to have explained.

    Attributes:
        kind: of the records.
        text: in the box.
        as_new: whether the external ids are taken as never seen.
        explain: whether there is something to explain.
        trace: the item of a call that it is about.
    """

    kind: Kind = Kind.CONTACT
    text: str = ""
    as_new: bool = False
    explain: bool = True
    trace: Trace | None = None
    call: int = 0


def matching(visit: Visit) -> Reply:
    """GET /view/matching: the box, empty or filled from an example, a record or a call."""
    kind = Kind(choice_of(visit.query, "kind", Kind) or Kind.CONTACT)
    example = choice_of(visit.query, "example", EXAMPLES)
    if example:
        of_kind, _, values = EXAMPLES[example]
        return _page(visit, _Asked(kind=of_kind, text=written(values)))
    if value_of(visit.query, "record"):
        return _page(visit, _of_record(visit, kind))
    if value_of(visit.query, "call"):
        return _page(visit, _of_call(visit))
    return _page(visit, _Asked(kind=kind, explain=False))


def explain(visit: Visit) -> Reply:
    """POST /view/matching. It explains and stores nothing."""
    form = visit.form
    return _page(
        visit,
        _Asked(
            kind=_kind_of(form.get("kind")),
            text=form.get("body", ""),
            as_new=form.get("as_new") == "yes",
        ),
    )


def _kind_of(told: str | None) -> Kind:
    return Kind.COMPANY if told == Kind.COMPANY else Kind.CONTACT


def _of_record(visit: Visit, kind: Kind) -> _Asked:
    """A stored record, as if it came anew.

    Raises:
        PageNotFound: there is none with this id.
    """
    record_id = value_of(visit.query, "record") or ""
    page = visit.desk.catalogue.record_page(kind, record_id) if visit.desk.own_data else None
    if page is None:
        raise PageNotFound
    external_id = page.external_ids[0].external_id if page.external_ids else "new"
    values = {EXTERNAL_ID: external_id, **page.record.properties}
    return _Asked(kind=kind, text=written(values), as_new=flag_of(visit.query, "as_new") is True)


def _of_call(visit: Visit) -> _Asked:
    """One item of a call received.

    Raises:
        PageNotFound: there is no such call, or it has no such item.
    """
    line = call_line(visit, value_of(visit.query, "call") or "")
    place = value_of(visit.query, "item") or ""
    items = {str(item.index): item for item in line.call.tally.items}
    if place not in items:
        raise PageNotFound
    trace = trace_item(visit.desk.backend, visit.desk.catalogue, line.call, items[place])
    text = written(trace.values) if trace.values else ""
    recognised = trace.item.effect == Effect.LINKED
    return _Asked(
        kind=trace.kind,
        text=text,
        as_new=recognised,
        explain=bool(text),
        trace=trace,
        call=line.number,
    )


def _page(visit: Visit, asked: _Asked, problem: str = "") -> Page:
    """The page; what cannot be read is told beside the box, with status 422."""
    pasted: Pasted | None = None
    problems: Sequence[Problem] = ()
    if asked.explain:
        try:
            pasted = read_pasted(asked.kind, asked.text)
        except InvalidRequest as error:
            problems = error.problems
        except (MalformedJson, BatchTooLarge) as error:
            problems = [Problem("", str(error))]
    kind = pasted.kind if pasted else asked.kind
    explained = _explained(visit, kind, pasted.records if pasted else (), as_new=asked.as_new)
    context = {
        "asked": asked,
        "kind": kind,
        "explained": explained,
        "left": pasted.left if pasted else 0,
        "problems": problems,
        "problem": problem,
        "names": _names(visit, explained, asked.trace),
        "owners": names_of_owners(visit),
        "chains": {one: _chain(visit, one) for one in Kind},
        "examples": EXAMPLES,
        "most": MAX_PASTED,
        "words": LINK_WORDS,
        "strong": {*visit.desk.rule_book.rules(kind).strong, EXTERNAL_ID},
        "verdicts": VERDICTS,
        "why_not": why_not,
        "weaknesses": WEAKNESSES,
        "reason_links": REASON_LINKS,
        "objection_words": objection_words,
        "told_of": told_of,
        "changes": _changes,
    }
    return Page("matching.html", context, UNPROCESSABLE if problems or problem else 200)


def _explained(
    visit: Visit, kind: Kind, records: Iterable[Mapping[str, Any]], *, as_new: bool
) -> list[Told]:
    rules, explained = visit.desk.rule_book.rules(kind), []
    for record in records:
        it = explain_record(visit.desk.backend, rules, record, as_new=as_new)
        found = [SyncedRecord(*it.synced)] if it.synced else []
        outcome = it.outcome
        made = [CreatedRecord(outcome.id, outcome.record_id)] if outcome.record_id else []
        exported = _json(CreatedRecords(made)) if made else ""
        explained.append(Told(it, _json(SyncedRecords(found)), exported))
    return explained


def _json(message: msgspec.Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(message), indent=2).decode()


def _changes(it: Explanation) -> list[tuple[str, Any, Any]]:
    """What an export changes: property, value now, value then. One more name is told apart."""
    return [(n, it.old.get(n), value) for n, value in it.new.items() if n != EXTERNAL_ID]


def _names(visit: Visit, explained: Iterable[Told], trace: Trace | None) -> Mapping[str, str]:
    """The names of all records that are spoken of, where they can be known."""
    ids = {""}
    for it in (one.it for one in explained):
        ids |= {holder.id for step in it.steps for one in step.tried for holder in one.holders}
        ids |= {record_id for pair in it.doubts for record_id in pair[:2]}
        ids.add(it.outcome.record_id)
    if trace:
        ids |= {trace.item.record_id, trace.whereabouts.record_id if trace.whereabouts else ""}
    known = visit.desk.catalogue.names(ids - {""}) if visit.desk.own_data else {}
    return {one: named.name for one, named in known.items()}


class Chain(NamedTuple):
    """The chain of one kind, as its card shows it.

    Attributes:
        links: in force, the first looked at first; `off`: those that are switched off.
        usual: as the server's settings have it.
        chosen: whether an admin has chosen it.
        change: who did last, and when; None if nobody ever has.
    """

    links: tuple[str, ...]
    off: tuple[str, ...]
    usual: tuple[str, ...]
    chosen: bool
    change: Any


def _chain(visit: Visit, kind: Kind) -> Chain:
    book = visit.desk.rule_book
    links = book.rules(kind).chain
    changes = visit.desk.catalogue.history(f"rules_{kind}", None, _CHANGES)
    return Chain(
        links=links,
        off=tuple(link for link in LINKS[kind] if link not in links),
        usual=book.as_set(kind).chain,
        chosen=book.choice(kind).chain is not None,
        change=next((one for one in changes if "chain" in one.new), None),
    )


def change_chain(visit: Visit) -> Reply:
    """POST /view/matching/chain: move a link, switch one on or off, or go back to the settings."""
    kind = _kind_of(visit.form.get("kind"))
    book = visit.desk.rule_book
    before = book.choice(kind).chain
    try:
        book.change_chain(kind, lambda chain: _moved(chain, visit.form), visit.origin)
    except InvalidRequest as error:
        return _page(visit, _Asked(kind=kind, explain=False), told(error))
    back = {"do": "reset"} if before is None else {"do": "set", "chain": ",".join(before)}
    undo = Undo(CHAIN, {"kind": kind, **back})
    return Redirect(
        f"/view/matching?kind={kind}#chain", toast=Toast("The order holds from now on", undo)
    )


def _moved(chain: Sequence[str], form: Mapping[str, str]) -> Sequence[str] | None:
    """The chain after what a form asks for; None for the settings' own.

    Raises:
        InvalidRequest: it asks for nothing that can be done.
    """
    link, links = form.get("link", ""), list(chain)
    match form.get("do"):
        case "reset":
            return None
        case "set":
            return form.get("chain", "").split(",")
        case "on":
            return [*(one for one in links if one != link), link]
        case "off":
            return [one for one in links if one != link]
        case "up" | "down" as way if link in links:
            here = links.index(link)
            there = max(0, here - 1) if way == "up" else here + 1
            links.insert(there, links.pop(here))
            return links
    raise InvalidRequest([Problem("order", "was not said")])
