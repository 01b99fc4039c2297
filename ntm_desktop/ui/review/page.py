"""The page of review: all problems in one list, with what they can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import keep, work
from ntm_desktop.operations.findings import Finding, reviewed
from ntm_desktop.ui.frame.page import ComputedPage
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.review.finding_list import WIDEST, FindingList
from ntm_desktop.ui.review.words import Group, Line, Subject, line_of, places, subject_words
from ntm_desktop.ui.session import Session

_ALL = "all"
_MINE = "mine"
_PICKER = 170


class ReviewPage(ComputedPage):
    """Title and filters above the list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._lines: tuple[Line, ...] = ()
        self.filters = FilterRow(_("Which problems"), [Option(key, "") for key in (_ALL, *Group)])
        self.text = TextInput(_("Find in the list"))
        self.text.set_placeholder(_("Find in the list, with or without diacritics"))
        self.text.hide_below()
        self.subject = Select(_("What it is about"))
        self.criterion = Select(_("Criterion"))
        self.compare = Button(_("Compare sets\u2026"), ButtonKind.QUIET, icon="layers")
        self.slip = Button(_("Return slip\u2026"), ButtonKind.QUIET, icon="remark")
        self.whose = Select(_("Whose work"))
        self._mine: frozenset[str] = frozenset()
        self.list = FindingList()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(14)
        self._head.addWidget(Words(_("Review"), TextRole.PAGE_TITLE))
        self._head.addWidget(self.filters, 1)
        self._head.addWidget(self.slip)
        self._head.addWidget(self.compare)
        self._narrow = QHBoxLayout()
        self._narrow.setSpacing(10)
        self._narrow.addWidget(self.text, 1)
        for picker in (self.subject, self.criterion, self.whose):
            picker.setMinimumWidth(_PICKER)
            self._narrow.addWidget(picker)
        narrow = QWidget()
        narrow.setMaximumWidth(WIDEST)
        narrow.setLayout(self._narrow)
        self._narrow.setContentsMargins(0, 0, 6, 0)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addLayout(self._head)
        self._column.addWidget(narrow)
        self._column.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.compare.clicked.connect(self._compare)
        self.slip.clicked.connect(self._open_slip)
        self.filters.chosen.connect(self._fill)
        self.text.edit.textChanged.connect(self._fill)
        self.subject.chosen.connect(self._fill)
        self.criterion.chosen.connect(self._fill)
        self.whose.chosen.connect(self._fill)
        self.list.went.connect(self.session.go_to_finding)
        self.list.kept.connect(self._keep)
        self.list.reopened.connect(self._reopen)

    def _compare(self) -> None:
        self.session.go_to.emit("compare", "")

    def _open_slip(self) -> None:
        self.session.go_to.emit("returned", "")

    # ------------------------------------------------------------ showing

    @override
    def refresh(self) -> None:
        """Look for problems again and show them."""
        super().refresh()
        desk = self.session.desk
        stands = places(desk)
        self._lines = tuple(
            line_of(desk, finding, stands.get(finding.requirement)) for finding in reviewed(desk)
        )
        self._offer()
        self._fill()

    def _offer(self) -> None:
        """Offer what there is to narrow the list to."""
        criteria = self.session.desk.set.criteria if self.session.desk.set is not None else ()
        self._mine = work.mine(self.session.desk)
        _offer(self.whose, _("Everyone's work"), [Option(_MINE, _("My work"))])
        self.whose.setVisible(bool(self._mine))
        if not self._mine:
            self.whose.set_key(_ALL)
        used = {line.criterion for line in self._lines}
        _offer(
            self.criterion,
            _("All criteria"),
            [Option(one.code, f"{one.code}. {one.short_name}") for one in criteria if one.code in used],
        )
        subjects = {line.subject for line in self._lines}
        _offer(
            self.subject,
            _("All kinds"),
            [Option(one, subject_words(one)) for one in Subject if one in subjects],
        )

    def _fill(self) -> None:
        narrowed = [line for line in self._lines if self._fits(line)]
        counts = {group: sum(1 for line in narrowed if line.group is group) for group in Group}
        for key, words in (
            (_ALL, _("All {count}").format(count=len(narrowed))),
            (Group.BLOCKING, _("Hinder signing {count}").format(count=counts[Group.BLOCKING])),
            (Group.SOFT, _("To look at {count}").format(count=counts[Group.SOFT])),
            (Group.KEPT, _("Kept {count}").format(count=counts[Group.KEPT])),
        ):
            self.filters.set_words(key, words)
        chosen = self.filters.key()
        shown = [line for line in narrowed if chosen in {_ALL, line.group}]
        self.list.show_lines(shown, self._nothing())

    def _fits(self, line: Line) -> bool:
        return (
            self.criterion.key() in {_ALL, line.criterion}
            and (self.whose.key() != _MINE or line.criterion in self._mine)
            and self.subject.key() in {_ALL, line.subject}
            and line.has(self.text.text())
        )

    def _nothing(self) -> str:
        if self.session.desk.dossier is None:
            return _("Make a dossier first.")
        if self._lines:
            return _("No problem fits what was chosen above.")
        return _("Nothing was found that hinders signing or needs another look.")

    # ------------------------------------------------------------ doing

    def _keep(self, finding: Finding, reason: str) -> None:
        self.session.publish(keep.keep(self.session.desk, finding, reason))

    def _reopen(self, finding: Finding) -> None:
        self.session.publish(keep.reopen(self.session.desk, finding))

    @override
    def next_problem(self, step: int) -> bool:
        """Go to the place of the row with the focus; without one the entry goes to the first problem."""
        finding = self.list.focused()
        if finding is None or finding.kept is not None:
            return False
        self.session.go_to_finding.emit(finding)
        return True

    @override
    def fit(self, room: Room) -> None:
        self.compare.setVisible(room.breadth >= Breadth.NARROW)
        margin = room.page_margin
        self._column.setContentsMargins(margin, 14, max(6, margin - 6), 0)
        stacked = room.breadth < Breadth.NARROW
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(direction)

    @override
    def regions(self) -> list[QWidget]:
        return [self.filters, self.text, self.list]


def _offer(picker: Select, everything: str, options: Sequence[Option]) -> None:
    key = picker.key()
    picker.set_options([Option(_ALL, everything), *options])
    picker.set_key(key if any(one.key == key for one in options) else _ALL)
