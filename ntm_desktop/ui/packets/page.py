"""Sharing the work: hand a part to another PC, open one that was handed over, give it back, take it in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import packets
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.packets import Outcome, Packet, Plan
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.packets.cells import CellTable, lines_of
from ntm_desktop.ui.packets.cutting import CutCard
from ntm_desktop.ui.packets.jobs import LookJob
from ntm_desktop.ui.packets.sides import Sides
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import Job, Result, Running

_WIDEST = 1000
_PATTERNS = (f"*{packets.SUFFIX}",)


class PacketsPage(Page):
    """Two faces: what can be done with a part, and what a packet that came back would change."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._running: Running | None = None
        self._path = Path()
        self.cut = CutCard()
        self.take_back = Button(_("Take a packet back\u2026"), icon="folder")
        self.open = Button(_("Open a packet\u2026"), icon="folder")
        self.give_back = Button(_("Give it back\u2026"), ButtonKind.PRIMARY)
        self.files = Button(_("Back to the files"), ButtonKind.QUIET)
        self.told = Banner(BannerKind.DONE, "", dismissable=True)
        self.progress = ProgressPanel(_("Reading the packet"), _("Stopping changes nothing."))
        self.part_words = Words("", fit=Fit.WRAP)
        self.summary = Words("", TextRole.STRONG, fit=Fit.WRAP)
        self.table = CellTable()
        self.sides = Sides()
        self.aside = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.leave = Button(_("Go back"), ButtonKind.QUIET)
        self.take = Button("", ButtonKind.PRIMARY)
        self.start = CardColumn(widest=_WIDEST, spacing=14)
        self.stack = QStackedWidget()
        self._back_card = TitledCard(_("Take back what was done"))
        self._open_card = TitledCard(_("Open a part that was handed to this PC"))
        self._part_card = TitledCard(_("This workspace is a part that was handed over"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Words(_("Sharing the work"), TextRole.PAGE_TITLE), 1)
        head.addWidget(self.files)
        for card, text, button in (
            (
                self._back_card,
                _(
                    "Everything is shown first; where two PCs changed the same figure, both stand side by side and one"
                    " is chosen. One undo takes the packet back again."
                ),
                self.take_back,
            ),
            (
                self._open_card,
                _("It gets a folder of its own; the workspace that is open now stays as it is."),
                self.open,
            ),
            (self._part_card, "", self.give_back),
        ):
            words = Words(text, ink=Ink.TEXT2, fit=Fit.WRAP) if text else self.part_words
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            card.body.addWidget(words)
            card.body.addLayout(row)
        for one in (self._part_card, self.cut, self._back_card, self._open_card):
            self.start.add(one)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.aside, 1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        preview = QWidget()
        column = QVBoxLayout(preview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.sides)
        column.addLayout(foot)
        self.stack.addWidget(self.start)
        self.stack.addWidget(preview)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addLayout(head)
        self._outer.addWidget(self.told)
        self._outer.addWidget(self.progress)
        self._outer.addWidget(self.stack, 1)
        self.told.hide()

    def _connect(self) -> None:
        self.cut.asked.connect(self.write)
        self.take_back.clicked.connect(self.look)
        self.open.clicked.connect(self.open_packet)
        self.give_back.clicked.connect(self.write_back)
        self.files.clicked.connect(self._to_files)
        self.leave.clicked.connect(self._go_back)
        self.take.clicked.connect(self.merge)
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        self.sides.chosen.connect(self._choose)
        self.progress.stop_asked.connect(self._stop)
        QShortcut(QKeySequence("Ctrl+Return"), self.stack).activated.connect(self.take.click)

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        if not change.structure:
            return
        desk = self.session.desk
        part = desk.workspace.part
        self._part_card.setVisible(part is not None)
        for card in (self.cut, self._back_card):
            card.setVisible(part is None and desk.dossier is not None)
        if part is None:
            self.cut.show_desk(desk)
            return
        names = [one.name for one in desk.book.hamlets if one.id in part.hamlets]
        about = [_("criteria {codes}").format(codes=", ".join(part.criteria))] if part.criteria else []
        about += [
            _("{label}: {names}").format(label=desk.commune.hamlet_label, names=", ".join(names))
        ] * bool(names)
        self.part_words.set_text(
            _(
                "Only this can be changed here: {about}. When it is done, give it back as a file; the PC that handed it"
                " over takes it in. It can be given back more than once."
            ).format(about="; ".join(about))
        )

    @override
    def fit(self, room: Room) -> None:
        self._outer.setContentsMargins(room.page_margin, 16, room.page_margin, 16)

    @override
    def regions(self) -> list[QWidget]:
        return [self.stack]

    def _tell(self, fact: str, rest: str) -> None:
        self.told.say(fact, rest)
        self.told.show()

    def _to_files(self) -> None:
        self.session.go_to.emit("exchange", "")

    def _go_back(self) -> None:
        self.stack.setCurrentWidget(self.start)
        self.take_back.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ beside the window

    def _run(self, job: Job[Result], title: str, *, stops: bool = False) -> None:
        if self._running is not None and self._running.is_running:
            return
        self.told.hide()
        self.progress.stop.setVisible(stops)
        self.progress.stopping.setVisible(stops)
        self.progress.set_title(title)
        self.progress.start()
        self.stack.setEnabled(False)
        self._running = self.session.tasks.run(job, self._done, self._failed, title=title, stopped=self._end)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _end(self) -> None:
        self.progress.finish()
        self.stack.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.session.fail(error)

    def _done(self, made: object) -> None:
        self._end()
        if isinstance(made, Plan):
            self._show_plan(made)
        elif isinstance(made, Packet):
            self._tell(
                _("The packet was written: {path}").format(path=self._path),
                _("{edits} entries, {files} files. Copy it to the other PC.").format(
                    edits=len(made.edits), files=len(made.blobs)
                ),
            )

    # ------------------------------------------------------------ out

    def write(self) -> None:
        """Ask where, and write a packet of what is ticked."""
        criteria, hamlets = self.cut.ticked()
        target = self._ask_where(_("Where is the packet saved?"), _packet_name(criteria))
        if target is not None:
            desk = self.session.desk
            self._run(
                lambda _report, _cancelled: packets.cut(desk, target, criteria, hamlets),
                _("Writing the packet"),
            )

    def write_back(self) -> None:
        """Ask where, and write what was done since the packet was opened."""
        part = self.session.desk.workspace.part
        name = _packet_name(part.criteria if part is not None else (), back=True)
        target = self._ask_where(_("Where is what was done saved?"), name)
        if target is not None:
            desk = self.session.desk
            self._run(
                lambda _report, _cancelled: packets.give_back(desk, target),
                _("Writing the packet"),
            )

    def _ask_where(self, title: str, suggested: str) -> Path | None:
        kinds = FileKinds(title=title, words=_("Work packets"), patterns=_PATTERNS, suggested=suggested)
        target = self.session.ask.save_as(self, kinds)
        if target is None:
            return None
        self._path = target if target.suffix else target.with_suffix(packets.SUFFIX)
        return self._path

    # ------------------------------------------------------------ in

    def _ask_which(self, title: str) -> Path | None:
        kinds = FileKinds(title=title, words=_("Work packets"), patterns=_PATTERNS)
        return self.session.ask.open_file(self, kinds)

    def open_packet(self) -> None:
        """Ask for packet and folder, and open the part in place of this workspace. Raises as `packets.open_packet`."""
        path = self._ask_which(_("Which packet is opened?"))
        if path is None:
            return
        folder = self.session.ask.folder(self, FileKinds(title=_("Which folder takes the part?")))
        if folder is not None:
            desk = packets.open_packet(path, folder / path.stem, who=self.session.desk.who)
            self.session.desk_opened.emit(desk)

    def look(self) -> None:
        """Ask for a packet that came back, and show what it would change."""
        path = self._ask_which(_("Which packet came back?"))
        if path is not None:
            self._path = path
            self._run(LookJob(self.session.desk, path).run, _("Reading the packet"), stops=True)

    def _show_plan(self, plan: Plan) -> None:
        self.table.cells.show_lines(lines_of(self.session.desk, plan))
        counts = {outcome: len(plan.of(outcome)) for outcome in Outcome}
        self.summary.set_text(
            _(
                "{taken} taken, {conflicts} changed on both PCs, {agreed} the same, {known} taken before, {lost} no"
                " longer here"
            ).format(
                taken=counts[Outcome.TAKEN],
                conflicts=counts[Outcome.CONFLICT],
                agreed=counts[Outcome.AGREED],
                known=counts[Outcome.KNOWN],
                lost=counts[Outcome.NO_PLACE],
            )
        )
        self.aside.set_text(
            _(
                "Nothing is stored yet. What is not chosen stays open: both figures stand in Entry as two sources."
                " Every lost value is kept."
            )
        )
        new = counts[Outcome.TAKEN] + counts[Outcome.CONFLICT] + counts[Outcome.NO_PLACE]
        self.take.set_words(_("Take in {count} changes").format(count=new))
        self.take.set_reason(None if new else _("The packet brings nothing new."))
        self.stack.setCurrentIndex(1)
        if self.table.cells.lines:
            self.table.setCurrentIndex(self.table.cells.index(0, 0))
            self._show_row(self.table.currentIndex())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_row(self, current: QModelIndex, _before: QModelIndex | None = None) -> None:
        lines, row = self.table.cells.lines, current.row()
        if not 0 <= row < len(lines):
            self.sides.show_line(None, None, can_choose=False)
            return
        cell = lines[row].cell
        self.sides.show_line(
            lines[row],
            self.table.cells.chosen.get(cell.target),
            can_choose=cell.outcome is Outcome.CONFLICT and cell.kind is packets.FIGURE,
        )

    def _choose(self, state: str) -> None:
        self.table.cells.choose(self.table.currentIndex().row(), state)
        self._show_row(self.table.currentIndex())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def merge(self) -> None:
        """Take the packet in as one step of undo; what was chosen of conflicts is one more."""
        chosen = dict(self.table.cells.chosen)
        try:
            plan, change = packets.merge(self.session.desk, self._path)
        except NtmError as error:
            self.session.fail(error)
            return
        self.session.publish(change)
        settled = packets.choose(self.session.desk, chosen, _("chosen when the packet came back"))
        if settled is not None:
            self.session.publish(settled)
        self._go_back()
        left = len(plan.of(Outcome.CONFLICT)) - len(chosen)
        self._tell(
            _("The packet is taken in: {taken} taken, {left} still to be chosen in Entry.").format(
                taken=len(plan.of(Outcome.TAKEN)), left=left
            ),
            _("Ctrl+Z takes back what was chosen, Ctrl+Z once more the whole packet.")
            if settled is not None
            else _("One undo (Ctrl+Z) takes all of it back."),
        )


def _packet_name(criteria: tuple[str, ...], *, back: bool = False) -> str:
    """Return the name offered for a packet."""
    about = "-".join(criteria) or "ap"
    return f"{'xong' if back else 'viec'}-{about}{packets.SUFFIX}"
