"""The page about safety: what comes back after which loss, and every way to make that better."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import copies, doctor, restoring, safety, support, wording
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.copies import Made, Watch
from ntm_desktop.operations.doctor import Diagnosis, finding_sentence
from ntm_desktop.operations.program_updates import standing
from ntm_desktop.operations.restoring import Rehearsal, Restored
from ntm_desktop.operations.safety import LossKind
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.ui.ask import FileKinds, Question
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import BETWEEN_CARDS_OVERVIEW, Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.safety.bringing_back import BringingBack, damage_words, secret_of_copy
from ntm_desktop.ui.safety.cards import AsideCard, CopiesCard, LossLine, MachineCard, RehearsalCard
from ntm_desktop.ui.safety.program import ProgramCard, ProgramWork
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.tasks import IsCancelled, Report, Running

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

Result = TypeVar("Result")
_LOOK_FOR_STICKS_MS = 3000
_LEFT, _RIGHT = 5, 4


class SafetyPage(Page):
    """Copies and rehearsal at the left, what was put aside and the computer at the right."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._running: Running | None = None
        self._bringing = BringingBack(self, session.ask, self._start, self._restored)
        self._found: Rehearsal | None = None
        self._diagnosis: Diagnosis | None = None
        self._examined_at: datetime = session.desk.now()
        self._losses = QVBoxLayout()
        self._losses.setSpacing(2)
        self._told = QVBoxLayout()
        self.primary = Button(_("Copy to the USB"), ButtonKind.PRIMARY, icon="usb")
        self.copies = CopiesCard()
        self.rehearsal = RehearsalCard()
        self.aside = AsideCard()
        self.machine = MachineCard()
        self.program = ProgramCard()
        self._program_work = ProgramWork(session, self, self._start, self._tell)
        self.work = Card()
        self.panel = ProgressPanel("", _("Can be stopped at any time; the workspace does not change."))
        self.work.body.addWidget(self.panel)
        self.work.hide()
        self.restore = Button(_("Restore from a copy\u2026"), ButtonKind.LINK)
        self._sticks = QTimer(self)
        self._sticks.setInterval(_LOOK_FOR_STICKS_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Words(_("Safety of the data"), TextRole.PAGE_TITLE))
        head.addStretch(1)
        head.addWidget(self.primary)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.copies, self.rehearsal)),
            (right, (self.aside, self.machine, self.program)),
        ):
            column.setSpacing(BETWEEN_CARDS_OVERVIEW)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(BETWEEN_CARDS_OVERVIEW)
        self._columns.addLayout(left, _LEFT)
        self._columns.addLayout(right, _RIGHT)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Icon("info", Ink.TEXT2))
        sentence = _("Restoring always makes a new workspace beside; the one in use is never written over.")
        foot.addWidget(Words(sentence, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP), 1)
        foot.addWidget(self.restore)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addLayout(self._losses)
        self._column.addLayout(self._told)
        self._column.addWidget(self.work)
        self._column.addLayout(self._columns)
        self._column.addLayout(foot)
        self._column.addStretch(1)
        scroll = scrolled(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self.primary.clicked.connect(self.copy_to_stick)
        self.copies.now.connect(self.copy_now)
        self.copies.elsewhere.connect(self.copy_elsewhere)
        self.copies.one_file.connect(self.copy_into_file)
        self.rehearsal.asked.connect(self.rehearse)
        self.aside.exported.connect(self.export_aside)
        self.machine.examined.connect(self.examine)
        self.machine.support_asked.connect(self.save_support)
        self.program.update_asked.connect(self._program_work.update)
        self.program.back_asked.connect(self._program_work.roll_back)
        self.restore.clicked.connect(self.restore_copy)
        self.panel.stop_asked.connect(self._stop)
        self.panel.gone.connect(self.work.hide)
        self._sticks.timeout.connect(self._look_for_sticks)

    # ------------------------------------------------------------ showing

    @override
    def regions(self) -> list[QWidget]:
        return [
            self.primary,
            self.copies,
            self.rehearsal,
            self.aside,
            self.machine,
            self.program,
            self.restore,
        ]

    @override
    def show_change(self, change: Change) -> None:
        """Fill afresh when everything may have changed; figures say nothing about copies."""
        if change.structure and self.isVisible():
            self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        self._sticks.start()
        super().showEvent(event)
        first = self.primary if self.primary.isEnabled() else self.copies.copy_now
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._sticks.stop()
        super().hideEvent(event)

    @override
    def fit(self, room: Room) -> None:
        margin = room.page_margin
        self._column.setContentsMargins(margin, 14, margin, 14)
        wide = room.breadth >= Breadth.FULL
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    @override
    def go_to(self, place: str) -> None:
        """Begin what a message of the frame offers."""
        if place == "support" and self._running is None:
            self.save_support()

    def refresh(self) -> None:
        """Show what is known of the copies now."""
        found = safety.look(self.session.desk.workspace)
        today = self.session.desk.now().date()
        while (item := self._losses.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        disk = next(loss.by for loss in found.losses if loss.kind is LossKind.DISK)
        for loss in found.losses:
            if loss.kind is not LossKind.WORKSPACE or loss.by != disk:  # the worse one says it too
                self._losses.addWidget(LossLine(loss, today))
        self.copies.show_places(found, today)
        self.rehearsal.show_rehearsed(found.rehearsed, self._found)
        self.aside.show_aside(found.aside)
        findings = self._diagnosis.findings if self._diagnosis is not None else ()
        sentences = [finding_sentence(code, about) for code, about in findings]
        self.machine.show_machine(found, self._diagnosis, sentences, self._examined_at)
        self.program.show_standing(standing())
        self._look_for_sticks()

    def _look_for_sticks(self) -> None:
        there = safety.sticks()
        self.primary.set_words(
            _("Copy to the USB {place}").format(place=there[0].name or str(there[0]))
            if there
            else _("Put in a USB")
        )
        busy = _("Wait until the work that is going on has ended") if self._running is not None else None
        self.primary.set_reason(busy if there else _("Put in a USB"))

    def _tell(self, kind: BannerKind, fact: str, rest: str = "") -> None:
        while (item := self._told.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._told.addWidget(Banner(kind, fact, rest, dismissable=True))

    # ------------------------------------------------------------ the one work that may run

    def _start(self, title: str, job: Callable[[Watch], Result], done: Callable[[Result], None]) -> None:
        def run(report: Report, cancelled: IsCancelled) -> Result:
            return job(Watch(lambda now, total: report((now, total)), cancelled))

        def finished(result: Result) -> None:
            self._end()
            done(result)
            self.session.copied.emit()
            self.refresh()

        self._set_busy(busy=True)
        self.panel.set_title(title)
        self.panel.start()
        self.work.show()
        self._running = self.session.tasks.run(
            run, finished, self._failed, self.panel.show_bytes, stopped=self._stopped, title=title
        )

    def _set_busy(self, *, busy: bool) -> None:
        reason = _("Wait until the work that is going on has ended") if busy else None
        card = self.copies
        for button in (card.copy_now, card.to_folder, card.to_file, self.rehearsal.start, self.restore):
            button.set_reason(reason)
        for button in (self.aside.export, self.machine.examine, self.machine.support, self.primary):
            button.set_reason(reason)
        for button in (self.program.update_from, self.program.back):
            button.set_reason(reason)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _end(self) -> None:
        self._running = None
        self.panel.finish()
        self._set_busy(busy=False)
        self._look_for_sticks()

    def _stopped(self) -> None:
        self._end()
        self._tell(BannerKind.INFO, _("Stopped. Nothing has changed."))

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, NtmError):
            self.session.fail(error)
            return
        words = wording.explain(error)
        self._tell(BannerKind.PROBLEM, words.what, f"{words.safe} {words.next_step}")

    # ------------------------------------------------------------ copying

    def copy_now(self) -> None:
        """Make the copy of the day again, here and where daily copies go."""
        workspace, now = self.session.desk.workspace, self.session.desk.now()
        self._start(_("Copying"), lambda watch: copies.make_daily(workspace, now, watch)[-1], self._copied)

    def copy_to_stick(self) -> None:
        """Copy to the stick that is in the computer."""
        there = safety.sticks()
        if there:
            self._copy_to(there[0])

    def copy_elsewhere(self) -> None:
        """Copy into a folder the officer chooses."""
        folder = self.session.ask.folder(self, FileKinds(title=_("Where should the copy go?")))
        if folder is not None:
            self._copy_to(folder)

    def _copy_to(self, folder: Path) -> None:
        workspace, now = self.session.desk.workspace, self.session.desk.now()
        title = _("Copying to {place} and reading back").format(place=folder)
        self._start(title, lambda watch: copies.make_copy(workspace, folder, now, watch), self._copied)

    def copy_into_file(self) -> None:
        """Write everything into one file, with a passphrase where the officer wants one."""
        commune, now = self.session.desk.commune, self.session.desk.now()
        kinds = FileKinds(
            title=_("Where should the file go?"),
            words=_("Copies of a workspace"),
            patterns=(f"*{copies.SUFFIX}",),
            suggested=f"{commune.code}-{now:%Y%m%d}{copies.SUFFIX}",
        )
        target = self.session.ask.save_as(self, kinds)
        if target is None:
            return
        passphrase = self._new_passphrase()
        if passphrase is None:
            return
        workspace = self.session.desk.workspace
        title = _("Writing {name} and reading it back").format(name=target.name)
        self._start(
            title, lambda watch: copies.make_backup(workspace, target, now, watch, passphrase), self._copied
        )

    def _new_passphrase(self) -> str | None:
        """Return a passphrase typed twice, empty for none, None when the officer went back."""
        question = Question(
            title=_("Protect the file with a passphrase?"),
            text=_(
                "Whoever finds the USB could read it otherwise. Without the passphrase nobody can open the file, "
                "the makers of this program included: write it down and keep it in the safe."
            ),
            action=_("Choose a passphrase"),
            back=_("Without a passphrase"),
        )
        if not self.session.ask.confirm(self, question):
            return ""
        problem = ""
        while True:
            first = secret_of_copy(
                self, self.session.ask, _("New passphrase, at least 8 characters"), problem
            )
            if first is None:
                return None
            if len(first) >= copies.SHORTEST_PASSPHRASE:
                second = secret_of_copy(self, self.session.ask, _("The same passphrase again"), "")
                if second == first:
                    return first
                problem = _("The two were not the same. Type both again.")
            else:
                problem = _("That one is too short.")

    def _copied(self, made: Made) -> None:
        fact = _("Copied to {place} and read back: everything is the same.").format(place=made.known.place)
        rest = _("{facts} figures, {files} files, {size}.").format(
            facts=made.manifest.facts, files=len(made.manifest.files), size=size_words(made.manifest.size)
        )
        missing = len(made.manifest.missing)
        if missing:
            words = ngettext(
                "{count} file of evidence was missing or changed before.",
                "{count} files of evidence were missing or changed before.",
                missing,
            )
            rest = f"{rest} {words.format(count=missing)}"
        self._tell(BannerKind.WARNING if missing else BannerKind.DONE, fact, rest)

    # ------------------------------------------------------------ restoring and looking

    def rehearse(self) -> None:
        """Restore the newest copy for trial and compare everything."""
        workspace, now = self.session.desk.workspace, self.session.desk.now()
        title = _("Restoring for trial and comparing")
        self._start(title, lambda watch: restoring.rehearse(workspace, now, watch), self._rehearsed)

    def _rehearsed(self, found: Rehearsal) -> None:
        self._found = found

    def restore_copy(self) -> None:
        """Bring a copy the officer chooses back into a new folder beside others."""
        source = self._bringing.choose()
        if source is not None:
            self.bring_back(source)

    def bring_back(self, source: Path) -> None:
        """Bring this copy back into a new folder; nothing happens while other work is going on."""
        if self._running is None:
            desk = self.session.desk
            self._bringing.begin(source, desk.commune.code, desk.now())

    def _restored(self, restored: Restored) -> None:
        fact = _("Restored into {folder}.").format(folder=restored.folder)
        rest = _("The workspace in use is unchanged. Open the new one with the start window.")
        damage = damage_words(restored)
        self._tell(
            BannerKind.WARNING if damage else BannerKind.DONE, fact, f"{damage} {rest}" if damage else rest
        )

    def export_aside(self) -> None:
        """Copy what was put aside into a folder the officer chooses."""
        folder = self.session.ask.folder(self, FileKinds(title=_("Where should the files go?")))
        if folder is None:
            return
        workspace = self.session.desk.workspace

        def done(count: int) -> None:
            words = ngettext("{count} file was exported.", "{count} files were exported.", count)
            self._tell(BannerKind.DONE, words.format(count=count), _("They are still here too."))

        self._start(_("Exporting"), lambda watch: safety.export_aside(workspace, folder, watch), done)

    def examine(self) -> None:
        """Look whether the workspace is sound, reading every file."""
        folder, now = self.session.desk.workspace.folder, self.session.desk.now()

        def done(diagnosis: Diagnosis) -> None:
            self._diagnosis, self._examined_at = diagnosis, now

        self._start(_("Examining the workspace"), lambda watch: doctor.examine_with(folder, now, watch), done)

    def save_support(self) -> None:
        """Gather what helps to find a fault, show every line of it, and save it where the officer wants."""
        folder, now = self.session.desk.workspace.folder, self.session.desk.now()
        title = _("Gathering the support package")
        self._start(title, lambda watch: support.support_text(folder, now, watch), self._show_support)

    def _show_support(self, text: str) -> None:
        question = Question(
            title=_("This is all that would be saved"),
            text=text,
            action=_("Save\u2026"),
            back=_("Do not save"),
        )
        if not self.session.ask.confirm_text(self, question):
            return
        kinds = FileKinds(
            title=_("Where should the file go?"),
            words=_("Text files"),
            patterns=("*.txt",),
            suggested="goi-ho-tro.txt",
        )
        target = self.session.ask.save_as(self, kinds)
        if target is None:
            return
        try:
            support.save_support(text, target, self.session.desk.workspace.folder)
        except NtmError as error:
            words = wording.explain(error)
            self._tell(BannerKind.PROBLEM, words.what, f"{words.safe} {words.next_step}")
            return
        self._tell(BannerKind.DONE, _("Saved as shown: {path}").format(path=target))
