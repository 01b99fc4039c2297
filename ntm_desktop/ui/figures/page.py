"""The page of the register: figures by year at the left, the one in focus at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import fact_register, years
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.fact_register import Entry, View
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.entry.drawer import Drawer
from ntm_desktop.ui.figures.carry_view import CarryView
from ntm_desktop.ui.figures.grid import RegisterGrid
from ntm_desktop.ui.figures.model import RegisterModel
from ntm_desktop.ui.figures.side import FigurePanel
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.choice import Option
from ntm_desktop.ui.parts.edits import Edit
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_SIDE = 340
_WIDE, _NARROW = 1300, 960


class FiguresPage(Page):
    """Filters, search, the grid, the panel; a year is closed, opened and carried over from here."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._entries: tuple[Entry, ...] = ()
        self._opens_year = False
        self.title = Words(_("Register of figures"), TextRole.PAGE_TITLE)
        self.filters = FilterRow(_("Which figures"), [Option(view, "") for view in View])
        self.search = Edit(_("Look for a figure"))
        self.search.setPlaceholderText(_("Look for a figure, with or without marks"))
        self.carry = Button("", icon="layers")
        self.lock = Button("", icon="lock")
        self.write_out = IconButton("file", _("Write to an Excel file\u2026"))
        self.model = RegisterModel(session, self)
        self.grid = RegisterGrid(self.model)
        self.side = FigurePanel(session)
        self.carrying = CarryView()
        self.told = Banner(BannerKind.DONE, "", dismissable=True)
        self.told.hide()
        self.foot = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.correct = Button(_("Write a correction\u2026"), ButtonKind.LINK, height=24)
        self._lay_out()
        self._drawer = Drawer(self, self.side, width=_SIDE, at_right=True)
        self._connect()

    def _lay_out(self) -> None:
        head, tools, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title)
        head.addSpacing(12)
        head.addWidget(self.filters, 1)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.carry)
        tools.addWidget(self.lock)
        tools.addWidget(self.write_out)
        foot.addWidget(self.foot, 1)
        foot.addWidget(self.correct)
        card = Card(padded=False)
        card.body.addWidget(self.grid)
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(card, 1)
        column.addLayout(foot)
        self._either = QStackedLayout()
        self._either.addWidget(table)
        self._either.addWidget(self.carrying)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._column.addWidget(self.told)
        self._column.addLayout(self._either, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addLayout(self._column, 1)
        self._row.addWidget(self.side)
        self.side.setFixedWidth(_SIDE)

    def _connect(self) -> None:
        self.filters.chosen.connect(self._show_rows)
        self.search.textChanged.connect(self._show_rows)
        self.grid.selectionModel().currentChanged.connect(self._show_figure)
        self.grid.corrected.connect(self.ask_correction)
        self.correct.clicked.connect(self.ask_correction)
        self.side.confirmed.connect(self._confirm)
        self.side.form.done.connect(self._store_note)
        self.side.form.left.connect(self._leave_note)
        self.carry.clicked.connect(self.propose)
        self.carrying.taken.connect(self._carry)
        self.carrying.left.connect(self._leave_carrying)
        self.lock.clicked.connect(self._lock_or_open)
        self.write_out.clicked.connect(self.write_figures)
        shortcut = QShortcut(QKeySequence("F4"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._toggle_side)

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        if change.structure or not self._entries:
            self._entries = fact_register.entries(self.session.desk)
            self._show_rows()
        else:
            self.model.show_figures(change.facts)
            self._show_figure(self.grid.currentIndex())
        self._count()

    def _show_rows(self) -> None:
        index = self.grid.currentIndex()
        entry, year = self.model.entry(index.row()), self.model.year(index.column())
        view = View(self.filters.key() or View.ALL)
        rows = fact_register.select(self.session.desk, self._entries, view, self.search.text())
        self.model.show_rows(rows)
        row = self.model.row_of(entry.element.name) if entry is not None else -1
        self.grid.choose(row if row >= 0 else 1, year)
        self._show_figure(self.grid.currentIndex())

    def _count(self) -> None:
        desk = self.session.desk
        words = {
            View.ALL: _("All {count}"),
            View.CONFLICT: _("Two sources {count}"),
            View.MISSING: _("Missing {count}"),
            View.ESTIMATED: _("Estimates {count}"),
            View.LOCKED: _("Locked {count}"),
        }
        for view, sentence in words.items():
            count = len(fact_register.select(desk, self._entries, view))
            self.filters.set_words(view, sentence.format(count=count))
        year = fact_register.years_shown(desk)[-1]
        self.carry.set_words(_("Carry {year} over\u2026").format(year=year - 1))
        reason = None if desk.editable else _("This dossier is sealed and takes no changes.")
        self.carry.set_reason(reason)
        closed = [one for one in self.model.years if self.model.is_locked(one)]
        self.foot.set_text(
            _("Closed: {years}. A mistake there is put right by a correction.").format(
                years=", ".join(map(str, closed))
            )
            if closed
            else _("No year is closed yet.")
        )
        self._name_lock()

    def _name_lock(self) -> None:
        """Say on the button what it does to the year of the chosen cell."""
        year = self._year()
        state = self.session.desk.workspace.years().get(year)
        locked = state is not None and state.closed
        words = _("Open {year} again\u2026") if locked else _("Close {year}")
        self.lock.set_words(words.format(year=year))
        read_only = self.session.desk.workspace.read_only
        self.lock.set_reason(_("This workspace is open for reading only") if read_only else None)
        self.correct.setVisible(self.model.is_locked(year))

    def _year(self) -> int:
        return self.model.year(self.grid.currentIndex().column()) or self.model.years[-1]

    def _show_figure(self, index: QModelIndex) -> None:
        self.side.show_figure(self.model.entry(index.row()) if index.isValid() else None, self._year())
        self._name_lock()

    @override
    def go_to(self, place: str) -> None:
        """Choose the figure of an element."""
        row = self.model.row_of(place)
        if row >= 0:
            self.grid.choose(row)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def write_figures(self) -> None:
        """Ask where, and write the rows that are shown. Raises what `fact_sheet.write_figures` raises."""
        from ntm_desktop.operations.fact_sheet import write_figures  # when it is first asked

        kinds = FileKinds(
            title=_("Where are the figures saved?"), patterns=("*.xlsx",), suggested="so-lieu-chung.xlsx"
        )
        target = self.session.ask.save_as(self, kinds)
        if target is not None:
            view = View(self.filters.key() or View.ALL)
            desk = self.session.desk
            write_figures(desk, fact_register.select(desk, self._entries, view, self.search.text()), target)
            self.told.say(_("The figures were written: {path}").format(path=target), "")
            self.told.show()

    # ------------------------------------------------------------ closed years

    def _lock_or_open(self) -> None:
        year = self._year()
        state = self.session.desk.workspace.years().get(year)
        if state is None or not state.closed:
            self.session.publish(years.close(self.session.desk, year))
            return
        self._opens_year = True
        self._bring_side()
        title = _("Open {year} again").format(year=year)
        self.side.form.ask(title, title, None)

    def ask_correction(self) -> None:
        """Ask for the correction of the chosen figure of a closed year."""
        index = self.grid.currentIndex()
        if self.model.key(index) is None or not self.model.is_locked(self._year()):
            return
        self._opens_year = False
        self._bring_side()
        self.side.form.ask(_("Correction"), _("Write the correction"), self.model.typed(index))

    def _store_note(self) -> None:
        """Store what the form asked for. Raises what `years.correct` and `years.open_again` raise."""
        desk, form, key = self.session.desk, self.side.form, self.side.key
        if self._opens_year:
            change = years.open_again(desk, self._year(), form.note())
        elif key is not None:
            change = years.correct(desk, key, form.value.text(), form.note())
        else:
            return
        self._leave_note()
        self.session.publish(change)

    def _leave_note(self) -> None:
        self.side.form.hide()
        self._drawer.close()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        if self.side.key is not None:
            self.session.publish(years.confirm_carried(self.session.desk, (self.side.key,)))
            self._show_figure(self.grid.currentIndex())
            self.model.show_figures((self.side.key,))

    # ------------------------------------------------------------ carrying over

    def propose(self) -> None:
        """Show what the year before would give; nothing is taken by this."""
        desk = self.session.desk
        year = fact_register.years_shown(desk)[-1]
        names = {hamlet.id: hamlet.name for hamlet in desk.book.hamlets}
        self._either.setCurrentIndex(1)
        self.carrying.show_proposals(years.propose(desk, year), names, year)

    def _carry(self) -> None:
        chosen = self.carrying.chosen()
        self._leave_carrying()
        self.session.publish(years.carry(self.session.desk, chosen))

    def _leave_carrying(self) -> None:
        self._either.setCurrentIndex(0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ shape

    @override
    def fit(self, room: Room) -> None:
        margin = room.page_margin
        self._column.setContentsMargins(margin, 14 if room.breadth >= Breadth.NARROW else 8, margin, 10)
        self.grid.show_years(4 if room.width >= _WIDE else 3 if room.width >= _NARROW else 2)
        self.title.setVisible(room.breadth >= Breadth.NARROW)
        self.carry.setVisible(room.breadth >= Breadth.NARROW)
        if room.side_panel_is_drawer == self._drawer.folds:
            return
        if room.side_panel_is_drawer:
            self._row.removeWidget(self.side)
            self._drawer.take_out()
        else:
            self._drawer.folds = False
            self._row.addWidget(self.side)
            self.side.show()

    def _toggle_side(self) -> None:
        if not self._drawer.close():
            self._bring_side()

    def _bring_side(self) -> None:
        if self._drawer.folds:
            self._drawer.open(self.side.pages)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._either.currentIndex():
            self._leave_carrying()
        elif not self.side.form.isHidden():
            self._leave_note()
        elif not self._drawer.close():
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawer.place()

    @override
    def regions(self) -> list[QWidget]:
        return [self.filters, self.grid, self.side]
