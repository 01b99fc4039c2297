"""The page "compare sets": the same figures under two sets or versions, why they differ, and when it can be met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import comparison_paper as papers
from ntm_desktop.operations.comparison import Comparison, Offered, Part, compare_sets, offered
from ntm_desktop.operations.comparison_paper import Shown
from ntm_desktop.operations.pack_changes import PartChange
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.compare.groups import ALL, Group, GroupList, pair_key, pair_words
from ntm_desktop.ui.frame.page import ComputedPage
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.packs.flips import ChangesCard, Reasons
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

_ROWS_SHOWN = 12
_GROUPS_WIDTH, _GROUPS_NARROW = 372, 280


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is compared: `SET@VERSION` of both sides."""

    first: str
    second: str


class ComparePage(ComputedPage):
    """Two sets at the top, the groups of indicators, and the reasons for the group that is looked at."""

    shows_progress = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._stacked = False
        self._chosen: _Chosen | None = None
        self._dossier = ""
        self._group = ""
        self.found: Comparison | None = None
        self.written: Banner | None = None
        """Says that the comparison was written; gone with the next comparison."""
        self.title = Words(_("Compare criterion sets"), TextRole.PAGE_TITLE)
        self.filters = FilterRow(_("Which indicators"), [Option(one.value, "") for one in Shown])
        self.print = Button(_("Print the comparison\u2026"), icon="print")
        self.print.setAccessibleDescription(_("Writes the comparison as PDF, or as a workbook for Excel"))
        self.back = Button(_("Back to the packs"), ButtonKind.QUIET)
        self.first = Select(_("First set"))
        self.second = Select(_("Second set"))
        self.same = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.groups = GroupList()
        self.card: ChangesCard | None = None
        self.column = CardColumn(widest=1240, spacing=12)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.filters, 1)
        head.addWidget(self.back)
        head.addWidget(self.print)
        self._sets = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sets.setSpacing(10)
        self._sets.addWidget(self.first, 1)
        self._arrow = Icon("arrow", Ink.TEXT2, 14, name=_("compared with"))
        self._sets.addWidget(self._arrow)
        self._sets.addWidget(self.second, 1)
        self._top = QWidget()
        top = QVBoxLayout(self._top)
        top.setContentsMargins(0, 0, 6, 0)
        top.setSpacing(8)
        top.addLayout(head)
        top.addLayout(self._sets)
        top.addWidget(self.same)
        self._below = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._below)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(12)
        self._groups_card = TitledCard(_("Results under both sets"))
        self._groups_card.body.setContentsMargins(1, 12, 1, 6)
        self._groups_card.head.setContentsMargins(15, 0, 15, 0)
        self._groups_card.body.addWidget(self.groups)
        self._sides.addWidget(self._groups_card, 0, Qt.AlignmentFlag.AlignTop)
        self._right = QVBoxLayout()
        self._right.setSpacing(12)
        self._sides.addLayout(self._right, 1)
        self.column.add(self._below)
        self._notes = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        self.column.add(self._notes)
        self.empty = EmptyState("layers", _("No dossier yet"), _("Its figures are what is compared."))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addWidget(self._top)
        self._column.addWidget(self.column, 1)
        self._column.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.first.chosen.connect(self._pick)
        self.second.chosen.connect(self._pick)
        self.filters.chosen.connect(self._show_parts)
        self.groups.chosen.connect(self._look_at)
        self.print.clicked.connect(self.print_out)
        self.back.clicked.connect(self._go_back)

    # ------------------------------------------------------------ showing

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.second.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def fit(self, room: Room) -> None:
        margin = room.page_margin
        self._column.setContentsMargins(margin, 14, max(6, margin - 6), 10)
        self._stacked = room.breadth < Breadth.FULL
        beside = room.breadth >= Breadth.NARROW
        width = _GROUPS_WIDTH if room.breadth >= Breadth.FULL else _GROUPS_NARROW
        self._sides.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._groups_card.setMinimumWidth(width if beside else 0)
        self._groups_card.setMaximumWidth(width if beside else 16_777_215)
        self._sets.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._arrow.setVisible(beside)
        self.title.setVisible(room.breadth >= Breadth.DRAWER)
        self.back.setVisible(room.breadth >= Breadth.NARROW)
        if self.card is not None:
            self.card.stack(stacked=self._stacked)

    @override
    def regions(self) -> list[QWidget]:
        return [self._top, self.groups, self.column]

    @override
    def refresh(self) -> None:
        """Compare the figures of the chosen dossier afresh."""
        super().refresh()
        self.found = None
        self._forget_written()
        desk = self.session.desk
        dossier = desk.dossier
        for one in (self._top, self.column):
            one.setVisible(dossier is not None)
        self.empty.setVisible(dossier is None)
        if dossier is None:
            return
        versions = offered(desk)
        names = [one.name for one in versions]
        own = f"{dossier.set_id}@{dossier.set_version}"
        chosen = self._chosen
        known = chosen is not None and {chosen.first, chosen.second} <= set(names)
        if chosen is None or not known or self._dossier != dossier.id:
            chosen = _Chosen(own, _other(versions, own, dossier.set_id))
        self._chosen, self._dossier = chosen, dossier.id
        options = [Option(one.name, _version_words(one)) for one in versions]
        for select, key in ((self.first, chosen.first), (self.second, chosen.second)):
            select.set_options(options)
            select.set_key(key)
        self.found = compare_sets(desk, dossier, chosen.second, chosen.first)
        same = _("The figures of {dossier}, judged by two sets. The dossier does not change.")
        self.same.set_text(same.format(dossier=self.found.move.name.words()))
        self._count_filters(self.found)
        self._notes.set_text(" ".join(papers.notes(self.found)))
        self._group = ""
        self._show_parts()

    def _count_filters(self, found: Comparison) -> None:
        for which, words in (
            (Shown.ALL, _("All {count}")),
            (Shown.DIFFERENT, _("Only what differs {count}")),
            (Shown.DIGITAL, _("Digital transformation {count}")),
        ):
            count = sum(1 for one in papers.shown(found.parts, which) if not one.change.condition)
            self.filters.set_words(which.value, words.format(count=count))

    def _pick(self) -> None:
        self._chosen = _Chosen(self.first.key(), self.second.key())
        self.refresh()

    def _look_at(self, group: str) -> None:
        self._group = group
        self._show_parts()

    def _show_parts(self) -> None:
        """Show the groups and, of the one that is looked at, every indicator with its reason."""
        found = self.found
        if found is None:
            return
        parts = papers.shown(found.parts, Shown(self.filters.key()))
        groups = _groups(found, parts)
        keys = [one.key for one in groups]
        if self._group not in keys:
            self._group = keys[1] if len(keys) > 1 else ALL
        self.groups.show_groups(groups, self._group)
        chosen = next(one for one in groups if one.key == self._group)
        these = [one for one in parts if chosen.pair is None or _pair(one) == chosen.pair]
        if chosen.pair is not None:
            these = [one for one in these if not one.change.condition]
        self._show_card(found, chosen, these)

    def _show_card(self, found: Comparison, group: Group, parts: list[Part]) -> None:
        by_change = {id(one.change): one for one in parts}
        desk = self.session.desk

        def reasons(change: PartChange) -> Reasons:
            part = by_change[id(change)]
            said = papers.part_words(desk, found, part)
            return Reasons(said.gap, said.rest, papers.earliest_words(found, part))

        if self.card is not None:
            self._right.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
        count = ngettext("{count} row", "{count} rows", len(parts)).format(count=len(parts))
        title = group.words[:1].upper() + group.words[1:]
        self.card = ChangesCard(reasons, found.move, title, count, shown=_ROWS_SHOWN)
        self.card.show_changes([one.change for one in parts], _heads(found))
        self.card.stack(stacked=self._stacked)
        self._right.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)

    def words(self) -> list[str]:
        """Return what each row says, from top to bottom."""
        return [] if self.card is None else [row.words() for row in self.card.rows]

    # ------------------------------------------------------------ doing

    def _go_back(self) -> None:
        self.session.go_to.emit("packs", "")

    def print_out(self) -> None:
        """Ask for a file and write the comparison there. Raises what `comparison_paper.write_paper` raises."""
        if self.found is None:
            return
        kinds = FileKinds(
            title=_("Where is the comparison to be written?"),
            words=_("PDF, or a workbook for Excel"),
            patterns=("*.pdf", "*.xlsx"),
            suggested=_("comparison-{year}.pdf").format(year=self.found.move.dossier.year),
        )
        target = self.session.ask.save_as(self, kinds)
        if target is None:
            return
        papers.write_paper(self.session.desk, self.found, target, Shown(self.filters.key()))
        self._forget_written()
        self.written = Banner(BannerKind.DONE, _("The comparison was written."), target.name)
        self._column.insertWidget(1, self.written)

    def _forget_written(self) -> None:
        if self.written is not None:
            self.written.hide()
            self.written.deleteLater()
            self.written = None


