"""The signatures of the papers: of one PDF alone, and of those inside a dossier, with what they bind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.dossier.paper_facts import PaperFacts
from ntm_desktop.dossier.verification import (
    FileCheck,
    Ground,
    Reason,
    Replay,
    VerificationReport,
    signer_reasons,
)
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.snapshot.listing import WORD, listing_digest
from ntm_desktop.snapshot.outside import FILE, GivenOut, read_given
from ntm_desktop.snapshot.reader import DossierUnreadable
from ntm_desktop.trust.pdf_child import After
from ntm_desktop.trust.pdf_judge import LARGEST_PDF, Apart, is_pdf, judge_pdfs, keywords_of

if TYPE_CHECKING:
    from ntm_desktop.dossier.reader import ContainerFacts
    from ntm_desktop.trust.anchors import Anchors

PAPERS: Final = "documents/"
"""Where the papers of a dossier lie."""
_APPENDED: Final = {
    After.PAGES: Ground.PAPER_PAGES,
    After.CONTENT: Ground.PAPER_CHANGED,
    After.UNKNOWN: Ground.PAPER_UNCLEAR,
}


def papers_in(found: ContainerFacts, anchors: Anchors, at: datetime) -> tuple[PaperFacts, ...]:
    """Judge the papers of a container at a moment (aware), by the anchors given."""
    names = [
        one.name for one in found.files if one.name.startswith(PAPERS) and is_pdf(_kept(found, one.name))
    ]
    judged = judge_pdfs([_kept(found, name) for name in names], anchors, at)
    given = {f"{PAPERS}{one.name}": one for one in _given(found)}
    with Apart() as apart:
        return tuple(
            PaperFacts(
                name, signatures, given.get(name), _is_proven(_kept(found, name), given.get(name), apart)
            )
            for name, signatures in zip(names, judged, strict=True)
        )


def _given(found: ContainerFacts) -> tuple[GivenOut, ...]:
    try:
        return read_given(found.kept[FILE]) if FILE in found.kept else ()
    except DossierUnreadable:
        return ()


def _is_proven(content: bytes, given: GivenOut | None, apart: Apart) -> bool:
    if given is None:
        return True
    begins = hashlib.sha256(content[: given.size]).hexdigest() == given.sha256
    return begins and apart.after(content, given.size) is After.SIGNATURES


def _kept(found: ContainerFacts, name: str) -> bytes:
    return found.kept.get(name, b"")


def verify_paper(path: Path, *, anchors: Anchors, at: datetime) -> VerificationReport:
    """Verify one PDF by itself, at a moment (aware). Raises FileUnreadable."""
    try:
        with open_file(path) as file:
            identity = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
            file.seek(0)
            content = file.read() if size <= LARGEST_PDF else b""
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    (signatures,) = judge_pdfs([content], anchors, at)
    paper = PaperFacts(path.name, signatures)
    reasons = [*paper_reasons(paper), *index_reasons(paper)]
    if size > LARGEST_PDF:
        reasons.append(Reason(Ground.PAPER_TOO_LARGE, path.name))
    elif not paper.signatures:
        reasons.append(Reason(Ground.PAPER_UNSIGNED))
    sound = all(one.sound for one in paper.signatures)
    return VerificationReport(
        path=str(path),
        identity=identity,
        size=size,
        files_total=1,
        files_ok=int(sound),
        problems=(),
        signatures=tuple(one.facts for one in paper.signatures),
        pack=None,
        replay=Replay(done=False),
        reasons=tuple(reasons),
        content=None,
        files=(FileCheck(path.name, size, sound),),
        papers=(paper,),
    )


def paper_reasons(paper: PaperFacts) -> Iterator[Reason]:
    """Return what is wrong with the signatures of a paper; that it has none is no reason here."""
    if not paper.proven:
        yield Reason(Ground.PAPER_UNPROVEN, paper.name)
    for one in paper.signatures:
        if not one.facts.intact:
            yield Reason(Ground.PAPER_BROKEN, paper.name)
        elif one.after in _APPENDED:
            yield Reason(_APPENDED[one.after], paper.name)


def index_reasons(paper: PaperFacts) -> Iterator[Reason]:
    """Return what is open or wrong about the signers of a paper by itself, or of the index of files."""
    for one in paper.signatures:
        if one.facts.intact:
            yield from signer_reasons(one.facts)


@dataclass(frozen=True, slots=True)
class Bound:
    """The signed index of files: a paper that speaks for every other file."""

    index: PaperFacts
    fits: bool
    """Whether the files are those it was signed with."""


def bound_by(papers: Sequence[PaperFacts], found: ContainerFacts) -> Bound | None:
    """Return the last signed paper that names the other files by one number; None where there is none.

    The number is taken from the bytes its first signature covers, so that nobody else can have written it.
    """
    for paper in reversed(papers):
        sound = [one for one in paper.signatures if one.sound]
        words = keywords_of(_kept(found, paper.name)[: sound[0].end]) if sound else ()
        named = next((word.partition("=")[2] for word in words if word.startswith(f"{WORD}=")), "")
        if named:
            others = ((one.name, one.size, one.actual) for one in found.files if one.name != paper.name)
            return Bound(paper, named == listing_digest(others))
    return None
