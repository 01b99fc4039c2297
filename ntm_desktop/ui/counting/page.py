"""Counts over the communes: by code and year, by commune, on a map; narrowed by tag and group, written to files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.review_counts import CountTable, NothingCounted, gaps, only
from ntm_desktop.operations.review_desk import ReviewDesk
from ntm_desktop.operations.review_map import kept_boundaries
from ntm_desktop.ui.ask import Ask, FileKinds
from ntm_desktop.ui.counting.commune_table import CommuneTable, CountFoot
from ntm_desktop.ui.counting.jobs import Counted, CountJob, MapJob, WriteJob
from ntm_desktop.ui.counting.map_face import MapFace, Painted
from ntm_desktop.ui.counting.map_view import MapView
from ntm_desktop.ui.counting.years_face import YearsFace
from ntm_desktop.ui.look.tokens import TextRole
from ntm_desktop.ui.overview.year_chart import YearChart
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.progress import ProgressPanel
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.tasks import Job, Result, Running, Tasks

_YEARS, _COMMUNES, _MAP = "years", "communes", "map"
_BY_NAME, _LEAST = "name", "least"
_CRITERION, _INDICATOR = "criterion", "indicator"
_NOTHING = CountTable((), (), {})


class CountsPage(QWidget):
    """Three faces of the same counts."""

    opened = Signal(str, str)
    """Carries a commune and the code that was pointed at."""
    told = Signal(object)
    """Carries what was written, and where."""
    failed = Signal(object)
    shown = Signal()
    """What was asked for last is done."""

    def __init__(self, desk: ReviewDesk, tasks: Tasks, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._ask = desk, tasks, ask
        self._set_id, self._year = "", 0
        self._running: Running | None = None
        self._counted = Counted(None, {})
        self._tables: Mapping[int, CountTable] = {}
        """Narrowed to the tag and the group."""
        self._names: Mapping[str, str] = {}
        self._looked_for_kept = False
        self.faces = FilterRow(
            _("How the counts are shown"),
            [
                Option(_YEARS, _("By criterion and year")),
                Option(_COMMUNES, _("By commune")),
                Option(_MAP, _("Map")),
            ],
        )
        self.level = Select(_("What is counted"))
        self.level.set_options([Option(_CRITERION, _("Criteria")), Option(_INDICATOR, _("Indicators"))])
        self.level.set_key(_CRITERION)
        self.tag, self.group = Select(_("Tag")), Select(_("Group of criteria"))
        self.order = Select(_("Order of the communes"))
        self.order.set_options([Option(_BY_NAME, _("By name")), Option(_LEAST, _("Missing least first"))])
        self.order.set_key(_BY_NAME)
        self.code = Select(_("What the map shows"))
        self.excel = Button(_("Write Excel\u2026"), icon="table")
        self.parquet = Button(_("Write Parquet\u2026"))
        self.boundaries = Button(_("Boundary file\u2026"), icon="folder")
        self.picture = Button(_("Save as picture\u2026"), icon="image")
        self.progress = ProgressPanel(_("Counting"), _("Stopping changes nothing."))
        self.years = YearsFace()
        self.communes = CommuneTable()
        self.foot = CountFoot(self.communes)
        self.map = MapFace()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_face(_YEARS)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Words(_("Counts"), TextRole.PAGE_TITLE))
        head.addWidget(self.faces, 1)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for one in (self.level, self.code, self.group, self.tag, self.order):
            one.setMinimumWidth(116)
            one.setMaximumWidth(220)
            tools.addWidget(one, 1)
        tools.addStretch(2)
        for button in (self.boundaries, self.picture, self.excel, self.parquet):
            tools.addWidget(button)
        by_commune = QWidget()
        below = QVBoxLayout(by_commune)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.communes, 1)
        below.addWidget(self.foot)
        for face in (self.years, by_commune, self.map):
            self.stack.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 10)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self.progress)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.faces.chosen.connect(self._show_face)
        self.level.chosen.connect(self._count)
        for one in (self.tag, self.group, self.order):
            one.chosen.connect(self._narrow)
        self.code.chosen.connect(self._show_map)
        self.years.save_asked.connect(self._save_chart)
        self.communes.opened.connect(self.opened)
        self.map.map.opened.connect(self._open_from_map)
        self.excel.clicked.connect(self._write_excel)
        self.parquet.clicked.connect(self._write_parquet)
        self.boundaries.clicked.connect(self._choose_boundaries)
        self.picture.clicked.connect(self._save_map)
        self.progress.stop_asked.connect(self._stop)

    def _show_face(self, face: str) -> None:
        self.stack.setCurrentIndex((_YEARS, _COMMUNES, _MAP).index(face))
        self.order.setVisible(face == _COMMUNES)
        for one in (self.code, self.boundaries, self.picture):
            one.setVisible(face == _MAP)
        for one in (self.excel, self.parquet):
            one.setVisible(face != _MAP)
        self._show_map()

    # ------------------------------------------------------------ work beside the window

    def _run(self, job: Job[Result], title: str, *, stops: bool = True) -> None:
        """Do one thing beside the window; what cannot be stopped half way does not offer it."""
        self.progress.stop.setVisible(stops)
        self.progress.stopping.setVisible(stops)
        self.progress.set_title(title)
        self.progress.start()
        self._running = self._tasks.run(
            job, self._done, self._fail, self._one_counted, stopped=self.progress.finish, title=title
        )

    def _stop(self) -> None:
        if self._running is not None and self._running.is_running:
            self._running.cancel()

    def _done(self, made: object) -> None:
        self.progress.finish()
        if isinstance(made, Counted):
            self._take(made)
        elif isinstance(made, Path):
            self._tell(made)
        elif isinstance(made, tuple):
            self._map_read(made)
        self.shown.emit()

    def _fail(self, error: Exception) -> None:
        self.progress.finish()
        if not isinstance(error, NtmError):
            raise error
        self.failed.emit(error)

    # ------------------------------------------------------------ counting

    def show_set(self, set_id: str, year: int) -> None:
        """Count a set anew and show it, the year that is looked at first."""
        self._set_id, self._year = set_id, year
        self._count()

    def _count(self, _level: str = "") -> None:
        self._stop()
        self._run(
            CountJob(self._desk, self._set_id, self._year, self.level.key()).run,
            _("Counting"),
        )

    def _one_counted(self, value: object) -> None:
        if isinstance(value, Counted):
            self._take(value)

    def _take(self, counted: Counted) -> None:
        self._counted = counted
        found = counted.set
        self._names = _names(found)
        tags = found.tags.items() if found is not None else ()
        groups = dict.fromkeys(str(one.group) for one in found.criteria) if found is not None else {}
        _offer(self.tag, _("Every tag"), {key: str(words) for key, words in tags})
        _offer(self.group, _("Every group"), {one: one for one in groups if one})
        self._narrow()

    def _narrow(self, _key: str = "") -> None:
        tag, group, found = self.tag.key(), self.group.key(), self._counted.set
        tables = dict(self._counted.tables)
        if found is not None and (tag or group):
            tables = {year: _narrowed(table, found, tag, group) for year, table in tables.items()}
        self._tables = tables
        table = tables.get(self._year, _NOTHING)
        self.years.show_tables(tables, self._year, self._names)
        self._show_communes(table)
        self.code.set_options([Option(code, self._title(code)) for code in table.codes])
        if self.code.currentIndex() < 0 and table.codes:
            self.code.set_key(table.codes[0])
        self._show_map()

    def _title(self, code: str) -> str:
        return f"{code} {self._names.get(code, '')}".strip()

    def _show_communes(self, table: CountTable) -> None:
        if self.order.key() == _LEAST:
            found = gaps(table)
            rows = {row.case.code: row for row in table.rows}
            beside = {one.case.code: _("{count} missing").format(count=len(one.missing)) for one in found}
            shown = [rows[one.case.code] for one in found]
            self.communes.communes.show_rows(table.codes, shown, beside)
        else:
            self.communes.communes.show_rows(table.codes, table.rows)
        self.foot.show_counts(table)

    # ------------------------------------------------------------ the map

    def _choose_boundaries(self) -> None:
        kinds = FileKinds(
            title=_("Boundaries of the communes (GeoJSON)"),
            words=_("Boundary files"),
            patterns=("*.geojson", "*.json"),
        )
        path = self._ask.open_file(self, kinds)
        if path is not None:
            self._read_map(path, keep=True)

    def _read_map(self, path: Path, *, keep: bool) -> None:
        names = {row.case.code: row.case.name for row in self._counted.tables[self._year].rows}
        self._run(MapJob(self._desk, path, names, keep).run, _("Reading the boundaries"), stops=False)

    def _map_read(self, painted: Painted) -> None:
        self.map.show_map(painted, self._counted.tables[self._year])
        self._show_map()

    def _show_map(self, _code: str = "") -> None:
        table, code = self._tables.get(self._year), self.code.key()
        if self.stack.currentIndex() != (_YEARS, _COMMUNES, _MAP).index(_MAP) or table is None:
            return
        if not self._looked_for_kept:
            self._looked_for_kept = True
            kept = kept_boundaries(self._desk)
            if kept is not None:
                self._read_map(kept, keep=False)
        self.picture.set_reason(None if self.map.has_map else _("Choose a boundary file first."))
        self.map.show_code(table, code, self._map_title(table, code))

    def _map_title(self, table: CountTable, code: str) -> str:
        one = table.counts.get(code)
        if one is None:
            return ""
        return _("{code}, {year}: {count} communes, {share}").format(
            code=self._title(code), year=self._year, count=one.words(), share=one.percent()
        )

    def _open_from_map(self, commune: str) -> None:
        self.opened.emit(commune, self.code.key())

    # ------------------------------------------------------------ files

    def _write_excel(self) -> None:
        self._write("tong-hop.xlsx", _("Excel workbooks"))

    def _write_parquet(self) -> None:
        self._write("tong-hop.parquet", _("Parquet files"))

    def _write(self, name: str, words: str) -> None:
        """Ask where, and write every year that is shown, as it is narrowed now."""
        ending = Path(name).suffix
        kinds = FileKinds(title=_("Save the counts"), words=words, patterns=(f"*{ending}",), suggested=name)
        target = self._ask.save_as(self, kinds)
        if target is not None:
            target = target if target.suffix else target.with_suffix(ending)
            title = f"{self._desk.folder.province}, {self._set_id}"
            job = WriteJob(self._tables, self._set_id, title, target)
            self._run(job.run, _("Writing the counts"), stops=False)

    def _tell(self, target: Path) -> None:
        self.told.emit((_("The counts were saved."), _("They are in {path}.").format(path=target)))

    def _save_map(self) -> None:
        table = self._tables.get(self._year, _NOTHING)
        self._save_picture(self.map.map, "ban-do.png", self._map_title(table, self.code.key()))

    def _save_chart(self) -> None:
        self._save_picture(self.years.chart, "bieu-do.png", self.years.title_words())

    def _save_picture(self, drawn: MapView | YearChart, suggested: str, title: str) -> None:
        kinds = FileKinds(
            title=_("Save as a picture"),
            words=_("Pictures"),
            patterns=("*.png", "*.svg"),
            suggested=suggested,
        )
        path = self._ask.save_as(self, kinds)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".png")
        try:
            drawn.export(path, title)
        except NtmError as error:
            self.failed.emit(error)
            return
        self._tell(path)


def _offer(select: Select, every: str, words: Mapping[str, str]) -> None:
    """Offer everything and each of some things; what was chosen stays where it is still there."""
    select.set_options([Option("", every), *(Option(key, said) for key, said in words.items())])
    select.setCurrentIndex(max(0, select.currentIndex()))
    select.setEnabled(bool(words))


def _narrowed(table: CountTable, found: CriterionSet, tag: str, group: str) -> CountTable:
    """Return the table of a tag and a group; without codes where nothing is of both."""
    try:
        return only(table, found, tag=tag, group=group)
    except NothingCounted:
        return CountTable((), table.rows, {})


def _names(found: CriterionSet | None) -> Mapping[str, str]:
    """Return the short names of criteria and indicators by code."""
    if found is None:
        return {}
    criteria = {one.code: str(one.short_name) for one in found.criteria}
    return criteria | {one.code: str(one.short_name) for one in found.indicators()}
