"""The register of figures by year: each typed once, with everything that reads it.

The rows are the figures of the commune that the sets of its dossiers ask for or read, in the order of the chosen set;
the columns are years. What differs, is missing, estimated or locked can be asked for alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ntm_desktop.criteria.changes import asked_over, change_of
from ntm_desktop.criteria.compiled import CompiledSet
from ntm_desktop.criteria.estimates import is_estimate
from ntm_desktop.criteria.evaluate import reevaluate
from ntm_desktop.criteria.inputs import inputs
from ntm_desktop.criteria.verdicts import Situation, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Element, SubjectKind
from ntm_desktop.facts.fact import Claim, Fact, FactKey
from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.numerals import show_percent
from ntm_desktop.facts.period import PeriodKind, reading_period
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.i18n import Text
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import listed
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.locked import locked_years


class View(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    CONFLICT = "conflict"
    MISSING = "missing"
    ESTIMATED = "estimated"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of the commune."""

    element: Element
    group: Text
    """Name of the criterion that asks for it first."""
    codes: tuple[str, ...]
    """Indicators of the chosen set that read it, then those of others with the name of their set."""

    def key(self, year: int) -> FactKey:
        """Return its fact of a year."""
        return FactKey(self.element.name, COMMUNE, reading_period(self.element.period, year))


@dataclass(frozen=True, slots=True)
class Use:
    """An indicator that reads a figure, with its verdict in the newest dossier of its set."""

    dossier: str
    set_title: Text
    code: str
    name: Text
    verdict: Verdict
    estimated: bool
    """The verdict rests on an estimate or on a figure carried over that nobody confirmed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one indicator comes to with one source's figure."""

    code: str
    verdict: Verdict


def entries(desk: Desk) -> tuple[Entry, ...]:
    """Return the figures of the commune with a year, in the order of the chosen set, then of the others."""
    asked: dict[str, list[tuple[str, Text]]] = {}
    for compiled, is_chosen in _sets(desk):
        for element, code, group in _asked(compiled):
            title = compiled.source.short_title
            words = code if is_chosen else f"{title} {code}"
            there = asked.setdefault(element, [])
            if words not in [known for known, _group in there]:
                there.append((words, group))
    known = elements(desk)
    return tuple(
        Entry(known[name], found[0][1], tuple(words for words, _group in found))
        for name, found in asked.items()
        if name in known
        and known[name].subject is SubjectKind.COMMUNE
        and known[name].period is not PeriodKind.NONE
    )


def _sets(desk: Desk) -> list[tuple[CompiledSet, bool]]:
    """Return the chosen set, then the newest version of every other set that has a dossier."""
    chosen = [] if desk.set is None else [(desk.compiled, True)]
    ids = {compiled.source.id for compiled, _chosen in chosen}
    for dossier in listed(desk):
        if dossier.set_id not in ids:
            ids.add(dossier.set_id)
            chosen.append((desk.library.by_hash(dossier.set_sha256), False))
    return chosen


def _asked(compiled: CompiledSet) -> Iterator[tuple[str, str, Text]]:
    """Yield element, indicator and criterion of whatever an indicator asks for or reads."""
    for criterion in compiled.source.criteria:
        for indicator in criterion.indicators:
            for requirement in indicator.requirements:
                fields = [field.element for field in requirement.fields]
                read = sorted(compiled.requirements[requirement.code].elements)
                for element in dict.fromkeys((*fields, *read)):
                    yield element, indicator.code, criterion.short_name


def years_shown(desk: Desk) -> tuple[int, ...]:
    """Return the years of the register: three before the one that is worked on, and that one last."""
    now = desk.dossier.year if desk.dossier is not None else desk.now().year
    return tuple(range(now - 3, now + 1))


def select(desk: Desk, rows: Iterable[Entry], view: View, query: str = "") -> tuple[Entry, ...]:
    """Return the rows of a view that match what is looked for, with or without marks."""
    year, locked = years_shown(desk)[-1], locked_years(desk)
    words = fold(query).split()
    book = desk.book.facts
    return tuple(
        entry
        for entry in rows
        if _is_in(view, entry, book, year, locked) and all(word in _text(entry) for word in words)
    )


