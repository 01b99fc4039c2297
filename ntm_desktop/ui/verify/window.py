"""The window "Verify": a file opened without any workspace, one plain outcome, and everything it rests on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import wording
from ntm_desktop.operations.seal import Certificate
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.verify import load_anchors
from ntm_desktop.ui.ask import Ask, FileKinds, Question
from ntm_desktop.ui.look.breakpoints import MINIMUM_HEIGHT, MINIMUM_WIDTH
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import STATUS_BAR, TOP_BAR, Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon, KeyCap
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing.finding_words import number
from ntm_desktop.ui.sealing.outcome import certificate_details, grouped
from ntm_desktop.ui.sealing.pacing import Progress
from ntm_desktop.ui.sealing.work_card import WorkCard
from ntm_desktop.ui.tasks import Running, Tasks
from ntm_desktop.ui.verify.jobs import SaveFilesJob, Verified, VerifyFileJob
from ntm_desktop.ui.verify.outcome_view import OutcomeView
from ntm_desktop.ui.verify.report_words import Signer, letter_of

_FILES = ("*.asice", "*.asice.001", "*.asice.sha256", "*.pdf")
_CERTIFICATES = ("*.pem", "*.crt", "*.cer", "*.der")


class VerifyWindow(QWidget):
    """Judge the file that was dropped, chosen or named; nothing in it is opened, run or changed."""

    verified = Signal(object)
    """Carries what was found (`Verified`)."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.ask = ask
        self.tasks = Tasks(self)
        self._path: Path | None = None
        self._anchors: tuple[Certificate, ...] = ()
        self._found: Verified | None = None
        self._running: Running | None = None
        self.setWindowTitle(_("Verify a dossier"))
        self.setMinimumSize(MINIMUM_WIDTH, MINIMUM_HEIGHT)
        self.setAcceptDrops(True)
        self._top = _Top()
        self._top.other.clicked.connect(self.choose)
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(28, 0, 28, 0)
        self.work = WorkCard(_("Reading the file and recomputing every result"))
        self.work.stop_asked.connect(self._stop)
        self.view: OutcomeView | None = None
        self._middle = QVBoxLayout()
        self._middle.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addLayout(self._notices)
        column.addWidget(self.work)
        column.addLayout(self._middle, 1)
        column.addWidget(_Status())
        for keys, do in (("Ctrl+O", self.choose), ("Ctrl+P", self.print_result), ("Esc", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    # ------------------------------------------------------------ verifying

    def open(self, path: Path) -> None:
        """Verify a file and show what was found; another one that is being read is let go."""
        self._stop()
        self._path = path
        self._anchors = ()
        self._verify()

    def _verify(self) -> None:
        if self._path is None:
            return
        self._clear()
        self._top.show_file(self._path)
        self._top.other.set_reason(None)
        self.work.show_work(busy=True)
        self._running = self.tasks.run(
            VerifyFileJob(self._path, self._anchors).run,
            self._show,
            self._failed,
            self._tell,
            stopped=self._stopped,
            title=_("Reading the file"),
        )

    def _show(self, found: Verified) -> None:
        self._found = found
        self._running = None
        self.work.show_work(busy=False)
        self._top.show_file(Path(found.report.path), found.report.size)
        view = OutcomeView(found)
        view.certificate_asked.connect(self._show_certificate)
        view.anchor_asked.connect(self._choose_anchor)
        view.letter_asked.connect(self._show_letter)
        view.print_asked.connect(self.print_result)
        view.save_asked.connect(self._save_files)
        self.view = view
        self._middle.addWidget(view)
        view.fit(self.width())
        view.take_focus()
        self.verified.emit(found)

    def _clear(self) -> None:
        self._found = None
        for old in (self.view, *self._banners()):
            if old is not None:
                old.hide()
                old.deleteLater()
        self.view = None

    def _banners(self) -> list[QWidget]:
        items = (self._notices.takeAt(0) for _place in range(self._notices.count()))
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]

    def _tell(self, value: object) -> None:
        if isinstance(value, Progress):
            self.work.tell(value)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _stopped(self) -> None:
        self._running = None
        self.work.show_work(busy=False, stopped=True)

    def _failed(self, error: Exception) -> None:
        self._running = None
        self.work.show_work(busy=False)
        if not isinstance(error, NtmError):
            raise error
        self.show_error(error)

    def show_error(self, error: NtmError) -> None:
        """Say what hindered."""
        words = wording.explain(error)
        self._notice(BannerKind.PROBLEM, words.what, f"{words.safe} {words.next_step}")

    def _notice(self, kind: BannerKind, fact: str, rest: str) -> None:
        for old in self._banners():
            old.hide()
            old.deleteLater()
        self._notices.addSpacing(10)
        self._notices.addWidget(Banner(kind, fact, rest, dismissable=True))

    # ------------------------------------------------------------ the officer's wishes

    def choose(self) -> None:
        """Ask for a dossier file and verify it."""
        kinds = FileKinds(title=_("Verify a dossier"), words=_("Dossiers and papers"), patterns=_FILES)
        path = self.ask.open_file(self, kinds)
        if path is not None:
            self.open(path)

    def _show_certificate(self, signer: Signer) -> None:
        if signer.facts.certificate is not None:
            details = certificate_details(signer.facts.certificate)
            self.ask.show_details(self, _("Certificate"), signer.who, details)

    def _choose_anchor(self) -> None:
        """Believe a root certificate for this check, after its fingerprint was compared."""
        kinds = FileKinds(
            title=_("Choose a root certificate"), words=_("Certificates"), patterns=_CERTIFICATES
        )
        path = self.ask.open_file(self, kinds)
        if path is None:
            return
        try:
            anchors = load_anchors([path])
        except NtmError as error:
            self.show_error(error)
            return
        named = "\n".join(f"{one.subject}: {grouped(one.fingerprint)}" for one in anchors)
        question = Question(
            title=_("Compare the fingerprint with the authority's own letter or web page"),
            text=_("{certificates}\n\nIt is believed for this check only; nothing is stored.").format(
                certificates=named
            ),
            action=_("It is the same, verify again"),
        )
        if self.ask.confirm(self, question):
            self._anchors = anchors
            self._verify()

    def _show_letter(self) -> None:
        if self._found is not None:
            text = letter_of(self._found.report, self._found.at)
            self.ask.show_details(
                self,
                _("Letter to the commune"),
                _("Copy the text into a message or a letter; it can be changed there."),
                text,
            )

    def print_result(self) -> None:
        """Write the result as a PDF beside where the officer wants it."""
        if self._found is None:
            return
        name = f"{Path(self._found.report.path).stem} - {_('verification')}.pdf"
        kinds = FileKinds(
            title=_("Save the result as PDF"), words=_("PDF files"), patterns=("*.pdf",), suggested=name
        )
        target = self.ask.save_as(self, kinds)
        if target is None:
            return
        from ntm_desktop.operations.result_sheets import write_sheet
        from ntm_desktop.ui.verify.sheet_words import sheet_of

        try:
            write_sheet(sheet_of(self._found), target)
        except NtmError as error:
            self.show_error(error)
            return
        self._notice(
            BannerKind.DONE,
            _("The result was saved."),
            _("{path} can be opened and printed.").format(path=target),
        )

    def _save_files(self) -> None:
        if self._path is None:
            return
        chosen = self.ask.folder(self, FileKinds(title=_("Where to save the files")))
        if chosen is None:
            return
        folder = chosen / self._path.stem
        self.work.show_work(busy=True)
        self._running = self.tasks.run(
            SaveFilesJob(self._path, folder).run,
            lambda count: self._saved(count, folder),
            self._failed,
            self._tell,
            stopped=self._stopped,
            title=_("Saving the files"),
        )

    def _saved(self, count: int, folder: Path) -> None:
        self._running = None
        self.work.show_work(busy=False)
        fact = ngettext("{count} file saved.", "{count} files saved.", count).format(count=number(count))
        self._notice(BannerKind.DONE, fact, _("They lie in {folder}. None was opened.").format(folder=folder))

    # ------------------------------------------------------------ Qt

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(_files(event)) == 1:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        (path,) = _files(event)
        event.acceptProposedAction()
        self.open(path)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.view is not None:
            self.view.fit(self.width())
        super().resizeEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.tasks.close()
        super().closeEvent(event)


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


class _Top(QWidget):
    """The name of the file, and the way to another one."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(TOP_BAR)
        self._file = Words(
            _("Drop a dossier file or a signed PDF here, or choose one."),
            TextRole.SMALL,
            Ink.TEXT2,
            fit=Fit.ELIDE_MIDDLE,
        )
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(Words(_("Verify a dossier"), TextRole.CARD_TITLE))
        names.addWidget(self._file)
        self.other = Button(_("Open a file\u2026"), ButtonKind.QUIET, icon="folder")
        self.other.setToolTip("Ctrl+O")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 6)
        row.addLayout(names, 1)
        row.addWidget(self.other)

    def show_file(self, path: Path, size: int = 0) -> None:
        """Name the file that is judged."""
        self._file.set_text(
            _("{path} \u00b7 {size}").format(path=path, size=size_words(size)) if size else str(path)
        )
        self.other.set_words(_("Open another file\u2026"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Ink.LINE))


class _Status(QWidget):
    """What is safe: nothing here can change or start anything."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(STATUS_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(Icon("lock"))
        words = _("Read only: the file is not changed, nothing inside it runs")
        row.addWidget(Words(words, TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE), 1)
        row.addWidget(Words(_("Close"), TextRole.SMALL, Ink.TEXT2), 0, Qt.AlignmentFlag.AlignRight)
        row.addWidget(KeyCap("Esc"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.WINDOW))
        painter.fillRect(0, 0, self.width(), 1, colour(Ink.LINE))
