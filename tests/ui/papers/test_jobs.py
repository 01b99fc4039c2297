"""What the page of papers does beside the window."""

from __future__ import annotations

from ntm_desktop.documents import forms
from ntm_desktop.operations import papers
from ntm_desktop.ui.papers.jobs import ExportJob, WriteJob
from tests.support.papers import usual_form
from tests.support.sealing import SIGNATORY


def test_papers_are_written_to_look_at_and_exported_with_their_copies(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(forms, "usual_forms", lambda: (usual_form("bien_ban_niem_yet"),))
    prepared = papers.freeze_to_look_at(desk, SIGNATORY)
    written = WriteJob(desk.workspace, prepared, tmp_path / "xem").run(print, lambda: False)
    assert [one.path.name for one in written] == ["01_danh_muc_tep.pdf", "02_bien_ban_niem_yet.pdf"]
    paths = ExportJob(desk.workspace, prepared, tmp_path / "ra").run(print, lambda: False)
    assert [path.suffix for path in paths] == [".pdf", ".pdf", ".docx"]