def _other(versions: tuple[Offered, ...], own: str, set_id: str) -> str:
    """Return what to compare with first: a newer version of the same set, else another set in its newest version."""
    newer = [one.name for one in versions if one.newest and one.name.startswith(f"{set_id}@")]
    others = [one.name for one in versions if one.newest and not one.name.startswith(f"{set_id}@")]
    return next((name for name in (*newer, *others) if name != own), own)


def _version_words(one: Offered) -> str:
    return _("{set}, version {version}").format(set=one.title, version=one.version)


def _pair(part: Part) -> tuple[object, object]:
    return part.change.before, part.change.after


def _groups(found: Comparison, parts: tuple[Part, ...]) -> list[Group]:
    """Return the groups that have something among these parts, everything first."""
    counted = [one for one in parts if not one.change.condition]
    groups = [Group(ALL, _("all indicators and conditions"), len(parts))]
    for pair, _count in papers.counted(found):
        count = sum(1 for one in counted if _pair(one) == pair)
        if count:
            groups.append(Group(pair_key(pair), pair_words(*pair), count, pair))
    return groups


def _heads(found: Comparison) -> tuple[str, str]:
    first, second = found.move.before, found.move.after
    if first.id == second.id:
        version = _("Version {version}")
        return version.format(version=first.version), version.format(version=second.version)
    return str(first.short_title), str(second.short_title)
