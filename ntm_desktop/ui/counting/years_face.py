"""Counts by code and year, and one code drawn over the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.review_counts import CountTable, gaps
from ntm_desktop.ui.counting.code_table import CodeTable
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.overview.year_chart import YearBar, YearChart
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_BESIDE = 1000
_SIDE = 300
_NAMED = 8
_WIDEST = 16_777_215
"""Qt's own word for no limit."""


def some_of(names: Sequence[str]) -> str:
    """Return the first names in one line, the rest as an ellipsis."""
    return ", ".join(names[:_NAMED]) + (", \u2026" if len(names) > _NAMED else "")


class YearsFace(QWidget):
    """The table, and the chart of the code that is chosen in it."""

    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables: Mapping[int, CountTable] = {}
        self._year = 0
        self._names: Mapping[str, str] = {}
        self.codes = CodeTable()
        self.chart = YearChart()
        self.words = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        save = Button(_("Save as picture\u2026"), ButtonKind.LINK, height=28)
        save.clicked.connect(self.save_asked)
        self.card = TitledCard(_("Over the years"))
        self.card.head.addWidget(save)
        self.card.body.addWidget(self.words)
        self.card.body.addWidget(self.chart)
        self.card.body.addStretch(1)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(12)
        self._beside.addWidget(self.codes, 1)
        self._beside.addWidget(self.card)
        self.codes.chosen.connect(self._draw)

    def show_tables(self, tables: Mapping[int, CountTable], year: int, names: Mapping[str, str]) -> None:
        """Show these years, one of which is looked at."""
        self._tables, self._year, self._names = tables, year, names
        codes = tuple(dict.fromkeys(code for one in tables.values() for code in one.codes))
        self.codes.show_tables(codes, tables, names)
        self._draw(self.codes.code())

    def title_words(self) -> str:
        """Return what stands above the saved chart."""
        code = self.codes.code()
        return f"{code} {self._names.get(code, '')}".strip()

    def _draw(self, code: str) -> None:
        bars, total = [], 0
        for year, table in self._tables.items():
            one = table.counts.get(code)
            if one is not None:
                bars.append(YearBar(year, one.met, year == self._year))
                total = max(total, one.total)
        self.chart.show_years(bars, total, _("all {total} communes").format(total=total))
        self.card.setVisible(bool(bars))
        self.words.set_text(self._left(code))

    def _left(self, code: str) -> str:
        """Return how many communes meet a code, and which of those that sent do not."""
        table = self._tables.get(self._year)
        if table is None or code not in table.counts:
            return ""
        found = gaps(CountTable((code,), table.rows, table.counts))
        left = [one.case.name for one in found if one.missing]
        words = _("{code}: met by {count} communes in {year}.").format(
            code=self.title_words(), count=table.counts[code].words(), year=self._year
        )
        sentence = ngettext(
            "{words} {left} commune that sent does not meet it: {names}",
            "{words} {left} communes that sent do not meet it: {names}",
            len(left),
        )
        return sentence.format(words=words, left=len(left), names=some_of(left)) if left else words

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= _BESIDE
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(sideways if beside else down)
        self.card.setMinimumWidth(_SIDE if beside else 0)
        self.card.setMaximumWidth(_SIDE if beside else _WIDEST)
        super().resizeEvent(event)
