"""The page "merger of communes": choose them, look at every figure, take them in; afterwards the way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import merger
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.merger import Seen, Taken
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.merger.choosing import Choosing
from ntm_desktop.ui.merger.jobs import LookJob
from ntm_desktop.ui.merger.lines import Kind, lines_given, lines_of
from ntm_desktop.ui.merger.table import FiguresTable
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.storing import StoreJob
from ntm_desktop.ui.tasks import Running

_NAMES_SHOWN = 6
_FORMER_WIDTH = 280
_ALL = "all"


class MergerPage(Page):
    """Three faces: what is chosen, what it would bring, and what the former communes gave."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._running: Running | None = None
        self.seen: Seen | None = None
        """What is looked at; None while nothing is."""
        self.choosing = Choosing(session)
        self.filters = FilterRow(
            _("Which figures"), [Option("", ""), *(Option(kind.value, "") for kind in Kind)]
        )
        self.former = Select(_("Which former commune"))
        self.table = FiguresTable(_("Figures of the former communes"))
        self.told = Banner(BannerKind.DONE, "", dismissable=True)
        self.remark = Banner(BannerKind.WARNING, "")
        self.aside = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.back = Button(_("Go back"), ButtonKind.QUIET)
        self.take = Button("", ButtonKind.PRIMARY)
        self.files = Button(_("Back to the files"), ButtonKind.QUIET)
        self.progress = ProgressPanel(_("Reading the former communes"), _("Stopping changes nothing."))
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Words(_("Merger of communes"), TextRole.PAGE_TITLE), 1)
        head.addWidget(self.files)
        tools = QHBoxLayout()
        tools.addWidget(self.filters, 1)
        tools.addWidget(self.former)
        tools.addStretch()
        self.former.setFixedWidth(_FORMER_WIDTH)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.aside, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.take)
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.remark)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.stack.addWidget(self.choosing)
        self.stack.addWidget(figures)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addLayout(head)
        self._outer.addWidget(self.told)
        self._outer.addWidget(self.progress)
        self._outer.addWidget(self.stack, 1)
        self.told.hide()

    def _connect(self) -> None:
        self.choosing.asked.connect(self.look)
        self.choosing.given_asked.connect(self.show_given)
        self.filters.chosen.connect(self.table.lines.filter)
        self.former.chosen.connect(self._show_former)
        self.table.opened.connect(self._open)
        self.back.clicked.connect(self._go_back)
        self.take.clicked.connect(self.store)
        self.files.clicked.connect(self._leave)
        self.progress.stop_asked.connect(self._stop)

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        if change.structure:
            self.choosing.refresh()
        if self.seen is not None or self.stack.currentWidget() is self.choosing:
            return
        if self.session.desk.workspace.former_communes():
            self._fill_given()
        else:  # the merger was undone
            self.told.hide()
            self._go_back()

    @override
    def fit(self, room: Room) -> None:
        self._outer.setContentsMargins(room.page_margin, 16, room.page_margin, 16)

    @override
    def regions(self) -> list[QWidget]:
        return [self.stack]

    def _go_back(self) -> None:
        self.seen = None
        self.stack.setCurrentWidget(self.choosing)
        self.choosing.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.session.go_to.emit("exchange", "")

    def _open(self, element: str) -> None:
        """Open a figure in the register; what is only looked at stays here."""
        if self.seen is None:
            self.session.go_to.emit("figures", element)

    def _show_figures(self, *, looking: bool) -> None:
        for widget in (self.filters, self.take):
            widget.setVisible(looking)
        self.former.setVisible(not looking)
        self.table.shape()
        self.stack.setCurrentIndex(1)
        self.table.focus()

    def show_given(self) -> None:
        """Show the reverse view: every merged figure with what each former commune gave."""
        self.seen = None
        self.remark.hide()
        self._fill_given()
        self._show_figures(looking=False)

    def _fill_given(self) -> None:
        desk = self.session.desk
        formers = desk.workspace.former_communes()
        named = [(one.commune.code, one.commune.name) for one in formers]
        self.table.lines.show_lines(lines_given(desk, elements(desk)), named)
        every = Option(_ALL, _("All former communes"))
        self.former.set_options([every, *(Option(code, name) for code, name in named)])
        self.former.set_key(_ALL)
        self.aside.set_text(_("Each figure with its parts. Enter opens it in the register of figures."))

    def _show_former(self, code: str) -> None:
        self.table.lines.filter("" if code == _ALL else code)

    # ------------------------------------------------------------ looking

    def look(self) -> None:
        """Read the former communes beside the window. Raises WorkspaceReadOnly."""
        if self._busy():
            return
        base = merger.ground(self.session.desk)
        self.told.hide()
        self.progress.set_title(_("Reading the former communes"))
        self.progress.start()
        self.stack.setEnabled(False)
        self._running = self.session.tasks.run(
            LookJob(base, self.choosing.folders).run,
            self._looked,
            self._failed,
            title=_("Reading the former communes"),
            stopped=self._end,
        )

    def _busy(self) -> bool:
        return self._running is not None and self._running.is_running

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _end(self) -> None:
        self.progress.finish()
        self.stack.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.session.fail(error)

    def _looked(self, seen: Seen) -> None:
        self._end()
        self.seen = seen
        lines = self.table.lines
        lines.show_lines(lines_of(seen), [(one.commune.code, one.commune.name) for one in seen.parts])
        self.filters.choose("")
        for key, words in (
            ("", _("All {count}")),
            (Kind.TAKEN, _("Added or averaged {count}")),
            (Kind.ASKED, _("To be asked again {count}")),
            (Kind.KEPT, _("Left as they are {count}")),
        ):
            self.filters.set_words(str(key), words.format(count=lines.count(str(key))))
        self.remark.setVisible(bool(seen.same_names))
        names = ", ".join(seen.same_names[:_NAMES_SHOWN])
        self.remark.say(
            _("The same name more than once: {names}.").format(names=names),
            _("All of them come over; give them names of their own afterwards."),
        )
        self.aside.set_text(
            _(
                "{hamlets} hamlets and {records} lines of registers come along with their figures. Nothing is stored"
                " yet; a copy is taken first, and one undo takes all of it back."
            ).format(hamlets=seen.hamlets, records=seen.records)
        )
        count = len(seen.taken)
        words = ngettext("Merge: {count} figure", "Merge: {count} figures", count)
        self.take.set_words(words.format(count=count))
        self._show_figures(looking=True)

    # ------------------------------------------------------------ taking

    def store(self) -> None:
        """Take a copy and store the merger beside the window. Raises WorkspaceReadOnly."""
        day = self.choosing.day()
        if self._busy() or self.seen is None or day is None:
            return
        desk = self.session.desk
        job = StoreJob(
            partial(
                merger.take_beside, desk, merger.ground(desk), self.seen, day, self.choosing.document.text()
            )
        )
        self.progress.set_title(_("Storing the merger"))
        self.progress.start()
        self.stack.setEnabled(False)
        self._running = self.session.tasks.run(
            job.run,
            self._stored,
            self._failed,
            self._tell_stored,
            title=_("Storing the merger"),
            stopped=self._end,
        )

    def _tell_stored(self, words: object) -> None:
        self.progress.set_progress(None, str(words))

    def _stored(self, taken_by_job: Taken) -> None:
        self._end()
        done = merger.finish(self.session.desk, taken_by_job)
        taken, asked = len(done.seen.taken), len(done.seen.asked)
        self.told.say(
            _("The communes are merged: {taken} figures taken, {asked} to be asked again.").format(
                taken=taken, asked=asked
            ),
            _(
                "One undo (Ctrl+Z) takes all of it back. A copy from before is in the workspace: {name}."
            ).format(name=done.copy.name),
        )
        self.told.show()
        self.choosing.show_folders(())
        self.session.publish(done.change)
        self.show_given()
