"""Where the figures of a requirement come from: one line, and the two flags "a report is attached" and "an estimate".

Enter or a click on the line turns it into an input for the source; what is typed there holds for all figures of the
requirement, because one report gives them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ntm_desktop.facts.fact import Claim, FactKey, Provenance
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import answer
from ntm_desktop.operations.desk import VIETNAM
from ntm_desktop.ui.parts.edits import Edit
from ntm_desktop.ui.parts.lines import SourceLine
from ntm_desktop.ui.parts.tick import Tick
from ntm_desktop.ui.session import Session


class SourceRow(QWidget):
    """Show and change the provenance of a requirement's figures."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._keys: tuple[FactKey, ...] = ()
        self.line = SourceLine(_("Source of the figures"))
        self.line.clicked.connect(self._edit)
        self.edit = Edit(_("Source of the figures"))
        self.edit.setPlaceholderText(_("Which office or report gave these figures"))
        self.edit.committed.connect(self._named)
        self.edit.advanced.connect(self._edited)
        self.edit.focus_changed.connect(self._focus_changed)
        self.edit.hide()
        self.documented = Tick(_("A report is attached"))
        self.estimated = Tick(_("An estimate"))
        self.documented.clicked.connect(self._flagged)
        self.estimated.clicked.connect(self._flagged)
        flags = QHBoxLayout()
        flags.setSpacing(16)
        flags.addWidget(self.documented)
        flags.addWidget(self.estimated)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self.edit, 1)
        self._row.addSpacing(12)
        self._row.addLayout(flags)
        flags.addStretch(1)
        self._is_open = False
        self._before: tuple[str, ...] = ()
        self.has_claims = False
        """Whether there is a figure to tell the source of."""

    def show_facts(self, keys: Sequence[FactKey], before: Sequence[str] = ()) -> None:
        """Show the provenance of the figures in use; nothing while there are none.

        `before` is what stood there a year earlier, told here while the card is compact.
        """
        self._keys, self._before = tuple(keys), tuple(before)
        self._refresh()

    def set_shape(self, *, is_open: bool, stacked: bool) -> None:
        """Show the two flags only in an open card; a compact one is quiet."""
        down = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != down:
            self._row.setDirection(down)
        if is_open != self._is_open:
            self._is_open = is_open
            self._refresh()

    def _refresh(self) -> None:
        claims = self._claims()
        self.has_claims = bool(claims)
        self.setVisible(self.has_claims)
        self.documented.setVisible(self._is_open)
        self.estimated.setVisible(self._is_open)
        if not claims:
            return
        newest = max(claims.values(), key=lambda claim: claim.at)
        self._tell(newest.provenance.source, _entered(newest))
        self.documented.setChecked(all(claim.provenance.documented for claim in claims.values()))
        self.estimated.setChecked(any(claim.provenance.estimated for claim in claims.values()))
        for widget in (self.line, self.documented, self.estimated):
            widget.setEnabled(self.session.desk.editable)

    def _tell(self, source: str, entered: str) -> None:
        message = (
            _("Source: {source} \u00b7 {entered}") if source else _("No source noted \u00b7 {entered}")
        ).format(source=source, entered=entered)
        if not self._is_open:
            message = " \u00b7 ".join((message, *self._before))
        if source or not self._is_open:
            self.line.set_source(message, source)
        else:
            self.line.set_missing(message)

    def _claims(self) -> dict[FactKey, Claim]:
        book = self.session.desk.book
        found = {key: fact.in_use for key in self._keys if (fact := book.fact(key)) is not None}
        return {key: claim for key, claim in found.items() if claim is not None}

    def _edit(self) -> None:
        claims = self._claims()
        if not claims or not self.session.desk.editable:
            return
        self.edit.set_text(max(claims.values(), key=lambda claim: claim.at).provenance.source)
        self.edit.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.hide()  # last: hiding what has the focus sends it to the top of the window

    def _named(self, source: str) -> None:
        self._cite({key: replace(c.provenance, source=source.strip()) for key, c in self._claims().items()})

    def _edited(self) -> None:
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.hide()

    def _focus_changed(self) -> None:
        if not self.edit.hasFocus() and self.edit.isVisible():
            self.edit.hide()
            self.line.show()

    def _flagged(self) -> None:
        documented, estimated = self.documented.isChecked(), self.estimated.isChecked()
        self._cite(
            {
                key: replace(claim.provenance, documented=documented, estimated=estimated)
                for key, claim in self._claims().items()
            }
        )

    def _cite(self, provenances: dict[FactKey, Provenance]) -> None:
        self.session.publish(answer.cite(self.session.desk, provenances))


def _entered(claim: Claim) -> str:
    """Return who entered the figure and when, or the day alone."""
    try:
        moment = datetime.fromisoformat(claim.at).astimezone(VIETNAM)
    except ValueError:
        return claim.who
    day = f"{moment:%d/%m/%Y}"
    if not claim.who:
        return _("entered {day}").format(day=day)
    return _("{who} entered it {day}").format(who=claim.who, day=day)
