"""One figure that a table is counted into: which figure, and up to three tests a row must pass."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.foreign import Column, Counted, How, RowTest
from ntm_desktop.ui.look.tokens import TREE_ROW, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.words import Words

MOST_TESTS = 3
_MOST_SHOWN = 4
_COLUMN_WIDTH, _HOW_WIDTH, _LEAST_FIGURE = 220, 150, 140


class TestRow(QWidget):
    """One test: a column, how it is tested, and the values that pass."""

    __test__ = False
    changed = Signal()

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = {one.heading: one for one in columns}
        self.column = Select(_("Column that is tested"))
        self.column.set_options([Option(one.heading, one.heading) for one in columns if one.heading])
        self.column.setPlaceholderText(_("Choose a column"))
        self.column.setFixedWidth(_COLUMN_WIDTH)
        self.how = Select(_("How the column is tested"))
        self.how.setFixedWidth(_HOW_WIDTH)
        self.values = QListWidget()
        self.values.setAccessibleName(_("Values that count"))
        self.remove = Button("", ButtonKind.QUIET, icon="undo", height=28)
        self.remove.setAccessibleName(_("Take this test away"))
        self.remove.setToolTip(_("Take this test away"))
        self.how.set_options(
            [
                Option(How.IS.value, _("is one of")),
                Option(How.IS_NOT.value, _("is none of")),
                Option(How.WITHIN.value, _("is a day of the year")),
                Option(How.FILLED.value, _("is filled in")),
                Option(How.BLANK.value, _("is empty")),
            ]
        )
        self.column.chosen.connect(self._choose_column)
        self.how.chosen.connect(self._choose_how)
        self.values.itemChanged.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.column, self.how):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        room = QVBoxLayout()
        room.addWidget(self.values)
        room.addStretch(1)
        row.addLayout(room, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self._show_values(())

    def _choose_column(self, heading: str) -> None:
        """Offer what fits the column: days are tested by the year, few values by themselves."""
        column = self._columns[heading]
        self.how.set_key((How.WITHIN if column.is_days else How.FILLED if column.many else How.IS).value)
        self._choose_how(self.how.key())

    def _choose_how(self, _how: str) -> None:
        self._show_values(())
        self.changed.emit()

    def _show_values(self, ticked: Sequence[str]) -> None:
        blocker = QSignalBlocker(self.values)
        self.values.clear()
        column = self._columns.get(self.column.key())
        wanted = self.how.key() in {How.IS.value, How.IS_NOT.value} and column is not None
        offered = dict(column.values) if column is not None else {}
        for value in (*offered, *(one for one in ticked if one not in offered)):
            item = QListWidgetItem(f"{value} ({offered[value]})" if value in offered else value)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
            self.values.addItem(item)
        self.values.setVisible(wanted)
        self.values.setFixedHeight(TREE_ROW * min(max(self.values.count(), 1), _MOST_SHOWN) + 4)
        blocker.unblock()

    def _tell(self, _item: QListWidgetItem) -> None:
        self.changed.emit()

    def show_test(self, test: RowTest) -> None:
        """Show a test of a kept mapping."""
        self.column.set_key(test.column)
        self.how.set_key(test.how.value)
        self._show_values(test.values)

    def test(self) -> RowTest | None:
        """Return the test; None while something of it is not said yet."""
        column, how = self.column.key(), self.how.key()
        if not column or not how:
            return None
        items = [self.values.item(number) for number in range(self.values.count())]
        values = tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )
        needs = How(how) in {How.IS, How.IS_NOT}
        if needs and not values:
            return None
        return RowTest(column, How(how), values if needs else ())


class FigureRow(Card):
    """A figure with its tests."""

    changed = Signal()
    removed = Signal()

    def __init__(self, figures: Sequence[Option], columns: Sequence[Column]) -> None:
        super().__init__(follows_focus=True)
        self._columns = columns
        self.figure = Select(_("Figure that is counted"))
        self.figure.set_options(figures)
        self.figure.setPlaceholderText(_("Choose a figure"))
        self.figure.setMinimumWidth(_LEAST_FIGURE)
        self.figure.setSizePolicy(QSizePolicy.Policy.Ignored, self.figure.sizePolicy().verticalPolicy())
        self.figure.chosen.connect(self._tell)
        self.once = Select(_("Column whose value counts once"))
        self.once.set_options(
            [
                Option("", _("every row counts")),
                *(Option(one.heading, one.heading) for one in columns if one.many),
            ]
        )
        self.once.setCurrentIndex(0)
        self.once.chosen.connect(self._tell)
        self.once.setFixedWidth(_COLUMN_WIDTH)
        self.more = Button(_("One more test"), ButtonKind.LINK, height=28)
        self.more.clicked.connect(self._add)
        self.away = Button(_("Take the figure away"), ButtonKind.LINK, height=28)
        self.away.clicked.connect(self.removed)
        self.tests: list[TestRow] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.figure, 1)
        head.addWidget(Words(_("once per"), TextRole.SMALL, Ink.TEXT2))
        head.addWidget(self.once)
        self._tests = QVBoxLayout()
        self._tests.setSpacing(6)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(self.away)
        self.body.addLayout(head)
        self.body.addWidget(Words(_("Rows count where"), TextRole.SMALL, Ink.TEXT2))
        self.body.addLayout(self._tests)
        self.body.addLayout(foot)
        self._add()

    def _add(self) -> None:
        row = TestRow(self._columns)
        row.changed.connect(self.changed)
        row.remove.clicked.connect(self._remove)
        self.tests.append(row)
        self._tests.addWidget(row)
        self._show_more()

    def _remove(self) -> None:
        button = self.sender()
        row = next((one for one in self.tests if one.remove is button), None)
        if row is not None and len(self.tests) > 1:
            self.tests.remove(row)
            row.hide()
            row.deleteLater()
            self._show_more()
            self.changed.emit()

    def _show_more(self) -> None:
        self.more.setVisible(len(self.tests) < MOST_TESTS)
        for row in self.tests:
            row.remove.setVisible(len(self.tests) > 1)

    def _tell(self, _key: str) -> None:
        self.changed.emit()

    def show_counted(self, counted: Counted) -> None:
        """Show a figure of a kept mapping."""
        self.figure.set_key(counted.element)
        self.once.set_key(counted.once_per) if counted.once_per else self.once.setCurrentIndex(0)
        while len(self.tests) < len(counted.tests):
            self._add()
        for row, test in zip(self.tests, counted.tests, strict=False):
            row.show_test(test)

    def counted(self) -> Counted | None:
        """Return the figure; None while it or one of its tests is not said yet."""
        tests = [row.test() for row in self.tests]
        done = tuple(test for test in tests if test is not None)
        if not self.figure.key() or len(done) != len(tests):
            return None
        return Counted(self.figure.key(), done, self.once.key())
