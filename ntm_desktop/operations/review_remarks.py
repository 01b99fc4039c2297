"""What a reviewer writes about a dossier that came in: remarks, rounds, own values; and what changed since last time.

Remarks belong to the dossier and go along to its next revision with their state; values of one's own belong to the
revision they were compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation
from ntm_desktop.dossier.verification import Verification, VerificationReport
from ntm_desktop.errors import Damaged, Refused
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Element
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Problem
from ntm_desktop.facts.folding import nfc, one_line
from ntm_desktop.facts.text import read
from ntm_desktop.operations.review_desk import Incoming, ReviewDesk, Standing
from ntm_desktop.operations.verify import Certificate, load_anchors, verify_with
from ntm_desktop.snapshot.content import DossierContent
from ntm_desktop.snapshot.difference import Difference, FigureChange, difference
from ntm_desktop.snapshot.return_slip import LONGEST_REMARK, Demand, Remark, RoundKind
from ntm_desktop.workspace.review_notes import Appraised, Kept, RemarkState, Round

__all__ = [
    "Appraised",
    "Demand",
    "Difference",
    "FigureChange",
    "Kept",
    "Opened",
    "Remark",
    "RemarkState",
    "Round",
    "RoundKind",
    "add_remark",
    "add_round",
    "appraise",
    "change_remark",
    "changed_since",
    "difference",
    "open_dossier",
    "predecessor",
    "read_dossier",
    "recomputed",
]


@dataclass(eq=False)
class StoredDossierChanged(Damaged):
    """Say that a dossier is no longer what it was when it came in."""

    path: str

    code: ClassVar[str] = "stored_dossier_changed"
    what: ClassVar[str] = "The dossier {path} is no longer what it was when it came in."
    safe: ClassVar[str] = "Remarks and rounds are kept; nothing was changed."
    next_step: ClassVar[str] = "Put the file that the commune sent in its place, and look at the disk."


@dataclass(eq=False)
class NoSuchPlace(Refused):
    """Say that the set of a dossier has no such requirement, figure or evidence."""

    place: str

    code: ClassVar[str] = "no_such_place"
    what: ClassVar[str] = "The dossier has nothing called {place}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Use the code of an indicator or a requirement, as the dossier shows it."


@dataclass(eq=False)
class NoSuchRemark(Refused):
    """Say that a dossier has no remark of that number."""

    number: int

    code: ClassVar[str] = "no_such_remark"
    what: ClassVar[str] = "The dossier has no remark {number}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "List the remarks and choose one of them."


@dataclass(eq=False)
class NothingWritten(Refused):
    """Say that a remark has no words, or more than a slip carries."""

    most: int = LONGEST_REMARK

    code: ClassVar[str] = "nothing_written"
    what: ClassVar[str] = "A remark needs words, at most {most} characters."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Write what the commune is to correct or to answer."


@dataclass(eq=False)
class ValueUnreadable(Refused):
    """Say that the reviewer's own value cannot be read."""

    text: str
    problem: Problem

    code: ClassVar[str] = "value_unreadable"
    what: ClassVar[str] = "{text} cannot be read as a value of this figure."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Write it as the commune would, for example 1.234,5."


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier read from its file: what it swears to, and what verifying found now."""

    incoming: Incoming
    report: VerificationReport
    content: DossierContent

    @property
    def set(self) -> CriterionSet | None:
        """The set in the file; None: this program cannot read it."""
        return self.report.replay.set

    @property
    def evaluation(self) -> Evaluation:
        """The verdicts, recomputed where that can be done."""
        return self.report.replay.evaluation or self.content.evaluation

    @property
    def codes(self) -> frozenset[str]:
        """What a remark can be about."""
        return frozenset(self.evaluation.indicators) | frozenset(self.evaluation.requirements)


def open_dossier(desk: ReviewDesk, identity: str) -> Opened:
    """Read and verify a dossier that came in; may take its time with a large one.

    Raises NotTakenIn, StoredDossierChanged, NotAContainer, FileUnreadable, NoCertificate.
    """
    incoming = desk.dossier(identity)
    anchors = load_anchors(desk.folder.anchors())
    return read_dossier(incoming, desk.folder.path_of(incoming.identity), anchors, desk.now())


def read_dossier(incoming: Incoming, path: Path, anchors: Sequence[Certificate], at: datetime) -> Opened:
    """Read and verify the file of a dossier; touches no database, so it may run in a job. Raises as `open_dossier`."""
    report = verify_with(path, anchors=anchors, at=at)
    content = report.content
    if report.identity != incoming.identity or report.verification is Verification.INVALID or content is None:
        raise StoredDossierChanged(str(path))
    return Opened(incoming, report, content)


def add_remark(desk: ReviewDesk, opened: Opened, remark: Remark) -> int:
    """Write a new remark and return its number. Raises NothingWritten, NoSuchPlace."""
    text = _words(remark.text)
    hashes = {filed.evidence.sha256 for filed in opened.content.evidence}
    if remark.requirement not in opened.codes:
        raise NoSuchPlace(remark.requirement)
    if remark.evidence and remark.evidence not in hashes:
        raise NoSuchPlace(remark.evidence)
    if remark.fact is not None:
        _element(opened, remark.fact)
    made = replace(remark, number=0, text=text)
    kept = Kept(made, opened.incoming.identity, RemarkState.OPEN, "", desk.who, desk.now_utc())
    number = desk.folder.notes.put(opened.incoming.dossier, kept)
    _begin(desk, opened.incoming)
    return number


def change_remark(
    desk: ReviewDesk, dossier: str, number: int, *, text: str | None = None, state: RemarkState | None = None
) -> None:
    """Write another text, or say how far a remark is. Raises NoSuchRemark, NothingWritten."""
    for kept in desk.folder.notes.remarks(dossier):
        if kept.remark.number == number:
            remark = kept.remark if text is None else replace(kept.remark, text=_words(text))
            desk.folder.notes.put(dossier, replace(kept, remark=remark, state=state or kept.state))
            return
    raise NoSuchRemark(number)


def add_round(
    desk: ReviewDesk, incoming: Incoming, kind: RoundKind, day: str, finding: str, who: str = ""
) -> None:
    """Write that a round was held on a day (ISO 8601), by whom, and what came of it."""
    held = Round(
        incoming.identity, kind, one_line(who) or desk.who, day, nfc(finding).strip(), desk.now_utc()
    )
    desk.folder.notes.add_round(held)
    _begin(desk, incoming)


def appraise(desk: ReviewDesk, opened: Opened, key: FactKey, text: str, basis: str = "") -> Evaluation:
    """Put the reviewer's own value beside the commune's, or take it back; return the verdicts with all of them.

    Raises NoSuchPlace, ValueUnreadable.
    """
    reading = read(_element(opened, key), text)
    if reading.problem is not None:
        raise ValueUnreadable(one_line(text), reading.problem)
    written = "" if reading.value is None else reading.text
    one = Appraised(key, written, one_line(basis), desk.who, desk.now_utc())
    desk.folder.notes.appraise(opened.incoming.identity, one)
    _begin(desk, opened.incoming)
    return recomputed(desk, opened)


def recomputed(desk: ReviewDesk, opened: Opened) -> Evaluation:
    """Return the verdicts with the reviewer's own values in place of the commune's."""
    values = desk.folder.notes.appraised(opened.incoming.identity)
    situation = opened.report.replay.situation
    if not values or opened.set is None or situation is None:
        return opened.evaluation
    content = opened.content
    book = FactBook(content.facts, hamlets=content.hamlets, records=content.records, profile=content.profile)
    for one in values:
        reading = read(_element(opened, one.key), one.text)
        book.put(Fact(one.key, (Claim("", one.text, reading.value),)))
    return evaluate(compile_set(opened.set), replace(situation, book=book))


def changed_since(desk: ReviewDesk, opened: Opened) -> Difference | None:
    """Return what changed since the revision this one corrects; None when that one never came in."""
    previous = predecessor(desk, opened.incoming)
    return (
        None
        if previous is None
        else difference(open_dossier(desk, previous.identity).content, opened.content)
    )


def predecessor(desk: ReviewDesk, incoming: Incoming) -> Incoming | None:
    """Return the revision a dossier corrects; None when it corrects none, or that one never came in."""
    return desk.folder.find(incoming.previous) if incoming.previous else None


def accept(desk: ReviewDesk, incoming: Incoming) -> None:
    """Say that a dossier is to be proposed as it is; remarks that are still open are not settled by this."""
    desk.folder.move(incoming.identity, Standing.ACCEPTED)


def _begin(desk: ReviewDesk, incoming: Incoming) -> None:
    if incoming.state is Standing.NEW:
        desk.folder.move(incoming.identity, Standing.OPEN)


def _words(text: str) -> str:
    words = nfc(text).strip()
    if not words or len(words) > LONGEST_REMARK:
        raise NothingWritten
    return words


def _element(opened: Opened, key: FactKey) -> Element:
    element = None if opened.set is None else opened.set.catalogue.elements.get(key.element)
    if element is None:
        raise NoSuchPlace(key.element)
    return element
