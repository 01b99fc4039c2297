"""Communes by criteria: one icon a cell, a dot where nothing was sent, a remark beside the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_counts import CountRow, CountTable
from ntm_desktop.operations.review_desk import Standing
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.parts.verdicts import STATES

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
NAME, DOSSIER, FIRST = 0, 1, 2
_NAME, _DOSSIER, _CODE, _LONG_CODE = 136, 96, 26, 42
_ROW, _HEAD, _FOOT = 31, 34, 46
_SIDE, _ICON = 16, 14
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class CommuneModel(QAbstractTableModel):
    """What the table shows."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: tuple[str, ...] = ()
        self.rows: tuple[CountRow, ...] = ()
        self._beside: Mapping[str, str] | None = None

    def show_rows(
        self, codes: Sequence[str], rows: Sequence[CountRow], beside: Mapping[str, str] | None = None
    ) -> None:
        """Show these communes; with `beside` the column after the name has these words by commune."""
        self.beginResetModel()
        self.codes, self.rows, self._beside = tuple(codes), tuple(rows), beside
        self.endResetModel()

    def second_words(self, row: CountRow) -> str:
        """Return what stands beside the name of a commune."""
        return came_words(row) if self._beside is None else self._beside.get(row.case.code, "")

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else FIRST + len(self.codes)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section < FIRST else _MIDDLE
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        second = _("Dossier") if self._beside is None else _("Missing")
        return self.codes[section - FIRST] if section >= FIRST else (_("Commune"), second)[section]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() >= FIRST:
            return self.spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole and index.column() < FIRST:
            return row.case.name if index.column() == NAME else self.second_words(row)
        return None

    def spoken(self, row: int, column: int) -> str:
        """Return what a cell says: commune, criterion, verdict, remark."""
        one = self.rows[row]
        if column < FIRST:
            return _("{commune}, {dossier}").format(commune=one.case.name, dossier=self.second_words(one))
        code = self.codes[column - FIRST]
        verdict = one.verdicts.get(code)
        words = _("nothing sent") if verdict is None else verdict_word(verdict)
        form = _("{commune}, criterion {code}, {verdict}, with a remark")
        if code not in one.remarked:
            form = _("{commune}, criterion {code}, {verdict}")
        return form.format(commune=one.case.name, code=code, verdict=words.lower())


def came_words(row: CountRow) -> str:
    """Return which revision came, and when; or that nothing did."""
    one = row.case.latest
    if one is None:
        return _("not sent")
    day = f"{one.received_at[8:10]}/{one.received_at[5:7]}"
    if one.state is Standing.RETURNED:
        return _("returned {day}").format(day=day)
    return _("round {revision} \u00b7 {day}").format(revision=one.revision, day=day)


