"""Merge the figures of former communes into the new one: added, averaged, or asked again by the rule of the element.

Rules:
* `sum` adds, `average` takes the plain mean, `average:ELEMENT` weighs by that figure of each commune; anything else,
  and whatever one of the communes lacks, is asked again. Nothing is estimated in its place.
* A figure the new commune has already is left alone; so is a year it has closed.
* What two sources of a former commune disagree on is asked again until one of them was chosen there.
* Everything can be looked at before anything is stored; a copy of the workspace is taken first.
* Hamlets and lines of registers come over with their ids, so their figures stay with them.
* What each commune gave is kept beside the figure; all of it is one step of undo.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

from ntm_desktop.errors import Refused
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import NUMBERS, Element, ValueType
from ntm_desktop.facts.fact import Claim, FactKey, Provenance
from ntm_desktop.facts.folding import one_line
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.facts.period import period_year
from ntm_desktop.facts.subject import COMMUNE, Commune
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import beside
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.locked import locked_years
from ntm_desktop.operations.packs import Before, copied_before, copy_before
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.journal import Clock, Watch, moment
from ntm_desktop.workspace.mergers import FormerCommune, NewFormerCommune, NewShare, Share
from ntm_desktop.workspace.states import NewClaim, NewHamlet, NewRecord, NewState

__all__ = [
    "FormerCommune",
    "Ground",
    "Merged",
    "Merger",
    "NotAMerger",
    "Part",
    "Seen",
    "Share",
    "Taken",
    "commune_on",
    "finish",
    "given_by",
    "ground",
    "look",
    "merge",
    "shares_of",
    "take",
    "take_beside",
]

ASK, SUM, AVERAGE = "ask", "sum", "average"


@dataclass(eq=False)
class NotAMerger(Refused):
    """Say that what was named cannot become part of this commune."""

    folder: str

    code: ClassVar[str] = "not_a_merger"
    what: ClassVar[str] = "{folder} is this workspace itself, or was merged into it already."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Name the workspaces of the former communes, each once."


@dataclass(frozen=True, slots=True)
class Merged:
    """One figure of the new commune, or why it is asked again."""

    key: FactKey
    element: Element
    rule: str
    value: Fraction | None
    """None: it is asked again."""
    reason: str
    """Why: `ask` (the rule says so), `missing` (a commune lacks it), `weight`, `not_whole`, `conflict`, `locked`,
    `kept`; empty: taken."""
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A former commune with its figures."""

    commune: Commune
    book: FactBook


@dataclass(frozen=True, slots=True)
class Ground:
    """What a look at former communes needs of the new one; may go to a job."""

    workspace: str
    who: str
    clock: Clock
    elements: Mapping[str, Element]
    known: frozenset[str]
    """Codes of the communes merged before."""
    there: frozenset[FactKey]
    """Figures the new commune has already."""
    locked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a merger would bring; nothing of it is stored."""

    parts: tuple[Part, ...]
    figures: tuple[Merged, ...]

    @property
    def taken(self) -> tuple[Merged, ...]:
        """The figures that are added or averaged."""
        return tuple(one for one in self.figures if one.value is not None)

    @property
    def asked(self) -> tuple[Merged, ...]:
        """The figures that must be entered anew."""
        return tuple(one for one in self.figures if one.value is None and one.reason != "kept")

    @property
    def hamlets(self) -> int:
        """How many hamlets come over."""
        return sum(len(part.book.hamlets) for part in self.parts)

    @property
    def records(self) -> int:
        """How many lines of registers come over."""
        return sum(len(part.book.records) for part in self.parts)

    @property
    def same_names(self) -> tuple[str, ...]:
        """Names that more than one of the hamlets has."""
        names = Counter(hamlet.name for part in self.parts for hamlet in part.book.hamlets)
        return tuple(name for name, count in names.items() if count > 1)


@dataclass(frozen=True, slots=True)
class Planned:
    """What is going to be stored."""

    formers: tuple[FormerCommune, ...]
    seen: Seen
    states: Sequence[NewState]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a job has stored; the desk has to take it over."""

    plan: Planned
    copy: Path
    """The copy from before."""
    stored: beside.Stored