def _text(entry: Entry) -> str:
    label = entry.element.label
    return fold(" ".join((label.vi, label.en, str(label), entry.element.unit, *entry.codes)))


def _is_in(view: View, entry: Entry, book: Mapping[FactKey, Fact], year: int, locked: frozenset[int]) -> bool:
    fact = book.get(entry.key(year))
    claim = fact.in_use if fact is not None else None
    return {
        View.ALL: True,
        View.CONFLICT: fact is not None and fact.in_conflict,
        View.MISSING: claim is None or claim.value is None,
        View.ESTIMATED: claim is not None and claim.provenance.estimated,
        View.LOCKED: any(entry.key(one) in book for one in locked),
    }[view]


def change_since(entry: Entry, desk: Desk, year: int) -> Fraction | None:
    """Return the change against the year before as a part of it; None where there is nothing to compare."""
    now, then = (desk.book.values.get(entry.key(one)) for one in (year, year - 1))
    return change_of(now, then)


def is_unusual(entry: Entry, desk: Desk, year: int) -> bool:
    """Say whether the change against the year before is asked about, by the pack or else by the program."""
    return asked_over(entry.element, desk.set).about(change_since(entry, desk, year))


def change_words(change: Fraction | None) -> str:
    """Return a change with its sign: "+1,05 %"."""
    if change is None:
        return "\u2013"
    sign = "+" if change > 0 else "\u2212" if change < 0 else ""
    return f"{sign}{show_percent(abs(change), 2)}"


def uses(desk: Desk, entry: Entry, year: int) -> tuple[Use, ...]:
    """Return the indicators that read a figure, in the dossiers of a year."""
    found = []
    for dossier in listed(desk):
        if dossier.year != year:
            continue
        compiled = desk.library.by_hash(dossier.set_sha256)
        evaluation, situation = desk.evaluate(dossier), desk.situation_of(dossier)
        readers = compiled.readers.get(entry.element.name, frozenset())
        for indicator in compiled.source.indicators():
            mine = [one.code for one in indicator.requirements if one.code in readers]
            if mine:
                estimated = any(_estimated(desk, compiled, situation, code) for code in mine)
                found.append(
                    Use(
                        dossier.id,
                        compiled.source.short_title,
                        indicator.code,
                        indicator.short_name,
                        evaluation.indicators[indicator.code].verdict,
                        estimated,
                    )
                )
    return tuple(found)


def estimated_inputs(desk: Desk, code: str) -> tuple[FactKey, ...]:
    """Return the figures behind the verdict on a requirement that are estimates, or carried over and not confirmed."""
    if desk.dossier is None:
        return ()
    return _estimated(desk, desk.compiled, desk.situation, code)


def _estimated(desk: Desk, compiled: CompiledSet, situation: Situation, code: str) -> tuple[FactKey, ...]:
    marked, facts = desk.workspace.carried(), situation.book.facts
    found = []
    for one in inputs(compiled, situation, code):
        fact = facts.get(one.key)
        if is_estimate(fact) or (fact is not None and one.key in marked):
            found.append(one.key)
    return tuple(found)


def outcomes(desk: Desk, key: FactKey, claim: Claim) -> tuple[Outcome, ...]:
    """Return what the indicators of the chosen set come to with one source's figure; nothing is changed by asking."""
    if desk.dossier is None:
        return ()
    compiled, situation = desk.compiled, desk.situation
    book = situation.book
    fact = Fact(key, (claim,))
    tried = FactBook(
        (fact if one.key == key else one for one in book.facts.values()),
        hamlets=book.hamlets,
        records=book.records,
        profile=book.profile,
    )
    there = Situation(
        tried, situation.year, situation.assessed_on, situation.confirmations, situation.library
    )
    evaluation = reevaluate(compiled, there, desk.evaluation, (key,))
    readers = compiled.readers.get(key.element, frozenset())
    return tuple(
        Outcome(indicator.code, evaluation.indicators[indicator.code].verdict)
        for indicator in compiled.source.indicators()
        if any(one.code in readers for one in indicator.requirements)
    )
