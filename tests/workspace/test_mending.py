from __future__ import annotations

from pathlib import Path

from ntm_desktop.disk import Disk
from ntm_desktop.workspace.carrying import Watch
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.evidence import EvidenceStore
from ntm_desktop.workspace.mending import bring_back
from tests.support.copied import copied, filled


def test_missing_and_changed_evidence_comes_back_from_the_place_that_has_it_whole(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        copied(workspace, tmp_path / "usb")
        copied(workspace, tmp_path / "disk")
        one, other = (evidence.sha256 for evidence in workspace.evidence())
        folder = workspace.folder
    store = EvidenceStore(folder / "evidence", folder / "quarantine", Disk())
    store.path(one).unlink()
    store.path(other).write_bytes(b"?")
    (tmp_path / "disk" / "evidence" / one[:2] / one).write_bytes(b"?")
    (tmp_path / "disk" / "evidence" / other[:2] / other).unlink()
    nowhere = "ab" * 32
    mended = bring_back(store, [one, other, nowhere], [tmp_path / "disk", tmp_path / "usb"], Watch())
    assert mended.brought == ((one, tmp_path / "usb"), (other, tmp_path / "usb"))
    assert mended.still == (nowhere,)
    assert diagnose(folder).healthy
    assert any(path.name.startswith(other) for path in (folder / "quarantine").iterdir())
