"""The cards of the page about safety: what they show comes from `operations.safety` and from what was just done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ntm_desktop.facts.numerals import show_number
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.copies import Known, Medium, copy_day
from ntm_desktop.operations.doctor import Diagnosis
from ntm_desktop.operations.restoring import Rehearsal, Rehearsed
from ntm_desktop.operations.safety import Aside, Loss, LossKind, Safety, age_words, is_old
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.wording import moment_words
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, State, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.words import Fit, Span, Words

_ASIDE_SHOWN = 4
_PLACES_SHOWN = 4
_LITTLE_ROOM = 2 << 30
"""Bytes on the disk below which tidying up is advised."""


def clear(card: TitledCard) -> None:
    """Take everything below the card's head away."""
    while card.body.count() > 1:
        item = card.body.takeAt(1)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class LossLine(QWidget):
    """What comes back after one kind of loss: the fact in bold, the newest copy after it."""

    def __init__(self, loss: Loss, today: date) -> None:
        super().__init__()
        by = loss.by
        good = by is not None and not is_old(copy_day(by.at), today)
        state = State.MET if good else State.UND if by is not None else State.NOT_MET
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("met" if good else "warn" if by is not None else "not_met", state.ink))
        self.words = Words("", fit=Fit.WRAP)
        self.words.set_spans([Span(_head(loss.kind), strong=True), Span(f" {_tail(by)}")])
        row.addWidget(self.words, 1)


def _head(kind: LossKind) -> str:
    return {
        LossKind.WORKSPACE: _("Workspace damaged or deleted:"),
        LossKind.DISK: _("Disk broken:"),
        LossKind.MACHINE: _("Computer broken or lost:"),
    }[kind]


def _tail(by: Known | None) -> str:
    if by is None:
        return _("nothing comes back, there is no copy that would be left")
    place = {
        Medium.HERE: _("the copy on this disk"),
        Medium.OTHER_DISK: _("the copy on {place}").format(place=by.label),
        Medium.STICK: _("the USB {place}").format(place=by.label),
    }[by.medium]
    return _("comes back up to {moment}, from {place}").format(moment=moment_words(by.at), place=place)


