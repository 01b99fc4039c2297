"""The window of the first start: commune, set and year, hamlets; then one button makes the workspace."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop import settings
from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import start, wording
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.restoring import Restored
from ntm_desktop.ui.ask import Ask, FileKinds
from ntm_desktop.ui.look.breakpoints import MINIMUM_HEIGHT, MINIMUM_WIDTH
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import BETWEEN_CARDS_OVERVIEW, STATUS_BAR, TOP_BAR, Ink, TextRole
from ntm_desktop.ui.overview.new_dossier import years_of
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.tick import Tick
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.safety.bringing_back import BringingBack, damage_words
from ntm_desktop.ui.start.commune_card import CommuneCard
from ntm_desktop.ui.start.hamlet_card import HamletCard
from ntm_desktop.ui.start.numbered import numbered_head
from ntm_desktop.ui.start.plan import Plan
from ntm_desktop.ui.tasks import IsCancelled, Report, Running, Tasks

Result = TypeVar("Result")

_PAGE = 1120
_LEFT = 500
_ONE_COLUMN = 1160


class StartWindow(QWidget):
    """Ask what a workspace needs and make it."""

    opened = Signal(object)
    """Carries the open `Desk`."""
    merging = Signal(object)
    """Carries the open `Desk` of a commune whose former communes are to be brought together."""
    verify_asked = Signal()
    """A dossier file is to be verified; no workspace is needed for that."""

    def __init__(self, ask: Ask, error: NtmError | None = None) -> None:
        super().__init__()
        self.ask = ask
        self._tasks = Tasks(self)
        self._restoring: Running | None = None
        self._bringing = BringingBack(self, ask, self._start, self._restored)
        self.panel = ProgressPanel("", _("Can be stopped at any time; the copy itself does not change."))
        self.panel.stop_asked.connect(self._stop)
        self.panel.gone.connect(self._hide_work)
        self._folder: Path | None = None
        self.setWindowTitle(_("Rural dossier"))
        self.setMinimumSize(MINIMUM_WIDTH, MINIMUM_HEIGHT)
        self._sets = {one.id: one for one in start.known_sets()}
        self.commune = CommuneCard(settings.load().officer)
        self.set_card = self._make_set_card()
        self.place_card = self._make_place_card()
        self.merged = Tick(_("This commune was merged from former communes"))
        self.merged.toggled.connect(self._merged_changed)
        self.hamlets = HamletCard()
        self.make = Button(_("Make the workspace and open Entry"), ButtonKind.PRIMARY)
        self.make.clicked.connect(self._make)
        self.plan_words = Words("", TextRole.BODY, Ink.TEXT2, fit=Fit.WRAP)
        self._notices = QVBoxLayout()
        self._newer: start.NewerWithCopy | None = None
        self._lay_out()
        self.work.hide()
        self.commune.changed.connect(self._refresh)
        self.commune.advanced.connect(self._to_set)
        self.hamlets.changed.connect(self._refresh)
        self._set_changed()
        self._refresh()
        paste = QShortcut(QKeySequence.StandardKey.Paste, self.hamlets)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.hamlets.paste)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(self.make.click)
        if error is not None:
            self.show_error(error)

    # ------------------------------------------------------------ making

    def _make_set_card(self) -> Card:
        card = Card()
        card.body.addWidget(numbered_head(2, _("Criterion set and year")))
        self.chosen_set = Select(_("Criterion set"))
        self.chosen_set.set_options([Option(one.id, str(one.short_title)) for one in self._sets.values()])
        self.chosen_set.setPlaceholderText(_("Choose the criterion set"))
        self.chosen_set.currentIndexChanged.connect(self._set_changed)
        self.year = Select(_("Year"))
        self.year.setFixedWidth(120)
        self.year.currentIndexChanged.connect(self._refresh)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.chosen_set, 1)
        row.addWidget(self.year)
        card.body.addLayout(row)
        self._set_words = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        card.body.addWidget(self._set_words)
        return card

    def _make_place_card(self) -> Card:
        card = Card()
        self._place = Words("", TextRole.BODY, fit=Fit.WRAP)
        change = Button(_("Another place\u2026"), ButtonKind.LINK, height=28)
        change.clicked.connect(self._choose_place)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("folder"))
        row.addWidget(self._place, 1)
        row.addWidget(change)
        card.body.addLayout(row)
        packet = Button(_("Open a work packet\u2026"), ButtonKind.LINK, height=28)
        packet.clicked.connect(self.open_packet)
        handed = QHBoxLayout()
        handed.setSpacing(10)
        handed.addWidget(Icon("layers"))
        handed.addWidget(Words(_("Only part of the work was handed to this PC"), fit=Fit.WRAP), 1)
        handed.addWidget(packet)
        card.body.addLayout(handed)
        self.restore = Button(_("Restore from a copy\u2026"), ButtonKind.LINK, height=28)
        self.restore.clicked.connect(self.restore_copy)
        card.body.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignRight)
        return card

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(BETWEEN_CARDS_OVERVIEW)
        merged = Card()
        merged.body.addWidget(self.merged)
        merged.body.addWidget(
            Words(
                _("Their lists and figures are taken from their workspaces, right after this one is made."),
                TextRole.SMALL,
                Ink.TEXT2,
                fit=Fit.WRAP,
            )
        )
        for card in (self.commune, self.set_card, merged, self.place_card):
            left.addWidget(card)
        left.addStretch(1)
        self._left = QWidget()
        self._left.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(BETWEEN_CARDS_OVERVIEW)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self.hamlets, 1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Words(_("Start"), TextRole.PAGE_TITLE))
        head.addWidget(Words(_("Three things, about two minutes."), TextRole.BODY, Ink.TEXT2))
        head.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(_PAGE)
        column = QVBoxLayout(inner)
        column.setContentsMargins(6, 14, 6, 8)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._columns, 1)
        page = QWidget()
        centred = QHBoxLayout(page)
        centred.setContentsMargins(14, 0, 14, 0)
        centred.addStretch(1)
        centred.addWidget(inner, 1000)
        centred.addStretch(1)
        scroll = scrolled(page)
        self._put_together(scroll)

    def _put_together(self, scroll: QScrollArea) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(_Top(self))
        outer.addLayout(self._notices)
        self.work = Card()
        self.work.body.addWidget(self.panel)
        outer.addWidget(self.work)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._make_foot())
        outer.addWidget(_Status())

    def _make_foot(self) -> QWidget:
        inner = QWidget()
        inner.setMaximumWidth(_PAGE)
        row = QHBoxLayout(inner)
        row.setContentsMargins(6, 6, 6, 10)
        row.addWidget(self.plan_words, 1)
        row.addWidget(self.make)
        foot = QWidget()
        centred = QHBoxLayout(foot)
        centred.setContentsMargins(14, 0, 14, 0)
        centred.addStretch(1)
        centred.addWidget(inner, 1000)
        centred.addStretch(1)
        return foot

    # ------------------------------------------------------------ showing

    def plan(self) -> Plan:
        """Return what was chosen so far."""
        year = self.year.key()
        return Plan(
            who=self.commune.who.text(),
            unit=self.commune.unit(),
            chosen_set=self._sets.get(self.chosen_set.key()),
            year=int(year) if year else 0,
            hamlet_label=self.hamlets.label(),
            hamlets=() if self.merged.isChecked() else self.hamlets.rows(),
            merged=self.merged.isChecked(),
        )

    def _set_changed(self, _index: int = 0) -> None:
        chosen = self._sets.get(self.chosen_set.key())
        if chosen is None:
            return
        years = years_of(chosen, start.utc_now().year)
        self.year.set_options([Option(str(year), _("year {year}").format(year=year)) for year in years])
        self.year.setCurrentIndex(0)
        message = (
            _("{indicators} indicators \u00b7 version {version} \u00b7 {publisher}")
            if chosen.complete
            else _(
                "Not complete yet: its indicators are not known \u00b7 version {version} \u00b7 {publisher}"
            )
        )
        self._set_words.set_text(
            message.format(indicators=chosen.indicators, version=chosen.version, publisher=chosen.publisher)
        )
        self._refresh()

    def _merged_changed(self) -> None:
        """Take the lists of the former communes: none is typed here."""
        merged = self.merged.isChecked()
        self.hamlets.setEnabled(not merged)
        self.make.set_words(
            _("Make the workspace and bring the former communes together")
            if merged
            else _("Make the workspace and open Entry")
        )
        self._refresh()

    def _refresh(self, *_what: object) -> None:
        plan = self.plan()
        self.plan_words.set_text(" ".join(part for part in (plan.words(), plan.unkept()) if part))
        self.make.setEnabled(not plan.missing())
        folder = self._target(plan)
        self._place.set_text(
            _("The commune's workspace: {folder}").format(folder=folder)
            if folder is not None
            else _("The commune's workspace: in the documents folder, named after the commune")
        )

    def _target(self, plan: Plan) -> Path | None:
        if self._folder is not None:
            return self._folder
        return start.default_folder(plan.unit) if plan.unit is not None else None

    def show_error(self, error: NtmError) -> None:
        """Say what hindered; where the copy of an older program is offered, a button brings that back."""
        words = wording.explain(error)
        self._newer = error if isinstance(error, start.NewerWithCopy) else None
        action = _("Bring the copy back\u2026") if self._newer is not None else ""
        self.tell(BannerKind.PROBLEM, words.what, f"{words.safe} {words.next_step}", action)

    def tell(self, kind: BannerKind, fact: str, rest: str, action: str = "") -> None:
        """Say something at the top, in the place of what was said before."""
        while (item := self._notices.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        banner = Banner(kind, fact, rest, action=action, dismissable=True)
        banner.pressed.connect(self.bring_newer_back)
        self._notices.addWidget(banner)

    # ------------------------------------------------------------ doing

    def _make(self) -> None:
        plan = self.plan()
        folder = self._target(plan)
        if folder is not None and not plan.missing():
            asked = self.merging if plan.merged else self.opened
            asked.emit(start.create(folder, plan.workspace()))

    def _to_set(self) -> None:
        self.chosen_set.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose_place(self) -> None:
        folder = self.ask.folder(self, FileKinds(title=_("Where the workspace is made")))
        if folder is not None:
            unit = self.commune.unit()
            self._folder = (
                folder / (f"{unit.code} {unit.name}" if unit is not None else "NTM")
                if any(folder.iterdir())
                else folder
            )
            self._refresh()

    def open_existing(self) -> None:
        """Ask for the folder of a workspace and open it."""
        folder = self.ask.folder(self, FileKinds(title=_("Open the commune's workspace")))
        if folder is not None:
            self._open(folder)

    def _open(self, folder: Path) -> None:
        who = self.commune.who.text().strip() or os.environ.get("USERNAME", "")
        self.opened.emit(start.open_desk(folder, who=who))

    def open_packet(self) -> None:
        """Ask for a work packet and a folder, and open the part. Raises as `packets.open_packet`."""
        from ntm_desktop.operations import packets  # for this alone

        kinds = FileKinds(
            title=_("Which packet is opened?"), words=_("Work packets"), patterns=(f"*{packets.SUFFIX}",)
        )
        path = self.ask.open_file(self, kinds)
        if path is None:
            return
        folder = self.ask.folder(self, FileKinds(title=_("Which folder takes the part?")))
        if folder is not None:
            who = self.commune.who.text().strip() or os.environ.get("USERNAME", "")
            self.opened.emit(packets.open_packet(path, folder / path.stem, who=who))

    # ------------------------------------------------------------ bringing a copy back

    def restore_copy(self) -> None:
        """Bring a copy of a workspace back into a new folder, as on a new PC, and open it."""
        source = self._bringing.choose()
        if source is not None:
            self.bring_back(source)

    def bring_back(self, source: Path) -> None:
        """Bring this copy back; nothing happens while another is brought back."""
        if self._restoring is None:
            self._bringing.begin(source, source.stem, start.utc_now())

    def bring_newer_back(self) -> None:
        """Bring back the copy that an older program can open of a workspace of a newer one."""
        newer = self._newer
        if newer is not None and self._restoring is None:
            self._bringing.begin(Path(newer.copy), Path(newer.folder).name, start.utc_now())

    def _start(self, title: str, job: Callable[[Watch], Result], done: Callable[[Result], None]) -> None:
        def run(report: Report, cancelled: IsCancelled) -> Result:
            return job(Watch(lambda now, total: report((now, total)), cancelled))

        def finished(result: Result) -> None:
            self._end()
            done(result)

        self.panel.set_title(title)
        self.panel.start()
        self.work.show()
        self._restoring = self._tasks.run(
            run, finished, self._failed, self.panel.show_bytes, stopped=self._stopped, title=title
        )

    def _stop(self) -> None:
        if self._restoring is not None:
            self._restoring.cancel()

    def _end(self) -> None:
        self._restoring = None
        self.panel.finish()

    def _stopped(self) -> None:
        self._end()
        self.tell(BannerKind.INFO, _("Stopped. Nothing has changed."), "")

    def _hide_work(self) -> None:
        self.work.hide()

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, NtmError):
            raise error
        self.show_error(error)

    def _restored(self, restored: Restored) -> None:
        damage = damage_words(restored)
        if damage:
            fact = _("Restored into {folder}.").format(folder=restored.folder)
            self.tell(BannerKind.WARNING, fact, damage)
        else:
            self._open(restored.folder)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= _ONE_COLUMN
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        if beside:
            self._left.setFixedWidth(_LEFT)
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
        super().resizeEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._tasks.close()
        super().closeEvent(event)


class _Top(QWidget):
    """The top bar of a window that has nothing to go to yet."""

    def __init__(self, window: StartWindow) -> None:
        super().__init__()
        self.setFixedHeight(TOP_BAR)
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(Words(_("Rural dossier"), TextRole.CARD_TITLE))
        names.addWidget(Words(_("First use on this PC"), TextRole.SMALL, Ink.TEXT2))
        existing = Button(_("Open an existing workspace\u2026"), ButtonKind.QUIET, icon="folder")
        existing.clicked.connect(window.open_existing)
        verify = Button(_("Verify a dossier\u2026"), ButtonKind.QUIET, icon="shield")
        verify.clicked.connect(window.verify_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 6)
        row.addLayout(names)
        row.addStretch(1)
        row.addWidget(verify)
        row.addWidget(existing)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Ink.LINE))


class _Status(QWidget):
    """What is safe while there is nothing to save."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(STATUS_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(Icon("shield"))
        row.addWidget(Words(_("Nothing to save yet"), TextRole.SMALL, Ink.TEXT2))
        row.addWidget(Words("\u00b7", TextRole.SMALL, Ink.TEXT3))
        row.addWidget(Words(_("No network and no account needed"), TextRole.SMALL, Ink.TEXT2))
        row.addStretch(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.WINDOW))
        painter.fillRect(0, 0, self.width(), 1, colour(Ink.LINE))
