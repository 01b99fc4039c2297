"""The papers that travel in a dossier are written beside the packing; what goes wrong with them stops it."""

from __future__ import annotations

import pytest

from ntm_desktop.dossier.assemble import Assembly, Paper
from ntm_desktop.errors import DiskFull
from ntm_desktop.operations import seal
from ntm_desktop.operations.seal import Stage
from ntm_desktop.operations.sealed_papers import PapersBeside, make_papers, paper_name
from tests.support.sealing import SIGNATORY, desk_to_seal


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    with desk_to_seal(tmp_path_factory.mktemp("papers")) as desk:
        return seal.prepare(desk, SIGNATORY).snapshot


def test_papers_are_numbered_in_order_and_the_index_of_files_is_the_last(snapshot):
    told = []
    packed = Assembly((), ()).with_file("dossier.json", "application/json", b"{}")
    assembly, papers = make_papers(packed, snapshot, lambda *one: told.append(one))
    numbers = [paper_name(number, "")[:3] for number in range(1, len(papers) + 1)]
    assert [paper.name[:3] for paper in papers] == numbers
    assert papers[-1].name.endswith("_danh_muc_tep.pdf")
    assert [entry.name for entry in assembly.entries][2:] == [f"documents/{paper.name}" for paper in papers]
    assert told == [(Stage.PAPERS, done, len(papers)) for done in range(len(papers) + 1)]


def test_only_what_is_new_is_packed_behind_what_was_there():
    packed = Assembly((), ()).with_file("dossier.json", "application/json", b"{}")
    paper = Paper("01_x.pdf", b"%PDF")
    papers = PapersBeside(lambda: (packed.with_papers([paper]), (paper,)), len(packed.entries))
    assert not papers.finished
    assert [entry.name for entry in papers.entries()] == ["documents/01_x.pdf"]
    assert papers.finished


def test_a_paper_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path, monkeypatch):
    def fails(*_more):
        raise DiskFull("paper")

    with desk_to_seal(tmp_path) as desk:
        prepared = seal.prepare(desk, SIGNATORY)
        monkeypatch.setattr(seal, "make_papers", fails)
        target = tmp_path / "out" / "a.asice"
        target.parent.mkdir()
        with pytest.raises(DiskFull):
            seal.build(desk.workspace, prepared, target, None)
        assert list(target.parent.iterdir()) == []
