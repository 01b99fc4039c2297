"""Seal a dossier: freeze it, build and sign the file in the background, read it back, and record it.

* `prepare`, on the window's thread: what is frozen, or what is missing; the clock is read once, here.
* `build`, a job: dossier.json, papers, index of files, manifest, signature; read back from the disk and verify.
* `commit`, on the window's thread: refuses when anything was changed meanwhile; records, locks, puts in the outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from ntm_desktop import __version__
from ntm_desktop.criteria.inputs import all_inputs
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.disk import Disk, path_text, unwritable
from ntm_desktop.documents.forms import forms_of
from ntm_desktop.documents.office import office_of
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.dossier.container import write_container
from ntm_desktop.dossier.pace import Pace
from ntm_desktop.dossier.verification import Verification, VerificationReport
from ntm_desktop.errors import Damaged, DiskFull, FileUnwritable, Refused
from ntm_desktop.facts.fact import Fact, FactKey
from ntm_desktop.facts.folding import one_line
from ntm_desktop.facts.period import reading_period
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.operations import frozen
from ntm_desktop.operations.answer import DossierClosed, key_for, rows
from ntm_desktop.operations.attach import with_spots
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.findings import Finding, findings
from ntm_desktop.operations.keep import kept_remarks
from ntm_desktop.operations.merger import commune_on
from ntm_desktop.operations.paper_signing import (
    PaperSigner,
    Role,
    SignedElsewhere,
    as_signers,
    read_picture,
    require_fit,
    sign_paper,
)
from ntm_desktop.operations.sealed_papers import (
    LONGEST_LINE,
    PapersBeside,
    Progress,
    Stage,
    make_papers,
)
from ntm_desktop.operations.signing_certificates import remember
from ntm_desktop.operations.targets import require_file_target
from ntm_desktop.operations.verify import verify_with
from ntm_desktop.snapshot.model import PackFile, Snapshot
from ntm_desktop.trust.certificates import Certificate, CertificateProblem
from ntm_desktop.trust.keyfile import KeyFile, open_key_file
from ntm_desktop.trust.refusals import WrongPassword
from ntm_desktop.trust.signing import SigningKey
from ntm_desktop.workspace.dossiers import Sealed
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.outside import OutsideFolder
from ntm_desktop.workspace.states import Dossier, DossierState

__all__ = [
    "Built",
    "Certificate",
    "CertificateProblem",
    "ChangedMeanwhile",
    "KeyFile",
    "NoSignatory",
    "NotReady",
    "PaperSigner",
    "Prepared",
    "ReadBackDiffers",
    "Role",
    "Sealed",
    "Signatory",
    "SignatoryTooLong",
    "SigningKey",
    "Stage",
    "Workspace",
    "WrongPassword",
    "build",
    "commit",
    "default_name",
    "freeze",
    "freeze_whole",
    "latest",
    "prepare",
    "read_picture",
    "unlock",
]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as printed."""

    name: str
    title: str
    place: str


@dataclass(eq=False)
class NotReady(Refused):
    """Say what blocks sealing."""

    blocking: tuple[Finding, ...]

    code: ClassVar[str] = "not_ready"
    what: ClassVar[str] = "The dossier cannot be signed yet: problems that hinder signing are still open."
    safe: ClassVar[str] = "All figures are saved."
    next_step: ClassVar[str] = (
        "Open Review and put them right; a rule that is mistaken can be set aside with a reason."
    )


@dataclass(eq=False)
class SignatoryTooLong(Refused):
    """Say that what names the one who signs fits on no paper."""

    most: int = LONGEST_LINE

    code: ClassVar[str] = "signatory_too_long"
    what: ClassVar[str] = "Name, office or place of the one who signs has more than {most} characters."
    safe: ClassVar[str] = "Nothing was signed; all figures are saved."
    next_step: ClassVar[str] = "Shorten it, then try again."


@dataclass(eq=False)
class NoSignatory(Refused):
    """Say that nobody is named who signs."""

    code: ClassVar[str] = "no_signatory"
    what: ClassVar[str] = "The dossier cannot be signed yet: nobody is named who signs."
    safe: ClassVar[str] = "All figures are saved."
    next_step: ClassVar[str] = "Enter the full name and the office of the one who signs."


@dataclass(eq=False)
class ChangedMeanwhile(Refused):
    """Say that figures were changed while the file was being made."""

    path: str

    code: ClassVar[str] = "changed_meanwhile"
    what: ClassVar[str] = "Figures or evidence were changed while the dossier was being signed."
    safe: ClassVar[str] = (
        "The new figures are saved; the file {path} holds the old ones and was not recorded."
    )
    next_step: ClassVar[str] = "Sign once more."


@dataclass(eq=False)
class ReadBackDiffers(Damaged):
    """Say that the file on the disk is not the one that was written."""

    path: str

    code: ClassVar[str] = "read_back_differs"
    what: ClassVar[str] = "The file {path} reads back differently from what was written."
    safe: ClassVar[str] = "The dossier is not sealed; all figures are saved."
    next_step: ClassVar[str] = "Save to another disk or stick: this one may be failing."


