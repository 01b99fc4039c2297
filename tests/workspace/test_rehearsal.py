from __future__ import annotations

from pathlib import Path

from ntm_desktop.disk import Disk
from ntm_desktop.workspace.carrying import Watch
from ntm_desktop.workspace.rehearsal import Compared, compare
from ntm_desktop.workspace.restoring import restore_copy
from tests.support.copied import copied, filled
from tests.support.workspaces import key_of, new_claim, reopen


def restored(tmp_path: Path, *, later: bool = False) -> str:
    """Copy, restore into `kho`, and go on entering where asked; return the head of the copy."""
    with filled(tmp_path) as workspace:
        written = copied(workspace, tmp_path / "usb")
        if later:
            workspace.commit([new_claim(99, key=key_of("e1"))], label="answer")
    restore_copy(written.copy, tmp_path / "kho", disk=Disk(), watch=Watch())
    return written.manifest.head


def compared(tmp_path: Path, head: str) -> Compared:
    with reopen(tmp_path, read_only=True) as live:
        return compare(tmp_path / "kho", live, head, Watch())


def test_a_restored_copy_agrees_with_the_workspace_as_it_was_then(tmp_path: Path) -> None:
    found = compared(tmp_path, restored(tmp_path, later=True))
    assert found.agrees
    assert (found.facts, found.others, found.files) == (5, 3, 4)


def test_a_copy_nobody_knows_the_moment_of_is_held_against_today(tmp_path: Path) -> None:
    restored(tmp_path, later=True)
    assert compared(tmp_path, "").differing == ("claim",)


def test_a_file_that_is_missing_or_differs_is_named(tmp_path: Path) -> None:
    head = restored(tmp_path)
    one, other = sorted((tmp_path / "kho" / "evidence").rglob("*" * 1))[1::2][:2]
    sha256 = one.name
    one.unlink()
    other.write_bytes(b"?")
    (tmp_path / "kho" / "sealed" / "abc.json").write_text("[]")
    (tmp_path / "kho" / "sealed" / "only here.json").write_text("[]")
    found = compared(tmp_path, head)
    assert not found.agrees
    assert sha256 in found.missing
    assert f"evidence/{other.parent.name}/{other.name}" in found.missing
    assert "sealed/abc.json" in found.missing
    assert len(found.missing) == 3
