"""What registers propose for the figures of one requirement: shown where it differs, taken over by one press."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import register_figures
from ntm_desktop.operations.register_figures import Offer
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Span, Words
from ntm_desktop.ui.session import Session


class OfferRow(QWidget):
    """A line for each figure that its register has differently; nothing while all agree."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: list[Offer] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_keys(self, keys: tuple[FactKey, ...]) -> None:
        """Show what registers propose for these facts."""
        desk = self._session.desk
        found = [offer for key in keys if (offer := register_figures.offer_for(desk, key)) is not None]
        found = [offer for offer in found if not offer.agrees]
        if found == self._shown:
            return
        self._shown = found
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for offer in found:
            self._column.addWidget(_Line(self._session, offer))
        self.setVisible(bool(found))

    def words(self) -> list[str]:
        """Return what each line says."""
        return [line.text() for line in self.findChildren(Words) if not line.isHidden()]


class _Line(QWidget):
    """One figure: what the register has, and the two things that can be done."""

    def __init__(self, session: Session, offer: Offer) -> None:
        super().__init__()
        self._session = session
        self._offer = offer
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = Words("", fit=Fit.WRAP)
        words.set_spans(_spans(offer))
        use = Button(_("Use this figure"), height=CONTROL_SMALL)
        use.setAccessibleName(
            _("Use the figure {figure} for {element}").format(figure=offer.text, element=offer.element.label)
        )
        use.setEnabled(session.desk.editable)
        use.clicked.connect(self._take)
        look = Button(_("Open the register"), ButtonKind.LINK, height=CONTROL_SMALL)
        look.clicked.connect(self._open)
        row.addWidget(Icon("book", Ink.ACCENT), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        row.addWidget(use)
        row.addWidget(look)

    def _take(self) -> None:
        self._session.publish(register_figures.take(self._session.desk, (self._offer,)))

    def _open(self) -> None:
        self._session.go_to.emit("registers", self._offer.proposed.proposal.table)


def _spans(offer: Offer) -> list[Span]:
    said = _("By the register {register}: ").format(register=offer.source)
    spans = [Span(f"{offer.element.label}. "), Span(said), Span(offer.text, strong=True)]
    if offer.now:
        spans.append(Span("  " + _("now {figure}").format(figure=offer.now), ink=Ink.TEXT2))
    return spans