@dataclass(frozen=True, slots=True)
class Built:
    """A finished file, not recorded yet."""

    path: Path
    snapshot: Snapshot
    head: str
    """The last edit of the workspace when it was frozen."""
    identity: str
    size: int
    report: VerificationReport


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was frozen."""

    snapshot: Snapshot
    head: str


def prepare(desk: Desk, signatory: Signatory) -> Prepared:
    """Freeze the chosen dossier to seal it.

    Raises DossierClosed, NoSignatory, SignatoryTooLong, NotReady. Unmet and undetermined indicators do not hinder.
    """
    if desk.dossier is not None and desk.dossier.state is not DossierState.OPEN:
        raise DossierClosed(desk.dossier.id)
    return freeze_whole(desk, signatory)


def freeze_whole(desk: Desk, signatory: Signatory) -> Prepared:
    """Freeze the chosen dossier, open or sealed, when nothing is in the way of its papers.

    Raises NoSignatory, SignatoryTooLong, NotReady.
    """
    dossier = desk.dossier
    if dossier is None:
        raise LookupError
    if not one_line(signatory.name) or not one_line(signatory.title):
        raise NoSignatory
    blocking = tuple(finding for finding in findings(desk) if finding.blocking)
    if blocking:
        raise NotReady(blocking)
    return freeze(desk, dossier, signatory)


def freeze(desk: Desk, dossier: Dossier, signatory: Signatory) -> Prepared:
    """Freeze the chosen dossier as it stands, whatever is still missing; to look at, not to seal.

    Raises SignatoryTooLong.
    """
    printed = [one_line(text) for text in (signatory.name, signatory.title, signatory.place)]
    if any(len(text) > LONGEST_LINE for text in printed):
        raise SignatoryTooLong
    name, title, place = printed
    criterion_set = desk.compiled.source
    facts = _facts_read(desk)
    subjects = {fact.key.subject for fact in facts}
    registers = set(criterion_set.catalogue.registers)
    snapshot = Snapshot(
        dossier=dossier.id,
        revision=dossier.revision,
        previous=dossier.previous,
        commune=commune_on(desk, dossier.assessed_on),
        year=dossier.year,
        assessed_on=dossier.assessed_on,
        set=criterion_set,
        packs=_packs(desk, criterion_set),
        facts=facts,
        hamlets=desk.book.hamlets,
        records=tuple(r for r in desk.book.records if r.register in registers or r.id in subjects),
        profile=desk.book.profile,
        evaluation=desk.evaluation,
        evidence=with_spots(desk.workspace, dossier.id, facts),
        confirmations=tuple(desk.situation.confirmations.values()),
        taken_at=desk.now_utc(),
        program=__version__,
        remarks=desk.workspace.remarks(dossier.id) | kept_remarks(desk),
        signatory=name,
        signatory_title=title,
        place=place or commune_on(desk, dossier.assessed_on).name,
    )
    return Prepared(snapshot, desk.workspace.head)


def _facts_read(desk: Desk) -> tuple[Fact, ...]:
    """Return the facts any verdict of the set reads, its fields ask for or its papers list; personal ones never."""
    criterion_set = desk.compiled.source
    elements = criterion_set.catalogue.elements
    keys = {read.key for read in all_inputs(desk.compiled, desk.situation)}
    for requirement in criterion_set.requirements():
        keys.update(key_for(desk, field) for field in requirement.fields)
        keys.update(
            key_for(desk, field, row.id)
            for table in requirement.tables
            for row in rows(desk, table)
            for field in table.columns
        )
    year = desk.situation.year
    figures = {name for form in forms_of(criterion_set) for part in form.parts for name in part.figures}
    keys.update(
        FactKey(name, COMMUNE, reading_period(elements[name].period, year))
        for name in figures & set(elements)
    )
    found = (fact for key in sorted(keys) if (fact := desk.book.fact(key)) is not None)
    return tuple(
        fact for fact in found if fact.key.element in elements and not elements[fact.key.element].personal
    )


def _packs(desk: Desk, criterion_set: CriterionSet) -> tuple[PackFile, ...]:
    hashes = [criterion_set.sha256, *(one.sha256 for one in desk.situation.library.values())]
    kept = (pack for sha256 in hashes if (pack := desk.workspace.pack(sha256)) is not None)
    return tuple(replace(pack, proof=desk.workspace.shelf.proof(pack.sha256)) for pack in kept)


def unlock(path: Path, password: str) -> KeyFile:
    """Open a PKCS#12 key file. Raises WrongPassword, NotAKeyFile, NoKey, FileUnreadable."""
    return open_key_file(path, password)


