"""How large a dossier file will be, said before it is sealed.

Evidence is packed as it is, so that most of the sum is known to the byte; what the papers, signatures and lists take
is near enough (docs/parts-file.md says how near).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.dossier.index_page import index_page
from ntm_desktop.operations.papers import WrittenPaper
from ntm_desktop.operations.seal import Prepared, Workspace

PER_SIGNATURE: Final = 36_300
"""Bytes a signature that shows adds to a paper: certificates, its place, its picture."""
_PER_FILE: Final = 390
"""Bytes of a file's heads in the container and of its line in the manifest, with a name of usual length."""
_CONTAINER: Final = 2_600
"""Bytes of the container's own signature and frame."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is packed, in bytes."""

    evidence: int
    papers: int
    """As they are written, without signatures."""
    paper_count: int
    rest: int
    """Figures, packs, the page to read, heads and lists."""

    def total(self, signers: int) -> int:
        """Return the size of the file with so many signatures on every paper."""
        return self.evidence + self.papers + self.rest + signers * self.paper_count * PER_SIGNATURE


def estimate(workspace: Workspace, prepared: Prepared, papers: Sequence[WrittenPaper]) -> Estimate:
    """Return what the file will hold, with its papers as they were written to look at. Safe in a job."""
    snapshot = prepared.snapshot
    listed = assemble(snapshot, workspace.open_evidence).listed
    evidence = tuple(one for one in listed if one.name.startswith("evidence/"))
    page = index_page(snapshot, [f"documents/{one.path.name}" for one in papers], evidence)
    held = sum(one.size for one in evidence)
    others = sum(one.size for one in listed) - held + len(page)
    heads = _CONTAINER + _PER_FILE * (len(listed) + len(papers) + 1)
    return Estimate(held, sum(one.path.stat().st_size for one in papers), len(papers), others + heads)
