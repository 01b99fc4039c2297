"""A file put in place of another is looked at again wherever it is used; pages and cells are noted per figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.operations import dossiers, history
from ntm_desktop.operations.attach import attached
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.evidence_care import (
    _chosen,
    can_be_drawn,
    draw,
    looked_at,
    note_spot,
    put_in_place,
)
from ntm_desktop.operations.evidence_intake import take_in
from ntm_desktop.operations.findings import FindingKind, findings
from ntm_desktop.operations.seal import Signatory, freeze
from tests.support.desks import NANG_CAO, fresh_desk
from tests.support.figures import ONLINE, key, show_file, type_in
from tests.support.photos import noise, pdf_of_pages


def to_look_at(desk: Desk) -> list[str]:
    return [one.requirement for one in findings(desk) if one.kind is FindingKind.EVIDENCE_REPLACED]


def test_a_replaced_file_is_looked_at_again_at_every_place_until_it_was(desk: Desk, tmp_path: Path) -> None:
    old = show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    show_file(desk, tmp_path, "8.1.a", "")
    note_spot(desk, old, key(ONLINE), " trang\n3 ")
    change = put_in_place(desk, old, take_in(desk, pdf_of_pages(tmp_path / "bản ký.pdf")))
    assert change.evidence
    assert not change.structure
    rows = attached(desk)
    assert {row.evidence.name for row in rows} == {"bản ký.pdf"}
    assert {row.was for row in rows} == {old}
    assert [spot.spot for spot in rows[0].spots] == ["trang 3"]
    assert to_look_at(desk) == ["8.1.a", "8.4.d"]
    looked_at(desk, rows[0].evidence.sha256, "8.4.d")
    assert to_look_at(desk) == ["8.1.a"]
    history.undo(desk)
    history.undo(desk)
    assert {row.evidence.sha256 for row in attached(desk)} == {old}
    assert to_look_at(desk) == []


def test_the_same_content_replaces_nothing(desk: Desk, tmp_path: Path) -> None:
    sha256 = show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    put_in_place(desk, sha256, take_in(desk, tmp_path / "bao cao.pdf"))
    assert to_look_at(desk) == []
    assert [row.evidence.sha256 for row in attached(desk)] == [sha256]


def test_it_is_replaced_in_other_open_dossiers_too(desk: Desk, tmp_path: Path) -> None:
    old = show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    first = desk.dossier
    dossiers.add(desk, NANG_CAO, 2024)
    other = next(one.code for one in desk.compiled.source.requirements())
    show_file(desk, tmp_path, other, "")
    put_in_place(desk, old, take_in(desk, pdf_of_pages(tmp_path / "mới.pdf")))
    assert to_look_at(desk) == [other]
    assert first is not None
    desk.choose(first)
    assert to_look_at(desk) == ["8.4.d"]


def test_a_note_is_taken_away_by_an_empty_one(desk: Desk, tmp_path: Path) -> None:
    sha256 = show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    note_spot(desk, sha256, key(ONLINE), "Sheet1!B7")
    assert attached(desk)[0].spots[0].spot == "Sheet1!B7"
    note_spot(desk, sha256, key(ONLINE), "")
    assert attached(desk)[0].spots == ()


def test_pictures_and_pdfs_are_drawn(desk: Desk, tmp_path: Path) -> None:
    show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    evidence = attached(desk)[0].evidence
    assert can_be_drawn(evidence)
    assert not can_be_drawn(replace(evidence, media_type="text/csv"))
    pdf = take_in(desk, pdf_of_pages(tmp_path / "a.pdf")).stored
    page = draw(desk, replace(evidence, sha256=pdf.sha256), 2, 100)
    assert (page.number, page.count) == (2, 3)
    noise(80, 40).save(tmp_path / "a.png")
    png = take_in(desk, tmp_path / "a.png").stored
    assert draw(desk, replace(evidence, sha256=png.sha256, media_type="image/png"), 1, 40).count == 1


def test_without_a_dossier_there_is_nothing_to_note(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk, pytest.raises(NoDossierChosen):
        _chosen(desk)


def test_page_and_cell_go_into_the_dossier_for_the_figures_it_carries(desk: Desk, tmp_path: Path) -> None:
    show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    (evidence,) = desk.workspace.evidence()
    type_in(desk, **{ONLINE: "612"})
    note_spot(desk, evidence.sha256, key(ONLINE), "trang 3")
    note_spot(desk, evidence.sha256, key("khong_ai_doc"), "trang 4")
    assert desk.dossier is not None
    (frozen,) = freeze(desk, desk.dossier, Signatory("Trần Văn Bình", "CHỦ TỊCH", "")).snapshot.evidence
    assert [(one.key.element, one.spot) for one in frozen.spots] == [(ONLINE, "trang 3")]
