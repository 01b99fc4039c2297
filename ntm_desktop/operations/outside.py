"""Have papers signed elsewhere, in two rounds: the papers, then the index that lists them as they came back.

* Number and date are typed before the papers are given out; afterwards only signatures may be added.
* A paper that came back is proven when it begins with the very bytes given out and nothing but signatures follows. An
  officer may confirm another one with a reason: journaled, carried in the dossier, told by whoever verifies it.
* The index is never taken unproven: it is what binds the dossier.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.documents.forms import forms_of
from ntm_desktop.dossier.assemble import Paper, assemble
from ntm_desktop.dossier.paper_facts import PaperFacts, PaperState
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.facts.folding import one_line
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.keep import LONGEST_REASON, NoReason
from ntm_desktop.operations.paper_signing import ExportedOtherwise, SignedElsewhere
from ntm_desktop.operations.papers import write_whole
from ntm_desktop.operations.seal import Prepared, Signatory, Stage, prepare
from ntm_desktop.operations.sealed_papers import INDEX, make_papers, paper_name
from ntm_desktop.operations.targets import require_outside
from ntm_desktop.snapshot.encoding import encode
from ntm_desktop.snapshot.model import Snapshot
from ntm_desktop.snapshot.outside import Confirmed, GivenOut, write_given
from ntm_desktop.snapshot.reader import DossierUnreadable, Item
from ntm_desktop.trust.pdf_child import After
from ntm_desktop.trust.pdf_judge import LARGEST_PDF, Apart, judge_pdfs
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.kept import Kept, NewKept
from ntm_desktop.workspace.outside import OutsideFolder

__all__ = [
    "ExportedOtherwise",
    "GivingOut",
    "OutsideStep",
    "PaperState",
    "SignedElsewhere",
    "Standing",
    "TakingBack",
    "Typed",
    "confirm",
    "forget",
    "give_out",
    "next_step",
    "papers_to_number",
    "plan_giving_out",
    "plan_taking_back",
    "prepare_signed",
    "standing",
    "take_back",
]

UNPROVEN: Final = "paper_unproven"


@dataclass(eq=False)
class NothingGivenOut(Refused):
    """Say that no papers of the dossier are out to be signed."""

    code: ClassVar[str] = "nothing_given_out"
    what: ClassVar[str] = "No papers of this dossier were given out to be signed."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Give the papers out first, and sign those files."


@dataclass(eq=False)
class PapersMissing(Refused):
    """Say which papers did not come back yet."""

    names: str

    code: ClassVar[str] = "papers_missing"
    what: ClassVar[str] = "These papers did not come back signed yet: {names}."
    safe: ClassVar[str] = "What came back is kept."
    next_step: ClassVar[str] = (
        "Take the signed files in; the index of files is given out after the others came back."
    )


@dataclass(eq=False)
class PaperNotKnown(Refused):
    """Say that a file is none of the papers that were given out."""

    path: str

    code: ClassVar[str] = "paper_not_known"
    what: ClassVar[str] = "{path} is none of the papers that were given out."
    safe: ClassVar[str] = "It was not taken in; what came back before is kept."
    next_step: ClassVar[str] = "Choose the files that were given out, as they were signed."


@dataclass(eq=False)
class PaperNotSigned(Refused):
    """Say that a paper came back without a signature that holds."""

    path: str

    code: ClassVar[str] = "paper_not_signed"
    what: ClassVar[str] = "{path} carries no signature that holds."
    safe: ClassVar[str] = "It was not taken in; what came back before is kept."
    next_step: ClassVar[str] = "Sign the file that was given out, and do not change it afterwards."


@dataclass(eq=False)
class PaperUnproven(Refused):
    """Say that it cannot be proven that a signed paper is the one given out."""

    name: str

    code: ClassVar[str] = "paper_unproven"
    what: ClassVar[str] = "It cannot be proven that {name} is the paper that was given out."
    safe: ClassVar[str] = "The dossier was not sealed."
    next_step: ClassVar[str] = (
        "Sign the file that was given out; or confirm, with a reason, that it is the same paper."
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How one paper stands."""

    name: str
    back: bool = False
    proven: bool = False
    confirmed: Confirmed | None = None
    state: PaperState = PaperState.UNSIGNED

    @property
    def counts(self) -> bool:
        """Say whether it can go into the dossier."""
        return self.back and (self.proven or self.confirmed is not None)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the clerk typed before the papers were given out."""

    numbers: Mapping[str, str]
    """By the name of the paper."""
    issued_on: date | None = None


class OutsideStep(StrEnum):
    """Which step comes next for papers that are signed elsewhere."""

    GIVE_OUT = "give_out"
    TAKE_BACK = "take_back"
    CONFIRM = "confirm"
    """All are back; of some it is not proven that they are those given out."""
    GIVE_OUT_INDEX = "give_out_index"
    TAKE_BACK_INDEX = "take_back_index"
    SEAL = "seal"


def next_step(desk: Desk) -> OutsideStep:
    """Return what is to be done next with the papers of the chosen dossier."""
    known = _kept(desk)
    if known is None:
        return OutsideStep.GIVE_OUT
    if not all(one.back for one in known.papers):
        return OutsideStep.TAKE_BACK
    if not all(one.counts for one in standing(desk)[: len(known.papers)]):
        return OutsideStep.CONFIRM
    if known.index is None:
        return OutsideStep.GIVE_OUT_INDEX
    return OutsideStep.SEAL if known.index.back else OutsideStep.TAKE_BACK_INDEX


def papers_to_number(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return file name and title of each paper that gets a number, the index of files last."""
    forms = [form for form in forms_of(desk.compiled.source) if form.sent]
    named = [(paper_name(number, form.id), str(form.title)) for number, form in enumerate(forms, 1)]
    return (*named, (paper_name(len(forms) + 1, INDEX), _("Index of all files of the dossier")))


