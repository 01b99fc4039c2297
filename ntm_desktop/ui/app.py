"""The window's start: one application, one window, one hook for what nobody else caught.

`main` is called by `ntm_desktop.__main__`. Where an earlier start left an outline, that is painted first and the rest
is loaded behind it, in one turn of the event loop: what is typed or clicked meanwhile waits at the system and reaches
the window that can take it. So nothing is imported here that the first paint does not need.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ntm_desktop import launcher, settings
from ntm_desktop.ui.frame import outline
from ntm_desktop.ui.frame.shell import Shell
from ntm_desktop.ui.look import fonts

if TYPE_CHECKING:
    from types import TracebackType

    from ntm_desktop.errors import NtmError
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.ui.ask import Ask
    from ntm_desktop.ui.crash import Crash
    from ntm_desktop.ui.frame.page import Page
    from ntm_desktop.ui.frame.window import MainWindow, PageEntry
    from ntm_desktop.ui.session import Session

_log = logging.getLogger(__name__)

_IDLE_MS = 400
_COPY_MS = 4000
"""The copy of the day begins when the window has long been there: it must not slow the start."""
_SCREENS_MS = 1500
"""The other screens are loaded when nobody waits for anything."""

CLIENT = (1366, 697)
"""Client area of a maximised window on a 1366x768 screen."""


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Make and dress the application."""
    from ntm_desktop.i18n import language

    app = _bare_application(arguments)
    dress(app, language())
    return app


def _bare_application(arguments: Sequence[str] = ()) -> QApplication:
    """Make the application with the bundled letters, enough to paint an outline."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["ntm-desktop", *arguments])
    app.setApplicationName("NTM Desktop")
    app.setDesktopFileName("ntm-desktop")
    fonts.install()
    return app


def dress(app: QApplication, language: str) -> None:
    """Give the application its language, its palette, own texts for Qt's dialogs, and the focus ring."""
    from PySide6.QtCore import QLocale

    from ntm_desktop.i18n import set_language
    from ntm_desktop.ui.look import style
    from ntm_desktop.ui.look.focus import FocusRing
    from ntm_desktop.ui.look.tokens import palette_named

    set_language(language)
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    translate_qt(app)
    style.apply(app, palette_named(settings.load().palette))
    FocusRing(app)


def translate_qt(app: QApplication) -> None:
    """Give Qt's own buttons and dialogs the chosen language; Qt ships no Vietnamese of its own."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    from ntm_desktop.i18n import language
    from ntm_desktop.paths import translations_folder

    translator = QTranslator(app)
    if language() == "vi":
        loaded = translator.load("qtbase_vi", str(translations_folder()))
    else:
        loaded = translator.load("qtbase_en", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if loaded:
        app.installTranslator(translator)


def pages(hamlet_label: str = "th\u00f4n") -> tuple[PageEntry, ...]:
    """Return the screens of a commune's workspace in the order of work; tables are called by its word for hamlet."""
    from ntm_desktop.i18n import gettext as _
    from ntm_desktop.ui.frame.rail import RailEntry
    from ntm_desktop.ui.frame.window import PageEntry

    tables = _("Table by {label}").format(label=hamlet_label)
    return (
        PageEntry(RailEntry("overview", "home", _("Overview")), _overview),
        PageEntry(RailEntry("entry", "edit", _("Entry")), _entry),
        PageEntry(RailEntry("hamlets", "table", tables), _hamlets),
        PageEntry(RailEntry("figures", "layers", _("Figures")), _figures),
        PageEntry(RailEntry("registers", "book", _("Registers")), _registers),
        PageEntry(RailEntry("review", "list", _("Review")), _review),
        PageEntry(RailEntry("returned", "remark", _("Return slip")), _returned, reached_from="review"),
        PageEntry(RailEntry("exchange", "folder", _("Files")), _exchange),
        PageEntry(RailEntry("merger", "layers", _("Merger of communes")), _merger, reached_from="exchange"),
        PageEntry(RailEntry("packets", "layers", _("Sharing the work")), _packets, reached_from="exchange"),
        PageEntry(RailEntry("papers", "pages", _("Papers")), _papers),
        PageEntry(RailEntry("sealing", "pen", _("Sign, export")), _sealing),
        PageEntry(RailEntry("outbox", "send", _("Send"), foot=True), _outbox),
        PageEntry(RailEntry("packs", "box", _("Packs"), foot=True), _packs),
        PageEntry(
            RailEntry("compare", "layers", _("Compare criterion sets")), _compare, reached_from="packs"
        ),
        PageEntry(RailEntry("safety", "shield", _("Safety"), foot=True, key="Ctrl+Shift+S"), _safety),
    )


