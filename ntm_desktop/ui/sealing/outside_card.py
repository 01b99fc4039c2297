"""Papers signed with the office's own tool: given out with number and day, taken back, each with what is proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.outside import OutsideStep, PaperState, Standing
from ntm_desktop.operations.verify import paper_state_word
from ntm_desktop.ui.look.tokens import Ink, State
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.dates import DateInput
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.words import Fit, Words

_NUMBER = 120


class _NumberRow(ListRow):
    """A paper that is about to be given out, with room for its number."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(title, name)
        self.name = name
        self.set_icon("file", Ink.TEXT2)
        self.number = TextInput(_("Number of {paper}").format(paper=title), width=_NUMBER)
        self.number.hide_below()
        self.number.set_placeholder(_("number"))
        self.add_right(self.number)


class _StandingRow(QWidget):
    """A paper that was given out: who signed it, what is proven, and an officer's word where nothing is."""

    confirmed = Signal(str, str)
    """Name of the paper and the reason."""

    def __init__(self, paper: Standing, title: str) -> None:
        super().__init__()
        self._name = paper.name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.row = ListRow(title, _told(paper))
        self.row.set_icon(*_icon(paper))
        column.addWidget(self.row)
        self.reason = TextInput(_("Why {paper} is the one given out").format(paper=title))
        self.reason.hide_below()
        self.reason.set_placeholder(_("why it is the same paper"))
        self.confirm = Button(_("Confirm"))
        self.confirm.setAccessibleDescription(title)
        self.confirm.clicked.connect(self._confirm)
        line = QHBoxLayout()
        line.setContentsMargins(26, 0, 0, 6)
        line.setSpacing(8)
        line.addWidget(self.reason, 1)
        line.addWidget(self.confirm)
        column.addLayout(line)
        for part in (self.reason, self.confirm):
            part.setVisible(paper.back and not paper.counts)

    def _confirm(self) -> None:
        if self.reason.text().strip():
            self.confirmed.emit(self._name, self.reason.text())
        else:
            self.reason.focus()


class OutsideCard(TitledCard):
    """One step at a time: give out, take back, confirm, then the same for the index of files."""

    give_asked = Signal()
    anew_asked = Signal()
    take_asked = Signal()
    inside_asked = Signal()
    confirmed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_("Signed with another program"))
        self.body.setSpacing(4)
        self._shown: object = None
        self._numbers: list[_NumberRow] = []
        self.now = Words("", ink=Ink.TEXT2, fit=Fit.WRAP)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.dated = DateInput(_("Day on the papers"), label=_("Day on the papers"))
        self.give = Button(_("Give the papers out\u2026"), icon="folder")
        self.take = Button(_("Take signed papers back\u2026"), icon="file")
        self.anew = Button(_("Begin anew"), ButtonKind.LINK)
        self.inside = Button(_("Sign in this program"), ButtonKind.LINK)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button, asked in (
            (self.give, self.give_asked),
            (self.take, self.take_asked),
            (self.anew, self.anew_asked),
            (self.inside, self.inside_asked),
        ):
            button.clicked.connect(asked)
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (self.now, self._rows, self.dated):
            self.body.addWidget(part)
        self.body.addLayout(buttons)

    def numbers(self) -> dict[str, str]:
        """Return the numbers that were typed, by the file name of the paper."""
        return {one.name: text for one in self._numbers if (text := one.number.text().strip())}

    def show_step(
        self, step: OutsideStep, named: Sequence[tuple[str, str]], standing: Sequence[Standing], *, busy: bool
    ) -> None:
        """Show the papers, `named` by file name and title, as they stand."""
        shown = (step, tuple(named), tuple(standing))
        if shown != self._shown:
            self._shown = shown
            self._build(step, dict(named), standing)
        reason = _("The papers are being worked on") if busy else None
        for button in (self.give, self.take, self.anew, self.inside):
            button.set_reason(reason)

    def _build(self, step: OutsideStep, titles: Mapping[str, str], standing: Sequence[Standing]) -> None:
        self._numbers = []
        self._clear()
        self.now.set_text(_what_now(step))
        first = step is OutsideStep.GIVE_OUT
        for name, title in titles.items() if first else ():
            row = _NumberRow(name, title)
            self._numbers.append(row)
            self._column.addWidget(row)
        for one in standing:
            place = _StandingRow(one, titles.get(one.name, one.name))
            place.confirmed.connect(self.confirmed)
            self._column.addWidget(place)
        self.dated.setVisible(first)
        index = step is OutsideStep.GIVE_OUT_INDEX
        self.give.set_words(
            _("Give the index of files out\u2026") if index else _("Give the papers out\u2026")
        )
        self.give.setVisible(first or index)
        self.take.setVisible(not first)
        self.anew.setVisible(not first)

    def _clear(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _what_now(step: OutsideStep) -> str:
    return {
        OutsideStep.GIVE_OUT: _(
            "Type number and day now: afterwards only signatures may be added. Give the papers out, sign them with "
            "the office's own program, and take them back."
        ),
        OutsideStep.TAKE_BACK: _("The papers are out. Sign those files and take them back."),
        OutsideStep.CONFIRM: _(
            "Of a paper it cannot be proven that it is the one given out. Sign the file that was given out, or say why "
            "it is the same paper; the reason goes into the dossier."
        ),
        OutsideStep.GIVE_OUT_INDEX: _(
            "All papers are back. Give the index of files out: signed, it binds the whole dossier."
        ),
        OutsideStep.TAKE_BACK_INDEX: _("The index of files is out. Sign it and take it back."),
        OutsideStep.SEAL: _("All papers are back and signed. Go on and choose where to save."),
    }[step]


def _told(paper: Standing) -> str:
    state = paper_state_word(paper.state)
    if not paper.back:
        return _("{state} \u00b7 given out, not back yet").format(state=state)
    if paper.proven:
        return _("{state} \u00b7 proven to be the one given out").format(state=state)
    if paper.confirmed is None:
        return _("{state} \u00b7 cannot be proven to be the one given out").format(state=state)
    return _("{state} \u00b7 not proven; confirmed by {who}: {reason}").format(
        state=state, who=paper.confirmed.who, reason=paper.confirmed.reason
    )


def _icon(paper: Standing) -> tuple[str, Ink]:
    state = State.UND
    if paper.back and not paper.counts:
        state = State.NOT_MET
    elif paper.back and paper.state is not PaperState.UNSIGNED:
        state = State.MET
    return state.icon, state.ink
