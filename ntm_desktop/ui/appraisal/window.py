"""The reviewer's window: communes by criteria, one dossier beside them, its remarks and its return slip."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import wording
from ntm_desktop.operations.envelopes import ReceivingKey
from ntm_desktop.operations.review_counts import CountRow, CountTable, count
from ntm_desktop.operations.review_desk import Incoming, ReviewDesk, Standing
from ntm_desktop.operations.review_intake import Outcome
from ntm_desktop.operations.review_remarks import (
    Demand,
    Difference,
    Opened,
    Remark,
    RemarkState,
    accept,
    add_remark,
    change_remark,
    predecessor,
    recomputed,
)
from ntm_desktop.operations.verify import load_anchors
from ntm_desktop.ui.appraisal.jobs import OpenJob, Read
from ntm_desktop.ui.appraisal.outward import Told, ask_receiving_key, return_dossier, save_visit_sheet
from ntm_desktop.ui.appraisal.panel import DossierPanel, Shown
from ntm_desktop.ui.appraisal.strips import Status, Strip
from ntm_desktop.ui.appraisal.taking import Taking, refusal_words
from ntm_desktop.ui.appraisal.token_return import TokenReturn
from ntm_desktop.ui.ask import Ask, FileKinds, Question
from ntm_desktop.ui.counting.commune_table import CommuneTable, CountFoot, is_ready
from ntm_desktop.ui.counting.page import CountsPage
from ntm_desktop.ui.frame.rail import Rail, RailEntry
from ntm_desktop.ui.look.breakpoints import MINIMUM_HEIGHT, MINIMUM_WIDTH, Room
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.tasks import Tasks

_PANEL, _PANEL_LEAST = 424, 360
_BESIDE = 1270
_DOSSIERS, _COUNTS = "dossiers", "counts"
_ALL, _NEW, _OPEN, _RETURNED, _ACCEPTED, _MISSING = "all", "new", "open", "returned", "accepted", "missing"


class AppraisalWindow(QWidget):
    """Everything a reviewer does with the dossiers that came in."""

    shown = Signal()
    """A dossier was read and is shown."""
    taken_in = Signal()
    """The intake is over, or was stopped."""

    def __init__(self, desk: ReviewDesk, ask: Ask) -> None:
        super().__init__()
        self.desk = desk
        self.ask = ask
        self.tasks = Tasks(self)
        self._counts = CountTable((), (), {})
        self._opened: Opened | None = None
        self._difference: Difference | None = None
        self._wanted = ""
        """Identity of the dossier that is being read."""
        self._pointed = ""
        self.taking = Taking(desk, self.tasks, self)
        self.token = TokenReturn(desk, self.tasks, ask, self)
        self.setWindowTitle(_("Appraisal \u2014 {province}").format(province=desk.folder.province))
        self.setMinimumSize(MINIMUM_WIDTH, MINIMUM_HEIGHT)
        self.picker = Select(_("Set and year"))
        self.filters = FilterRow(
            _("Which communes"),
            [Option(key, "") for key in (_ALL, _NEW, _OPEN, _RETURNED, _ACCEPTED, _MISSING)],
        )
        self.table = CommuneTable()
        self.foot = CountFoot(self.table)
        self.panel = DossierPanel()
        self.rail = Rail(
            [
                RailEntry(_DOSSIERS, "review", _("Appraisal")),
                RailEntry(_COUNTS, "table", _("Counts")),
            ]
        )
        self.stack = QStackedWidget()
        self.counts_page: CountsPage | None = None
        """Made when it is first opened."""
        self.files = Button(_("Take dossiers in\u2026"), icon="usb")
        self._sent = Words("", fit=Fit.ELIDE)
        self._notices = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ layout

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Words(_("Appraisal"), TextRole.PAGE_TITLE))
        head.addWidget(self.filters, 1)
        legend = QHBoxLayout()
        legend.setSpacing(8)
        legend.addWidget(Icon("remark", Ink.ACCENT, 14))
        legend.addWidget(Words(_("has remarks"), TextRole.SMALL, Ink.TEXT2))
        legend.addWidget(Words(_("\u00b7  not sent"), TextRole.SMALL, Ink.TEXT2))
        legend.addStretch(1)
        legend.addWidget(self.files)
        self._left = QVBoxLayout()
        self._left.setContentsMargins(20, 12, 16, 10)
        self._left.setSpacing(8)
        self._left.addLayout(head)
        self._left.addWidget(self.taking.progress)
        table = QVBoxLayout()
        table.setSpacing(0)
        table.addWidget(self.table, 1)
        table.addWidget(self.foot)
        self._left.addLayout(table, 1)
        self._left.addLayout(legend)
        dossiers = QWidget()
        beside = QHBoxLayout(dossiers)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addLayout(self._left, 1)
        beside.addWidget(self.panel)
        self.status = Status(self.desk)
        self._put_together(dossiers)

    def _put_together(self, dossiers: QWidget) -> None:
        self.stack.addWidget(dossiers)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._notices)
        middle.addWidget(self.stack, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Strip(self.desk, self.picker, self._sent))
        column.addLayout(body, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        self.picker.chosen.connect(self._pick)
        self.filters.chosen.connect(self._fill)
        self.table.opened.connect(self.open_commune)
        self.files.clicked.connect(self.choose_files)
        self.rail.chosen.connect(self.open_page)
        self.taking.over.connect(self._over)
        self.taking.failed.connect(self.show_error)
        self.panel.settled.connect(self._settle)
        self.panel.written.connect(self._write)
        self.panel.added.connect(self._add)
        self.panel.look_asked.connect(self._look)
        self.panel.preview_asked.connect(self._print)
        self.panel.return_asked.connect(self.give_back)
        self.panel.token_asked.connect(self._give_back_by_token)
        self.token.returned.connect(self._returned)
        self.token.failed.connect(self.show_error)
        self.panel.accept_asked.connect(self._accept)
        for keys, do in (
            ("Ctrl+O", self.choose_files),
            ("F8", self._next_new),
            ("Esc", self._close_dossier),
            ("Alt+1", self._open_dossiers),
            ("Alt+2", self._open_counts),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= _BESIDE
        self.rail.set_narrow(narrow=Room(self.width(), self.height()).rail_of_icons)
        self._make_room()
        self.panel.setFixedWidth(_PANEL if beside else min(_PANEL_LEAST, max(260, self.width() * 36 // 100)))
        self._left.setContentsMargins(*((20, 12, 16, 10) if beside else (12, 8, 10, 8)))
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """Where there is no room for both, the panel comes with a dossier and goes with Esc."""
        self.panel.setVisible(self.width() >= _BESIDE or self._opened is not None)

    def _close_dossier(self) -> None:
        self._opened, self._wanted = None, ""
        self.panel.show_dossier(None)
        self._make_room()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ showing

    def open_page(self, name: str) -> None:
        """Open the dossiers or the counts; the counts are made the first time."""
        if name == _COUNTS and self.counts_page is None:
            self.counts_page = CountsPage(self.desk, self.tasks, self.ask)
            self.counts_page.opened.connect(self._open_from_counts)
            self.counts_page.failed.connect(self.show_error)
            self.counts_page.told.connect(self._say)
            self.stack.addWidget(self.counts_page)
        page = self.counts_page if name == _COUNTS else self.stack.widget(0)
        if page is None:
            return
        self.stack.setCurrentWidget(page)
        self.rail.show_page(name)
        if self.counts_page is not None and page is self.counts_page:
            self.counts_page.show_set(*self._chosen())

    def _open_dossiers(self) -> None:
        self.open_page(_DOSSIERS)

    def _open_counts(self) -> None:
        self.open_page(_COUNTS)

    def _open_from_counts(self, commune: str, code: str) -> None:
        self.open_page(_DOSSIERS)
        self.filters.choose(_ALL)
        self.open_commune(commune, code)

    def _chosen(self) -> tuple[str, int]:
        """Return id and year of the set that is picked; nothing and 0 before the first dossier."""
        set_id, _at, year = self.picker.key().rpartition("@")
        return set_id, int(year or 0)

    def refresh(self) -> None:
        """Show everything anew."""
        sets = self.desk.sets()
        key = self.picker.key()
        options = [
            Option(f"{set_id}@{year}", _("{set} \u00b7 year {year}").format(set=title, year=year))
            for set_id, year, title in sets
        ]
        self.picker.set_options(options)
        self.picker.setEnabled(bool(options))
        known = any(one.key == key for one in options)
        self.picker.set_key(key if known else options[0].key if options else "")
        self._counts = count(self.desk, *self._chosen())
        self.foot.show_counts(self._counts)
        rows = self._counts.rows
        came = sum(1 for row in rows if row.case.latest is not None)
        ready = sum(1 for row in rows if is_ready(row))
        self._sent.set_text(
            _("{came}/{total} communes sent     {ready} meet every criterion").format(
                came=came, total=len(rows), ready=ready
            )
        )
        for key, words in (
            (_ALL, _("All {count}")),
            (_NEW, _("New {count}")),
            (_OPEN, _("In review {count}")),
            (_RETURNED, _("Returned {count}")),
            (_ACCEPTED, _("Proposed {count}")),
            (_MISSING, _("Not sent {count}")),
        ):
            self.filters.set_words(key, words.format(count=sum(1 for row in rows if _fits(row, key))))
        self.status.show_new(sum(1 for row in rows if _fits(row, _NEW)))
        self._fill()
        if self.counts_page is not None and self.stack.currentWidget() is self.counts_page:
            self.counts_page.show_set(*self._chosen())

    def _pick(self, _key: str) -> None:
        self._close_dossier()
        self.refresh()

    def _fill(self) -> None:
        rows = [row for row in self._counts.rows if _fits(row, self.filters.key())]
        self.table.communes.show_rows(self._counts.codes, rows)
        if self._opened is not None:
            self.table.choose(self._opened.incoming.commune)

    def _next_new(self) -> None:
        row = next((row for row in self._counts.rows if _fits(row, _NEW)), None)
        if row is not None:
            self.open_commune(row.case.code, "")

    # ------------------------------------------------------------ one dossier

    def open_commune(self, commune: str, criterion: str) -> None:
        """Read the latest dossier of a commune beside the window, and show it."""
        case = next(row.case for row in self._counts.rows if row.case.code == commune)
        self._pointed = criterion
        if case.latest is None:
            self._close_dossier()
        elif self._opened is not None and self._opened.incoming.identity == case.latest.identity:
            self.panel.point_at(criterion)
        else:
            self._read(case.latest)

    def _read(self, incoming: Incoming) -> None:
        self._wanted = incoming.identity
        try:
            anchors = load_anchors(self.desk.folder.anchors())
        except NtmError as error:
            self.show_error(error)
            return
        path_of, earlier = self.desk.folder.path_of, predecessor(self.desk, incoming)
        before = None if earlier is None else (earlier, path_of(earlier.identity))
        job = OpenJob(incoming, path_of(incoming.identity), anchors, self.desk.now(), before)
        self.tasks.run(job.run, self._show, self._failed, title=_("Reading the file"))

    def _show(self, read: Read) -> None:
        incoming = read.opened.incoming
        if incoming.identity != self._wanted:
            return  # another one was asked for meanwhile
        self._opened, self._difference = read.opened, read.changed
        if read.fault is not None:
            self.show_error(read.fault)
        self._show_opened()
        self._make_room()
        self.table.choose(incoming.commune)
        self.shown.emit()

    def _show_opened(self) -> None:
        opened = self._opened
        if opened is None:
            return
        one = opened.incoming
        flags = self.desk.flags(self.desk.folder.incoming()).get(one.identity, ())
        remarks = self.desk.folder.notes.remarks(one.dossier)
        again = recomputed(self.desk, opened)
        self.panel.show_dossier(Shown(opened, flags, remarks, again, self._difference))
        if self._pointed:
            self.panel.point_at(self._pointed)

    def _add(self, code: str, demand: str, text: str) -> None:
        if self._opened is not None:
            add_remark(self.desk, self._opened, Remark(0, code, Demand(demand), text))
            self._changed()

    def _write(self, number: int, text: str) -> None:
        if self._opened is not None and text.strip():
            change_remark(self.desk, self._opened.incoming.dossier, number, text=text)

    def _settle(self, number: int) -> None:
        if self._opened is not None:
            change_remark(self.desk, self._opened.incoming.dossier, number, state=RemarkState.SETTLED)
            self._changed()

    def _accept(self) -> None:
        if self._opened is not None:
            accept(self.desk, self._opened.incoming)
            self._changed()

    def _changed(self) -> None:
        self._show_opened()
        self.refresh()

    def _look(self) -> None:
        if self._opened is not None:
            from ntm_desktop.ui.verify.window import VerifyWindow

            self._beside = VerifyWindow(self.ask)  # held: Qt closes what Python forgets
            self._beside.resize(self.size())
            self._beside.show()
            self._beside.open(self.desk.folder.path_of(self._opened.incoming.identity))

    def _print(self) -> None:
        if self._opened is None:
            return
        try:
            self._say(save_visit_sheet(self, self.desk, self.ask, self._opened))
        except NtmError as error:
            self.show_error(error)

    def give_back(self) -> None:
        """Sign the slip and write it; the dossier is returned."""
        if self._opened is None:
            return
        try:
            told = return_dossier(self, self.desk, self.ask, self._opened.incoming)
        except NtmError as error:
            self.show_error(error)
            return
        self._returned(told)

    def _give_back_by_token(self) -> None:
        if self._opened is not None:
            self.token.start(self._opened.incoming)

    def _returned(self, told: Told | None) -> None:
        if told is not None:
            self._changed()
        self._say(told)

    # ------------------------------------------------------------ taking in

    def choose_files(self) -> None:
        """Ask for a folder with dossiers, and take them in."""
        folder = self.ask.folder(self, FileKinds(title=_("Folder or stick with dossiers")))
        if folder is not None:
            self.take_in((folder,))

    def take_in(self, places: tuple[Path, ...], key: ReceivingKey | None = None) -> None:
        """Take everything in some places in, beside the window; `key` opens what was locked for this office."""
        try:
            self.taking.start(places, key)
        except NtmError as error:
            self.show_error(error)
            return
        self.files.set_reason(_("Dossiers are being taken in."))

    def _over(self, outcomes: tuple[Outcome, ...]) -> None:
        self.files.set_reason(None)
        self.refresh()
        refused, new = outcomes.count(Outcome.REFUSED), outcomes.count(Outcome.TAKEN)
        fact = _("{new} dossiers taken in, {again} were here already, {refused} were refused.").format(
            new=new, again=len(outcomes) - new - refused, refused=refused
        )
        locked = self.taking.locked
        last = self.desk.folder.refusals()[: refused - len(locked)]
        reasons = "; ".join(f"{Path(one.source).name}: {refusal_words(one.code)}" for one in last[:3])
        self._tell(fact, reasons, kind=BannerKind.WARNING if refused else BannerKind.DONE)
        self.taken_in.emit()
        if locked:
            self._open_locked(locked)

    def _open_locked(self, files: tuple[Path, ...]) -> None:
        try:
            key = ask_receiving_key(self, self.ask, len(files))
        except NtmError as error:
            self.show_error(error)
            return
        if key is not None:
            self.take_in(files, key)

    # ------------------------------------------------------------ telling

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, NtmError):
            raise error
        self.show_error(error)

    def show_error(self, error: NtmError) -> None:
        """Say what hindered."""
        words = wording.explain(error)
        self._tell(words.what, f"{words.safe} {words.next_step}", kind=BannerKind.PROBLEM)

    def _say(self, told: Told | None) -> None:
        if told is not None:
            self._tell(*told)

    def _tell(self, fact: str, rest: str, kind: BannerKind = BannerKind.DONE) -> None:
        while (item := self._notices.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._notices.addWidget(Banner(kind, fact, rest, dismissable=True))

    def said(self) -> str:
        """Return what the banner says."""
        item = self._notices.itemAt(0)
        banner = None if item is None else item.widget()
        return banner.words() if isinstance(banner, Banner) else ""

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.taking.is_running and not self._may_stop():
            event.ignore()
            return
        self.tasks.close()
        self.desk.close()
        super().closeEvent(event)

    def _may_stop(self) -> bool:
        question = Question(
            title=_("Dossiers are still being taken in"),
            text=_("What was taken in stays; the rest can be taken in again later."),
            action=_("Stop and close"),
        )
        return self.ask.confirm(self, question)


def _fits(row: CountRow, key: str) -> bool:
    latest = row.case.latest
    if key == _ALL:
        return True
    if latest is None:
        return key == _MISSING
    return {_NEW: Standing.NEW, _OPEN: Standing.OPEN, _RETURNED: Standing.RETURNED}.get(
        key, Standing.ACCEPTED if key == _ACCEPTED else None
    ) is latest.state
