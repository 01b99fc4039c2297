"""The main window: frame around the pages, keys that work everywhere, and what fits into the size it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import dossiers, wording
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.grades import grade_of
from ntm_desktop.operations.progress import progress
from ntm_desktop.ui.ask import Question
from ntm_desktop.ui.frame.find_box import FindBox
from ntm_desktop.ui.frame.page import Page
from ntm_desktop.ui.frame.rail import SCREEN_KEYS, Rail, RailEntry
from ntm_desktop.ui.frame.status_bar import StatusBar
from ntm_desktop.ui.frame.tab_order import next_stop, uncover
from ntm_desktop.ui.frame.top_bar import TopBar
from ntm_desktop.ui.look.breakpoints import MINIMUM_HEIGHT, MINIMUM_WIDTH, Room
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.safety import CopyNote
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from ntm_desktop.facts.subject import Commune
    from ntm_desktop.operations.findings import Finding
    from ntm_desktop.operations.search import Hit, SearchIndex

_QUIET_MS = 120
"""Findings are counted once typing pauses, off the way of a keystroke."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A screen and how it is made when it is first opened."""

    entry: RailEntry
    make: Callable[[Session], Page]
    reached_from: str = ""
    """The screen that leads to it; empty for a screen of the rail."""


def window_title(commune: Commune) -> str:
    """Return what the system's own bar says of a commune's window."""
    return _("Rural dossier \u2014 {kind} {name} ({code})").format(
        kind=commune.kind, name=commune.name, code=commune.code
    )