def load_screens(_report: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
    """Load what the screens are made of, so that opening one for the first time does not wait for it; a job."""
    for one in pages():
        if not cancelled():
            import_module(f"ntm_desktop.ui.{one.entry.page}.page")


def _overview(session: Session) -> Page:
    from ntm_desktop.ui.overview.page import OverviewPage

    return OverviewPage(session)


def _entry(session: Session) -> Page:
    from ntm_desktop.ui.entry.page import EntryPage

    return EntryPage(session)


def _hamlets(session: Session) -> Page:
    from ntm_desktop.ui.hamlets.page import HamletsPage

    return HamletsPage(session)


def _figures(session: Session) -> Page:
    from ntm_desktop.ui.figures.page import FiguresPage

    return FiguresPage(session)


def _registers(session: Session) -> Page:
    from ntm_desktop.ui.registers.page import RegistersPage

    return RegistersPage(session)


def _review(session: Session) -> Page:
    from ntm_desktop.ui.review.page import ReviewPage

    return ReviewPage(session)


def _returned(session: Session) -> Page:
    from ntm_desktop.ui.returned.page import ReturnedPage

    return ReturnedPage(session)


def _exchange(session: Session) -> Page:
    from ntm_desktop.ui.exchange.page import ExchangePage

    return ExchangePage(session)


def _papers(session: Session) -> Page:
    from ntm_desktop.ui.papers.page import PapersPage

    return PapersPage(session)


def _sealing(session: Session) -> Page:
    from ntm_desktop.ui.sealing.page import SealingPage

    return SealingPage(session)


def _outbox(session: Session) -> Page:
    from ntm_desktop.ui.outbox.page import OutboxPage

    return OutboxPage(session)


def _packs(session: Session) -> Page:
    from ntm_desktop.ui.packs.page import PacksPage

    return PacksPage(session)


def _merger(session: Session) -> Page:
    from ntm_desktop.ui.merger.page import MergerPage

    return MergerPage(session)


def _packets(session: Session) -> Page:
    from ntm_desktop.ui.packets.page import PacketsPage

    return PacketsPage(session)


def _compare(session: Session) -> Page:
    from ntm_desktop.ui.compare.page import ComparePage

    return ComparePage(session)


def _safety(session: Session) -> Page:
    from ntm_desktop.ui.safety.page import SafetyPage

    return SafetyPage(session)


def main(workspace: str = "", *, screenshots: str = "", language: str = "") -> int:
    """Open the window and stay until it is closed; return the exit code.

    Without a workspace the last one opens, without any the first start; `screenshots` is a folder for pictures.
    """
    remembered = settings.load()
    language = language or remembered.language
    app = _bare_application()
    program = Program(app)
    sys.excepthook = program.hook
    folder = Path(workspace or remembered.last_workspace)
    if screenshots:
        dress(app, language)
        from ntm_desktop.ui.screenshots import take

        return take(program, folder, Path(screenshots))
    if workspace and folder.is_file():
        from ntm_desktop.ui import arrival

        dress(app, language)
        arrival.show(program, folder, remembered)
    elif workspace or (remembered.last_workspace and folder.is_dir()):
        program.start(folder, who=remembered.officer, language=language)
    else:
        dress(app, language)
        program.show_start()
    return app.exec()


class Program:
    """Hold the one window that is open, and show what nobody else caught."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.window: QWidget | None = None
        """What the window on the screen shows: the main window of a workspace, or the first-start assistant."""

    @cached_property
    def ask(self) -> Ask:
        """Who asks the officer."""
        from ntm_desktop.ui.ask import Ask

        return Ask()

    @cached_property
    def shell(self) -> Shell:
        """The window on the screen."""
        return Shell()

    def start(self, folder: Path, *, who: str, language: str) -> None:
        """Open a workspace behind the outline of its window; where none was kept, open it right away."""
        self._open_behind = partial(self._dress_and_open, folder, who, language)
        kept = outline.read(folder, language)
        if kept is None:
            self._open_behind()
            return
        from ntm_desktop.ui.entry.tree_width import dragged
        from ntm_desktop.ui.frame.outline_view import OutlineView
        from ntm_desktop.ui.look.tokens import palette_named

        chosen = settings.load()
        view = OutlineView(kept, palette_named(chosen.palette), dragged(chosen))
        view.painted.connect(self._open_behind)
        self.show(view)

    def _dress_and_open(self, folder: Path, who: str, language: str) -> None:
        dress(self._app, language)
        self.open(folder, who=who)

    def open(self, folder: Path, *, who: str) -> None:
        """Open a workspace in the main window; what hinders is said in the start window."""
        from ntm_desktop.errors import NtmError
        from ntm_desktop.operations.start import is_review, open_desk

        try:
            if is_review(folder):
                self.show_review(folder, who=who)
                return
            desk = open_desk(folder, who=who)
        except NtmError as error:
            self.show_start(error)
            return
        self.show_desk(desk)

    def show_merger(self, desk: Desk) -> None:
        """Show the main window where former communes are brought together."""
        self.show_desk(desk, "merger")

    def show_desk(self, desk: Desk, first: str = "") -> None:
        """Show the main window over an open desk and remember it."""
        from ntm_desktop.ui.frame.window import MainWindow, begin
        from ntm_desktop.ui.session import Session
        from ntm_desktop.ui.tasks import Tasks

        session = Session(desk, Tasks(), self.ask)
        session.desk_opened.connect(self.show_desk)
        first = first or ("entry" if desk.dossier is not None else "overview")
        self.window = window = MainWindow(session, pages(desk.commune.hamlet_label), first)
        session.setParent(window)
        self.show(window)
        begin(window)
        self._after_paint = _AfterPaint(session, window)

    def show_review(self, folder: Path, *, who: str) -> None:
        """Show the reviewer's window. Raises what `open_review` raises."""
        from ntm_desktop.operations.review_desk import open_review
        from ntm_desktop.ui.appraisal.window import AppraisalWindow

        self.window = window = AppraisalWindow(open_review(folder, who=who), self.ask)
        self.show(window)

    def show_start(self, error: NtmError | None = None) -> None:
        """Show the first-start assistant, with what hindered the opening of a workspace."""
        from ntm_desktop.ui.start.window import StartWindow

        self.window = window = StartWindow(self.ask, error)
        window.opened.connect(self.show_desk)
        window.merging.connect(self.show_merger)
        window.verify_asked.connect(self.show_verify)
        self.show(window)

    def show_verify(self, path: Path | None = None) -> None:
        """Show the window that verifies a dossier file; without one it waits for a file to be dropped or chosen."""
        from ntm_desktop.ui.verify.window import VerifyWindow

        self.window = window = VerifyWindow(self.ask)
        self.show(window)
        if path is not None:
            window.open(path)

    def show(self, content: QWidget) -> None:
        """Show this in the window on the screen."""
        if not self.shell.isVisible():
            self.shell.resize(*CLIENT)
        self.shell.show_content(content)
        self.shell.show()
        if content is self.window:
            launcher.started()

    @cached_property
    def crash(self) -> Crash:
        """Who notes and tells what nobody caught; loaded with the first of it, in whatever thread that is."""
        from ntm_desktop.ui.crash import Crash

        made = Crash(self.ask, lambda: self.window, self.shell)
        made.moveToThread(self._app.thread())
        return made

    def hook(self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take an error that came up to Qt: ours becomes a banner, a bug is noted in the log and told once."""
        from ntm_desktop.errors import Cancelled, NtmError

        if isinstance(error, Cancelled | KeyboardInterrupt):
            return
        if isinstance(error, NtmError):
            _log.warning("%s", error.code)
            show = getattr(self.window, "show_error", None)
            if show is not None:
                show(error)
                return
        if self.window is None:
            launcher.failed()
        self.crash.catch(error.with_traceback(trace))


class _AfterPaint(QObject):
    """Do after the first paint what need not come before it."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._desk = session.desk
        self._settled = False
        self._timers: list[QTimer] = []
        window.leaving.connect(self.leave)
        self._window = window
        for wait, work in (
            (0, self.settle),
            (_IDLE_MS, self.warm),
            (_SCREENS_MS, self.load),
            (_COPY_MS, self.copy),
        ):
            timer = QTimer(self)
            self._timers.append(timer)
            timer.setSingleShot(True)
            timer.timeout.connect(work)
            timer.start(wait)

    def settle(self) -> None:
        """Let the collector of garbage work again, past everything the start made, and remember the workspace."""
        gc.freeze()
        gc.enable()
        self._settled = True
        self.remember()

    def warm(self) -> None:
        """Load what reads numbers, so that the first figure typed does not wait for it; say how old the copies are."""
        from ntm_desktop.facts.numerals import read_numeral
        from ntm_desktop.ui.frame.officer_notice import OfficerNotice

        read_numeral("1.234")
        OfficerNotice(self._window).tell()
        self._session.copied.emit()
        self.keep_outline()
        if settings.load().send_alone:
            from ntm_desktop.ui.outbox.courier import courier_of

            courier_of(self._session).watch()

    def load(self) -> None:
        """Load the other screens beside the window."""
        self._session.tasks.run(load_screens, self._loaded, self._session.fail)

    def _loaded(self, _nothing: None) -> None:
        """Do nothing more: a screen that is opened finds everything there."""

    def copy(self) -> None:
        """Make the copy of the day, where it is not made yet."""
        from ntm_desktop.i18n import gettext as _
        from ntm_desktop.operations import copies

        workspace, now = self._desk.workspace, self._desk.now()
        if workspace.read_only or not copies.is_daily_due(workspace, now):
            return
        self._session.tasks.run(
            lambda _report, cancelled: copies.make_daily(workspace, now, copies.Watch(cancelled=cancelled)),
            self._copied,
            self._session.fail,
            title=_("Copy of the day"),
        )

    def _copied(self, _made: object) -> None:
        self._session.copied.emit()

    def leave(self) -> None:
        """Keep what is shown now, unless it was closed before anything was remembered: for a picture of it."""
        for timer in self._timers:
            timer.stop()
        if self._settled:
            self.keep_outline()

    def keep_outline(self) -> None:
        """Keep what the next start paints first; where that cannot be had or written, it starts without."""
        from ntm_desktop.errors import NtmError
        from ntm_desktop.ui.outlining import outline_of

        try:
            outline.save(outline_of(self._desk, pages(self._desk.commune.hamlet_label)))
        except (NtmError, OSError) as error:
            _log.info("outline not kept: %s", type(error).__name__)

    def remember(self) -> None:
        """Write the settings; a folder that cannot be written is no reason to trouble anyone."""
        from dataclasses import replace

        from ntm_desktop.i18n import language

        chosen = replace(
            settings.load(),
            last_workspace=os.fspath(self._desk.workspace.folder),
            officer=self._desk.who,
            language=language(),
        )
        try:
            settings.save(chosen)
        except OSError as error:
            _log.info("settings not written: %s", error.errno)
