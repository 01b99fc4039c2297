"""The page of registers: the list at the left, one register as a table, and what it feeds above it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import register_file, registers
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.register_cells import Pasted
from ntm_desktop.operations.register_file import Incoming, Workbook
from ntm_desktop.operations.registers import Standing
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import TABLE_HEADER, TABLE_ROW, Ink, State, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, IconButton
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import StateWord
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.registers.feeds import Feeds
from ntm_desktop.ui.registers.grid import Grid
from ntm_desktop.ui.registers.incoming_view import IncomingView
from ntm_desktop.ui.registers.model import RegisterModel
from ntm_desktop.ui.registers.register_list import SURVEY, RegisterPanel
from ntm_desktop.ui.registers.survey_view import SurveyView
from ntm_desktop.ui.session import Session

_SEARCH = 190
_QUIET_MS = 120
_LEAST_ROWS = 4
"""Of a small window: the page scrolls rather than showing fewer."""


class RegistersPage(Page):
    """One register at a time; the verdicts it feeds follow every cell."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._chosen = registers.sheets(session.desk)[0].name
        self._incoming: Incoming | None = None
        self.panel = RegisterPanel()
        self.picker = Select(_("Registers"))
        self.title = Words("", TextRole.PAGE_TITLE, fit=Fit.ELIDE)
        self.purpose = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.add = Button(_("Add a line"), icon="plus")
        self.remove = Button(_("Remove the line"))
        self.take_in = Button(_("From a file\u2026"), icon="folder")
        self.write_out = IconButton("file", _("Write to a file\u2026"))
        self.search = _search_line()
        self.told = Banner(BannerKind.INFO, "", dismissable=True)
        self.feeds = Feeds(session)
        self.model = RegisterModel(session, registers.sheet(session.desk, self._chosen), self)
        self.grid = Grid(self.model)
        needed = _("Add a line, press Ctrl+V to paste from Excel, or take a list from a file.")
        self.empty = EmptyState(
            "table", _("No lines yet."), needed, action=_("Add a line"), action_icon="plus"
        )
        self.wrong = StateWord(State.NOT_MET, "")
        self.late = StateWord(State.UND, "")
        self.cell = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE)
        self.incoming = IncomingView(session)
        self.survey = SurveyView(session)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_QUIET_MS)
        self._counting.timeout.connect(self.show_counts)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.picker, 1)
        for widget in (self.search, self.add, self.remove, self.take_in, self.write_out):
            head.addWidget(widget)
        card = Card(padded=False)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._rows = QStackedLayout()
        self._rows.addWidget(self.grid)
        self._rows.addWidget(self.empty)
        card.body.addLayout(self._rows)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        for words in (self.wrong, self.late):
            foot.addWidget(words)
        foot.addWidget(self.cell, 1)
        table = QWidget()
        below = QVBoxLayout(table)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.feeds)
        below.addWidget(card, 1)
        below.addLayout(foot)
        self._either = QStackedLayout()
        self.grid.setMinimumHeight(TABLE_HEADER + _LEAST_ROWS * TABLE_ROW)
        self._either.addWidget(scrolled(table))
        self._either.addWidget(self.incoming)
        self._either.addWidget(self.survey)
        self._right = QVBoxLayout()
        self._right.setSpacing(8)
        self._right.addLayout(head)
        self._right.addWidget(self.purpose)
        self._right.addWidget(self.told)
        self._right.addLayout(self._either, 1)
        self.told.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addLayout(self._right, 1)

    def _connect(self) -> None:
        self.panel.list.chosen.connect(self.show_register)
        self.picker.chosen.connect(self.show_register)
        self.add.clicked.connect(self.add_line)
        self.empty.pressed.connect(self.add_line)
        self.remove.clicked.connect(self.remove_lines)
        self.take_in.clicked.connect(self.choose_file)
        self.write_out.clicked.connect(self.choose_target)
        self.search.textChanged.connect(self._search)
        self.grid.pasted.connect(self._tell_pasted)
        self.grid.selectionModel().currentChanged.connect(self._show_cell)
        self.incoming.taken.connect(self.take_lines)
        self.incoming.refused.connect(self.take_nothing)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.empty)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.grid.paste)
        for keys, slot in (
            ("Ctrl+Shift+L", self._sort_here),
            ("Ctrl+Shift++", self.add_line),
            ("Ctrl+Ins", self.add_line),
            ("F1", self.show_guidance),
            ("Ctrl+Return", self._press_primary),
            ("Ctrl+Enter", self._press_primary),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        if change.structure:
            self.show_register(self._chosen)
            return
        if self._chosen == SURVEY:
            self.survey.show_change(change)
            return
        if self._chosen in change.registers:
            self.model.reload()
            self._show_list()
        self.model.show_cells(change.facts)
        if change.registers or change.facts:
            self._show_around()
            self._counting.start()

    def show_register(self, name: str) -> None:
        """Show another register, or the same one afresh."""
        desk = self.session.desk
        again = name == self._chosen
        self._chosen = name
        for widget in (self.search, self.add, self.remove, self.take_in, self.write_out):
            widget.setVisible(name != SURVEY)
        if name == SURVEY:
            self._show_survey()
            return
        shown = registers.sheet(desk, name)
        if not again:
            self.search.clear()
            self.told.hide()
            self.take_nothing()
        if self._incoming is None:
            self._either.setCurrentIndex(0)
        self.title.set_text(str(shown.label))
        self.purpose.set_text(str(shown.purpose))
        self.purpose.setVisible(bool(str(shown.purpose)))
        self.model.show_register(shown)
        self.grid.show_name(str(shown.label))
        read_only = _("This workspace is open for reading only") if desk.workspace.read_only else None
        for button in (self.add, self.remove, self.take_in):
            button.set_reason(read_only)
        self._show_list()
        self._show_around()
        self.show_counts()

    def _show_survey(self) -> None:
        self.title.set_text(_("Survey of satisfaction"))
        self.purpose.hide()
        self.told.hide()
        self._incoming = None
        self._either.setCurrentIndex(2)
        self._show_list()
        self.survey.show_all()

    def _show_list(self) -> None:
        listed = registers.listed(self.session.desk)
        self.panel.list.show_registers(listed, self._chosen)
        options = [Option(one.sheet.name, str(one.sheet.label)) for one in listed]
        self.picker.set_options([*options, Option(SURVEY, _("Survey of satisfaction"))])
        self.picker.set_key(self._chosen)

    def _show_around(self) -> None:
        """Show what goes with the table at once: what it feeds, the cell that is chosen."""
        self.feeds.show_register(self._chosen)
        has_lines = self.model.rowCount() > 0 or bool(self.search.text())
        self._rows.setCurrentIndex(0 if has_lines else 1)
        self._show_cell()

    def show_counts(self) -> None:
        """Count what is wrong and what is late: every line is looked at, so once typing pauses."""
        wrong = len(self.model.problems())
        self.wrong.set_state(
            State.NOT_MET,
            ngettext("{count} cell cannot be read", "{count} cells cannot be read", wrong).format(
                count=wrong
            ),
        )
        self.wrong.setVisible(wrong > 0)
        self._show_limits()

    def _show_limits(self) -> None:
        desk, shown = self.session.desk, self.model.shown
        found = [registers.limit(desk, shown, line) for line in registers.lines(desk, shown.name)]
        over = sum(1 for one in found if one is not None and one.standing is Standing.OVER)
        soon = sum(1 for one in found if one is not None and one.standing is Standing.SOON)
        words = []
        if over:
            words.append(ngettext("{count} past its day", "{count} past their day", over).format(count=over))
        if soon:
            words.append(_("{count} within 90 days").format(count=soon))
        self.late.set_state(State.NOT_MET if over else State.UND, ", ".join(words))
        self.late.setVisible(bool(words))

    def _show_cell(self, *_indexes: QModelIndex) -> None:
        index = self.grid.currentIndex()
        problem = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else None
        self.cell.set_ink(Ink.NOT_MET if problem else Ink.TEXT2)
        keys = _(
            "Space ticks \u00b7 Ctrl+V pastes from Excel \u00b7 Ctrl+D fills down \u00b7 Ctrl+Shift+L sorts"
        )
        self.cell.set_text(problem or keys)
        self.remove.setEnabled(index.isValid() and not self.session.desk.workspace.read_only)

    @override
    def fit(self, room: Room) -> None:
        wide = room.breadth is Breadth.FULL
        self.panel.setVisible(wide)
        self.title.setVisible(wide)
        self.picker.setVisible(not wide)
        self.take_in.set_words(
            _("From a file\u2026") if room.breadth >= Breadth.DRAWER else _("Take in\u2026")
        )
        self.remove.setVisible(room.breadth >= Breadth.NARROW and self._chosen != SURVEY)
        self.search.setFixedWidth(_SEARCH if room.breadth >= Breadth.DRAWER else _SEARCH - 60)
        self.purpose.setVisible(not room.rail_of_icons and self._chosen != SURVEY)
        margin = room.page_margin
        self._right.setContentsMargins(margin, 14 if wide else 10, max(6, margin - 4), 10)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.activate()
        self.grid.share_width()

    @override
    def regions(self) -> list[QWidget]:
        return [self.panel, self.picker, self.search, self.feeds, self.grid]

    @override
    def go_to(self, place: str) -> None:
        if place in {SURVEY, HAMLETS}:  # a figure may be proposed by the tallies
            self.show_register(SURVEY)
            self.survey.focus()
        elif place in {one.name for one in registers.sheets(self.session.desk)}:
            self.show_register(place)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def next_problem(self, step: int) -> bool:
        found = self.model.problems() if self._chosen != SURVEY else []
        if not found:
            return False
        here = self.grid.currentIndex()
        place = found.index(here) + step if here in found else 0 if step > 0 else -1
        self.grid.setCurrentIndex(found[place % len(found)])
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # ------------------------------------------------------------ lines

    def add_line(self) -> None:
        """Add an empty line and go to its first cell."""
        self.search.clear()
        self.session.publish(registers.add(self.session.desk, self._chosen))
        added = registers.lines(self.session.desk, self._chosen)[-1]
        self.grid.setCurrentIndex(self.model.index(self.model.place_of(added.id), 0))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_lines(self) -> None:
        """Take the selected lines out; undo brings them back."""
        chosen = self.grid.selected_lines()
        if chosen:
            self.session.publish(registers.remove(self.session.desk, chosen))
            words = ngettext("{count} line removed.", "{count} lines removed.", len(chosen))
            self.told.say(words.format(count=len(chosen)), _("Ctrl+Z brings it back."))
            self.told.show()

    def _search(self, words: str) -> None:
        self.model.search(words)
        self._show_around()

    def _sort_here(self) -> None:
        if self.grid.currentIndex().isValid():
            self.grid.sort_by(self.grid.currentIndex().column())

    def _tell_pasted(self, brought: Pasted) -> None:
        self.told.say(brought.words())
        self.told.show()

    # ------------------------------------------------------------ files

    def choose_file(self) -> None:
        """Ask for a file and look at it; nothing is written by this."""
        kinds = FileKinds(
            title=_("Which file holds the lines?"),
            words=_("Tables"),
            patterns=("*.xlsx", "*.xls", "*.ods", "*.csv"),
        )
        self.look_at(self.session.ask.open_file(self, kinds))

    def look_at(self, path: Path | None) -> None:
        """Read a file beside the window, then show what it would bring."""
        if path is not None:
            self.session.tasks.run(
                lambda _report, _stopped: register_file.read(path),
                partial(self._show_incoming, self._chosen, path.name),
                self.session.fail,
                title=_("Reading {file}").format(file=path.name),
            )

    def _show_incoming(self, register: str, name: str, workbook: Workbook) -> None:
        if register != self._chosen:
            return
        self._incoming = register_file.look_at(self.session.desk, register, name, workbook)
        self._either.setCurrentIndex(1)
        self.incoming.show_incoming(self._incoming)

    def take_lines(self) -> None:
        """Take the lines of the file in, as one step of undo."""
        incoming = self._incoming
        if incoming is None:
            return
        change = register_file.take(self.session.desk, incoming)
        self.take_nothing()
        self.session.publish(change)
        words = ngettext("{count} line taken in.", "{count} lines taken in.", incoming.count)
        self.told.say(words.format(count=incoming.count), _("Ctrl+Z takes all of them back."))
        self.told.show()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_nothing(self) -> None:
        """Go back to the table; nothing of the file was kept."""
        self._incoming = None
        self._either.setCurrentIndex(0)

    def show_guidance(self) -> None:
        """Say what the register is for and which keys there are; a second time folds it."""
        if self.told.isVisible():
            self.told.hide()
            return
        keys = _(
            "Ctrl+Ins adds a line, Enter goes down, Tab goes right, F8 goes to what cannot be read. A figure taken "
            "over from here stays as it is until it is taken over again."
        )
        self.told.say(self.purpose.text() if self._chosen != SURVEY else self.title.text(), keys)
        self.told.show()

    def _press_primary(self) -> None:
        if self._incoming is not None and self._incoming.count:
            self.take_lines()

    def choose_target(self) -> None:
        """Ask where to, and write the register as a workbook."""
        label = str(self.model.shown.label)
        kinds = FileKinds(
            title=_("Where should the register be written?"),
            words=_("Excel workbooks"),
            patterns=("*.xlsx",),
            suggested=f"{label.replace(':', ',').replace('/', ' ')}.xlsx",
        )
        target = self.session.ask.save_as(self, kinds)
        if target is not None:
            register_file.write(self.session.desk, self._chosen, target)
            self.told.say(
                _("Written: {file}.").format(file=target.name), _("It can be filled in and taken back.")
            )
            self.told.show()


def _search_line() -> QLineEdit:
    search = QLineEdit()
    search.setPlaceholderText(_("Search in this register"))
    search.setAccessibleName(_("Search in this register"))
    search.setClearButtonEnabled(True)
    search.setFixedWidth(_SEARCH)
    return search