class MainWindow(QWidget):
    """Hold the pages of one workspace."""

    leaving = Signal()
    """The window closes; the desk is still open."""

    def __init__(self, session: Session, pages: tuple[PageEntry, ...], first: str) -> None:
        super().__init__()
        self.session = session
        self._entries = {page.entry.page: page for page in pages}
        self._pages: dict[str, Page] = {}
        self._behind: set[str] = set()
        """Pages out of sight that show what is no more, as another dossier does; rebuilt when they are opened."""
        self._unsaved_since: datetime | None = None
        self._last_error: NtmError | None = None
        self._index: tuple[str, SearchIndex] | None = None
        commune = session.desk.commune
        self.setWindowTitle(window_title(commune))
        self.setMinimumSize(MINIMUM_WIDTH, MINIMUM_HEIGHT)
        self.find_box = FindBox()
        self.top_bar = TopBar(commune, self.find_box)
        self.rail = Rail([page.entry for page in pages if not page.reached_from])
        self.stack = QStackedWidget()
        self.status_bar = StatusBar()
        self._notices = QVBoxLayout()
        self._notices.setSpacing(0)
        self._lay_out()
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_QUIET_MS)
        self._counting.timeout.connect(self._count_findings)
        self._connect()
        self._name_dossiers()
        self.open_page(first)
        self.show_saved()
        self._counting.start()

    def _lay_out(self) -> None:
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
        column.addWidget(self.top_bar)
        column.addLayout(body, 1)
        column.addWidget(self.status_bar)

    def _connect(self) -> None:
        self.session.changed.connect(self.show_change)
        self.session.failed.connect(self.show_error)
        self.session.copied.connect(self._show_copies)
        self.session.go_to.connect(self.go_to)
        self.session.go_to_finding.connect(self.go_to_finding)
        self.rail.chosen.connect(self.open_page)
        self.top_bar.picked.connect(self._pick)
        self.find_box.asked.connect(self._find)
        self.find_box.found.connect(self._go_to_hit)
        self.status_bar.next_problem.connect(self.next_problem)
        self.status_bar.help_asked.connect(self._show_last_error)
        for keys, slot in (
            ("Ctrl+F", self.find_box.open),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+S", self.tell_saved),
            ("Ctrl+Shift+S", self._open_safety),
            ("F8", self.next_problem),
            ("Shift+F8", self.previous_problem),
            ("F6", self._next_region),
            ("Shift+F6", self._previous_region),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)
        for keys_of_system in QKeySequence.keyBindings(QKeySequence.StandardKey.Quit):
            shortcut = QShortcut(keys_of_system, self)  # Ctrl+Q on Linux; Windows has Alt+F4
            shortcut.activated.connect(self._leave)
        for key, page in zip(SCREEN_KEYS, self.rail.pages(), strict=False):
            shortcut = QShortcut(QKeySequence(f"Alt+{key}"), self)
            shortcut.setObjectName(page)
            shortcut.activated.connect(self._open_by_key)

    # ------------------------------------------------------------ pages

    def page(self) -> Page | None:
        """Return the page that is open."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def open_page(self, name: str) -> None:
        """Open a screen; it is built the first time."""
        page = self._pages.get(name)
        if page is None:
            page = self._entries[name].make(self.session)
            self._pages[name] = page
            self.stack.addWidget(page)
            self._behind.add(name)
        if name in self._behind:
            self._behind.discard(name)
            page.show_change(Change(structure=True))
        page.fit(self._room())
        self.stack.setCurrentWidget(page)
        self.rail.show_page(self._entries[name].reached_from or name)
        self._tell_progress()

    def go_to(self, name: str, place: str) -> None:
        """Open a screen at a place on it."""
        self.open_page(name)
        page = self.page()
        if place and page is not None:
            page.go_to(place)

    def go_to_finding(self, finding: Finding) -> None:
        """Open the entry at the place of a problem."""
        self.open_page("entry")
        self._pages["entry"].show_finding(finding)

    def _open_by_key(self) -> None:
        shortcut = self.sender()
        if shortcut is not None:
            self.open_page(shortcut.objectName())

    def _pick(self, dossier: str) -> None:
        self.session.publish(dossiers.choose(self.session.desk, dossier))

    # ------------------------------------------------------------ what changed

    def show_change(self, change: Change) -> None:
        """Repaint the frame and every page that was built; what is rebuilt out of sight can wait."""
        shown = self.page()
        if change.structure:
            self._name_dossiers()
            self._behind |= {name for name, page in self._pages.items() if page is not shown}
        for name, page in self._pages.items():
            if name not in self._behind:
                page.show_change(change)
        self._tell_progress()
        self.show_saved()
        self._counting.start()

    def _name_dossiers(self) -> None:
        desk = self.session.desk
        chosen = desk.dossier.id if desk.dossier is not None else ""
        self.top_bar.show_dossiers(dossiers.names(desk), chosen)

    def _tell_progress(self) -> None:
        page, desk = self.page(), self.session.desk
        belongs = page is not None and page.shows_progress and desk.dossier is not None
        if not belongs or desk.set is None:
            self.top_bar.show_progress(None)
            return
        self.top_bar.show_progress(progress(desk.evaluation), grade_of(desk.set, desk.evaluation))

    def _count_findings(self) -> None:
        from ntm_desktop.operations import findings  # after the first paint

        found = findings.findings(self.session.desk)
        blocking = sum(1 for finding in found if finding.blocking)
        self.status_bar.show_problems(blocking, len(found) - blocking)

    def unsaved(self) -> bool:
        """Say whether something typed could not be stored yet."""
        return any(page.unsaved() for page in self._pages.values())

    def show_saved(self) -> None:
        """Say when everything was stored last, or since when something is not."""
        if self.unsaved():
            moment = self._unsaved_since or self.session.desk.now()
            self._unsaved_since = moment
            self.status_bar.show_not_saved(_("Not saved since {time}").format(time=f"{moment:%H:%M}"))
            return
        if self._unsaved_since is not None:
            self._unsaved_since = None
            self._clear_notices()
        moment_saved = self.session.saved_at
        words = (
            _("Saved {time}").format(time=f"{moment_saved:%H:%M}")
            if moment_saved
            else _("Everything is saved")
        )
        self.status_bar.show_saved(words)

    def _show_copies(self) -> None:
        """Say how old the copies are."""
        from ntm_desktop.operations import safety  # off the start path

        desk = self.session.desk
        self.status_bar.show_copies(
            [CopyNote(note.words, note.old) for note in safety.light(desk.workspace, desk.now())]
        )

    def _open_safety(self) -> None:
        if "safety" in self._entries:
            self.open_page("safety")

    def tell_saved(self) -> None:
        """Answer Ctrl+S: nothing has to be saved by hand; what could not be stored is stored now."""
        if self.unsaved():
            self.save_again()
        moment = self.session.saved_at
        words = (
            _("Saved by itself at {time}.").format(time=f"{moment:%H:%M}")
            if moment
            else _("Nothing new to save. What is typed is saved by itself.")
        )
        self.notice(BannerKind.INFO, words, "")

    def save_again(self) -> None:
        """Store what could not be stored before. Raises what the storing raises."""
        for page in self._pages.values():
            page.save_again()

    def _clear_notices(self) -> None:
        while (item := self._notices.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def notice(self, kind: BannerKind, fact: str, rest: str, *, action: str = "") -> Banner:
        """Show a banner above the page; the one before gives way to it."""
        self._clear_notices()
        banner = Banner(kind, fact, rest, action=action, dismissable=True)
        self._notices.addWidget(banner)
        return banner

    def show_error(self, error: NtmError) -> None:
        """Say what happened, that the work is safe, and what to do next; typing not stored stays where it is."""
        words = wording.explain(error)
        self._last_error = error
        if not self.unsaved():
            self.notice(BannerKind.PROBLEM, words.what, f"{words.safe} {words.next_step}")
            return
        self.show_saved()
        kept = _("What was typed last is still on the screen.")
        banner = self.notice(
            BannerKind.PROBLEM, words.what, f"{kept} {words.next_step}", action=_("Save again")
        )
        banner.pressed.connect(self.save_again)

    def _show_last_error(self) -> None:
        """Say again what hindered the storing, and what to do."""
        if self._last_error is not None:
            self.show_error(self._last_error)

    # ------------------------------------------------------------ keys

    def undo(self) -> None:
        """Take the last action back."""
        from ntm_desktop.operations import history

        self._publish_if(history.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        from ntm_desktop.operations import history

        self._publish_if(history.redo)

    def _publish_if(self, operation: Callable[..., Change | None]) -> None:
        change = operation(self.session.desk)
        if change is not None:
            self.session.publish(change)

    def next_problem(self) -> None:
        """Go to the next problem."""
        self._problem(1)

    def previous_problem(self) -> None:
        """Go to the problem before."""
        self._problem(-1)

    def _problem(self, step: int) -> None:
        page = self.page()
        if page is not None and not page.next_problem(step) and "entry" in self._entries:
            self.open_page("entry")
            self._pages["entry"].next_problem(step)

    def _next_region(self) -> None:
        """Move the focus to the next region."""
        self._region(1)

    def _previous_region(self) -> None:
        """Move the focus to the region before."""
        self._region(-1)

    def _region(self, step: int) -> None:
        page = self.page()
        regions: list[QWidget] = [
            self.rail,
            *(page.regions() if page is not None else []),
            self.find_box.input,
        ]
        regions = [region for region in regions if region.isVisible()]
        focused: QWidget | None = self.focusWidget()
        here = [
            number
            for number, region in enumerate(regions)
            if region is focused or (focused is not None and region.isAncestorOf(focused))
        ]
        target = regions[((here[0] if here else -step) + step) % len(regions)]
        _focus(target, Qt.FocusReason.ShortcutFocusReason)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        stop = next_stop(self, self.focusWidget(), 1 if next else -1)
        if stop is None:
            return False
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stop.setFocus(reason)
        uncover(stop)
        return True

    # ------------------------------------------------------------ find

    def _find(self, query: str) -> None:
        desk = self.session.desk
        if desk.set is None:
            self.find_box.show_hits(())
            return
        if self._index is None or self._index[0] != desk.set.sha256:
            from ntm_desktop.operations.search import SearchIndex  # when it is first asked

            self._index = (desk.set.sha256, SearchIndex(desk.set))
        self.find_box.show_hits(self._index[1].find(query))

    def _go_to_hit(self, hit: Hit) -> None:
        self.go_to("entry", hit.code)

    # ------------------------------------------------------------ size

    def _room(self) -> Room:
        return Room(self.width(), self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self._room()
        self.top_bar.fit(room)
        self.status_bar.fit(room)
        self.rail.set_narrow(narrow=room.rail_of_icons)
        page = self.page()
        if page is not None:
            page.fit(room)
        super().resizeEvent(event)

    def _leave(self) -> None:
        """Close the window on the screen, of which this may be the content."""
        self.window().close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.setFocus()  # the field being typed commits when it loses the focus
        if self.unsaved() and not self._may_lose_typing():
            event.ignore()
            return
        self._counting.stop()
        self.leaving.emit()
        self.session.tasks.close()
        self.session.desk.close()
        super().closeEvent(event)

    def _may_lose_typing(self) -> bool:
        question = Question(
            title=_("Not everything is saved"),
            text=_("What was typed last could not be saved. Closing the window loses it."),
            action=_("Close without saving"),
        )
        return self.session.ask.confirm(self, question)


def begin(window: MainWindow) -> None:
    """Put the focus where the work begins: into the page; on the picker a stray key would change the dossier."""
    page = window.page()
    region = next((one for one in page.regions() if one.isVisible()), None) if page is not None else None
    if region is not None:
        _focus(region, Qt.FocusReason.OtherFocusReason)


def _focus(region: QWidget, reason: Qt.FocusReason) -> None:
    inside = region if region.focusPolicy() != Qt.FocusPolicy.NoFocus else _first_focusable(region)
    inside.setFocus(reason)


def _first_focusable(region: QWidget) -> QWidget:
    for widget in region.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            return widget
    return region
