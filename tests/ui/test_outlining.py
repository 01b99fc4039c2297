"""The outline is taken from the dossier that the next start opens, and holds neither figure nor verdict."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ntm_desktop.operations import dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.app import pages
from ntm_desktop.ui.outlining import outline_of
from tests.support.windows import make_desk


def test_it_names_commune_dossier_and_every_criterion_and_indicator(desk: Desk) -> None:
    outline = outline_of(desk, pages())
    assert outline is not None
    assert (outline.commune, outline.dossier) == ("Xã Vĩnh An", "Xã NTM 2021–2025 · năm 2024")
    assert outline.opening == "Đang mở kho của xã…"
    assert len(outline.criteria) == 19
    assert sum(len(one.indicators) for one in outline.criteria) == 57
    assert outline.screen == "Nhập liệu"
    assert [screen.foot for screen in outline.screens] == [
        page.entry.foot for page in pages() if not page.reached_from
    ]


def test_no_figure_and_no_verdict_is_in_it(desk: Desk) -> None:
    words = str(asdict(outline_of(desk, pages())))  # type: ignore[call-overload]
    for told in ("2382", "2.382", "612", "MET", "met"):
        assert told not in words


def test_it_is_that_of_the_dossier_the_next_start_opens(desk: Desk) -> None:
    older = desk.dossier
    assert older is not None
    dossiers.add(desk, older.set_id, 2025)
    desk.choose(desk.workspace.dossier(older.id))
    outline = outline_of(desk, pages())
    assert outline is not None
    assert "2025" in outline.dossier


def test_without_a_dossier_there_is_none(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    assert desk.dossier is not None
    dossier = desk.dossier.id
    desk.workspace.dossiers = lambda: ()  # type: ignore[method-assign]
    assert dossier
    assert outline_of(desk, pages()) is None
    desk.close()
