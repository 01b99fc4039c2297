"""A workspace worth copying: figures, two files of evidence, something sealed and something put aside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ntm_desktop.disk import Disk
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.workspace.backup_file import write_backup
from ntm_desktop.workspace.carrying import Watch
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.manifest import Manifest
from ntm_desktop.workspace.places import ASKED, Occasion, Written, copy_to
from ntm_desktop.workspace.states import NewEvidence
from tests.support.workspaces import key_of, make_workspace, new_claim

AT = datetime(2023, 11, 1, 9, 30, tzinfo=UTC)
PASSPHRASE = "bốn từ ghép lại"
TEXTS = ("một", "hai" * 1000)


@contextmanager
def filled(tmp_path: Path) -> Iterator[Workspace]:
    """Make the workspace and leave it open."""
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(n, key=key_of(f"e{n}")) for n in range(5)], label="import")
        for number, text in enumerate(TEXTS):
            source = tmp_path / f"{number}.txt"
            source.write_text(text, encoding="utf-8")
            stored = workspace.add_evidence(source)
            evidence = Evidence(stored.sha256, stored.size, stored.name, stored.media_type)
            workspace.commit([NewEvidence(stored.sha256, evidence)], label="attach")
        (workspace.folder / "sealed").mkdir()
        (workspace.folder / "sealed" / "abc.json").write_text("{}", encoding="utf-8")
        (workspace.folder / "quarantine" / "bảng ấp.xlsx").write_bytes(b"PK")
        yield workspace


def copied(workspace: Workspace, place: Path, *, disk: Disk | None = None, at: datetime = AT) -> Written:
    """Copy into a place as an officer would ask for it."""
    with workspace.reader() as reader:
        return copy_to(reader, place, Occasion(ASKED, at), disk=disk or Disk(), watch=Watch(), reread=True)


def backed_up(
    workspace: Workspace, target: Path, *, passphrase: str = "", disk: Disk | None = None
) -> Manifest:
    """Write into one file."""
    with workspace.reader() as reader:
        return write_backup(reader, target, AT, disk=disk or Disk(), watch=Watch(), passphrase=passphrase)
