"""Write the official papers of the chosen dossier as PDF files, without signing anything."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.documents.report import write_report
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.errors import DiskFull, FileUnwritable, Unavailable
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import INDEX, REPORT, Signatory, file_index, paper, prepare

_NO_ROOM = 28


def write_papers(desk: Desk, folder: Path, signatory: Signatory) -> tuple[Path, ...]:
    """Write the papers into a folder and return where they are; each is written beside and renamed.

    Raises what `seal.prepare` raises, DiskFull, FileUnwritable.
    """
    snapshot = prepare(desk, signatory).snapshot
    assembly = assemble(snapshot, desk.workspace.open_evidence)
    contents = {REPORT: paper(write_report, snapshot), INDEX: file_index(snapshot, assembly.listed)}
    written = []
    for name, content in contents.items():
        target = folder / name
        beside = target.with_name(target.name + ".part")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(target)
        except OSError as fault:
            raise _meaning(target, fault) from fault
        written.append(target)
    return tuple(written)


def _meaning(target: Path, fault: OSError) -> Unavailable:
    if fault.errno == _NO_ROOM:
        return DiskFull(str(target))
    return FileUnwritable(str(target), fault.strerror or type(fault).__name__)
