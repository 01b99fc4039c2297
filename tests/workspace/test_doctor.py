"""The diagnosis: finds what is wrong, and never writes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ntm_desktop.errors import Cancelled
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.workspace import doctor, schema
from ntm_desktop.workspace.doctor import Finding, diagnose
from ntm_desktop.workspace.errors import NotAWorkspace, WorkspaceMissing
from ntm_desktop.workspace.folder import FILE_NAME, Workspace
from ntm_desktop.workspace.states import NewEvidence
from tests.support.workspaces import WHO, Ticking, files_in, key_of, make_workspace, new_claim, reopen


def make_filled(tmp_path: Path) -> tuple[Path, list[str]]:
    """Make a workspace with a fact and two files; return its folder and the hashes."""
    hashes = []
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        for text in ("một", "hai"):
            source = tmp_path / f"{text}.txt"
            source.write_text(text, encoding="utf-8")
            stored = workspace.add_evidence(source)
            evidence = Evidence(stored.sha256, stored.size, stored.name, stored.media_type)
            workspace.commit([NewEvidence(stored.sha256, evidence)], label="attach")
            hashes.append(stored.sha256)
    return workspace.folder, hashes


def test_a_sound_workspace_is_healthy_and_untouched(tmp_path: Path) -> None:
    folder, _ = make_filled(tmp_path)
    before = files_in(folder)
    seen: list[tuple[int, int]] = []
    diagnosis = diagnose(folder, progress=lambda done, total: seen.append((done, total)))
    assert diagnosis.healthy
    assert (diagnosis.findings, diagnosis.version, diagnosis.holder) == ((), schema.CURRENT, None)
    assert (diagnosis.evidence_files, diagnosis.edits) == (2, 4)
    assert diagnosis.free_bytes > 0
    assert seen[-1] == (8, 8)
    assert files_in(folder) == before


def test_an_open_workspace_can_be_looked_into_and_says_who_has_it(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        diagnosis = diagnose(workspace.folder)
        assert diagnosis.holder is not None
        assert diagnosis.holder.who == WHO
        assert diagnosis.edits == 2
        assert diagnosis.healthy
        assert workspace.undo().label == "answer"


def test_a_killed_workspace_is_looked_into_without_finishing_its_log(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        crashed = tmp_path / "crashed"
        shutil.copytree(workspace.folder, crashed)  # what a kill leaves: the log was not taken into the file
    before = files_in(crashed)
    assert "workspace.ntm-wal" in before
    diagnosis = diagnose(crashed)
    assert (diagnosis.healthy, diagnosis.edits, diagnosis.holder) == (True, 2, None)
    assert files_in(crashed) == before


def test_files_that_are_missing_changed_and_extra_are_named(tmp_path: Path) -> None:
    folder, (first, second) = make_filled(tmp_path)
    (folder / "evidence" / first[:2] / first).unlink()
    (folder / "evidence" / second[:2] / second).write_text("hơi", encoding="utf-8")
    (folder / "evidence" / "ff").mkdir(exist_ok=True)
    (folder / "evidence" / "ff" / ("ff" * 32)).write_text("x")
    (folder / "evidence" / "incoming" / "y.part").write_text("y")
    diagnosis = diagnose(folder)
    assert set(diagnosis.findings) == {
        (Finding.EVIDENCE_MISSING, first),
        (Finding.EVIDENCE_CHANGED, second),
        (Finding.EVIDENCE_EXTRA, "ff" * 32),
        (Finding.LEFTOVER, "y.part"),
    }
    assert not diagnosis.healthy


def test_evidence_whose_entry_was_undone_is_extra_and_harmless(tmp_path: Path) -> None:
    folder, hashes = make_filled(tmp_path)
    with reopen(tmp_path) as workspace:
        workspace.undo()
    diagnosis = diagnose(folder)
    assert diagnosis.findings == ((Finding.EVIDENCE_EXTRA, hashes[1]),)
    assert diagnosis.healthy


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE claim SET value = '2'",
        "DELETE FROM claim",
        'UPDATE edit SET new = replace(new, \'"text":"1"\', \'"text":"2"\') WHERE kind = \'claim\'',
    ],
)
def test_a_table_that_is_not_what_the_journal_said_is_found(tmp_path: Path, meddling: str) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1), new_claim(3, key=key_of("dan_so"))], label="answer")
        workspace._connection.execute(meddling)
    assert diagnose(workspace.folder).findings == ((Finding.JOURNAL_DIFFERS, "claim"),)


def test_a_file_that_cannot_be_read_is_a_finding_not_a_fault(tmp_path: Path) -> None:
    folder, _ = make_filled(tmp_path)
    (folder / FILE_NAME).write_bytes(b"no database at all, but long enough" * 100)
    diagnosis = diagnose(folder)
    assert diagnosis.findings == ((Finding.UNREADABLE, "workspace_damaged"),)
    assert not diagnosis.healthy


def test_a_newer_and_an_older_one_are_said_so(tmp_path: Path) -> None:
    folder, _ = make_filled(tmp_path)
    for version, finding, healthy in ((2000, Finding.NEWER, False), (1000, Finding.OLDER, True)):
        with reopen(tmp_path) as workspace:
            workspace._connection.execute(f"PRAGMA user_version = {version}")
        diagnosis = diagnose(folder)
        assert (finding, str(version)) in diagnosis.findings
        assert diagnosis.healthy is healthy
        shutil.rmtree(folder)
        make_filled(tmp_path)


def test_where_there_is_nothing_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceMissing):
        diagnose(tmp_path / "gone")
    with pytest.raises(NotAWorkspace):
        diagnose(tmp_path)


def test_it_can_be_stopped(tmp_path: Path) -> None:
    folder, _ = make_filled(tmp_path)
    with pytest.raises(Cancelled):
        diagnose(folder, cancelled=lambda: True)


def test_another_process_holding_it_is_seen(tmp_path: Path) -> None:
    make_workspace(tmp_path).close()
    folder = tmp_path / "xã Vĩnh An"
    program = (
        "import sys; from pathlib import Path; from tests.support.workspaces import Ticking;"
        "from ntm_desktop.workspace.folder import Workspace;"
        "w = Workspace.open(Path(sys.argv[1]), who='Tu', clock=Ticking()); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        diagnosis = diagnose(folder)
        assert diagnosis.holder is not None
        assert (diagnosis.holder.who, diagnosis.holder.pid) == ("Tu", other.pid)
        other.kill()
    assert diagnose(folder).holder is None
    Workspace.open(folder, who=WHO, clock=Ticking()).close()


def test_an_older_workspace_is_sound(tmp_path: Path) -> None:
    fixture = Path(__file__).with_name("fixtures") / "schema-1000"
    older = tmp_path / "kho"
    shutil.copytree(fixture, older)
    diagnosis = diagnose(older)
    assert diagnosis.findings == ((Finding.OLDER, "1000"),)
    assert diagnosis.healthy


def test_a_synced_folder_and_a_share_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "OneDrive").mkdir()
    with make_workspace(tmp_path / "OneDrive") as workspace:
        pass
    synced = diagnose(workspace.folder)
    assert synced.findings == ((Finding.SYNCED, "OneDrive"),)
    assert synced.healthy
    monkeypatch.setattr(doctor, "is_on_network", lambda folder: True)
    assert not diagnose(workspace.folder).healthy


def test_a_clock_that_was_set_back_is_told(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
    now = Ticking().now
    assert diagnose(workspace.folder, now=now).findings == ()
    ((finding, about),) = diagnose(workspace.folder, now=now - timedelta(days=1)).findings
    assert (finding, about[:10]) == (Finding.CLOCK_BEHIND, "2023-11-01")
    assert not doctor._is_behind(now, "never")
