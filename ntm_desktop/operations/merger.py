"""Merge the figures of former communes into the new one: added, averaged, or asked again by the rule of the element.

Rules:
* `sum` adds, `average` takes the plain mean, `average:ELEMENT` weighs by that figure of each commune; anything else,
  and whatever one of the communes lacks, is asked again. Nothing is estimated in its place.
* A figure the new commune has already is left alone.
* Hamlets and lines of registers come over with their ids, so their figures stay with them.
* What each commune gave is kept beside the figure; all of it is one step of undo.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
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
from ntm_desktop.facts.subject import COMMUNE, Commune
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.elements import elements
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.mergers import FormerCommune, NewFormerCommune, NewShare, Share
from ntm_desktop.workspace.states import NewClaim, NewHamlet, NewRecord, NewState

__all__ = [
    "FormerCommune",
    "Merged",
    "Merger",
    "NotAMerger",
    "Share",
    "commune_on",
    "given_by",
    "merge",
    "shares_of",
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
    """Why: `ask` (the rule says so), `missing` (a commune lacks it), `weight`, `not_whole`, `kept`; empty: taken."""
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Merger:
    """What a merger brought."""

    formers: tuple[FormerCommune, ...]
    figures: tuple[Merged, ...]
    hamlets: int
    records: int
    change: Change

    @property
    def taken(self) -> tuple[Merged, ...]:
        """The figures that were added or averaged."""
        return tuple(one for one in self.figures if one.value is not None)

    @property
    def asked(self) -> tuple[Merged, ...]:
        """The figures that must be entered anew."""
        return tuple(one for one in self.figures if one.value is None and one.reason != "kept")


@dataclass(frozen=True, slots=True)
class _Part:
    """A former commune with its figures."""

    commune: Commune
    book: FactBook


def merge(desk: Desk, folders: Sequence[Path], on: date, document: str) -> Merger:
    """Take in the figures, hamlets and registers of former communes; the first one is the seat.

    `on` is the first day of the new commune. Evidence and dossiers stay where they are.
    Raises NotAMerger, WorkspaceReadOnly, what `Workspace.open` raises, and what `Desk.record` raises.
    """
    if desk.workspace.read_only:
        raise WorkspaceReadOnly(str(desk.workspace.folder))
    with ExitStack() as opened:
        parts = [_read(desk, folder, opened) for folder in folders]
        codes = [part.commune.code for part in parts]
        known = {one.commune.code for one in desk.workspace.former_communes()}
        for folder, code in zip(folders, codes, strict=True):
            if code in known or codes.count(code) > 1:
                raise NotAMerger(str(folder))
        figures = tuple(_figures(desk, parts))
        formers = tuple(
            FormerCommune(part.commune, on, one_line(document), seat=number == 0 and not known)
            for number, part in enumerate(parts)
        )
        states = [*_communes(formers), *_places(parts), *_claims(desk, figures, formers)]
        states += [state for part in parts for state in _of_places(part)]
        change = desk.record(states, "merge")
        hamlets = sum(len(part.book.hamlets) for part in parts)
        return Merger(formers, figures, hamlets, sum(len(part.book.records) for part in parts), change)


def _read(desk: Desk, folder: Path, opened: ExitStack) -> _Part:
    former = opened.enter_context(Workspace.open(folder, who=desk.who, clock=desk.clock, read_only=True))
    if former.id == desk.workspace.id:
        raise NotAMerger(str(folder))
    return _Part(former.commune, former.book)


def _figures(desk: Desk, parts: Sequence[_Part]) -> Iterator[Merged]:
    """Yield every figure of the communes themselves that one of them has, by element and period."""
    known = elements(desk)
    keys = {
        key for part in parts for key in part.book.facts if key.subject == COMMUNE and key.element in known
    }
    for key in sorted(keys):
        shares = tuple(
            Share(key, part.commune.code, fact.claims[0].text)
            for part in parts
            if (fact := part.book.fact(key)) is not None
        )
        element = known[key.element]
        value, reason = combined(element, key, [part.book for part in parts])
        if desk.workspace.book.fact(key) is not None:
            value, reason = None, "kept"
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


def _places(parts: Sequence[_Part]) -> Iterator[NewState]:
    for part in parts:
        for hamlet in part.book.hamlets:
            yield NewHamlet(hamlet.id, hamlet)
        for record in part.book.records:
            yield NewRecord(record.id, record)


def _of_places(part: _Part) -> Iterator[NewState]:
    """Yield the figures of hamlets and lines: they are what they were."""
    for key, fact in part.book.facts.items():
        if key.subject != COMMUNE:
            for claim in fact.claims:
                yield NewClaim(key, claim.provenance.source, claim)


def _claims(desk: Desk, figures: Sequence[Merged], formers: Sequence[FormerCommune]) -> Iterator[NewState]:
    names = ", ".join(one.commune.name for one in formers)
    source = _("Merger: {names}").format(names=names)
    document = formers[0].document if formers else ""
    for one in figures:
        for share in one.shares:
            yield NewShare(one.key, share.former, share.text)
        if one.value is not None:
            shown = one.value * 100 if one.element.type is ValueType.PERCENT else one.value
            provenance = Provenance(source, document)
            claim = Claim(
                uuid.uuid4().hex, show_number(shown), one.value, None, provenance, desk.who, desk.now_utc()
            )
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
