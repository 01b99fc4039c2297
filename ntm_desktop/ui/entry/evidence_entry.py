"""One file of evidence in the side panel: what it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.attach import Attached
from ntm_desktop.ui.entry import evidence_words
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, FOCUS_ROOM, Ink, State
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.evidence import EvidenceRow
from ntm_desktop.ui.parts.inputs import TextInput

_KINDS = {"pdf": "file", "image": "image", "sheet": "table", "excel": "table"}
_LINK = 24


class EvidenceEntry(EvidenceRow):
    """A row with its links; emits what is asked."""

    look_asked = Signal(object)
    looked_asked = Signal(object)
    replace_asked = Signal(object)
    remove_asked = Signal(object)
    spot_noted = Signal(object, object, str)
    """Carries the row, the figure, and the page or cell."""

    def __init__(
        self,
        attached: Attached,
        figures: dict[FactKey, str],
        *,
        editable: bool,
        parent: QWidget | None = None,
    ) -> None:
        evidence = attached.evidence
        icon = next((icon for word, icon in _KINDS.items() if word in evidence.media_type), "file")
        super().__init__(icon, evidence.title or evidence.name, evidence_words.second_line(attached), parent)
        self.attached = attached
        self._figures = figures
        self._form: QWidget | None = None
        self._say_state()
        for words in (evidence_words.remark_words(attached), evidence_words.place_words(attached)):
            if words:
                self.add_line(words, Ink.TEXT2)
        for spot in attached.spots:
            if spot.key in figures:
                self.add_line(_("{figure}: {spot}").format(figure=figures[spot.key], spot=spot.spot))
        self.opened.connect(self._look)
        if attached.there:
            self._link(_("Look at it"), self._look)
        if editable:
            self._offer_changes()

    def _say_state(self) -> None:
        if not self.attached.there:
            self.set_fact(State.NOT_MET, _("Does not open"))
        elif self.attached.was:
            self.set_fact(State.UND, _("Look again"))
        else:
            self.set_fact(State.MET, _("Opens"))

    def _offer_changes(self) -> None:
        if self.attached.was:
            self._link(_("Looked at"), self._looked)
        elif self._figures and self.attached.there:
            self._link(_("Page, cell\u2026"), self.ask_spot)
        self._link(_("Replace\u2026"), self._replace)
        self._link(_("Remove"), self._remove)

    def _link(self, words: str, slot: object) -> None:
        link = Button(words, ButtonKind.LINK, height=_LINK)
        link.setAccessibleDescription(self.attached.evidence.name)
        link.clicked.connect(slot)
        self.add_action(link)

    def _look(self) -> None:
        self.look_asked.emit(self.attached)

    def _looked(self) -> None:
        self.looked_asked.emit(self.attached)

    def _replace(self) -> None:
        self.replace_asked.emit(self.attached)

    def _remove(self) -> None:
        self.remove_asked.emit(self.attached)

    # ------------------------------------------------------------ page or cell

    def ask_spot(self) -> None:
        """Unfold the two lines that say where a figure stands; a second time fold them away."""
        if self._form is None:
            self._form = self._make_form()
            self.add_below(self._form)
        elif self._form.isVisible():
            self._form.hide()
            return
        self._form.show()
        self.spot.focus()

    def _make_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, FOCUS_ROOM, FOCUS_ROOM, FOCUS_ROOM)
        column.setSpacing(FOCUS_ROOM)
        self.figure = Select(_("Figure that stands in this file"))
        self.figure.set_options([Option("|".join(key[:3]), words) for key, words in self._figures.items()])
        self.figure.setCurrentIndex(0)
        self.figure.chosen.connect(self._show_spot)
        self.spot = TextInput(_("Page or cell"))
        self.spot.set_placeholder(_("page 3, or Sheet1!B7"))
        self.spot.hide_below()
        self.spot.advanced.connect(self._note)
        note = Button(_("Note it"), height=CONTROL_SMALL)
        note.setAccessibleDescription(self.attached.evidence.name)
        note.clicked.connect(self._note)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.spot, 1)
        line.addWidget(note)
        column.addWidget(self.figure)
        column.addLayout(line)
        self._show_spot()
        return form

    def _key(self) -> FactKey:
        return tuple(self._figures)[max(0, self.figure.currentIndex())]

    def _show_spot(self) -> None:
        noted = next((one.spot for one in self.attached.spots if one.key == self._key()), "")
        self.spot.replace_text(noted)

    def _note(self) -> None:
        self.spot_noted.emit(self.attached, self._key(), self.spot.text())