@dataclass(frozen=True, slots=True)
class GivingOut:
    """Papers about to be given out: planned on the window's thread, written beside it."""

    workspace: Workspace
    folder: Path
    store: OutsideFolder
    round: _Round
    snapshot: Snapshot
    elsewhere: SignedElsewhere
    index: bool
    """The papers are back: it is the turn of the index of files."""

    def run(self) -> tuple[Path, ...]:
        """Write them. Safe in a job. Raises ExportedOtherwise, DiskFull, FileUnwritable."""
        assembly = self.elsewhere.recorded(assemble(self.snapshot, self.workspace.open_evidence))
        numbers = self.round.typed.numbers
        papers = make_papers(assembly, self.snapshot, _quiet, self.elsewhere.put_in, numbers)[1]
        if self.index:
            papers = papers[-1:]
            known = replace(self.round, index=_Kept.of(papers[0]))
        else:
            papers = papers[:-1]
            known = replace(self.round, papers=tuple(_Kept.of(one) for one in papers))
        for paper in papers:
            write_whole(self.folder / paper.name, paper.content)
        self.store.keep_state(known.document())
        return tuple(self.folder / paper.name for paper in papers)


def plan_giving_out(desk: Desk, folder: Path, signatory: Signatory, typed: Typed) -> GivingOut:
    """Plan to give out the papers to be signed elsewhere; once they are all back, the index of files.

    Giving the papers out again, before all are back, begins anew. Raises what `seal.prepare` raises, PaperUnproven,
    ExportedOtherwise, NoPlaceForFiles.
    """
    require_outside(folder, desk.workspace.folder)
    known = _kept(desk)
    index = known is not None and bool(known.papers) and all(one.back for one in known.papers)
    if known is not None and index:
        snapshot = _frozen(desk, known).snapshot
    else:
        fresh = prepare(desk, signatory).snapshot
        known = _Round(_sha256(encode(fresh)), fresh.taken_at, signatory, typed)
        snapshot = replace(fresh, issued_on=typed.issued_on)
    return GivingOut(desk.workspace, folder, _store(desk), known, snapshot, _elsewhere(desk, known), index)


def give_out(desk: Desk, folder: Path, signatory: Signatory, typed: Typed) -> tuple[Path, ...]:
    """Write the papers to be signed elsewhere; once they are all back, the index of files.

    Raises what `plan_giving_out` and `GivingOut.run` raise.
    """
    return plan_giving_out(desk, folder, signatory, typed).run()


