"""The tree of criteria: thin ticks for what is fine, filled discs for what blocks, the count at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation, Verdict
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.grades import grade_of, grade_words, points_words
from ntm_desktop.ui.entry.tree_model import (
    CODE_ROLE,
    COUNT_ROLE,
    VERDICT_ROLE,
    NeedsWork,
    TreeModel,
    Which,
)
from ntm_desktop.ui.look import fonts, icons
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import TREE_ROW, Ink, TextRole
from ntm_desktop.ui.parts.choice import Option
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.verdicts import STATES
from ntm_desktop.ui.parts.words import Fit, Words

_CHEVRON = 12
_INDENT = 16
_CODE_WIDTH = {False: 24, True: 28}
_CODE_GAP = 7
_BAR = 3
_COUNT_ROOM = 40


class _RowPainter(QStyledItemDelegate):
    """Draw one row: chevron, verdict icon, code, short name, count."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, TREE_ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = QRect(0, option.rect.top(), option.rect.right() + 1, option.rect.height())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(row, colour(Ink.ACCENT_SOFT if selected else Ink.SURFACE))
        if selected:
            painter.fillRect(QRect(0, row.top(), _BAR, row.height()), colour(Ink.ACCENT))
        is_indicator = index.parent().isValid()
        left = 22 + (_INDENT if is_indicator else 0)
        if not is_indicator:
            self._chevron(painter, row, index)
        verdict = STATES[index.data(VERDICT_ROLE)]
        middle = row.top() + (row.height() - icons.GRID) // 2
        icons.paint(painter, QRectF(left, middle, icons.GRID, icons.GRID), verdict.icon, verdict.ink)
        left += icons.GRID + 6
        role = TextRole.STRONG if selected else TextRole.BODY
        painter.setFont(fonts.font(role))
        painter.setPen(colour(Ink.TEXT))
        align = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        code = index.data(CODE_ROLE)
        painter.drawText(QRect(left, row.top(), 40, row.height()), align, code)
        left += max(
            _CODE_WIDTH[is_indicator], QFontMetrics(painter.font()).horizontalAdvance(code) + _CODE_GAP
        )
        right = row.right() - (_COUNT_ROOM if index.data(COUNT_ROLE) else 8)
        name = QFontMetrics(painter.font()).elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, right - left
        )
        painter.drawText(QRect(left, row.top(), right - left, row.height()), align, name)
        painter.setFont(fonts.font(TextRole.SMALL))
        painter.setPen(colour(Ink.TEXT2))
        painter.drawText(
            QRect(row.right() - _COUNT_ROOM, row.top(), _COUNT_ROOM - 8, row.height()),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
            index.data(COUNT_ROLE),
        )
        painter.restore()

    def _chevron(self, painter: QPainter, row: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        model = index.model()
        view = self.parent()
        if not isinstance(view, QTreeView) or not model.hasChildren(index):
            return
        shape = "down" if view.isExpanded(index) else "right"
        area = QRectF(6, row.top() + (row.height() - _CHEVRON) / 2, _CHEVRON, _CHEVRON)
        icons.paint(painter, area, shape, Ink.TEXT3)

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), index.data(Qt.ItemDataRole.ToolTipRole), view)
            return True
        return super().helpEvent(event, view, option, index)


class _View(QTreeView):
    """Arrow keys move, Enter goes into the cards; the current row stays in view when there is less room."""

    entered = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
            return
        super().keyPressEvent(event)


