"""The right side: what would change, what is newly asked, what is promised; or that nothing is new."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from ntm_desktop.operations import confirm
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import preview, preview_kept
from ntm_desktop.operations.packs import installed
from ntm_desktop.ui.packs.preview_view import PreviewView, Shown, Told
from ntm_desktop.ui.parts.banner import BannerKind
from ntm_desktop.ui.parts.rows import ListRow
from tests.support.windows import NTM
from tests.ui import conftest


def titles(view: PreviewView) -> list[str]:
    return [row.title.text() for row in view.findChildren(ListRow)]


def test_a_move_ends_with_the_promise_that_it_can_be_taken_back(
    shown: conftest.Shown, desk: Desk, stick_folder: Path
) -> None:
    found = next(one for one in preview(desk, stick_folder).packs if one.set.id == NTM)
    view = PreviewView(desk)
    shown(view, 980, 600)
    view.show_pack(Shown(pack=found, here=installed(desk)[0], source="usb", move=found.moves[0]))
    assert len(view.changes) == 1
    assert "1.0.0" in view.banners()[-1]


def test_a_confirmed_threshold_that_differs_is_named(
    shown: conftest.Shown, desk: Desk, stick_folder: Path
) -> None:
    requirement = next(one for one in desk.compiled.source.requirements() if one.code == "8.4.d")
    confirm.confirm(desk, requirement, "27", "1260/QĐ-UBND")
    found = next(one for one in preview(desk, stick_folder).packs if one.set.id == NTM)
    view = PreviewView(desk)
    shown(view, 980, 600)
    view.show_pack(Shown(pack=found, here=installed(desk)[0], move=found.moves[0]))
    assert any("8.4.d" in title and "1260/QĐ-UBND" in title for title in titles(view))


def test_where_nothing_is_new_the_set_itself_is_told(shown: conftest.Shown, desk: Desk) -> None:
    view = PreviewView(desk)
    shown(view, 980, 600)
    view.show_pack(Shown(pack=preview_kept(desk, NTM), here=installed(desk)[0]))
    assert view.changes == ()
    assert any("1.0.0" in title for title in titles(view))


def test_several_open_dossiers_are_chosen_between(
    shown: conftest.Shown, desk: Desk, stick_folder: Path
) -> None:
    found = next(one for one in preview(desk, stick_folder).packs if one.set.id == NTM)
    other = dataclasses.replace(
        found.moves[0], dossier=dataclasses.replace(found.moves[0].dossier, id="b", year=2023)
    )
    both = dataclasses.replace(found, moves=(found.moves[0], other))
    view, picked = PreviewView(desk), []
    view.picked.connect(picked.append)
    shown(view, 980, 600)
    view.show_pack(Shown(pack=both, here=installed(desk)[0], move=found.moves[0]))
    row = next(one for one in view.cards() if hasattr(one, "choose"))
    row.choose("b")
    assert picked == ["b"]


def test_what_is_told_stands_above_with_its_button(shown: conftest.Shown, desk: Desk) -> None:
    view, acted = PreviewView(desk), []
    view.acted.connect(lambda: acted.append(True))
    shown(view, 980, 600)
    told = Told(kind=BannerKind.DONE, fact="Đã chuyển.", action="Quay lại")
    view.show_pack(Shown(pack=preview_kept(desk, NTM), here=installed(desk)[0], told=(told,)))
    banner = next(one for one in view.cards() if getattr(one, "button", None) is not None)
    banner.button.click()
    assert acted == [True]
