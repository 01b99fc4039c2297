from __future__ import annotations

import errno
import io

import pytest
from PIL import Image

from ntm_desktop.disk import Disk
from ntm_desktop.documents import forms
from ntm_desktop.errors import Cancelled, DiskFull, FileUnwritable
from ntm_desktop.operations import papers
from ntm_desktop.operations.papers import Kind
from ntm_desktop.operations.seal import NoSignatory, Signatory
from tests.support.papers import usual_form
from tests.support.pdf import needs_poppler, page_texts, text_of
from tests.support.sealing import SIGNATORY, desk_to_seal, stored_evidence


@pytest.fixture
def desk(tmp_path):
    with desk_to_seal(tmp_path) as made:
        yield made


@needs_poppler
def test_papers_stand_in_the_order_of_the_set_the_index_of_files_behind_those_of_the_dossier(desk, tmp_path):
    written = papers.write_papers(desk, tmp_path / "giấy tờ", SIGNATORY, (Kind.PDF,))
    names = [path.name for path in written]
    assert names == sorted(path.name for path in (tmp_path / "giấy tờ").iterdir())
    assert names[:2] == ["01_to_trinh.pdf", "02_bao_cao_ket_qua.pdf"]
    assert names[6:9] == ["07_danh_muc_minh_chung.pdf", "08_danh_muc_tep.pdf", "09_niem_yet.pdf"]
    assert "documents/02_bao_cao_" in text_of(written[7])
    assert all(SIGNATORY.name in text_of(path) for path in written)


def test_each_paper_has_a_word_file_and_those_with_tables_a_workbook(desk, tmp_path, monkeypatch):
    few = tuple(map(usual_form, ("tong_hop_y_kien", "bien_ban_niem_yet")))
    monkeypatch.setattr(forms, "usual_forms", lambda: few)
    written = papers.write_papers(desk, tmp_path, SIGNATORY, (Kind.WORD, Kind.EXCEL))
    assert [path.name for path in written] == [
        "01_tong_hop_y_kien.docx",
        "01_tong_hop_y_kien.xlsx",
        "03_bien_ban_niem_yet.docx",
    ]
    assert all(path.read_bytes()[:2] == b"PK" for path in written)


@needs_poppler
def test_preview_counts_the_pages_a_reader_finds(desk, tmp_path):
    frozen = papers.freeze_to_look_at(desk, SIGNATORY)
    for one in papers.preview(desk.workspace, frozen, tmp_path / "xem"):
        assert one.pages == len(page_texts(one.path)) > 0


def test_a_page_of_a_paper_is_drawn_as_wide_as_asked(desk, tmp_path):
    frozen = papers.freeze_to_look_at(desk, SIGNATORY)
    letter, *_others = papers.preview(desk.workspace, frozen, tmp_path / "xem")
    page = papers.page_of(letter, 1, 300)
    assert (page.number, page.count) == (1, letter.pages)
    assert Image.open(io.BytesIO(page.png)).width == 300


def test_word_copy_is_saved_where_it_was_asked_for(desk, tmp_path):
    frozen = papers.freeze_to_look_at(desk, SIGNATORY)
    letter, *_others, index = papers.preview(desk.workspace, frozen, tmp_path / "xem")
    papers.save_word(letter, tmp_path / "tờ trình.docx")
    assert (tmp_path / "tờ trình.docx").read_bytes()[:2] == b"PK"
    assert not papers.save_excel(index, tmp_path / "x.xlsx")
    with pytest.raises(LookupError):
        papers.save_word(index, tmp_path / "x.docx")


def test_preview_needs_nobody_named_and_no_evidence(desk, tmp_path):
    nobody = Signatory("", "", "")
    stored_evidence(desk).unlink()
    with pytest.raises(NoSignatory):
        papers.write_papers(desk, tmp_path, nobody)
    frozen = papers.freeze_to_look_at(desk, nobody)
    assert len(papers.preview(desk.workspace, frozen, tmp_path / "xem")) == 8


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
    assert told == [(0, 8)]
    assert not (tmp_path / "xem").exists()


def test_full_disk_leaves_the_paper_of_last_time(desk, tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "no room")

    letter = tmp_path / "01_to_trinh.pdf"
    letter.write_bytes(b"last time")
    monkeypatch.setattr(Disk, "rename", full)
    with pytest.raises(DiskFull):
        papers.write_papers(desk, tmp_path, SIGNATORY)
    assert letter.read_bytes() == b"last time"
    assert not list(tmp_path.glob("*.part"))


def test_folder_that_is_a_file_is_refused(desk, tmp_path):
    (tmp_path / "giay-to").write_text("a file")
    with pytest.raises(FileUnwritable):
        papers.write_papers(desk, tmp_path / "giay-to", SIGNATORY)
    assert (tmp_path / "giay-to").read_text() == "a file"