@dataclass(frozen=True, slots=True)
class TakingBack:
    """Signed papers about to be looked at: planned on the window's thread, judged beside it."""

    store: OutsideFolder
    round: _Round
    now: datetime

    def run(self, files: Sequence[Path]) -> int:
        """Take them, those before one that is refused too, and return how many. Safe in a job.

        Raises PaperNotKnown, PaperNotSigned, PaperUnproven (of the index), FileUnreadable, DiskFull, FileUnwritable.
        """
        known = self.round
        with Apart() as apart:
            for path in files:
                known = _taken(self, known, path, apart)
                self.store.keep_state(known.document())
        return len(files)


def plan_taking_back(desk: Desk) -> TakingBack:
    """Plan to take signed papers back. Raises NothingGivenOut."""
    return TakingBack(_store(desk), _require(desk), desk.now())


def take_back(desk: Desk, files: Sequence[Path]) -> tuple[Standing, ...]:
    """Take signed papers back; what cannot be proven is kept aside until an officer confirms it.

    Raises NothingGivenOut and what `TakingBack.run` raises.
    """
    plan_taking_back(desk).run(files)
    return standing(desk)


def forget(desk: Desk) -> None:
    """Forget what was given out and what came back."""
    _store(desk).clear()


def standing(desk: Desk) -> tuple[Standing, ...]:
    """Return how each paper that was given out stands. Raises NothingGivenOut."""
    known = _require(desk)
    return tuple(
        Standing(one.name, bool(one.back), one.proven, _confirmed(desk, one), one.state) for one in known.all
    )


def confirm(desk: Desk, name: str, reason: str) -> None:
    """Let a paper count that cannot be proven: the officer says that it is the one given out, and why.

    Raises NothingGivenOut, PaperNotKnown, NoReason, and what `Desk.record` raises.
    """
    written = one_line(reason)[:LONGEST_REASON]
    if not written:
        raise NoReason
    known = _require(desk)
    paper = next((one for one in known.papers if one.name == name and one.back), None)
    if paper is None:
        raise PaperNotKnown(name)
    kept = Kept(UNPROVEN, "", name, written, paper.back, desk.who, desk.now_utc())
    desk.record([NewKept(_dossier(desk), UNPROVEN, "", name, kept)], "keep")
    _store(desk).keep_state(replace(known, index=None).document())  # the index lists who vouches for what


def prepare_signed(desk: Desk) -> tuple[Prepared, SignedElsewhere]:
    """Freeze the dossier as it was given out, with the papers that came back.

    Raises NothingGivenOut, PapersMissing, PaperUnproven, ExportedOtherwise, what `seal.prepare` raises.
    """
    known = _require(desk)
    missing = [one.name for one in known.all if not one.back]
    if missing or known.index is None:
        raise PapersMissing(", ".join(missing) or _("index of files"))
    return _frozen(desk, known), _elsewhere(desk, known)


# ---------------------------------------------------------------- what is kept between the rounds


@dataclass(frozen=True, slots=True)
class _Kept:
    """A paper that was given out."""

    name: str
    size: int
    sha256: str
    back: str = ""
    """SHA-256 of what came back."""
    proven: bool = False
    state: PaperState = PaperState.UNSIGNED

    @classmethod
    def of(cls, paper: Paper) -> _Kept:
        """Remember a paper as it is given out."""
        return cls(paper.name, len(paper.content), _sha256(paper.content))


@dataclass(frozen=True, slots=True)
class _Round:
    """Everything that was given out of one dossier."""

    dossier: str
    """SHA-256 of dossier.json."""
    taken_at: str
    signatory: Signatory
    typed: Typed
    papers: tuple[_Kept, ...] = ()
    index: _Kept | None = None

    @property
    def all(self) -> tuple[_Kept, ...]:
        """The papers, and the index once it was given out."""
        return self.papers if self.index is None else (*self.papers, self.index)

    def with_paper(self, paper: _Kept) -> _Round:
        """Return it with one paper replaced."""
        if self.index is not None and paper.name == self.index.name:
            return replace(self, index=paper)
        return replace(self, papers=tuple(paper if one.name == paper.name else one for one in self.papers))

    def document(self) -> dict[str, object]:
        """Return it as JSON."""
        issued_on = self.typed.issued_on
        return {
            "dossier": self.dossier,
            "taken_at": self.taken_at,
            "signatory": asdict(self.signatory),
            "numbers": dict(self.typed.numbers),
            "issued_on": None if issued_on is None else issued_on.isoformat(),
            "papers": [asdict(one) for one in self.papers],
            "index": None if self.index is None else asdict(self.index),
        }


