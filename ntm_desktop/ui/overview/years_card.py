"""Small charts over the years: indicators met, or one figure of the commune; saved as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.dossiers import DossierSummary
from ntm_desktop.operations.series import Series, series
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.overview.year_chart import YearBar, YearChart
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.session import Session

_MET = "met"


class YearsCard(TitledCard):
    """A chart, what it shows, and a button that saves it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Over the years"), parent=parent)
        self.session = session
        self._bars: tuple[YearBar, ...] = ()
        self._total = 0
        self._series: tuple[Series, ...] = ()
        self.chart = YearChart()
        self.what = Select(_("What the chart shows"))
        self.what.chosen.connect(self._draw)
        self.save = Button(_("Save as picture\u2026"), ButtonKind.LINK, height=28)
        self.save.clicked.connect(self._save)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.what, 1)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(row)
        self.body.addWidget(self.chart)
        self.body.addStretch(1)

    def show_dossiers(self, found: Sequence[DossierSummary]) -> None:
        """Show the dossiers of the chosen set, and offer the figures that are known of several years."""
        desk = self.session.desk
        chosen = desk.dossier
        same = [one for one in found if chosen is not None and one.dossier.set_id == chosen.set_id]
        same.sort(key=lambda one: one.dossier.year)
        self.setVisible(bool(same))
        if not same or chosen is None:
            return
        self.set_aside(str(same[0].name.title))
        self._bars = tuple(
            YearBar(one.dossier.year, one.progress.met, one.dossier.id == chosen.id) for one in same
        )
        self._total = same[0].progress.total
        self._series = series(desk)
        key = self.what.key()
        options = [Option(one.element.name, str(one.element.label)) for one in self._series]
        self.what.set_options([Option(_MET, _("Indicators met")), *options])
        self.what.set_key(key if any(one.key == key for one in options) else _MET)
        self._draw()

    def _chosen(self) -> Series | None:
        return next((one for one in self._series if one.element.name == self.what.key()), None)

    def _draw(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            self.chart.show_years(self._bars, self._total)
        else:
            self.chart.show_series(chosen, self.session.desk.situation.year)

    def title_words(self) -> str:
        """Return what stands above the saved picture."""
        commune = self.session.desk.commune
        return _("{what} \u2013 {kind} {name}").format(
            what=self.what.currentText(), kind=commune.kind, name=commune.name
        )

    def _save(self) -> None:
        kinds = FileKinds(
            title=_("Save the chart as a picture"),
            words=_("Pictures"),
            patterns=("*.png", "*.svg"),
            suggested=_("Chart.png"),
        )
        path = self.session.ask.save_as(self, kinds)
        if path is not None:
            self.chart.export(path if path.suffix else path.with_suffix(".png"), self.title_words())
