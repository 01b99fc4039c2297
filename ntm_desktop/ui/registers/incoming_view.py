"""Lines of a file before they are taken in: how many are new, what changes, what was refused and where."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import register_file, registers
from ntm_desktop.operations.register_file import Incoming
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.rows import GroupHead, ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_MOST = 60
"""So many rows of a kind are shown; the rest is counted."""


class IncomingView(QWidget):
    """Show what a file would bring; two verbs at the foot."""

    taken = Signal()
    refused = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.title = Words("", TextRole.CARD_TITLE, fit=Fit.WRAP)
        self.summary = Words("", fit=Fit.WRAP)
        self.listing = CardColumn(widest=4000)
        self.refuse = Button(_("Take nothing"))
        self.refuse.clicked.connect(self.refused)
        self.take = Button("", ButtonKind.PRIMARY)
        self.take.clicked.connect(self.taken)
        foot = QHBoxLayout()
        foot.addWidget(Words(_("One undo takes everything back."), TextRole.SMALL, Ink.TEXT2), 1)
        foot.addWidget(self.refuse)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addWidget(self.listing, 1)
        column.addLayout(foot)

    def show_incoming(self, incoming: Incoming) -> None:
        """Show what a file would bring."""
        self.title.set_text(_("{file}: look first, nothing is written yet").format(file=incoming.path))
        self.summary.set_text(_summary(incoming))
        count = incoming.count
        self.take.set_words(
            ngettext("Take {count} line in", "Take {count} lines in", count).format(count=count)
        )
        self.take.setVisible(count > 0)
        self.listing.clear()
        card = Card(padded=False)
        card.body.setSpacing(0)
        for widget in self._rows(incoming):
            card.body.addWidget(widget)
        self.listing.add(card)
        (self.take if count else self.refuse).setFocus()

    def _rows(self, incoming: Incoming) -> Iterator[QWidget]:
        sheet = registers.sheet(self.session.desk, incoming.register)
        labels = {one.name: str(one.label) for one in sheet.columns}
        labels |= {registers.SINCE: _("Counts from"), registers.UNTIL: _("Counts until")}

        def told(cells: dict[str, str]) -> str:
            return " \u00b7 ".join(f"{labels[name]}: {text}" for name, text in cells.items())

        if incoming.problems:
            yield GroupHead(_("Not taken"), str(len(incoming.problems)), state=State.NOT_MET)
            for problem in incoming.problems[:_MOST]:
                where = f"{problem.sheet} {problem.address}".strip()
                yield _row(register_file.explain(problem.problem), where)
            yield from _more(len(incoming.problems))
        if incoming.changed:
            yield GroupHead(_("Changed lines"), str(len(incoming.changed)))
            for changed in incoming.changed[:_MOST]:
                first = sheet.keeping.key[0] if sheet.keeping.key else sheet.columns[0].name
                title = registers.cell_text(self.session.desk, sheet, changed.record, first)
                yield _row(title, told(dict(changed.cells)))
            yield from _more(len(incoming.changed))
        if incoming.new:
            yield GroupHead(_("New lines"), str(len(incoming.new)))
            for line in incoming.new[:_MOST]:
                cells = dict(line.cells)
                yield _row(cells.pop(next(iter(cells))), told(cells))
            yield from _more(len(incoming.new))


def _row(title: str, second: str) -> ListRow:
    row = ListRow(title, second)
    row.setContentsMargins(16, 0, 16, 0)
    row.setMinimumHeight(0)
    return row


def _more(count: int) -> Iterator[QWidget]:
    if count > _MOST:
        words = Words(_("and {count} more").format(count=count - _MOST), TextRole.SMALL, Ink.TEXT2)
        words.setContentsMargins(16, 4, 16, 4)
        yield words


def _summary(incoming: Incoming) -> str:
    said = [
        ngettext("{count} new line.", "{count} new lines.", len(incoming.new)).format(
            count=len(incoming.new)
        ),
        _("{count} changed.").format(count=len(incoming.changed)),
        _("{count} the same.").format(count=incoming.unchanged),
    ]
    if incoming.ignored:
        said.append(_("Columns that are not kept: {names}.").format(names=", ".join(incoming.ignored)))
    return " ".join(said)