def _read(root: Item) -> _Round:
    names = ("dossier", "taken_at", "signatory", "numbers", "issued_on", "papers", "index")
    dossier, taken_at, signatory, numbers, issued_on, papers, index = root.fields(*names)
    printed = (one.text() for one in signatory.fields("name", "title", "place"))
    return _Round(
        dossier.sha256(),
        taken_at.moment(),
        Signatory(*printed),
        Typed(numbers.texts(), issued_on.optional(Item.day)),
        papers.each(_read_paper),
        index.optional(_read_paper),
    )


def _read_paper(item: Item) -> _Kept:
    name, size, sha256, back, proven, state = item.fields("name", "size", "sha256", "back", "proven", "state")
    return _Kept(
        name.text(), size.counter(), sha256.sha256(), back.text(), proven.flag(), state.one_of(PaperState)
    )


def _dossier(desk: Desk) -> str:
    if desk.dossier is None:
        raise NoDossierChosen
    return desk.dossier.id


def _store(desk: Desk) -> OutsideFolder:
    return OutsideFolder(desk.workspace.folder, _dossier(desk))


def _kept(desk: Desk) -> _Round | None:
    try:
        return _read(Item(json.loads(_store(desk).state() or b"{}")))
    except (ValueError, RecursionError, DossierUnreadable):
        return None  # the papers are given out once more


def _require(desk: Desk) -> _Round:
    known = _kept(desk)
    if known is None:
        raise NothingGivenOut
    return known


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# ---------------------------------------------------------------- papers


def _frozen(desk: Desk, known: _Round) -> Prepared:
    """Freeze the dossier as it was. Raises ExportedOtherwise when it is another one by now."""
    fresh = prepare(desk, known.signatory)
    snapshot = replace(fresh.snapshot, taken_at=known.taken_at, issued_on=known.typed.issued_on)
    if _sha256(encode(snapshot)) != known.dossier:
        raise ExportedOtherwise
    return Prepared(snapshot, fresh.head)


def _elsewhere(desk: Desk, known: _Round) -> SignedElsewhere:
    """Return the papers that are back. Raises PaperUnproven, FileUnreadable."""
    given, contents, store = [], {}, _store(desk)
    for one in known.all:
        confirmed = _confirmed(desk, one)
        if one.back and not one.proven and confirmed is None:
            raise PaperUnproven(one.name)
        if one.back:
            contents[one.name] = store.paper(one.name)
        given.append(GivenOut(one.name, one.size, one.sha256, confirmed))
    record = write_given(given[: len(known.papers)])
    return SignedElsewhere(tuple(given), contents, record, known.typed.numbers)


def _confirmed(desk: Desk, paper: _Kept) -> Confirmed | None:
    """Return the officer's word for exactly the file that came back."""
    for one in desk.workspace.kept(_dossier(desk)):
        if (one.problem, one.about, one.basis) == (UNPROVEN, paper.name, paper.back) and not paper.proven:
            return Confirmed(one.who, one.at, one.reason)
    return None


def _taken(taking: TakingBack, known: _Round, path: Path, apart: Apart) -> _Round:
    content = _content(path)
    begun = [one for one in known.all if _sha256(content[: one.size]) == one.sha256]
    named = [one for one in known.all if Path(one.name).stem.casefold() in path.stem.casefold()]
    if not begun and not named:
        raise PaperNotKnown(str(path))
    paper = (begun or named)[0]
    (signatures,) = judge_pdfs([content], (), taking.now)
    state = PaperFacts(paper.name, signatures).state
    if state is PaperState.UNSIGNED:
        raise PaperNotSigned(str(path))
    proven = bool(begun) and apart.after(content, paper.size) is After.SIGNATURES
    if known.index is not None and paper.name == known.index.name and not proven:
        raise PaperUnproven(paper.name)
    taking.store.keep(paper.name, content)
    back = replace(paper, back=_sha256(content), proven=proven, state=state)
    changed = known.with_paper(back)
    # The index lists the papers as they were when it was given out.
    return changed if paper == known.index else replace(changed, index=None)


def _content(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            content = file.read(LARGEST_PDF + 1)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    if len(content) > LARGEST_PDF:
        raise PaperNotKnown(str(path))
    return content


def _quiet(_stage: Stage, _done: int, _total: int) -> None:
    """Tell nobody."""
