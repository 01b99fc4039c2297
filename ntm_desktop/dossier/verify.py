"""Verify a dossier file in one pass: container, signatures, pack, and every verdict recomputed.

The file alone is enough; what comes from outside is who is trusted: the anchors for signers and the known packs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from ntm_desktop.dossier.assemble import DOSSIER_NAME
from ntm_desktop.dossier.pace import Progress
from ntm_desktop.dossier.papers import PAPERS, Bound, bound_by, index_reasons, paper_reasons, papers_in
from ntm_desktop.dossier.reader import ContainerFacts, read_container
from ntm_desktop.dossier.replay import Replayed, pack_name, proof_name, replay
from ntm_desktop.dossier.verification import (
    FileCheck,
    Ground,
    PackFacts,
    Reason,
    Replay,
    VerificationReport,
    signer_reasons,
)
from ntm_desktop.snapshot.content import DossierContent
from ntm_desktop.snapshot.decoding import DossierFormatUnknown, decode
from ntm_desktop.snapshot.reader import DossierUnreadable
from ntm_desktop.trust.anchors import Anchors
from ntm_desktop.trust.judge import SignatureFacts, judge_all

KEEP: Final = {DOSSIER_NAME: 64 << 20, "pack/": 32 << 20, PAPERS: 128 << 20}
"""What is held in memory of a container, with the most bytes of each."""

Prove = Callable[[bytes, str], str]
"""The proof that lies beside a pack and the SHA-256 of the pack to who published it; empty: it proves nothing."""


def _proves_nothing(_proof: bytes, _sha256: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Known:
    """Whose packs are believed."""

    packs: Mapping[str, str]
    """Publisher by the SHA-256 of the pack's bytes."""
    prove: Prove = _proves_nothing


