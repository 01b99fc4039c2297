"""The map with what it shows above, and the communes it lacks below."""

from __future__ import annotations

from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.review_counts import CountTable
from ntm_desktop.operations.review_map import CommuneMap
from ntm_desktop.ui.counting.map_view import MapView
from ntm_desktop.ui.counting.years_face import some_of
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.words import Fit, Words

Painted = tuple[CommuneMap, tuple[QPainterPath, ...]]


class MapFace(QWidget):
    """One code of one year on the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: CommuneMap | None = None
        self.words = Words("", fit=Fit.WRAP)
        self.map = MapView()
        self.missing = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self.map, 1)
        column.addWidget(self.missing)

    @property
    def has_map(self) -> bool:
        """Say whether there is a map to colour."""
        return self._found is not None

    def show_map(self, painted: Painted, table: CountTable) -> None:
        """Show other boundaries."""
        self._found, paths = painted
        self.map.show_map(self._found, paths, {row.case.code: row.case.name for row in table.rows})

    def show_code(self, table: CountTable, code: str, title: str) -> None:
        """Colour the communes by a code."""
        if self._found is None:
            self.words.set_text(
                _(
                    "Choose the boundaries of the communes: a GeoJSON file in WGS 84 with their codes or names."
                )
            )
            return
        self.map.show_verdicts({row.case.code: row.verdicts.get(code) for row in table.rows})
        self.words.set_text(title)
        names = {row.case.code: row.case.name for row in table.rows}
        lost = [names.get(one, one) for one in self._found.missing]
        sentence = ngettext(
            "{count} commune is not in the boundary file: {names}",
            "{count} communes are not in the boundary file: {names}",
            len(lost),
        )
        self.missing.set_text(sentence.format(count=len(lost), names=some_of(lost)) if lost else "")
