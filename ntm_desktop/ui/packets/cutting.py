"""Which criteria and hamlets go to another PC: boxes to tick, and the button that writes the packet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, ReasonedButton
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.tick import Tick
from ntm_desktop.ui.parts.words import Fit, Words

_COLUMNS = 3


class CutCard(TitledCard):
    """Ticked criteria, ticked hamlets; hamlets alone mean all criteria, criteria alone all hamlets."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Hand a part to another PC"), parent=parent)
        self.criteria: dict[str, Tick] = {}
        self.hamlets: dict[str, Tick] = {}
        self._grids: list[QWidget] = []
        text = _(
            "Tick criteria for a colleague, or hamlets for the head of a hamlet. The packet is a file for a stick; the"
            " other PC opens it in this program and can change only that part."
        )
        self.body.addWidget(Words(text, ink=Ink.TEXT2, fit=Fit.WRAP))
        self._criteria_head = Words(_("Criteria"), TextRole.STRONG)
        self._hamlets_head = Words("", TextRole.STRONG)
        self.body.addWidget(self._criteria_head)
        self.body.addWidget(self._hamlets_head)
        self.write = Button(_("Write the packet\u2026"), ButtonKind.PRIMARY)
        self.write.clicked.connect(self.asked)
        self._reasoned = ReasonedButton(self.write)
        row = QHBoxLayout()
        row.addWidget(self._reasoned)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_desk(self, desk: Desk) -> None:
        """Offer what the chosen dossier has; nothing is ticked."""
        for grid in self._grids:
            grid.hide()
            grid.deleteLater()
        found = desk.set.criteria if desk.set is not None else ()
        self.criteria = {
            one.code: Tick(_("{code}. {name}").format(code=one.code, name=one.short_name), small=True)
            for one in found
        }
        self.hamlets = {one.id: Tick(one.name, small=True) for one in desk.book.hamlets}
        self._hamlets_head.set_text(
            _("Only these: {label}").format(label=desk.commune.hamlet_label) if self.hamlets else ""
        )
        self._grids = [
            self._put(self._criteria_head, self.criteria),
            self._put(self._hamlets_head, self.hamlets),
        ]
        self._look()

    def ticked(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return codes of criteria and ids of hamlets."""
        criteria = tuple(code for code, tick in self.criteria.items() if tick.isChecked())
        return criteria, tuple(one for one, tick in self.hamlets.items() if tick.isChecked())

    def _put(self, head: Words, ticks: dict[str, Tick]) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for place, tick in enumerate(ticks.values()):
            tick.toggled.connect(self._look)
            grid.addWidget(tick, place // _COLUMNS, place % _COLUMNS, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnStretch(place % _COLUMNS, 1)
        self.body.insertWidget(self.body.indexOf(head) + 1, whole)
        return whole

    def _look(self, _ticked: object = None) -> None:
        self._reasoned.set_reason(
            None if any(self.ticked()) else _("Tick at least one criterion or one of them.")
        )