def verify(
    path: Path,
    *,
    anchors: Anchors,
    known_packs: Mapping[str, str] | Known,
    at: datetime,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> VerificationReport:
    """Verify a dossier file. `known_packs` says who published which pack; `at` is now, aware.

    Raises NotAContainer, FileUnreadable, Cancelled; everything else that is wrong stands in the report.
    """
    found = read_container(path, keep=KEEP, progress=progress, cancelled=cancelled)
    signatures = tuple(
        one
        for _name, signature in found.signatures
        for one in judge_all(signature, found.manifest, anchors, at)
    )
    papers = papers_in(found, anchors, at)
    bound = bound_by(papers, found)
    reasons = [*_container_reasons(found), *_signature_reasons(signatures, bound)]
    reasons += [reason for paper in papers for reason in paper_reasons(paper)]
    content, unreadable = _content(found)
    replayed = Replayed(Replay(done=False)) if content is None else replay(content, found.kept)
    known = known_packs if isinstance(known_packs, Known) else Known(known_packs)
    publishers = {} if content is None else _publishers(content, found, known)
    pack = None if content is None else _pack(content, publishers)
    reasons += unreadable
    if content is not None:
        reasons += _evidence_reasons(content, found)
        reasons += _pack_reasons(content, found, publishers)
        reasons += replayed.reasons
    return VerificationReport(
        path=str(path),
        identity=found.identity,
        size=found.size,
        files_total=len(found.files) + len(found.missing),
        files_ok=sum(1 for file in found.files if file.ok),
        problems=found.problems,
        signatures=signatures,
        pack=pack,
        replay=replayed.replay,
        reasons=tuple(reasons),
        content=content,
        files=(
            *(FileCheck(file.name, file.size, file.ok) for file in found.files),
            *(FileCheck(name, 0, ok=False) for name in found.missing),
        ),
        self_declared=() if content is None else tuple(_self_declared(content)),
        papers=papers,
        bound_by=bound.index.name if bound is not None and bound.fits else "",
    )


def _container_reasons(found: ContainerFacts) -> Iterator[Reason]:
    for problem in found.problems:
        yield Reason(Ground.CONTAINER_UNSOUND, problem.name or str(problem.flaw))
    for name in found.missing:
        yield Reason(Ground.FILE_MISSING, name)
    for name in found.extra:
        yield Reason(Ground.FILE_EXTRA, name)
    for file in found.files:
        if file.expected and not file.ok:
            yield Reason(Ground.FILE_CHANGED, file.name)


def _signature_reasons(signatures: Sequence[SignatureFacts], bound: Bound | None) -> Iterator[Reason]:
    """Ask who vouches for the files: the container's signatures; without any, those of the index of files."""
    if bound is not None and not bound.fits:
        yield Reason(Ground.INDEX_DIFFERS, bound.index.name)
    elif bound is not None and not signatures:
        yield from index_reasons(bound.index)
    elif not signatures:
        yield Reason(Ground.UNSIGNED)
    for facts in signatures:
        if facts.intact:
            yield from signer_reasons(facts)
        else:
            yield Reason(Ground.SIGNATURE_BROKEN, facts.signer)


def _content(found: ContainerFacts) -> tuple[DossierContent | None, list[Reason]]:
    dossier = found.kept.get(DOSSIER_NAME)
    if dossier is None:
        return None, [Reason(Ground.DOSSIER_UNREADABLE, DOSSIER_NAME)]
    try:
        return decode(dossier), []
    except DossierFormatUnknown:
        return None, [Reason(Ground.FORMAT_UNKNOWN, DOSSIER_NAME)]
    except DossierUnreadable as error:
        return None, [Reason(Ground.DOSSIER_UNREADABLE, str(error.facts().get("place", "")))]


def _evidence_reasons(content: DossierContent, found: ContainerFacts) -> Iterator[Reason]:
    """Hold the evidence index of dossier.json against the files that are there."""
    there = {file.name: (file.actual, file.size) for file in found.files if file.name.startswith("evidence/")}
    indexed = {filed.file: (filed.evidence.sha256, filed.evidence.size) for filed in content.evidence}
    for name in sorted(there.keys() | indexed.keys()):
        if there.get(name) != indexed.get(name):
            yield Reason(Ground.EVIDENCE_DIFFERS, name)


def _publishers(content: DossierContent, found: ContainerFacts, known: Known) -> Mapping[str, str]:
    """Return who published each pack of the dossier, by its SHA-256: by the known packs, else by its proof."""
    own = content.set
    named = {pack.sha256: proof_name(pack.id, pack.version) for pack in content.packs}
    named[own.sha256] = proof_name(own.id, own.version)
    publishers: dict[str, str] = {}
    for sha256, file in named.items():
        proof = found.kept.get(file, b"")
        proven = known.prove(proof, sha256) if proof else ""
        publishers[sha256] = known.packs.get(sha256) or proven
    return publishers


def _pack_reasons(
    content: DossierContent, found: ContainerFacts, publishers: Mapping[str, str]
) -> Iterator[Reason]:
    """Ask for the publisher of every pack: thresholds of one set may be taken from another."""
    named = {pack.sha256: pack.id for pack in content.packs} | {content.set.sha256: content.set.id}
    for sha256, pack in named.items():
        if not publishers.get(sha256):
            yield Reason(Ground.PUBLISHER_UNKNOWN, pack)
    files = {name(pack.id, pack.version) for pack in content.packs for name in (pack_name, proof_name)}
    for file in found.files:
        if file.name.startswith("pack/") and file.name not in files:
            yield Reason(Ground.PACK_DIFFERS, file.name)


def _pack(content: DossierContent, publishers: Mapping[str, str]) -> PackFacts:
    own = content.set
    return PackFacts(own.id, own.version, own.sha256, publishers.get(own.sha256, ""))


def _self_declared(content: DossierContent) -> Iterator[str]:
    for attribute in sorted(content.profile.on(content.assessed_on)):
        yield f"profile:{attribute}"
    for confirmation in content.confirmations:
        yield f"threshold:{confirmation.requirement}"
