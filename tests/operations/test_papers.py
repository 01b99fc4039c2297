from __future__ import annotations

import errno

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.errors import Cancelled, DiskFull, FileUnwritable
from ntm_desktop.operations import papers
from ntm_desktop.operations.seal import INDEX, REPORT, NoSignatory, Signatory
from tests.support.pdf import needs_poppler, page_texts, text_of
from tests.support.sealing import SIGNATORY, desk_to_seal, stored_evidence


@pytest.fixture
def desk(tmp_path):
    with desk_to_seal(tmp_path) as made:
        yield made


@needs_poppler
def test_papers_are_the_report_and_the_index_of_files(desk, tmp_path):
    written = papers.write_papers(desk, tmp_path / "giấy tờ", SIGNATORY)
    word = REPORT.replace(".pdf", ".docx")
    assert [path.name for path in written] == [REPORT, INDEX, word]
    assert sorted(path.name for path in (tmp_path / "giấy tờ").iterdir()) == sorted([REPORT, INDEX, word])
    assert SIGNATORY.name in text_of(written[0])


@needs_poppler
def test_preview_counts_the_pages_a_reader_finds(desk, tmp_path):
    frozen = papers.freeze_to_look_at(desk, SIGNATORY)
    for one in papers.preview(desk.workspace, frozen, tmp_path / "xem"):
        assert one.pages == len(page_texts(one.path)) > 0


def test_word_copy_is_saved_where_it_was_asked_for(desk, tmp_path):
    frozen = papers.freeze_to_look_at(desk, SIGNATORY)
    report, index = papers.preview(desk.workspace, frozen, tmp_path / "xem")
    papers.save_word(report, tmp_path / "báo cáo.docx")
    assert (tmp_path / "báo cáo.docx").read_bytes() == report.word.read_bytes()
    with pytest.raises(LookupError):
        papers.save_word(index, tmp_path / "x.docx")


def test_preview_needs_nobody_named_and_no_evidence(desk, tmp_path):
    nobody = Signatory("", "", "")
    stored_evidence(desk).unlink()
    with pytest.raises(NoSignatory):
        papers.write_papers(desk, tmp_path, nobody)
    frozen = papers.freeze_to_look_at(desk, nobody)
    assert len(papers.preview(desk.workspace, frozen, tmp_path / "xem")) == 2


def test_nothing_to_look_at_without_a_dossier(desk):
    desk.choose(None)
    with pytest.raises(LookupError):
        papers.freeze_to_look_at(desk, SIGNATORY)


def test_stop_writes_nothing(desk, tmp_path):
    frozen = papers.freeze_to_look_at(desk, SIGNATORY)
    told = []
    with pytest.raises(Cancelled):
        papers.preview(
            desk.workspace,
            frozen,
            tmp_path / "xem",
            progress=lambda done, total: told.append((done, total)),
            cancelled=lambda: bool(told),
        )
    assert told == [(0, 2)]
    assert not (tmp_path / "xem").exists()


def test_full_disk_leaves_the_paper_of_last_time(desk, tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "no room")

    (tmp_path / REPORT).write_bytes(b"last time")
    monkeypatch.setattr(Disk, "rename", full)
    with pytest.raises(DiskFull):
        papers.write_papers(desk, tmp_path, SIGNATORY)
    assert (tmp_path / REPORT).read_bytes() == b"last time"
    assert not list(tmp_path.glob("*.part"))


def test_folder_that_is_a_file_is_refused(desk, tmp_path):
    (tmp_path / "giay-to").write_text("a file")
    with pytest.raises(FileUnwritable):
        papers.write_papers(desk, tmp_path / "giay-to", SIGNATORY)
    assert (tmp_path / "giay-to").read_text() == "a file"
