"""The page of criterion packs: the sets that are here, what a newer version would change, taking packs in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import history, pack_moves, packs
from ntm_desktop.operations.pack_preview import KeptLookedAt, Move, PackPreview, Preview
from ntm_desktop.operations.packs import Before, InstalledSet
from ntm_desktop.operations.publishers import UnknownPublisher, is_address
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.frame.page import ComputedPage
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.packs import taking
from ntm_desktop.ui.packs.address_card import AddressCard
from ntm_desktop.ui.packs.entries import Entry, entries, update_words
from ntm_desktop.ui.packs.foot import Foot
from ntm_desktop.ui.packs.jobs import CopyJob, KeptJob
from ntm_desktop.ui.packs.preview_view import PreviewView, Shown, Told
from ntm_desktop.ui.packs.reading import Reading, ReadingCard
from ntm_desktop.ui.packs.set_list import SetPanel
from ntm_desktop.ui.packs.taking import Incoming
from ntm_desktop.ui.parts.banner import BannerKind
from ntm_desktop.ui.parts.beside import Beside
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.session import Session


class PacksPage(ComputedPage):
    """List at the left, preview at the right, buttons at the foot."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._installed: tuple[InstalledSet, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self._chosen = ""
        self._dossier = ""
        """The dossier whose move is looked at."""
        self._incoming: Incoming | None = None
        self._told: tuple[Told, ...] = ()
        self._shown: Shown | None = None
        self._pending: Move | None = None
        """The move that waits for its copy."""
        self._to_primary = False
        """The primary gets the focus once it is there."""
        self.panel = SetPanel()
        self.picker = Select(_("Criterion sets"))
        self.short_import = Button(_("From a stick\u2026"), icon="usb")
        self.short_folder = IconButton("folder", _("From a folder\u2026"), kind=ButtonKind.NORMAL)
        self.short_address = IconButton("send", _("From an address\u2026"), kind=ButtonKind.NORMAL)
        self.short_compare = IconButton("layers", _("Compare two sets\u2026"), kind=ButtonKind.NORMAL)
        self.view = PreviewView(session.desk)
        self.foot = Foot()
        self.reading = Reading(session.tasks, session.desk, self)
        self.reading_card = ReadingCard(self.reading)
        self.kept = Beside(session.tasks, parent=self)
        self.copying = Beside(session.tasks, _("Taking a copy first"), self)
        self.address = AddressCard()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 6, 0)
        top.setSpacing(10)
        top.addWidget(self.picker, 1)
        top.addWidget(self.short_import)
        top.addWidget(self.short_folder)
        top.addWidget(self.short_address)
        top.addWidget(self.short_compare)
        self._right = QVBoxLayout()
        self._right.setSpacing(10)
        self._right.addWidget(self._top)
        self._right.addWidget(self.address)
        self._right.addWidget(self.reading_card)
        self._right.addWidget(self.view, 1)
        self._right.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addLayout(self._right, 1)

    def _connect(self) -> None:
        self.panel.list.chosen.connect(self.choose)
        self.panel.file_asked.connect(self.take_file)
        self.panel.folder_asked.connect(self.take_folder)
        self.panel.address_asked.connect(self.address.open)
        self.short_address.clicked.connect(self.address.open)
        self.address.asked.connect(self.look_at)
        self.reading.found.connect(self._looked)
        self.reading.failed.connect(self._not_read)
        self.reading.stopped.connect(self._stopped)
        self.kept.done.connect(self._show_kept)
        self.kept.failed.connect(self.session.fail)
        self.kept.slow.connect(self._say_slow)
        self.copying.done.connect(self._copied)
        self.copying.failed.connect(self._not_copied)
        self.panel.compare_asked.connect(self.open_comparison)
        self.short_compare.clicked.connect(self.open_comparison)
        self.picker.chosen.connect(self.choose)
        self.short_import.clicked.connect(self.take_file)
        self.short_folder.clicked.connect(self.take_folder)
        self.view.picked.connect(self._pick_dossier)
        self.view.acted.connect(self.go_back)
        self.foot.refuse.clicked.connect(self.do_not_take)
        self.foot.later.clicked.connect(self.postpone)
        self.foot.primary.clicked.connect(self.press_primary)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.press_primary)

    # ------------------------------------------------------------ showing

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    @override
    def fit(self, room: Room) -> None:
        wide = room.breadth is Breadth.FULL
        self.panel.setVisible(wide)
        self._top.setVisible(not wide)
        margin = room.page_margin + (4 if wide else 0)
        self._right.setContentsMargins(margin, 14 if wide else 10, max(6, margin - 6), 12)
        self.view.stack(stacked=room.breadth < Breadth.NARROW)

    @override
    def regions(self) -> list[QWidget]:
        return [self.panel, self._top, self.view, self.foot]

    @override
    def refresh(self) -> None:
        """Show what is here and what the source that is looked at would bring."""
        super().refresh()
        desk = self.session.desk
        self._installed = packs.installed(desk)
        coming = self._incoming.found if self._incoming is not None else None
        self._entries = entries(self._installed, coming)
        ids = [entry.id for entry in self._entries]
        if self._chosen not in ids:
            news = [entry.id for entry in self._entries if entry.news]
            self._chosen = next(iter(news or ids), "")
        self.panel.list.show_entries(self._entries, self._chosen)
        self.picker.set_options([Option(entry.id, _picker_words(entry)) for entry in self._entries])
        self.picker.set_key(self._chosen)
        self._show_chosen()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if (
            self.kept.busy
        ):  # the whole window may be going: what comes now is asked anew when the page comes back
            self.kept.forget()
            self._stale = True

    def _focus(self) -> None:
        """Put the focus on what is done next: the primary, else the list."""
        ready = self.foot.isVisible() and self.foot.primary.isEnabled()
        self._to_primary = self.kept.busy
        (self.foot.primary if ready else self._chooser()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _chooser(self) -> QWidget:
        return self.panel.list if self.panel.isVisible() else self.picker

    def choose(self, set_id: str) -> None:
        """Show another set."""
        self._chosen, self._dossier = set_id, ""
        self.refresh()

    def open_comparison(self) -> None:
        """Go to the page that compares two sets."""
        self.session.go_to.emit("compare", "")

    def _pick_dossier(self, dossier: str) -> None:
        self._dossier = dossier
        self._show_chosen()

    def _show_chosen(self) -> None:
        entry = self._entry()
        self._shown = None
        self.kept.forget()
        if entry is not None and entry.coming is not None:
            self._show_pack(entry, entry.coming)
        elif entry is not None and entry.here is not None:
            self.kept.ask(KeptJob(self.session.desk, f"{entry.id}@{entry.here.version}").run)
        self._show_foot()

    def _entry(self) -> Entry | None:
        return next((one for one in self._entries if one.id == self._chosen), None)

    def _show_pack(self, entry: Entry, pack: PackPreview) -> None:
        moves = {move.dossier.id: move for move in pack.moves}
        move = moves.get(self._dossier) or next(iter(moves.values()), None)
        source = self._incoming.words() if self._incoming is not None else ""
        told = (*self._still_true(), *(self._incoming.told() if self._incoming is not None else ()))
        self._shown = Shown(pack=pack, here=entry.here, source=source, move=move, told=told)
        self.view.show_pack(self._shown)

    def _show_kept(self, looked: KeptLookedAt) -> None:
        """Show the preview of the chosen set, which is here."""
        self.session.desk.library.learn(looked.library)
        entry = self._entry()
        if entry is not None:
            self._show_pack(entry, looked.pack)
            self._show_foot()
            if self._to_primary and self._chooser().hasFocus():
                self._focus()

    def _say_slow(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.view.show_waiting(entry.title)

    def _still_true(self) -> tuple[Told, ...]:
        """Return what was told; that a dossier was moved only until that is taken back or built upon."""
        moved_last = history.can_undo(self.session.desk) == pack_moves.LABEL
        return tuple(one for one in self._told if moved_last or not one.action)

    def _show_foot(self) -> None:
        move = self._shown.move if self._shown is not None else None
        words = ""
        if move is not None:
            words = update_words(move)
        elif self._incoming is not None:
            count = self._incoming.count
            words = ngettext("Take {count} pack in", "Take {count} packs in", count).format(count=count)
        read_only = self.session.desk.workspace.read_only
        self.foot.show_choices(
            words,
            coming=self._incoming is not None,
            moves=move is not None,
            reason=_("This workspace is open for reading only") if read_only else None,
        )
        self.foot.setEnabled(not self.copying.busy)

    # ------------------------------------------------------------ taking packs in

    def take_file(self) -> None:
        """Ask for a one-file bundle and show what it would change."""
        kinds = FileKinds(title=_("Which file holds the packs?"))
        self.look_at(self.session.ask.open_file(self, kinds))

    def take_folder(self) -> None:
        """Ask for a folder with packs and show what they would change."""
        kinds = FileKinds(title=_("Which folder holds the packs?"))
        self.look_at(self.session.ask.folder(self, kinds))

    def look_at(self, source: Path | str | None, confirmed: str = "") -> None:
        """Read a source beside the window, then show what it would change; nothing is taken in by this.

        An unknown publisher is asked about.
        """
        if source is None or self.reading.busy or self.copying.busy:
            return
        self._forget()
        self.refresh()  # a source that is refused leaves nothing of the one before in view
        self.address.hide()
        self.reading.start(source, confirmed)
        self._show_reading()

    def _show_reading(self) -> None:
        busy = self.reading.busy
        self.reading_card.show_busy(busy=busy)
        for button in (
            self.panel.from_file,
            self.panel.from_folder,
            self.panel.from_address,
            self.short_import,
            self.short_folder,
            self.short_address,
            self.address.look,
        ):
            button.setEnabled(not busy)

    def _looked(self, found: Preview) -> None:
        self._show_reading()
        incoming = Incoming(self.reading.source, found)
        if not incoming.sets and incoming.count:
            self._ask_for_registers(incoming)
            return
        if incoming.count:
            self._incoming = incoming
            self._chosen = next(pack.set.id for pack in found.packs if not pack.here)
        else:
            self._told = (*incoming.told(), *taking.nothing_new(found))
        self.refresh()
        self._focus()

    def _ask_for_registers(self, incoming: Incoming) -> None:
        """Take in registers once the officer says so: there is no dossier to look at."""
        if self.session.ask.confirm(self, taking.registers_question(incoming.found)):
            self._incoming = incoming
            self.postpone()
        else:
            self.do_not_take()

    def _not_read(self, error: NtmError) -> None:
        self._show_reading()
        if not isinstance(error, UnknownPublisher):
            self.address.setVisible(is_address(self.reading.source))
            self.session.fail(error)
        elif self.session.ask.confirm(self, taking.question(error)):
            self.look_at(self.reading.source, error.fingerprint)
        else:
            self._told = (Told(kind=BannerKind.INFO, fact=_("Nothing was taken in.")),)
            self.refresh()

    def _stopped(self) -> None:
        self._show_reading()
        self._told = (Told(kind=BannerKind.INFO, fact=_("Stopped. Nothing has changed.")),)
        self.refresh()

    def do_not_take(self) -> None:
        """Forget the source; nothing of it was kept."""
        self._forget()
        self._told = (Told(kind=BannerKind.INFO, fact=_("Nothing was taken in.")),)
        self.refresh()
        self._focus()

    def _take_in(self, before: Before) -> int:
        """Keep the packs of the source; return how many."""
        incoming = self._incoming
        if incoming is None:
            return 0
        packs.keep(self.session.desk, incoming.found.admitted, before)
        self._incoming = None
        return incoming.count

    def postpone(self) -> None:
        """Keep what came on the stick and leave the dossiers as they are."""
        if self._incoming is None:
            self.session.go_to.emit("overview", "")
            return
        self._copy_first(None)

    def _copy_first(self, move: Move | None) -> None:
        """Take a copy beside the window; what is to be done is done after it."""
        self._pending = move
        occasion = "before-packs" if move is None else pack_moves.occasion(move.after)
        self.copying.ask(CopyJob(self.session.desk, occasion).run)
        self._show_foot()

    def _copied(self, before: Before) -> None:
        self._show_foot()
        if self._pending is None:
            self._say_taken(self._take_in(before))
        else:
            self._move(self._pending, before)

    def _not_copied(self, error: NtmError) -> None:
        self._show_foot()
        self._focus()
        self.session.fail(error)

    def _say_taken(self, count: int) -> None:
        fact = ngettext("{count} pack was taken in.", "{count} packs were taken in.", count).format(
            count=count
        )
        rest = _("The dossiers stay on their versions until they are updated here.")
        self._told = (Told(kind=BannerKind.DONE, fact=fact, rest=rest),)
        self.refresh()
        self._focus()

    # ------------------------------------------------------------ moving a dossier

    def press_primary(self) -> None:
        """Do what the primary says, unless it is grey or away."""
        if not self.foot.isHidden() and self.foot.primary.isEnabled() and self._shown is not None:
            self._copy_first(self._shown.move)

    def _move(self, move: Move, before: Before) -> None:
        self._take_in(before)
        to = f"{move.after.id}@{move.after.version}"
        moved = pack_moves.move(self.session.desk, move.dossier.id, to, before)
        fact = _("{dossier} now uses version {version}.").format(
            dossier=move.name.words(), version=move.after.version
        )
        self._dossier = ""
        self._told = (
            Told(
                kind=BannerKind.DONE,
                fact=fact,
                rest=_("A copy from before is in the workspace: {name}.").format(name=moved.copy.name),
                action=_("Back to version {version}").format(version=move.before.version),
            ),
        )
        self.session.publish(moved.change)
        self._focus()

    def go_back(self) -> None:
        """Take the last move back. Raises NoMoveToUndo when something else was done since."""
        change = pack_moves.undo_move(self.session.desk)
        self._told = (
            Told(
                kind=BannerKind.INFO, fact=_("The dossier is on its former version again, nothing is lost.")
            ),
        )
        self.session.publish(change)
        self._focus()

    def _forget(self) -> None:
        self._incoming, self._told, self._dossier = None, (), ""


def _picker_words(entry: Entry) -> str:
    return f"{entry.title} \u00b7 {entry.news}" if entry.news else entry.title