class _Cells(QStyledItemDelegate):
    """Draw names and icons; nothing but what must be decided has a colour."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, CommuneModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, colour(Ink.ACCENT_SOFT if selected else Ink.SURFACE))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, colour(Ink.LINE))
        if selected and index.column() == NAME:
            painter.fillRect(area.left(), area.top(), 3, area.height(), colour(Ink.ACCENT))
        row = model.rows[index.row()]
        if index.column() < FIRST:
            strong = selected and index.column() == NAME
            painter.setFont(fonts.font(TextRole.STRONG if strong else TextRole.BODY))
            if index.column() == DOSSIER:
                painter.setFont(fonts.font(TextRole.SMALL))
            painter.setPen(colour(Ink.TEXT if index.column() == NAME else Ink.TEXT2))
            left = _SIDE if index.column() == NAME else 4
            inside = area.adjusted(left, 0, -4, 0)
            words = str(index.data())
            short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, _LEFT | Qt.TextFlag.TextDontClip, short)
        else:
            _paint_verdict(painter, area, row, model.codes[index.column() - FIRST])
        painter.restore()


def _paint_verdict(painter: QPainter, area: QRect, row: CountRow, code: str) -> None:
    verdict = row.verdicts.get(code)
    centre = QRectF(area).center()
    if verdict is None:
        painter.setPen(colour(Ink.TEXT3))
        painter.drawText(area, _MIDDLE, "\u00b7")
        return
    state: State = STATES[verdict]
    remarked = code in row.remarked
    left = centre.x() - (_ICON + 1 if remarked else _ICON / 2)
    icon = QRectF(left, centre.y() - _ICON / 2, _ICON, _ICON)
    icons.paint(painter, icon, state.icon, state.ink)
    if remarked:
        icons.paint(painter, icon.translated(_ICON + 2, 0), "remark", Ink.ACCENT)


class _Names(QTableView):
    """The names again, over the table, with what stands beside them: they stay while the codes scroll sideways."""

    def __init__(self, table: QTableView, model: CommuneModel) -> None:
        super().__init__(table)
        _dress(self)
        self.setModel(model)
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(_Cells(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)

    def arrange(self) -> None:
        """Show the first columns alone."""
        across = self.horizontalHeader()
        for column in range(across.count()):
            self.setColumnHidden(column, column >= FIRST)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(NAME, _NAME)
        self.setColumnWidth(DOSSIER, _DOSSIER)


def _dress(view: QTableView) -> None:
    """Give both tables the same rows and the same head."""
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setShowGrid(False)
    view.setCornerButtonEnabled(False)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setMinimumSectionSize(_ROW)
    view.verticalHeader().setDefaultSectionSize(_ROW)
    across = view.horizontalHeader()
    across.setFixedHeight(_HEAD)
    across.setMinimumSectionSize(_CODE)
    across.setHighlightSections(False)
    across.setStyleSheet(
        "QHeaderView::section { padding: 0 3px; } QHeaderView::section:first { padding-left: 16px; }"
    )
    across.setDefaultAlignment(_MIDDLE)


class CommuneTable(QTableView):
    """One Tab stop; arrows move, Enter opens the dossier at the criterion."""

    opened = Signal(str, str)
    """Carries the code of the commune, and of the criterion that was pointed at; that may be empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.communes = CommuneModel()
        self.setModel(self.communes)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(_("Communes by criteria"))
        _dress(self)
        self._names = _Names(self, self.communes)
        self._names.clicked.connect(self._open)
        self._names.hide()
        self.horizontalScrollBar().valueChanged.connect(self._names.setVisible)
        self.communes.modelReset.connect(self._arrange)
        self.clicked.connect(self._open)

    def _arrange(self) -> None:
        """Let the codes share the width; the longer ones of indicators have a width of their own and scroll."""
        across = self.horizontalHeader()
        long = any("." in code for code in self.communes.codes)
        across.setMinimumSectionSize(_LONG_CODE if long else _CODE)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in ((NAME, _NAME), (DOSSIER, _DOSSIER)):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        self._names.arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        frame, head = self.frameWidth(), self.horizontalHeader().height()
        self._names.setGeometry(frame, frame, _NAME + _DOSSIER, head + self.viewport().height())

    def choose(self, commune: str) -> None:
        """Put the current row on a commune."""
        for number, row in enumerate(self.communes.rows):
            if row.case.code == commune:
                column = max(self.currentIndex().column(), 0)
                self.setCurrentIndex(self.communes.index(number, column))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            codes = self.communes.codes
            code = codes[index.column() - FIRST] if index.column() >= FIRST else ""
            self.opened.emit(self.communes.rows[index.row()].case.code, code)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class CountFoot(QWidget):
    """How many communes meet each criterion, and how many are left; below the columns of the table."""

    def __init__(self, table: CommuneTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._counts: CountTable | None = None
        self.setFixedHeight(_FOOT)
        table.horizontalHeader().sectionResized.connect(self._moved)
        table.horizontalScrollBar().valueChanged.connect(self._moved)

    def _moved(self, *_how: int) -> None:
        self.update()

    def show_counts(self, counts: CountTable) -> None:
        """Show these counts; all communes, whatever the filter."""
        self._counts = counts
        said = (
            _("Criterion {code}: {count}, {percent}").format(
                code=code, count=one.words(), percent=one.percent()
            )
            for code, one in counts.counts.items()
        )
        self.setAccessibleName(". ".join(said))
        self.setToolTip(
            "\n".join(f"{code}: {one.words()} ({one.percent()})" for code, one in counts.counts.items())
        )
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, 0, self.width(), 1, colour(Ink.LINE_STRONG))
        if self._counts is None:
            return
        title = _("Communes that meet it, of {total}").format(total=len(self._counts.rows))
        painter.setPen(colour(Ink.TEXT))
        painter.setFont(fonts.font(TextRole.STRONG))
        painter.drawText(QRect(_SIDE, 4, _NAME + _DOSSIER, 20), _LEFT, title)
        painter.setFont(fonts.font(TextRole.SMALL))
        painter.setPen(colour(Ink.TEXT2))
        painter.drawText(QRect(_SIDE, 23, _NAME + _DOSSIER, 20), _LEFT, _("Left"))
        left = _NAME + _DOSSIER
        painter.setClipRect(left, 0, self._table.viewport().width() - left, self.height())
        for column, code in enumerate(self._counts.codes, start=FIRST):
            one = self._counts.counts[code]
            left, width = self._table.columnViewportPosition(column), self._table.columnWidth(column)
            painter.setFont(fonts.font(TextRole.SMALL_STRONG))
            painter.setPen(colour(Ink.TEXT))
            painter.drawText(QRect(left, 4, width, 20), _MIDDLE | Qt.TextFlag.TextDontClip, str(one.met))
            painter.setFont(fonts.font(TextRole.SMALL))
            painter.setPen(colour(Ink.TEXT2))
            painter.drawText(QRect(left, 23, width, 20), _MIDDLE, str(one.total - one.met))


def is_ready(row: CountRow) -> bool:
    """Say whether every criterion of a commune that applies is met."""
    applying = [verdict for verdict in row.verdicts.values() if verdict is not Verdict.NOT_APPLICABLE]
    return bool(applying) and all(verdict is Verdict.MET for verdict in applying)
