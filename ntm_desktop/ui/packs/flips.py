"""The table of what flips: code, name, the verdict before, the verdict after, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.pack_changes import PartChange
from ntm_desktop.operations.pack_preview import Move
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card, Hairline
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.verdicts import shown_verdict
from ntm_desktop.ui.parts.words import Fit, Words

_CODE, _NAME, _VERDICT, _ARROW = 36, 230, 150, 14
_GAP = 12
_SIDE = 16
_HEAD = 31
_ROW = 52
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def _short_name(move: Move, change: PartChange) -> str:
    """Return what the tree calls the indicator, with its code in the other set where that is another."""
    source, code = (move.after, change.new_code) if change.new_code else (move.before, change.old_code)
    name = next((str(one.short_name) for one in source.indicators() if one.code == code), str(change.name))
    if change.condition or change.old_code in {"", change.code}:
        return name
    return _("{name} (was {code})").format(name=name, code=change.old_code)


@dataclass(frozen=True, slots=True)
class Reasons:
    """What stands in the last column: what changed, where the commune stands, and what else is to be known."""

    changed: str
    stands: str = ""
    more: str = ""


class FlipRow(QWidget):
    """One indicator; its parts stand beside each other, or stacked where the window is small."""

    def __init__(self, move: Move, change: PartChange, reasons: Reasons) -> None:
        super().__init__()
        self.code = Words("" if change.condition else change.code, TextRole.STRONG, Ink.TEXT2)
        self.name = Words(_short_name(move, change), fit=Fit.WRAP)
        self.name.setToolTip(str(change.name))
        self.before = shown_verdict(change.before, _("Not in it"))
        self.after = shown_verdict(change.after, _("No longer in it"))
        self._arrow = Icon("arrow", Ink.TEXT2, _ARROW, name=_("becomes"))
        self.why = QWidget()
        column = QVBoxLayout(self.why)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for text, role, ink in (
            (reasons.changed, TextRole.BODY, Ink.TEXT),
            (reasons.stands, TextRole.SMALL, Ink.TEXT2),
            (reasons.more, TextRole.SMALL, Ink.UND),
        ):
            if text:
                column.addWidget(Words(text, role, ink, fit=Fit.WRAP))
        self.setMinimumHeight(_ROW)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 6, 0, 6)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(2)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._stacked: bool | None = None
        self.stack(stacked=False)

    def words(self) -> str:
        """Return what the row says."""
        reasons = " ".join(one.text() for one in self.why.findChildren(Words))
        return f"{self.code.text()} {self.name.text()}: {self.before.text()}, {self.after.text()}. {reasons}"

    def stack(self, *, stacked: bool) -> None:
        """Put name, verdicts and reason below each other, or beside each other."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        grid = self._grid
        for widget in (self.code, self.name, self.before, self._arrow, self.after, self.why):
            grid.removeWidget(widget)
        self.code.setFixedWidth(_CODE)
        for widget in (self.before, self.after):
            widget.setMinimumWidth(0 if stacked else _VERDICT)
        for column, width in enumerate((_CODE, 0, 0, 0, 0) if stacked else (_CODE, _NAME, _VERDICT, _ARROW)):
            grid.setColumnMinimumWidth(column, width)
        for column in range(6):
            grid.setColumnStretch(column, 1 if column == (4 if stacked else 5) else 0)
        if stacked:
            grid.addWidget(self.code, 0, 0, _TOP_LEFT)
            grid.addWidget(self.name, 0, 1, 1, 4)
            for column, widget in enumerate((self.before, self._arrow, self.after), start=1):
                grid.addWidget(widget, 1, column, _MIDDLE | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self.why, 2, 1, 1, 4)
            self.name.setMinimumWidth(0)
            self.name.setMaximumWidth(16_777_215)
            return
        self.name.setFixedWidth(_NAME)
        for column, widget in enumerate((self.code, self.name, self.before, self._arrow, self.after)):
            grid.addWidget(widget, 0, column, _MIDDLE | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.why, 0, 5, _MIDDLE)


class _TableHead(QWidget):
    """The names of the columns."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__()
        self.setFixedHeight(_HEAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        row.setSpacing(_GAP)
        for text, width in (
            (_("Indicator"), _CODE + _GAP + _NAME),
            (before, _VERDICT),
            ("", _ARROW),
            (after, _VERDICT),
            (_("Why"), 0),
        ):
            words = Words(text, TextRole.SMALL_STRONG, Ink.TEXT2, fit=Fit.ELIDE)
            words.setToolTip(text)
            if width:
                words.setFixedWidth(width)
            row.addWidget(words, 0 if width else 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SUNKEN))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Ink.LINE_STRONG))


def version_heads(move: Move) -> tuple[str, str]:
    """Return what the columns of the version in use and of the new one are called."""
    same = move.before.id == move.after.id
    before = _("In use: {version}") if same else _("In use: {set}")
    after = _("New: {version}") if same else _("New: {set}")
    return (
        before.format(version=move.before.version, set=move.before.short_title),
        after.format(version=move.after.version, set=move.after.short_title),
    )


class ChangesCard(Card):
    """A card with a title, what is counted beside it, and a row for each change."""

    def __init__(
        self,
        reasons: Callable[[PartChange], Reasons],
        move: Move,
        title: str,
        aside: str,
        right: str = "",
        *,
        shown: int = 0,
    ) -> None:
        super().__init__(padded=False)
        self._reasons = reasons
        self._move = move
        self._changes: tuple[PartChange, ...] = ()
        self._shown = shown
        """How many rows before all are asked for; 0: all."""
        self._all = False
        self._stacked = False
        self.rows: list[FlipRow] = []
        self.body.setSpacing(0)
        self.title = Words(title, TextRole.CARD_TITLE, fit=Fit.WRAP)
        self.aside = Words(aside, TextRole.BODY, Ink.TEXT2)
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 10, _SIDE, 10)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.aside)
        head.addStretch(1)
        if right:
            head.addWidget(Words(right, TextRole.BODY, Ink.TEXT2))
        self.more = Button("", ButtonKind.LINK, height=24)
        self.more.clicked.connect(self._toggle)
        head.addWidget(self.more)
        self.body.addLayout(head)
        self._head: _TableHead | None = None
        self._list = QVBoxLayout()
        self._list.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self._list.setSpacing(0)

    def show_changes(self, changes: Sequence[PartChange], heads: tuple[str, str] | None = None) -> None:
        """Show these, under the names of the columns of verdicts where they are given."""
        self._changes = tuple(changes)
        if heads is not None:
            self._head = _TableHead(*heads)
            self.body.addWidget(self._head)
        elif changes:
            self.body.addWidget(Hairline())
        self.body.addLayout(self._list)
        self._fill()

    def stack(self, *, stacked: bool) -> None:
        """Stack the parts of each row, or stand them beside each other."""
        self._stacked = stacked
        if self._head is not None:
            self._head.setVisible(not stacked)
        for row in self.rows:
            row.stack(stacked=stacked)

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        limit = len(self._changes) if self._all or not self._shown else self._shown
        self.rows = [FlipRow(self._move, change, self._reasons(change)) for change in self._changes[:limit]]
        for number, row in enumerate(self.rows):
            if number:
                self._list.addWidget(Hairline())
            self._list.addWidget(row)
            row.stack(stacked=self._stacked)
        self.more.setVisible(bool(self._shown) and len(self._changes) > self._shown)
        self.more.set_words(
            _("Show fewer") if self._all else _("See all {count}").format(count=len(self._changes))
        )
