"""Files in and out: forms for others to fill in, what comes back with a preview, tables of other programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.facts.catalogue import SubjectKind, ValueType
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import fact_register, foreign, form, intake, on_paper
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.foreign import Looked, Mapping, Tallied
from ntm_desktop.operations.intake import Preview, Taken
from ntm_desktop.ui.ask import TABLES, FileKinds
from ntm_desktop.ui.exchange.assistant import Assistant, Offered
from ntm_desktop.ui.exchange.jobs import CopyJob, LookJob, ReceiveJob, TallyJob
from ntm_desktop.ui.exchange.preview_view import PreviewView
from ntm_desktop.ui.exchange.quick_entry import QuickEntry
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.choice import Option
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session
from ntm_desktop.ui.storing import StoreJob
from ntm_desktop.ui.tasks import Job, Running

Result = TypeVar("Result")
_WIDEST = 1400


class ExchangePage(Page):
    """Take files in and give files out."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._running: Running | None = None
        self._path = Path()
        self._mapping: Mapping | None = None
        self.open = Button(_("Take a file in\u2026"), ButtonKind.PRIMARY)
        self.open.clicked.connect(self.take_file)
        self.write = Button(_("Write the form of the commune\u2026"), icon="file")
        self.write.clicked.connect(self.write_form)
        self.write_each = Button(
            _("Write a form for each {label}\u2026").format(label=session.desk.commune.hamlet_label),
            icon="folder",
        )
        self.write_each.clicked.connect(self.write_forms)
        self.print = Button(_("Paper forms (PDF)\u2026"), icon="print")
        self.print.clicked.connect(self.print_forms)
        self.type = Button(_("Type paper forms"), icon="edit")
        self.type.clicked.connect(self.type_forms)
        self.copy = Button(_("Copy sheet\u2026"), icon="pages")
        self.copy.clicked.connect(self.write_copy)
        self.merge = Button(_("Bring former communes together\u2026"), icon="layers")
        self.merge.clicked.connect(self._go_to_merger)
        self.share = Button(_("Share the work\u2026"), icon="layers")
        self.share.clicked.connect(self._go_to_packets)
        self.quick = QuickEntry(session)
        self.quick.closed.connect(self._quick_done)
        self.preview = PreviewView()
        self.preview.taken.connect(self.take)
        self.preview.refused.connect(self.leave)
        self.assistant = Assistant()
        self.assistant.asked.connect(self.tally)
        self.assistant.look_again.connect(self._look_again)
        self.assistant.refused.connect(self.leave)
        self.progress = ProgressPanel(_("Reading the file"), _("Stopping changes nothing."))
        self.progress.stop_asked.connect(self._stop)
        self._told = QVBoxLayout()
        self.stack = QStackedWidget()
        self._lay_out()
        primary = QShortcut(QKeySequence("Ctrl+Return"), self)
        primary.activated.connect(self._press_primary)

    def _lay_out(self) -> None:
        inward, outward = TitledCard(_("Take figures in")), TitledCard(_("Give forms out"))
        paper, merging = TitledCard(_("On paper")), TitledCard(_("Merger of communes"))
        sharing = TitledCard(_("Sharing the work"))
        for card, text in (
            (
                sharing,
                _(
                    "Criteria or hamlets go to another PC as a packet and come back; where two PCs changed the same "
                    "figure, both stand side by side."
                ),
            ),
            (
                merging,
                _(
                    "Figures of former communes are added, averaged or asked again by the rule of each figure. "
                    "Everything is shown first, and every figure keeps what each commune gave."
                ),
            ),
            (
                paper,
                _(
                    "Forms in large type for the heads of hamlets, typed back in the order of the paper; and one sheet "
                    "with every figure in the order of the set, to type into other software."
                ),
            ),
            (
                inward,
                _(
                    "A form that comes back, a list of figures, or a table of another program such as the "
                    "one-stop software (.xlsx, .xls, .ods, .csv). What would change is shown first."
                ),
            ),
            (
                outward,
                _(
                    "An Excel workbook with everything the set asks, for officers and hamlets to fill in. "
                    "It goes on a stick and comes back here; only cells that were changed are entered."
                ),
            ),
        ):
            card.body.addWidget(Words(text, ink=Ink.TEXT2, fit=Fit.WRAP))
        inward.body.addLayout(_row(self.open))
        outward.body.addLayout(_row(self.write, self.write_each))
        paper.body.addLayout(_row(self.print, self.type, self.copy))
        merging.body.addLayout(_row(self.merge))
        sharing.body.addLayout(_row(self.share))
        self.start = start = CardColumn(widest=_WIDEST, spacing=14)
        for card in (inward, outward, paper, sharing, merging):
            start.add(card)
        for widget in (start, self.preview, self.assistant, self.quick):
            self.stack.addWidget(widget)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(Words(_("Files in and out"), TextRole.PAGE_TITLE))
        self._outer.addLayout(self._told)
        self._outer.addWidget(self.progress)
        self._outer.addWidget(self.stack, 1)

    # ------------------------------------------------------------ showing

    @override
    def show_change(self, change: Change) -> None:
        if change.structure:
            reason = None if self.session.desk.dossier is not None else _("Make a dossier first")
            for button in (self.write, self.write_each, self.print, self.type, self.copy):
                button.set_reason(reason)

    @override
    def fit(self, room: Room) -> None:
        self._outer.setContentsMargins(room.page_margin, 16, room.page_margin, 16)
        self.preview.fit(room)
        self.assistant.fit(room)

    @override
    def go_to(self, place: str) -> None:
        """Show what a file would change that was chosen on another page."""
        if place:
            self.receive(Path(place))

    def tell(self, kind: BannerKind, fact: str, rest: str = "") -> None:
        """Say one thing above the page; the one before gives way."""
        while (item := self._told.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if fact:
            self._told.addWidget(Banner(kind, fact, rest, dismissable=True))

    def leave(self) -> None:
        """Forget the file; nothing of it was stored."""
        self.stack.setCurrentWidget(self.start)
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tell(BannerKind.INFO, _("Nothing of the file was taken in."))

    def _press_primary(self) -> None:
        for shown, button in (
            (self.start, self.open),
            (self.preview, self.preview.take),
            (self.assistant, self.assistant.go),
        ):
            if self.stack.currentWidget() is shown and button.isEnabled():
                button.click()
                return

    def _go_to_packets(self) -> None:
        self.session.go_to.emit("packets", "")

    def _go_to_merger(self) -> None:
        self.session.go_to.emit("merger", "")

    # ------------------------------------------------------------ out

    def write_form(self) -> None:
        """Ask where, and write the form of the whole commune. Raises what `form.write_form` raises."""
        kinds = FileKinds(title=_("Where is the form saved?"), patterns=("*.xlsx",), suggested="phieu.xlsx")
        target = self.session.ask.save_as(self, kinds)
        if target is not None:
            form.write_form(self.session.desk, target)
            self.tell(BannerKind.DONE, _("The form was written: {path}").format(path=target))

    def write_forms(self) -> None:
        """Ask for a folder, and write a form for each hamlet. Raises what `form.write_hamlet_forms` raises."""
        folder = self.session.ask.folder(self, FileKinds(title=_("Which folder takes the forms?")))
        if folder is not None:
            count = len(form.write_hamlet_forms(self.session.desk, folder))
            words = ngettext(
                "{count} form was written to {path}", "{count} forms were written to {path}", count
            )
            self.tell(BannerKind.DONE, words.format(count=count, path=folder))

    def print_forms(self) -> None:
        """Ask where, and write the paper forms. Raises what `on_paper.write_collection` raises."""
        kinds = FileKinds(
            title=_("Where are the paper forms saved?"), patterns=("*.pdf",), suggested="phieu-giay.pdf"
        )
        target = self.session.ask.save_as(self, kinds)
        if target is not None:
            on_paper.write_collection(self.session.desk, target)
            self.tell(BannerKind.DONE, _("The form was written: {path}").format(path=target))

    def write_copy(self) -> None:
        """Ask where, and write the copy sheet. Raises what `on_paper.write_copy_sheet` raises."""
        kinds = FileKinds(
            title=_("Where is the copy sheet saved?"), patterns=("*.pdf", "*.xlsx"), suggested="bang-chep.pdf"
        )
        target = self.session.ask.save_as(self, kinds)
        if target is not None:
            on_paper.write_copy_sheet(self.session.desk, target)
            self.tell(BannerKind.DONE, _("The sheet was written: {path}").format(path=target))

    def type_forms(self) -> None:
        """Type paper forms back."""
        if self.quick.open():
            self.tell(BannerKind.INFO, "")
            self.stack.setCurrentWidget(self.quick)
            self.quick.focus()
        else:
            self.tell(BannerKind.INFO, _("This set asks nothing of single hamlets."))

    def _quick_done(self) -> None:
        self.stack.setCurrentWidget(self.start)

    # ------------------------------------------------------------ in

    def take_file(self) -> None:
        """Ask for a file and show what it would change."""
        kinds = FileKinds(title=_("Which file is taken in?"), words=_("Tables and forms"), patterns=TABLES)
        path = self.session.ask.open_file(self, kinds)
        if path is not None:
            self.receive(path)

    def receive(self, path: Path) -> None:
        """Read a file beside the window."""
        self._path, self._mapping = path, None
        self.tell(BannerKind.INFO, "")
        self._start(ReceiveJob(intake.ground(self.session.desk), path).run, self._received)

    def _start(self, job: Job[Result], done: Callable[[Result], None], title: str = "") -> None:
        if self._running is not None and self._running.is_running:
            return
        title = title or _("Reading the file")
        self.progress.set_title(title)
        self.progress.start()
        self.stack.setEnabled(False)
        self._running = self.session.tasks.run(
            job,
            done,
            self._failed,
            self._report,
            stopped=self._stopped,
            title=title,
        )

    def _end(self) -> None:
        self.progress.finish()
        self.stack.setEnabled(True)

    def _report(self, far: object) -> None:
        """Say how far it is: rows of a file that were read, or words."""
        if isinstance(far, int):
            shown = f"{far:,}".replace(",", ".")
            far = _("{count} rows read").format(count=shown)
        self.progress.set_progress(None, str(far))

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _stopped(self) -> None:
        self._end()
        self.tell(BannerKind.INFO, _("Stopped. Nothing was changed."))

    def _failed(self, error: Exception) -> None:
        self._end()
        self.session.fail(error)

    def _received(self, found: Preview | Looked) -> None:
        self._end()
        if isinstance(found, Preview):
            self._show_preview(found)
        else:
            self._show_table(found)

    def _show_preview(self, seen: Preview) -> None:
        desk = self.session.desk
        names = {hamlet.id: hamlet.name for hamlet in desk.workspace.book.hamlets}
        self.preview.show_preview(seen, names, read_only=desk.workspace.read_only)
        self.stack.setCurrentWidget(self.preview)
        self.preview.focus()

    def take(self) -> None:
        """Store what is ticked beside the window."""
        seen, chosen = self.preview.seen, frozenset(self.preview.model.chosen)
        job = StoreJob(partial(intake.take_beside, self.session.desk, seen, chosen))
        self._start(job.run, self._stored, _("Storing the figures"))

    def _stored(self, taken: Taken) -> None:
        self._end()
        filled = intake.finish(self.session.desk, taken)
        self.stack.setCurrentWidget(self.start)
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)
        words = ngettext("{count} figure was taken.", "{count} figures were taken.", filled.taken)
        rest = _("One undo (Ctrl+Z) takes all of it back.")
        if filled.problems:
            left = ngettext(
                "{count} figure was changed here meanwhile and left as it is.",
                "{count} figures were changed here meanwhile and left as they are.",
                len(filled.problems),
            )
            rest = left.format(count=len(filled.problems))
        self.tell(BannerKind.DONE, words.format(count=filled.taken), rest)
        self.session.publish(filled.change)
        self._keep()

    # ------------------------------------------------------------ tables of other programs

    def _show_table(self, looked: Looked) -> None:
        desk = self.session.desk
        counted: list[Option] = []
        single: list[Option] = []
        requirements: list[Option] = []
        if desk.set is not None:
            names = {field.element for one in desk.set.requirements() for field in one.fields}
            for one in desk.set.catalogue.elements.values():
                if one.name in names and one.subject is SubjectKind.COMMUNE:
                    single.append(Option(one.name, str(one.label)))
                    if one.type is ValueType.INTEGER:
                        counted.append(single[-1])
            requirements = [
                Option(f"{one.code}|{rule.code}", f"{one.code} {rule.label}")
                for one in desk.set.requirements()
                for rule in one.evidence
                if "table" in rule.kinds
            ]
        years = tuple(reversed(fact_register.years_shown(desk)))
        self.assistant.show_table(
            looked, Offered(counted, single, requirements, foreign.mappings(desk), years)
        )
        self.stack.setCurrentWidget(self.assistant)
        self.assistant.kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self, sheet: str, row: int) -> None:
        self._start(LookJob(self._path, sheet, row).run, self._received)

    def tally(self) -> None:
        """Count the table beside the window."""
        desk = self.session.desk
        self._mapping = self.assistant.mapping()
        year = int(self.assistant.year.key())
        self._start(TallyJob(intake.ground(desk), self._path, self._mapping, year).run, self._tallied)

    def _tallied(self, found: Tallied) -> None:
        self._end()
        self._show_preview(found.preview)

    def _keep(self) -> None:
        """Keep the mapping, and make the copy for evidence beside the window."""
        mapping, desk = self._mapping, self.session.desk
        if mapping is None:
            return
        if self.assistant.keeps():
            foreign.keep_mapping(desk, mapping)
        if not mapping.requirement or not desk.editable:
            return
        if self.assistant.needed.isChecked() and mapping.counted:
            self._start(CopyJob(self._path, mapping, self.session.looking_folder()).run, self._copied)
        else:
            self._copied(self._path)

    def _copied(self, path: Path) -> None:
        self._end()
        if self._mapping is not None:
            self.session.publish(foreign.show_as_evidence(self.session.desk, path, self._mapping))


def _row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