@dataclass(frozen=True, slots=True)
class Merger:
    """What a merger brought."""

    formers: tuple[FormerCommune, ...]
    seen: Seen
    copy: Path
    """The copy from before."""
    change: Change


def ground(desk: Desk) -> Ground:
    """Return what `look` needs of the new commune. Raises WorkspaceReadOnly."""
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))
    return Ground(
        desk.workspace.id,
        desk.who,
        desk.clock,
        elements(desk),
        frozenset(one.commune.code for one in desk.workspace.former_communes()),
        frozenset(desk.workspace.book.facts),
        locked_years(desk),
    )


def look(base: Ground, folders: Sequence[Path]) -> Seen:
    """Read the former communes and work out what a merger would bring; may run in a job.

    Raises NotAMerger, and what `Workspace.open` raises.
    """
    parts = tuple(_read(base, folder) for folder in folders)
    codes = [part.commune.code for part in parts]
    for folder, code in zip(folders, codes, strict=True):
        if code in base.known or codes.count(code) > 1:
            raise NotAMerger(str(folder))
    return Seen(parts, tuple(_figures(base, parts)))


def merge(desk: Desk, folders: Sequence[Path], on: date, document: str) -> Merger:
    """Look at former communes and take them in; the first one is the seat. Raises what `look` and `take` raise."""
    return take(desk, look(ground(desk), folders), on, document)


def take(desk: Desk, seen: Seen, on: date, document: str, before: Before | None = None) -> Merger:
    """Take in the figures, hamlets and registers of former communes; the first one is the seat.

    `on` is the first day of the new commune; `before` is a copy taken already. What was entered here since the look
    is left alone. Evidence and dossiers stay where they are.
    Raises WorkspaceReadOnly, what `copied_before` raises, and what `Desk.record` raises.
    """
    plan = _planned(ground(desk), seen, on, document)
    copy = copied_before(desk, "before-merger", before)
    return Merger(plan.formers, plan.seen, copy, desk.record(plan.states, "merge"))


def take_beside(desk: Desk, base: Ground, seen: Seen, on: date, document: str, watch: Watch) -> Taken:
    """Do what `take` does in a job: copy, work out, store; the desk has to take it over (`finish`).

    Raises as `take`, StoringBeside, and what `watch` raises; then nothing was changed.
    """
    before = copy_before(desk.workspace, "before-merger")
    plan = _planned(base, seen, on, document)
    return Taken(plan, before.copy, beside.record(desk, plan.states, "merge", watch))


def finish(desk: Desk, taken: Taken) -> Merger:
    """Take over what a job has stored."""
    return Merger(taken.plan.formers, taken.plan.seen, taken.copy, beside.take_over(desk, taken.stored))


def _planned(base: Ground, seen: Seen, on: date, document: str) -> Planned:
    seen = Seen(seen.parts, tuple(_figures(base, seen.parts)))
    formers = tuple(
        FormerCommune(part.commune, on, one_line(document), seat=number == 0 and not base.known)
        for number, part in enumerate(seen.parts)
    )
    states = [*_communes(formers), *_places(seen.parts), *_claims(base, seen.figures, formers)]
    states += [state for part in seen.parts for state in _of_places(part)]
    return Planned(formers, seen, states)


def _read(base: Ground, folder: Path) -> Part:
    with Workspace.open(folder, who=base.who, clock=base.clock, read_only=True) as former:
        if former.id == base.workspace:
            raise NotAMerger(str(folder))
        return Part(former.commune, former.book)