class CriteriaTree(QWidget):
    """The tree with its two filters."""

    chosen = Signal(str)
    """Carries the code of the indicator the officer went to."""
    entered = Signal()
    """Enter was pressed: the officer wants to type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: TreeModel | None = None
        self._set: CriterionSet | None = None
        self._proxy = NeedsWork(self)
        self._filters = FilterRow(_("Which indicators"), [Option(which, "") for which in Which])
        self._filters.chosen.connect(self._filter)
        self.view = _View()
        self.view.setAccessibleName(_("Criteria"))
        self.view.setHeaderHidden(True)
        self.view.setIndentation(0)
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setExpandsOnDoubleClick(False)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setItemDelegate(_RowPainter(self.view))
        self.view.setModel(self._proxy)
        self.view.clicked.connect(self._clicked)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.entered.connect(self.entered)
        self.grade = Words("", TextRole.STRONG, fit=Fit.WRAP)
        self.grade.setContentsMargins(16, 8, 12, 10)
        self.grade.hide()
        head = QHBoxLayout()
        head.setContentsMargins(10, 8, 8, 7)
        head.addWidget(self._filters)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(1)
        column.addWidget(self.view, 1)
        column.addWidget(self.grade)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, self.view.y() - 1, self.width(), 1, colour(Ink.LINE))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(Ink.LINE))

    def show_set(self, criterion_set: CriterionSet, evaluation: Evaluation) -> None:
        """Show another set from its beginning."""
        old, self._model = self._model, TreeModel(criterion_set, evaluation, self)
        self._proxy.setSourceModel(self._model)
        self._set = criterion_set
        if old is not None:
            old.deleteLater()
        self._name_filters(evaluation)

    def show_verdicts(self, evaluation: Evaluation, codes: set[str] | None) -> None:
        """Repaint the rows with these codes; all for None."""
        if self._model is not None:
            self._model.show(evaluation, codes)
            self._name_filters(evaluation)

    def show_part(self, criteria: frozenset[str]) -> None:
        """Show these criteria and nothing else: the part of a work packet."""
        self.show_mine(criteria)
        self._filters.choose(Which.MINE)
        for which in (Which.ALL, Which.OPEN):
            self._filters.show_filter(which, shown=False)

    def show_mine(self, criteria: frozenset[str]) -> None:
        """Offer the filter of one's own criteria; not while there are none."""
        self._proxy.set_mine(criteria)
        own = [one for one in self._set.criteria if one.code in criteria] if self._set is not None else []
        count = sum(len(one.indicators) for one in own)
        self._filters.set_words(Which.MINE, _("Mine {count}").format(count=count))
        self._filters.show_filter(Which.MINE, shown=bool(own))

    def select(self, code: str) -> None:
        """Mark an indicator, its criterion unfolded; tells nobody."""
        if self._model is None:
            return
        source = self._model.index_of(code)
        index = self._proxy.mapFromSource(source)
        if not index.isValid():
            self._filters.choose(Which.ALL)
            self._proxy.show_which(Which.ALL)
            index = self._proxy.mapFromSource(source)
        before = self.view.currentIndex()
        self.view.selectionModel().blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.view.expand(index.parent())
        self.view.setCurrentIndex(index)
        self.view.selectionModel().blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.view.scrollTo(index)
        for changed in (before, index):  # not all the others, which take longer than the page beside them
            self.view.update(changed)

    def neighbour(self, code: str, step: int) -> str:
        """Return the indicator after (1) or before (-1) this one; the same at the ends."""
        codes = self._model.indicator_codes() if self._model is not None else []
        if code not in codes:
            return codes[0] if codes else ""
        return codes[max(0, min(len(codes) - 1, codes.index(code) + step))]

    def _name_filters(self, evaluation: Evaluation) -> None:
        counts = evaluation.counts()
        open_ones = counts[Verdict.NOT_MET] + counts[Verdict.UNDETERMINED]
        self._filters.set_words(Which.ALL, _("All {count}").format(count=len(evaluation.indicators)))
        self._filters.set_words(Which.OPEN, _("To do {count}").format(count=open_ones))
        self._tell_grade(evaluation)

    def _tell_grade(self, evaluation: Evaluation) -> None:
        """Say points and grade under the tree, for a set that gives grades."""
        grade = grade_of(self._set, evaluation) if self._set is not None else None
        self.grade.setVisible(grade is not None)
        if grade is not None:
            message = _("{points} points \u00b7 {grade}")
            self.grade.set_text(message.format(points=points_words(grade), grade=grade_words(grade)))

    def _filter(self, name: str) -> None:
        self._proxy.show_which(Which(name))
        if name != Which.ALL:
            self.view.expandAll()

    def _clicked(self, index: QModelIndex) -> None:
        if not index.parent().isValid() and self._proxy.hasChildren(index):
            self.view.setExpanded(index, not self.view.isExpanded(index))
            return
        self.entered.emit()

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and (index.parent().isValid() or not self._proxy.hasChildren(index)):
            self.chosen.emit(index.data(CODE_ROLE))
