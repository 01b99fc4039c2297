"""The register as it is seen and typed into: Enter goes down, a locked cell asks for a correction, Tab leaves."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.figures.model import FIRST_YEAR, NAME, USED, Cell, RegisterModel, is_unusual
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import GROUP_HEAD, TABLE_ROW, Ink, TextRole
from ntm_desktop.ui.parts.cell_grid import CellDelegate

_SIDE = 10
_ICON = 14
_HEADER = 40
_USED, _YEAR, _OPEN, _CHANGE = 138, 84, 124, 96
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex


class _Painter(CellDelegate):
    """Draw a cell; nothing but what must be decided has a colour."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, RegisterModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        cell = model.cell(index)
        inside = QRectF(area).adjusted(_SIDE, 0, -_SIDE, 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if model.entry(index.row()) is None:
            painter.fillRect(area, colour(Ink.SUNKEN))
            _write(painter, inside, model.words(index), TextRole.SMALL_STRONG, Ink.TEXT2, _LEFT)
        elif cell is not None:
            painter.fillRect(area, colour(_ground(cell, selected=selected)))
            _paint_cell(painter, inside, cell)
        else:
            painter.fillRect(area, colour(Ink.ACCENT_SOFT if selected else Ink.SURFACE))
            self._paint_words(painter, inside, model, index)
        painter.restore()

    def _paint_words(self, painter: QPainter, inside: QRectF, model: RegisterModel, index: Index) -> None:
        entry = model.entry(index.row())
        if index.column() == NAME and entry is not None:
            used = _write(painter, inside, model.words(index), TextRole.BODY, Ink.TEXT, _LEFT)
            inside.setLeft(inside.left() + used + 8)
            _write(painter, inside, entry.element.unit, TextRole.SMALL, Ink.TEXT2, _LEFT)
        elif index.column() == USED:
            _write(painter, inside, model.words(index), TextRole.SMALL, Ink.TEXT2, _LEFT)
        else:
            unusual = is_unusual(model, index.row())
            role, ink = (TextRole.SMALL_STRONG, Ink.UND) if unusual else (TextRole.SMALL, Ink.TEXT2)
            if unusual:
                icons.paint(painter, _icon_area(inside), "warn", Ink.UND)
            _write(painter, inside, model.words(index), role, ink, _RIGHT)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        edit = QLineEdit(parent)
        edit.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return edit

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_YEAR, TABLE_ROW)


def _ground(cell: Cell, *, selected: bool) -> Ink:
    if cell.wrong:
        return Ink.NOT_MET_BG
    if cell.missing or cell.conflict:
        return Ink.UND_BG
    if selected:
        return Ink.ACCENT_SOFT
    return Ink.SUNKEN if cell.locked else Ink.SURFACE


def _paint_cell(painter: QPainter, inside: QRectF, cell: Cell) -> None:
    marks = (
        (cell.wrong, "not_met", Ink.NOT_MET),
        (cell.missing, "und", Ink.UND),
        (cell.conflict, "warn", Ink.UND),
        (cell.corrected, "pen", Ink.TEXT2),
    )
    icon, ink = next(((icon, ink) for is_so, icon, ink in marks if is_so), ("", Ink.TEXT))
    figure = QRectF(inside)
    if icon:
        icons.paint(painter, _icon_area(inside), icon, ink, Ink.UND_BG)
        inside.setLeft(inside.left() + _ICON + 4)
    role = TextRole.SMALL if cell.locked else TextRole.BODY
    text_ink = ink if cell.wrong or cell.missing else Ink.TEXT2 if cell.locked else Ink.TEXT
    used = _write(painter, figure, cell.words, role, text_ink, _RIGHT)
    inside.setRight(inside.right() - used - 6)
    _write(painter, inside, cell.flag(), TextRole.SMALL, Ink.UND if cell.conflict else Ink.TEXT2, _LEFT)


def _icon_area(inside: QRectF) -> QRectF:
    return QRectF(inside.left(), inside.center().y() - _ICON / 2, _ICON, _ICON)


def _write(painter: QPainter, area: QRectF, words: str, role: TextRole, ink: Ink, side: int) -> int:
    """Write words, shortened where they must be; return how wide they are."""
    painter.setFont(fonts.font(role))
    painter.setPen(colour(ink))
    short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(area.width())))
    painter.drawText(area, side | int(Qt.TextFlag.TextDontClip), short)
    return painter.fontMetrics().horizontalAdvance(short)


class RegisterGrid(QTableView):
    """One Tab stop; arrows move, typing replaces, Enter goes down."""

    corrected = Signal()
    """Something was typed or opened in a cell of a year that stands still."""

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.register = model
        self.setModel(model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(_("Register of figures"))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(TABLE_ROW)
        across = self.horizontalHeader()
        across.setFixedHeight(_HEADER)
        across.setHighlightSections(False)
        model.modelReset.connect(self.arrange)

    def arrange(self) -> None:
        """Give columns and heads of groups their sizes."""
        columns, across = self.register.columnCount(), self.horizontalHeader()
        self.clearSpans()
        for row in self.register.heads():
            self.setSpan(row, 0, 1, columns)
            self.setRowHeight(row, GROUP_HEAD)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(USED, _USED)
        for column in range(FIRST_YEAR, columns):
            last, open_one = columns - 1, columns - 2
            width = _CHANGE if column == last else _OPEN if column == open_one else _YEAR
            self.setColumnWidth(column, width)

    def show_years(self, count: int) -> None:
        """Show only so many of the years, the last ones."""
        years = len(self.register.years)
        for place in range(years):
            self.setColumnHidden(FIRST_YEAR + place, place < years - count)

    def choose(self, row: int, year: int | None = None) -> None:
        """Put the current cell on a year of a row; without one on the year that is worked on."""
        years = self.register.years
        place = years.index(year) if year in years else len(years) - 1
        self.setCurrentIndex(self.register.index(row, FIRST_YEAR + place))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        if index.isValid() and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.state() != QAbstractItemView.State.EditingState:
                self._go_down(index)
        elif index.isValid() and key == Qt.Key.Key_Delete and self.register.takes_typing(index):
            self.register.setData(index, "")
        elif index.isValid() and self._is_locked(index) and (event.text().isprintable() and event.text()):
            self.corrected.emit()
        else:
            super().keyPressEvent(event)

    def _is_locked(self, index: QModelIndex) -> bool:
        cell = self.register.cell(index)
        return cell is not None and cell.locked

    def _go_down(self, index: QModelIndex) -> None:
        row = index.row() + 1
        while row < self.register.rowCount() and self.register.entry(row) is None:
            row += 1
        if row < self.register.rowCount():
            self.setCurrentIndex(self.register.index(row, index.column()))

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter or Tab in a cell go on to the figure below."""
        index, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        onward = hint in {hints.SubmitModelCache, hints.EditNextItem}
        super().closeEditor(editor, hints.NoHint if hint is hints.EditNextItem else hint)
        if onward and index.isValid():
            self._go_down(index)