def _figures(base: Ground, parts: Sequence[Part]) -> Iterator[Merged]:
    """Yield every figure of the communes themselves that one of them has, by element and period."""
    keys = {
        key
        for part in parts
        for key in part.book.facts
        if key.subject == COMMUNE and key.element in base.elements
    }
    for key in sorted(keys):
        facts = {part.commune.code: fact for part in parts if (fact := part.book.fact(key)) is not None}
        shares = tuple(Share(key, code, fact.claims[0].text) for code, fact in facts.items())
        element = base.elements[key.element]
        value, reason = combined(element, key, [part.book for part in parts])
        if value is not None and any(fact.in_conflict for fact in facts.values()):
            value, reason = None, "conflict"
        if key in base.there:
            value, reason = None, "kept"
        elif period_year(key.period) in base.locked:
            value, reason = None, "locked"
        yield Merged(key, element, element.merge, value, reason, shares)


def combined(element: Element, key: FactKey, books: Sequence[FactBook]) -> tuple[Fraction | None, str]:
    """Return the figure of the new commune by the rule of the element, or why it is asked again.

    What one former commune lacks is never taken for zero: neither its figure nor its weight.
    """
    rule, colon, weight = element.merge.partition(":")
    if rule not in {SUM, AVERAGE} or element.type not in NUMBERS:
        return None, ASK
    values = [value for book in books if isinstance(value := book.values.get(key), Fraction)]
    if len(values) < len(books):
        return None, "missing"
    if rule == SUM:
        return sum(values, Fraction(0)), ""
    weights = [Fraction(1)] * len(books)
    if colon:
        found = [book.values.get(key._replace(element=weight)) for book in books]
        weights = [one for one in found if isinstance(one, Fraction)]
    total = sum(weights, Fraction(0))
    if len(weights) < len(books) or not total:
        return None, "weight"
    mean = sum((value * one for value, one in zip(values, weights, strict=True)), Fraction(0)) / total
    whole = element.type is not ValueType.INTEGER or mean.denominator == 1
    return (mean, "") if whole else (None, "not_whole")


def _communes(formers: Sequence[FormerCommune]) -> Iterator[NewState]:
    for one in formers:
        yield NewFormerCommune(one.commune.code, one)


def _places(parts: Sequence[Part]) -> Iterator[NewState]:
    for part in parts:
        for hamlet in part.book.hamlets:
            yield NewHamlet(hamlet.id, hamlet)
        for record in part.book.records:
            yield NewRecord(record.id, record)


def _of_places(part: Part) -> Iterator[NewState]:
    """Yield the figures of hamlets and lines: they are what they were."""
    for key, fact in part.book.facts.items():
        if key.subject != COMMUNE:
            for claim in fact.claims:
                yield NewClaim(key, claim.provenance.source, claim)


def _claims(base: Ground, figures: Sequence[Merged], formers: Sequence[FormerCommune]) -> Iterator[NewState]:
    names = ", ".join(one.commune.name for one in formers)
    source = _("Merger: {names}").format(names=names)
    document = formers[0].document if formers else ""
    provenance, at = Provenance(source, document), moment(base.clock)
    for one in figures:
        for share in one.shares:
            yield NewShare(one.key, share.former, share.text)
        if one.value is not None:
            shown = one.value * 100 if one.element.type is ValueType.PERCENT else one.value
            claim = Claim(uuid.uuid4().hex, show_number(shown), one.value, None, provenance, base.who, at)
            yield NewClaim(one.key, source, claim)


def commune_on(desk: Desk, day: date) -> Commune:
    """Return the unit as it was on a day: before a merger the former commune that dossiers are named by."""
    formers = desk.workspace.former_communes()
    return next((one.commune for one in formers if one.seat and day < one.until), desk.commune)


def shares_of(desk: Desk, key: FactKey) -> tuple[tuple[FormerCommune, Share], ...]:
    """Return which former commune gave what to a figure."""
    formers = {one.commune.code: one for one in desk.workspace.former_communes()}
    return tuple((formers[one.former], one) for one in desk.workspace.shares() if one.key == key)


def given_by(desk: Desk, code: str) -> tuple[Share, ...]:
    """Return the reverse view: everything one former commune gave."""
    return tuple(one for one in desk.workspace.shares() if one.former == code)
