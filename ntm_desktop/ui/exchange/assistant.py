"""The assistant for tables of other programs: sheet and headings, what is counted, kept under a name for next time."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.fill import explain
from ntm_desktop.operations.foreign import Letters, Looked, Mapping
from ntm_desktop.ui.exchange.cell_row import CellRow
from ntm_desktop.ui.exchange.rule_rows import FigureRow
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.edits import Edit
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.tick import Tick
from ntm_desktop.ui.parts.words import Fit, Words

_LAST_HEADING = 20
_SHOWN_VALUES = 3
_LEAST_PICKER = 140


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen in the assistant."""

    counted: Sequence[Option]
    """Figures that rows can be counted into."""
    single: Sequence[Option]
    """Figures that can stand in one cell."""
    requirements: Sequence[Option]
    kept: AnyMapping[str, Mapping]
    years: Sequence[int]
    """The first is the one that is meant as a rule."""


class Assistant(QWidget):
    """Say what a table means; nothing is stored by this."""

    asked = Signal()
    """The primary was pressed: count the table."""
    look_again = Signal(str, int)
    """Another sheet or another row of headings was chosen."""
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looked: Looked | None = None
        self._offered = Offered((), (), (), {}, ())
        self.rows: list[FigureRow] = []
        self.cells: list[CellRow] = []
        self._lines: list[QBoxLayout] = []
        self._title = Words("", TextRole.CARD_TITLE, fit=Fit.WRAP)
        self._remarks = QVBoxLayout()
        self.kept = Select(_("A way of reading kept before"))
        self.kept.chosen.connect(self._show_kept)
        self.sheet = Select(_("Sheet"))
        self.sheet.chosen.connect(self._other_place)
        self.heading = Select(_("Row of the headings"))
        self.heading.chosen.connect(self._other_place)
        self.year = Select(_("Year of the figures"))
        self.letters = Tick(_("Turn the old letters into Unicode"))
        self._columns = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.add = Button(_("Count one more figure"), icon="plus")
        self.add.clicked.connect(self._add)
        self.add_cell = Button(_("A figure that stands in one cell"), icon="plus")
        self.add_cell.clicked.connect(self._add_cell)
        self.name = Edit(_("Keep under the name"))
        self.name.setPlaceholderText(_("for example: one-stop software"))
        self.evidence = Select(_("Evidence for"))
        self.needed = Tick(_("Keep only the needed columns"))
        self.needed.setChecked(True)
        self.back = Button(_("Take nothing"), ButtonKind.QUIET)
        self.back.clicked.connect(self.refused)
        self.go = Button(_("Preview the figures"), ButtonKind.PRIMARY)
        self.go.clicked.connect(self.asked)
        self._lay_out()

    def _lay_out(self) -> None:
        where, what, single, end = (
            TitledCard(_("Which table")),
            TitledCard(_("What is counted")),
            TitledCard(_("Single cells")),
            TitledCard(_("For next time, and as evidence")),
        )
        where.body.addLayout(
            self._line(
                (_("Kept before"), self.kept),
                (_("Sheet"), self.sheet),
                (_("Headings in row"), self.heading),
                (_("Year"), self.year),
            )
        )
        where.body.addWidget(self._columns)
        where.body.addWidget(self.letters)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        what.body.addLayout(self._list)
        what.body.addWidget(self.add)
        single.body.addWidget(
            Words(
                _(
                    "For a report of the office itself: each figure by its cell. It is found again by the words left "
                    "of it, also when rows were added above."
                ),
                TextRole.SMALL,
                Ink.TEXT2,
                fit=Fit.WRAP,
            )
        )
        self._cell_list = QVBoxLayout()
        self._cell_list.setSpacing(8)
        single.body.addLayout(self._cell_list)
        single.body.addWidget(self.add_cell)
        end.body.addLayout(
            self._line((_("Keep under the name"), self.name), (_("Evidence for"), self.evidence))
        )
        end.body.addWidget(self.needed)
        end.body.addWidget(
            Words(
                _(
                    "Names, telephone numbers and every other column stay in the file; only the counts are stored."
                ),
                TextRole.SMALL,
                Ink.TEXT2,
                fit=Fit.WRAP,
            )
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        column.addLayout(self._remarks)
        for card in (where, what, single, end):
            column.addWidget(card)
        column.addStretch(1)
        scroll = scrolled(inner, sideways=True)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(self._title)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)

    def _line(self, *parts: tuple[str, QWidget]) -> QBoxLayout:
        """Lay labelled inputs side by side; in a narrow window one below the other."""
        row = QHBoxLayout()
        row.setSpacing(12)
        self._lines.append(row)
        for label, widget in parts:
            widget.setMinimumWidth(_LEAST_PICKER)
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
            column = QVBoxLayout()
            column.setSpacing(5)
            column.addWidget(Words(label, TextRole.SMALL, Ink.TEXT2))
            column.addWidget(widget)
            row.addLayout(column, 1)
        return row

    def fit(self, room: Room) -> None:
        """Take the shape for a window of this width."""
        ways = QBoxLayout.Direction
        for line in self._lines:
            line.setDirection(ways.TopToBottom if room.breadth < Breadth.NARROW else ways.LeftToRight)

    def show_table(self, looked: Looked, offered: Offered) -> None:
        """Show what was found, and what can be chosen."""
        self.looked, self._offered, kept = looked, offered, offered.kept
        rows = ngettext("{count} row", "{count} rows", looked.rows).format(
            count=f"{looked.rows:,}".replace(",", ".")
        )
        self._title.set_text(
            _("{file}: what does it say? ({rows})").format(file=looked.source.path.name, rows=rows)
        )
        self.sheet.set_options([Option(head.name, head.name) for head in looked.source.heads])
        self.sheet.set_key(looked.sheet)
        head = looked.source.head(looked.sheet)
        lines = head.rows[:_LAST_HEADING] if head is not None else ()
        self.heading.set_options(
            [Option(str(n), f"{n}: {' | '.join(filter(None, line))[:60]}") for n, line in enumerate(lines, 1)]
        )
        self.heading.set_key(str(looked.heading_row))
        self.kept.set_options([Option("", _("none: say it below")), *(Option(name, name) for name in kept)])
        self.kept.setCurrentIndex(0)
        self.evidence.set_options([Option("", _("keep no copy")), *offered.requirements])
        self.evidence.setCurrentIndex(0)
        self.year.set_options([Option(str(year), str(year)) for year in offered.years])
        self.year.setCurrentIndex(0)
        old = looked.letters.letters is not Letters.UNICODE
        self.letters.setVisible(old)
        self.letters.setChecked(old)
        self._show_remarks()
        self._show_columns()
        self._clear()
        self._add()
        fitting = next((one for one in kept.values() if self._fits(one)), None)
        if fitting is not None:
            self.kept.set_key(fitting.name)
            self._show_kept(fitting.name)

    def _fits(self, mapping: Mapping) -> bool:
        headings = (
            {one.heading.casefold() for one in self.looked.columns} if self.looked is not None else set()
        )
        return bool(mapping.columns) and all(column.casefold() in headings for column in mapping.columns)

    def _show_remarks(self) -> None:
        while (item := self._remarks.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        looked = self.looked
        if looked is None:
            return
        for remark in looked.remarks[:2]:
            self._remarks.addWidget(Banner(BannerKind.INFO, explain(remark)))
        if looked.letters.letters is not Letters.UNICODE:
            fact = _("The letters are old ({name}).").format(
                name={Letters.TCVN3: "TCVN3 (ABC)", Letters.VNI: "VNI"}[looked.letters.letters]
            )
            rest = _("As it stands: {before}. As it would be read: {after}").format(
                before=looked.letters.before[:80], after=looked.letters.after[:80]
            )
            self._remarks.addWidget(Banner(BannerKind.WARNING, fact, rest))

    def _show_columns(self) -> None:
        looked = self.looked
        if looked is None:
            return
        parts = []
        for one in looked.columns:
            shown = _("many values") if one.many else "; ".join(list(one.values)[:_SHOWN_VALUES])
            parts.append(f"{one.letters} {one.heading or '?'} ({shown})")
        self._columns.set_text(_("Columns: {list}").format(list=" \u00b7 ".join(parts)))

    def _other_place(self, _key: str) -> None:
        self.look_again.emit(self.sheet.key(), int(self.heading.key() or 1))

    def _clear(self) -> None:
        for row in (*self.rows, *self.cells):
            row.hide()
            row.deleteLater()
        self.rows, self.cells = [], []

    def _add(self) -> None:
        row = FigureRow(self._offered.counted, self.looked.columns if self.looked is not None else ())
        row.changed.connect(self._show_foot)
        row.removed.connect(self._remove)
        self.rows.append(row)
        self._list.addWidget(row)
        self._show_foot()

    def _remove(self) -> None:
        row = self.sender()
        if isinstance(row, FigureRow) and len(self.rows) > 1:
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
            self._show_foot()

    def _add_cell(self) -> None:
        if self.looked is None:
            return
        row = CellRow(self._offered.single, self.looked)
        row.changed.connect(self._show_foot)
        row.removed.connect(self._remove_cell)
        self.cells.append(row)
        self._cell_list.addWidget(row)
        row.figure.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_foot()

    def _remove_cell(self) -> None:
        row = self.sender()
        if isinstance(row, CellRow):
            self.cells.remove(row)
            row.hide()
            row.deleteLater()
            self._show_foot()

    def _show_kept(self, name: str) -> None:
        mapping = self._offered.kept.get(name)
        if mapping is None:
            return
        self._clear()
        for counted in mapping.counted:
            self._add()
            self.rows[-1].show_counted(counted)
        for cell in mapping.cells:
            self._add_cell()
            self.cells[-1].show_cell(cell)
        if not self.rows:
            self._add()
        self.name.setText(name)
        self.evidence.set_key(f"{mapping.requirement}|{mapping.rule}") if mapping.requirement else None
        self._show_foot()

    def _show_foot(self) -> None:
        self.go.set_reason(None if self._is_said() else _("A figure or a test is not said yet"))

    def _is_said(self) -> bool:
        """Say whether everything that was begun is said; counting may be left out where single cells are named."""
        begun = [row for row in self.rows if row.figure.key() or not self.cells]
        return all(row.counted() is not None for row in begun) and all(
            row.cell() is not None for row in self.cells
        )

    def mapping(self) -> Mapping:
        """Return what was said."""
        looked = self.looked
        requirement, _bar, rule = self.evidence.key().partition("|")
        name = self.name.text().strip()
        made = Mapping(
            name=name or (looked.source.path.stem if looked is not None else ""),
            sheet=self.sheet.key(),
            heading_row=int(self.heading.key() or 1),
            counted=tuple(counted for row in self.rows if (counted := row.counted()) is not None),
            cells=tuple(cell for row in self.cells if (cell := row.cell()) is not None),
            source=name,
            requirement=requirement,
            rule=rule,
        )
        if looked is not None and self.letters.isVisibleTo(self) and self.letters.isChecked():
            made = replace(made, letters=looked.letters.letters)
        return made

    def keeps(self) -> bool:
        """Say whether the mapping is to be kept."""
        return bool(self.name.text().strip())