def build(
    workspace: Workspace,
    prepared: Prepared,
    target: Path,
    keys: SigningKey | Sequence[PaperSigner] | SignedElsewhere | None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Built:
    """Write and sign the papers, pack and sign the file, read it back from the disk and verify it. Safe in a job.

    A single key signs as a person; of several the first person's signs the file. The signing time is the moment it
    was frozen. Raises CertificateUnfit, TokenGone, TokenFailed, ContentChanged, Cancelled, DiskFull, FileUnwritable,
    FileUnreadable, NoPlaceForFiles, ReadBackDiffers; after any of them the target is absent or what it was before;
    only when the very last step, the sync of the folder, fails, the new file is already there, complete.
    """
    tell = progress or _quiet
    require_file_target(target, workspace.folder)
    snapshot = prepared.snapshot
    at = datetime.fromisoformat(snapshot.taken_at)
    assembly = assemble(snapshot, workspace.open_evidence)
    signers = () if isinstance(keys, SignedElsewhere) else as_signers(keys)
    if isinstance(keys, SignedElsewhere):
        assembly = keys.recorded(assembly)
        write = partial(make_papers, assembly, snapshot, tell, keys.put_in, keys.numbers)
    else:
        require_fit(signers, at)
        sign = partial(sign_paper, signers=signers, body=office_of(snapshot).body, at=at)
        write = partial(make_papers, assembly, snapshot, tell, sign)
    papers = PapersBeside(write, len(assembly.entries))
    disk = Disk()
    with _unproven(target, disk) as beside:
        written = write_container(
            beside,
            assembly.entries,
            _Signing(signers[0].key, at).sign if signers else None,
            later=papers.entries,
            pace=Pace(progress=_Packing(tell, papers).tell, cancelled=cancelled),
            disk=disk,
        )
        report = verify_with(
            beside,
            anchors=(),
            at=at,
            progress=_Staged(tell, Stage.READING_BACK).tell,
            cancelled=cancelled,
        )
        if report.identity != written.identity or report.verification is Verification.INVALID:
            raise ReadBackDiffers(str(target))
    report = replace(report, path=str(target))
    remember(one.key.certificate for one in signers)
    return Built(target, snapshot, prepared.head, written.identity, written.size, report)


@contextmanager
def _unproven(target: Path, disk: Disk) -> Iterator[Path]:
    """Give a name beside the target; what stands there takes the target's place once it was read back."""
    beside = target.with_name(target.name + ".unproven")
    try:
        yield beside
        disk.rename(beside, target)
        disk.sync_folder(target.parent)  # or a dossier might be recorded as sealed and its name be lost
    except OSError as fault:
        raise unwritable(target, fault) from fault
    except DiskFull as fault:  # told of the name the officer knows
        raise DiskFull(str(target)) from fault
    except FileUnwritable as fault:
        raise FileUnwritable(str(target), fault.reason) from fault
    finally:
        # The first fault is the one to tell; a file that cannot even be removed is overwritten the next time.
        with suppress(OSError):
            disk.remove(beside)


def commit(desk: Desk, built: Built) -> Change:
    """Record a finished file: the dossier is locked and stands in the outbox.

    Raises ChangedMeanwhile when anything was changed since `prepare`, and what `Workspace.record_sealed` raises.
    """
    if desk.workspace.head != built.head:
        raise ChangedMeanwhile(str(built.path))
    snapshot = built.snapshot
    frozen.keep(desk.workspace, snapshot, built.identity)
    locked = desk.workspace.record_sealed(
        Sealed(
            dossier=snapshot.dossier,
            revision=snapshot.revision,
            identity=built.identity,
            path=path_text(built.path),
            size=built.size,
            verification=str(built.report.verification),
            sealed_at=snapshot.taken_at,
        )
    )
    OutsideFolder(desk.workspace.folder, snapshot.dossier).clear()
    return desk.choose(locked)


def latest(desk: Desk) -> Sealed | None:
    """Return the last sealed file of the chosen dossier; None while it was never sealed."""
    dossier = desk.dossier
    found = desk.workspace.sealed(dossier.id) if dossier is not None else ()
    return found[0] if found else None


def default_name(desk: Desk) -> str:
    """Return the name a dossier file is offered: code, level, year and round, without diacritics."""
    dossier = desk.dossier
    if dossier is None:
        raise LookupError
    level = desk.compiled.source.level.replace("_", "-")
    revision = f"_lan{dossier.revision}" if dossier.revision > 1 else ""
    code = commune_on(desk, dossier.assessed_on).code
    return f"{code}_{level}_{dossier.year}{revision}.asice"


@dataclass(frozen=True, slots=True)
class _Signing:
    key: SigningKey
    at: datetime

    def sign(self, manifest: bytes) -> bytes:
        return self.key.sign(manifest, at=self.at)


@dataclass(frozen=True, slots=True)
class _Packing:
    """Tells how far packing is; until the papers are written, the progress told is theirs."""

    progress: Progress
    papers: PapersBeside

    def tell(self, done: int, total: int) -> None:
        if self.papers.finished:
            self.progress(Stage.PACKING, done, total)


@dataclass(frozen=True, slots=True)
class _Staged:
    """Passes bytes done and in all on with the stage."""

    progress: Progress
    stage: Stage

    def tell(self, done: int, total: int) -> None:
        self.progress(self.stage, done, total)


def _quiet(_stage: Stage, _done: int, _total: int) -> None:
    """Tell nobody."""
