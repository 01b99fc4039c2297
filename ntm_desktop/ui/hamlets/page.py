"""The page of tables by hamlet: pasted, filled down and sorted like a sheet; who is missing is named under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import hamlet_tables, history
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.hamlet_tables import HamletTable
from ntm_desktop.operations.pasted_cells import Pasted
from ntm_desktop.ui.ask import TABLES, FileKinds
from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.entry.table_model import TableModel
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.hamlets.cell_line import CellLine
from ntm_desktop.ui.hamlets.foot import Foot
from ntm_desktop.ui.hamlets.totals import TotalsStrip
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import TABLE_HEADER, TABLE_ROW, Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.session import Session

_NAMES = 172
_LEAST_COLUMN = 112
_LEAST_ROWS = 4


class HamletsPage(Page):
    """One table at a time; its totals and verdicts follow every figure."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._tables: tuple[HamletTable, ...] = ()
        self._shown: HamletTable | None = None
        self.sheet: Sheet | None = None
        label = session.desk.commune.hamlet_label
        self.title = Words(_("Table by {label}").format(label=label), TextRole.PAGE_TITLE)
        self.picker = Select(_("Which table"))
        self.paste = Button(_("Paste from Excel"), icon="paste")
        self.fill = Button(_("Fill down"), icon="fill")
        self.take_in = Button(_("From a file\u2026"), icon="folder")
        self.undo = Button(_("Undo"), ButtonKind.QUIET, icon="undo")
        self.told = Banner(BannerKind.INFO, "", dismissable=True)
        self.line = CellLine()
        self.foot = Foot()
        self._grid = Card(padded=False)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.picker, 1)
        head.addStretch(1)
        for button in (self.paste, self.fill, self.take_in, self.undo):
            head.addWidget(button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.told, self.line):
            column.addWidget(widget)
        column.addWidget(self._grid, 1)
        column.addWidget(self.foot)
        self.told.hide()
        self.nothing = EmptyState(
            "table",
            _("Nothing is asked by {label} here.").format(label=self.session.desk.commune.hamlet_label),
            _("The criterion set of this dossier has no table by hamlet, or the list of hamlets is empty."),
            action=_("To the overview"),
        )
        self._either = QStackedLayout()
        scroll = scrolled(body, sideways=True)  # a small window scrolls the page; a large one only the rows
        self._either.addWidget(scroll)
        self._either.addWidget(self.nothing)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addLayout(head)
        self._column.addLayout(self._either, 1)

    def _connect(self) -> None:
        self.picker.chosen.connect(self.show_table)
        self.paste.clicked.connect(self.paste_block)
        self.fill.clicked.connect(self.fill_down)
        self.take_in.clicked.connect(self.take_file)
        self.undo.clicked.connect(self._undo)
        self.nothing.pressed.connect(self._to_overview)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+L"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.sort_by_current)

    def _make_sheet(self, table: HamletTable) -> Sheet:
        """Make the sheet with its totals; one for the page, tables change below it."""
        name = _("Table by {label}").format(label=self.session.desk.commune.hamlet_label)
        sheet = Sheet(TableModel(self.session, table.table, self), name)
        across, down = sheet.horizontalHeader(), sheet.verticalHeader()
        across.setFixedHeight(TABLE_HEADER)
        across.setMinimumSectionSize(_LEAST_COLUMN)
        across.setSectionsClickable(True)
        across.setHighlightSections(False)
        across.sectionClicked.connect(self.sort_by)
        down.setFixedWidth(_NAMES)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sheet.setMinimumHeight(TABLE_HEADER + _LEAST_ROWS * TABLE_ROW)
        corner = sheet.findChild(QAbstractButton)
        if corner is not None:
            word = self.session.desk.commune.hamlet_label
            row = QHBoxLayout(corner)
            row.setContentsMargins(12, 0, 12, 0)
            row.addWidget(Words(word[:1].upper() + word[1:], TextRole.SMALL_STRONG, Ink.TEXT2))
        sheet.selectionModel().currentChanged.connect(self._show_cell)
        sheet.pasted.connect(self._tell_pasted)
        self.strip = TotalsStrip(sheet)
        self._grid.body.setSpacing(0)
        self._grid.body.addWidget(sheet, 1)
        self._grid.body.addWidget(self.strip)
        return sheet

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        if change.structure or self.sheet is None:
            self._show_everything()
            return
        model = self.sheet.table
        model.show_figures(change.facts)
        touched = model.columns_of(change.facts)
        if touched or change.requirements:
            self._show_totals(touched)
        if touched:
            self._show_cell(self.sheet.currentIndex())

    def _show_everything(self) -> None:
        desk = self.session.desk
        self._tables = hamlet_tables.hamlet_tables(desk)
        codes = [table.code for table in self._tables]
        code = self._shown.code if self._shown is not None and self._shown.code in codes else ""
        self.picker.set_options([Option(table.code, table.title()) for table in self._tables])
        has_rows = bool(self._tables) and bool(desk.book.hamlets)
        self._either.setCurrentIndex(0 if has_rows else 1)
        for widget in (self.picker, self.paste, self.fill, self.take_in):
            widget.setVisible(has_rows)
        reason = None if desk.editable else _("This dossier is sealed and takes no changes.")
        self.paste.set_reason(reason)
        self.fill.set_reason(reason)
        self.take_in.set_reason(reason)
        if has_rows:
            self.show_table(code or codes[0])

    def show_table(self, code: str) -> None:
        """Show the table of a criterion."""
        table = next((one for one in self._tables if one.code == code), None)
        if table is None:
            return
        self._shown = table
        self.picker.set_key(code)
        if self.sheet is None:
            self.sheet = self._make_sheet(table)
        elif self.sheet.table.table == table.table:
            self.sheet.table.reload()
        else:
            self.sheet.table.show_table(table.table)
        self.strip.forget()
        count, label = self.sheet.table.rowCount(), self.session.desk.commune.hamlet_label
        self.strip.show_title(_("All {count} {label}").format(count=count, label=label))
        self._show_totals(set(range(len(table.table.columns))))
        self._show_cell(self.sheet.currentIndex())

    def _show_totals(self, columns: set[int]) -> None:
        """Show the totals of these columns, and what every column is used for as the verdicts stand now."""
        if self.sheet is None or self._shown is None:
            return
        desk, table = self.session.desk, self._shown.table
        found = hamlet_tables.totals(desk, table, columns)
        uses = {at: hamlet_tables.uses(desk, field) for at, field in enumerate(table.columns)}
        self.strip.show_totals(found, uses)
        self.foot.show_state(desk, self.sheet.table, self._shown)

    def _show_cell(self, index: QModelIndex) -> None:
        if self.sheet is not None:
            self.line.show_cell(self.sheet.table, index)

    def _tell_pasted(self, brought: Pasted) -> None:
        """Say what a paste brought; it stays until it is put away."""
        self.told.say(brought.words(), _("Ctrl+Z takes all of it back."))
        self.told.setVisible(brought.taken > 0 or brought.rows_left > 0 or bool(brought.unknown))

    # ------------------------------------------------------------ doing

    def paste_block(self) -> None:
        """Paste what lies in the clipboard at the chosen cell."""
        if self.sheet is not None:
            self._take_focus()
            self.sheet.paste()

    def fill_down(self) -> None:
        """Fill the selected cells down."""
        if self.sheet is not None:
            self._take_focus()
            self.sheet.fill_down()

    def _take_focus(self) -> None:
        if self.sheet is not None:
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo(self) -> None:
        change = history.undo(self.session.desk)
        if change is not None:
            self.session.publish(change)
        self._take_focus()

    def take_file(self) -> None:
        """Ask for a form that comes back, or a table; what it would change is shown on the page of files."""
        kinds = FileKinds(title=_("Which file is taken in?"), words=_("Tables and forms"), patterns=TABLES)
        path = self.session.ask.open_file(self, kinds)
        if path is not None:
            self.session.go_to.emit("exchange", str(path))

    def _to_overview(self) -> None:
        self.session.go_to.emit("overview", "")

    def sort_by(self, column: int) -> None:
        """Sort by a column: upwards, then downwards, then the commune's own order again."""
        if self.sheet is None:
            return
        across = self.sheet.horizontalHeader()
        order = across.sortIndicatorOrder()
        ways = Qt.SortOrder
        if not across.isSortIndicatorShown() or across.sortIndicatorSection() != column:
            way: Qt.SortOrder | None = ways.AscendingOrder
        else:
            way = ways.DescendingOrder if order is ways.AscendingOrder else None
        across.setSortIndicatorShown(way is not None)
        if way is not None:
            across.setSortIndicator(column, way)
        self.sheet.table.sort(-1 if way is None else column, way or ways.AscendingOrder)

    def sort_by_current(self) -> None:
        """Sort by the column of the chosen cell."""
        if self.sheet is not None and self.sheet.currentIndex().isValid():
            self.sort_by(self.sheet.currentIndex().column())

    # ------------------------------------------------------------ moving

    @override
    def go_to(self, place: str) -> None:
        """Show the table that holds an element, or the one of a criterion, an indicator or a requirement."""
        for table in self._tables:
            elements = [field.element for field in table.table.columns]
            if place in elements:
                self.show_table(table.code)
                self._choose(0, elements.index(place))
                return
            if place == table.code or any(place.startswith(code) for code in table.indicators):
                self.show_table(table.code)
                self._choose(0, 0)
                return

    def _choose(self, row: int, column: int) -> None:
        if self.sheet is not None:
            self.sheet.setCurrentIndex(self.sheet.table.index(row, column))
            self._take_focus()

    @override
    def next_problem(self, step: int) -> bool:
        """Go to the next cell that cannot be read, else to the next one without a figure."""
        if self.sheet is None or self._either.currentIndex():
            return False
        index, gaps = self.sheet.currentIndex(), list(self.sheet.table.gaps())
        wrong = [(gap.row, gap.column) for gap in gaps if not gap.is_missing]
        found = wrong or [(gap.row, gap.column) for gap in gaps]
        if not found:
            return False
        here = (index.row(), index.column())
        onward = [one for one in found if (one > here if step > 0 else one < here)] or found
        self._choose(*onward[0 if step > 0 else -1])
        return True

    # ------------------------------------------------------------ shape

    @override
    def fit(self, room: Room) -> None:
        margin = room.page_margin
        self._column.setContentsMargins(margin, 14 if room.breadth >= Breadth.NARROW else 8, margin, 10)
        for button in (self.undo, self.fill):  # Ctrl+Z and Ctrl+D do the same
            button.setVisible(room.breadth >= Breadth.NARROW)
        self.line.entered.setVisible(room.breadth >= Breadth.NARROW)

    @override
    def regions(self) -> list[QWidget]:
        return [self.picker, *([self.sheet] if self.sheet is not None else []), self.paste]