class CopiesCard(TitledCard):
    """Where copies lie, the newest first."""

    elsewhere = Signal()
    one_file = Signal()
    now = Signal()

    def __init__(self) -> None:
        super().__init__(_("Copies"))
        self.body.setSpacing(0)
        self.copy_now = Button(_("Copy now"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.to_folder = Button(_("To another place\u2026"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.to_file = Button(_("Into one file\u2026"), ButtonKind.LINK, height=CONTROL_SMALL)
        for button, signal in (
            (self.copy_now, self.now),
            (self.to_folder, self.elsewhere),
            (self.to_file, self.one_file),
        ):
            button.clicked.connect(signal)
            self.head.addWidget(button)

    def show_places(self, safety: Safety, today: date) -> None:
        """Show the newest copy of each place."""
        clear(self)
        shown = safety.places[:_PLACES_SHOWN]
        for one in shown:
            row = _place_row(one, safety.folder, today)
            row.set_divided(divided=one is not shown[-1])
            self.body.addWidget(row)
        if not shown:
            self.body.addWidget(Words(_("No copy yet. The first is made today by itself."), ink=Ink.TEXT2))


def _place_row(one: Known, folder: Path, today: date) -> ListRow:
    here = (
        _("In the workspace itself") if one.place == str(folder) else _("Same disk as the workspace, {place}")
    )
    titles = {
        Medium.HERE: here,
        Medium.OTHER_DISK: _("Disk {place}"),
        Medium.STICK: _("USB {place}"),
    }
    second = _("{moment} \u00b7 {size}").format(moment=moment_words(one.at), size=size_words(one.size))
    if one.daily or one.medium is Medium.HERE:
        second = _("{what} \u00b7 every day").format(what=second)
    row = ListRow(titles[one.medium].format(place=one.label), second)
    row.title.setToolTip(one.place)
    row.set_icon("usb" if one.medium is Medium.STICK else "disk")
    day = copy_day(one.at)
    if is_old(day, today):
        row.add_right(Icon("warn", Ink.UND, 14))
        row.add_right(Words(age_words(day, today), TextRole.SMALL_STRONG, Ink.UND))
    else:
        row.add_right(Icon("met", Ink.MET, 14))
        row.add_right(Words(_("Read back, the same"), TextRole.SMALL, Ink.TEXT2))
    return row


class RehearsalCard(TitledCard):
    """Whether a copy was really restored, when, and what was compared."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Rehearsed restore"))
        self.body.setSpacing(2)
        self.start = Button(_("Rehearse\u2026"), icon="undo", height=CONTROL_SMALL + 2)
        self.start.clicked.connect(self.asked)
        self.head.addWidget(self.start)

    def show_rehearsed(self, noted: Rehearsed | None, found: Rehearsal | None) -> None:
        """Show the last rehearsal; `found` is what it found, where that was just now."""
        clear(self)
        if noted is None:
            self.set_aside(_("never yet"))
            text = _(
                "A copy counts once it was really restored. It goes into a scratch place and is tidied away."
            )
            self.body.addWidget(Words(text, ink=Ink.TEXT2, fit=Fit.WRAP))
            return
        self.set_aside(_("last {moment}").format(moment=moment_words(noted.at)))
        head = _("Everything came back.") if noted.agrees else _("Not everything came back.")
        rest = _("Copy of {moment} on {place}, restored into a scratch place and compared.").format(
            moment=moment_words(noted.copy_at), place=noted.label
        )
        sentence = Words("", fit=Fit.WRAP)
        sentence.set_spans(
            [Span(head, strong=True, ink=Ink.TEXT if noted.agrees else Ink.NOT_MET), Span(f" {rest}")]
        )
        self.body.addWidget(sentence)
        if found is not None and not found.agrees:
            differing = (*found.compared.differing, *found.compared.missing, *found.flipped)
            text = _("Differs: {name}").format(name=", ".join(differing[:_ASIDE_SHOWN]))
            self.body.addWidget(_Counted("not_met", Ink.NOT_MET, len(differing), text, ""))
        icon, ink = ("met", Ink.MET) if noted.agrees else ("und", Ink.UND)
        rows = (
            (icon, ink, noted.facts, _("figures the same, one by one"), ""),
            (icon, ink, noted.files, _("files the same, byte by byte"), size_words(noted.size)),
            (icon, ink, noted.dossiers, _("dossiers opened and computed again"), ""),
            ("clock", Ink.TEXT2, noted.seconds, _("seconds; the scratch place was tidied away"), ""),
        )
        for row in rows:
            self.body.addWidget(_Counted(*row))


class _Counted(QWidget):
    """A counted fact: icon, number, words, a few words at the right."""

    def __init__(self, icon: str, ink: Ink, count: int, words: str, aside: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(Icon(icon, ink))
        number = Words(show_number(Fraction(count)), TextRole.STRONG)
        number.setFixedWidth(54)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(number)
        row.addWidget(Words(words, fit=Fit.WRAP), 1)
        if aside:
            row.addWidget(Words(aside, TextRole.SMALL, Ink.TEXT2))


class AsideCard(TitledCard):
    """What could not be used and was kept."""

    exported = Signal()

    def __init__(self) -> None:
        super().__init__(_("Put aside"))
        self.body.setSpacing(0)
        self.export = Button(_("Export all\u2026"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.export.clicked.connect(self.exported)
        self.head.addWidget(self.export)

    def show_aside(self, aside: Sequence[Aside]) -> None:
        """Show the newest; all are exported together."""
        clear(self)
        self.export.setVisible(bool(aside))
        count = ngettext("{count} file, nothing is deleted", "{count} files, nothing is deleted", len(aside))
        self.set_aside(count.format(count=len(aside)) if aside else "")
        newest = sorted(aside, key=lambda one: one.at, reverse=True)[:_ASIDE_SHOWN]
        for one in newest:
            second = _("{moment} \u00b7 {size}").format(
                moment=f"{one.at:%d/%m/%Y}", size=size_words(one.size)
            )
            row = ListRow(one.name, second)
            row.set_icon("file")
            row.set_divided(divided=one is not newest[-1])
            self.body.addWidget(row)
        if not aside:
            text = _("Nothing was put aside. What cannot be read is kept here, never deleted.")
            self.body.addWidget(Words(text, ink=Ink.TEXT2, fit=Fit.WRAP))


class MachineCard(TitledCard):
    """The workspace and the computer it is on."""

    examined = Signal()
    support_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Computer and workspace"))
        self.body.setSpacing(8)
        self.examine = Button(_("Examine"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.examine.clicked.connect(self.examined)
        self.support = Button(_("Support package\u2026"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.support.clicked.connect(self.support_asked)
        self.head.addWidget(self.support)
        self.head.addWidget(self.examine)

    def show_machine(
        self, safety: Safety, diagnosis: Diagnosis | None, sentences: Sequence[str], at: datetime
    ) -> None:
        """Show what is known; `sentences` say what the diagnosis of the moment `at` found."""
        clear(self)
        if diagnosis is None:
            self._add(_("Workspace"), _("not examined since the start"), State.NA)
        else:
            sound = diagnosis.healthy
            words = _("sound, examined {time}") if sound else _("damaged, examined {time}")
            self._add(_("Workspace"), words.format(time=f"{at:%H:%M}"), State.MET if sound else State.NOT_MET)
            for sentence in sentences[:_ASIDE_SHOWN]:
                self.body.addWidget(Words(sentence, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP))
        self._add(_("Folder"), str(safety.folder), None)
        room = _("{disk} {size}").format(disk=safety.disk, size=size_words(safety.free))
        if safety.free < _LITTLE_ROOM:
            self._add(_("Room left"), _("{room}, tidy up").format(room=room), State.UND)
        else:
            self._add(_("Room left"), room, None)
        if safety.synced:
            words = _("{program} copies the folder too and may put old files back").format(
                program=safety.synced
            )
            self._add(_("Synchronised"), words, State.UND)

    def _add(self, name: str, words: str, state: State | None) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Words(name, ink=Ink.TEXT2), 0, Qt.AlignmentFlag.AlignTop)
        if state is State.UND:  # a sentence, which wraps
            row.addWidget(Icon("warn", state.ink, 14), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Words(words, fit=Fit.WRAP), 1)
        else:
            if state is not None:
                row.addStretch(1)
                row.addWidget(Icon(state.icon, state.ink, 14))
            shown = Words(words, fit=Fit.ELIDE if state is None else Fit.WHOLE)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(shown, 1 if state is None else 0)
        self.body.addWidget(line)
