"""The first paint: where everything stands that stays, and no verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget

from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui import outlining
from ntm_desktop.ui.app import pages
from ntm_desktop.ui.entry import page
from ntm_desktop.ui.frame.outline_view import OutlineView
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.look.breakpoints import LOW
from ntm_desktop.ui.look.tokens import DARK, LIGHT
from ntm_desktop.ui.outlining import outline_of
from tests.support.windows import entry_of, make_window, settle
from tests.ui.conftest import Shown

ENDS_OF_STROKES = 12
"""Points: the icons of the outline have square ends, for which nothing need be loaded."""
SIZES = [(1366, 697), (1024, 697), (911, 512)]


def view_of(desk: Desk) -> OutlineView:
    outline = outline_of(desk, pages(desk.commune.hamlet_label))
    assert outline is not None
    return OutlineView(outline, LIGHT, 0)


def dark(picture: QImage, area: QRect) -> list[bool]:
    return [
        picture.pixelColor(x, y).lightness() < 128
        for y in range(area.top(), area.bottom())
        for x in range(area.left(), area.right())
    ]


def area_of(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("first_row", ["8.4", "19.2"])
def test_what_stays_is_painted_where_it_stays(
    dressed: QApplication,
    desk: Desk,
    shown: Shown,
    size: tuple[int, int],
    first_row: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (outlining, page):
        monkeypatch.setattr(module, "first_open", lambda *_given: first_row)
    view = view_of(desk)
    shown(view, *size)
    first = view.grab().toImage()
    view.close()
    window = make_window(desk)
    shown(window, *size)
    settle(dressed)
    dressed.focusWidget().clearFocus()  # type: ignore[union-attr]  # its ring is not in the outline
    settle(dressed)
    now = window.grab().toImage()
    for area in words_of_rows(window):
        assert any(dark(now, area))
        assert dark(first, area) == dark(now, area)
    if size[1] < LOW:
        return  # more screens than there is room for are squeezed together by Qt
    rail = area_of(window.rail)
    other = sum(one != two for one, two in zip(dark(first, rail), dark(now, rail), strict=True))
    assert other <= ENDS_OF_STROKES


def words_of_rows(window: MainWindow) -> list[QRect]:
    """Return where code and beginning of the name of every row of the tree stand that is wholly seen."""
    tree = entry_of(window).tree.view
    viewport = tree.viewport()
    corner = viewport.mapTo(window, QPoint(0, 0))
    index, found = tree.indexAt(QPoint(5, 5)), []
    while index.isValid():
        row = tree.visualRect(index)
        if row.bottom() < viewport.height():
            found.append(
                QRect(corner + row.topLeft() + QPoint(60, 0), row.size()).intersected(
                    QRect(0, 0, corner.x() + 120, 9999)
                )
            )
        index = tree.indexBelow(index)
    assert len(found) > 10
    return found


def test_it_tells_once_that_it_is_painted(dressed: QApplication, desk: Desk, shown: Shown) -> None:
    view = view_of(desk)
    told = QSignalSpy(view.painted)
    view.painted.connect(view.update)
    shown(view, 1366, 697)
    settle(dressed)
    assert told.count() == 1


def test_it_paints_what_it_is_given_in_both_palettes_and_stacked(
    dressed: QApplication, desk: Desk, shown: Shown
) -> None:
    given = outline_of(desk, pages(desk.commune.hamlet_label))
    assert given is not None
    strange = replace(given, screens=(replace(given.screens[0], icon="no such icon"),), selected="none")
    for palette, ground in ((LIGHT, LIGHT.surface), (DARK, DARK.surface)):
        view = OutlineView(strange, palette, 300)
        shown(view, 600, 400)
        picture = view.grab().toImage()
        assert picture.pixelColor(300, 2).name().upper() == ground
        view.close()
