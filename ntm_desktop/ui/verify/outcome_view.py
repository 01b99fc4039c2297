"""What was found in a file: the sentence, the cards, the files at the right or below."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import wording
from ntm_desktop.operations.verify import Verification
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.verify.cards import DifferencesCard, RecomputedCard, SignersCard
from ntm_desktop.ui.verify.file_panel import FilePanel
from ntm_desktop.ui.verify.jobs import Verified
from ntm_desktop.ui.verify.report_words import (
    Head,
    bound_line,
    bound_words,
    changed_files,
    differences,
    file_groups,
    head_of,
    self_declared_line,
    signers_of,
    tallies,
    unchecked_line,
)

_BESIDE = 1200
_PANEL = 384
_WIDEST = 1000
_SIGN = 36
_SIGNS = {
    Verification.VALID: ("shieldok", Ink.MET),
    Verification.UNKNOWN: ("und", Ink.UND),
    Verification.INVALID: ("not_met", Ink.NOT_MET),
}


class OutcomeView(QWidget):
    """Show one verification."""

    certificate_asked = Signal(object)
    anchor_asked = Signal()
    letter_asked = Signal()
    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, found: Verified) -> None:
        super().__init__()
        self._found = found
        report = found.report
        self.head = head_of(report, found.at)
        self.cards = CardColumn(widest=_WIDEST, spacing=14)
        self.cards.set_margins(28, 16, 20, 8)
        self.cards.add(_head(self.head))
        for card in self._cards():
            self.cards.add(card)
        self.panel = FilePanel(file_groups(report), report.files_total, report.files_ok)
        self.panel.save.setVisible(not report.is_paper)
        self.panel.save_asked.connect(self.save_asked)
        self._edge = _Edge(self.panel)
        self.print = Button(_("Save the result as PDF\u2026"), icon="print")
        self.print.setToolTip("Ctrl+P")
        self.print.clicked.connect(self.print_asked)
        foot = QHBoxLayout()
        foot.setContentsMargins(28, 8, 20, 14)
        foot.setSpacing(8)
        foot.addWidget(Icon("info"))
        foot.addWidget(Words(bound_words(), TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP), 1)
        foot.addWidget(self.print)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.cards, 1)
        middle.addLayout(foot)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addLayout(middle, 1)
        self._row.addWidget(self._edge)

    def _cards(self) -> Iterator[QWidget]:
        report = self._found.report
        outcome = report.verification
        fact, rest = self.head.advice
        if fact:
            kind = BannerKind.PROBLEM if outcome is Verification.INVALID else BannerKind.WARNING
            action = _("Write a letter\u2026") if outcome is Verification.INVALID else ""
            banner = Banner(kind, fact, rest, action=action)
            banner.pressed.connect(self.letter_asked)
            yield banner
        if outcome is Verification.INVALID:
            yield from self._differing()
        signers = SignersCard(signers_of(report), bound_line(report))
        signers.certificate_asked.connect(self.certificate_asked)
        signers.anchor_asked.connect(self.anchor_asked)
        yield signers
        found = tallies(report)
        if found:
            yield self._recomputed()

    def _differing(self) -> Iterator[QWidget]:
        report = self._found.report
        names = {
            group_line.title
            for group in file_groups(report)
            for group_line in group.lines
            if not group_line.ok
        }
        files = [(name, _("not as signed")) for name in sorted(names)]
        found = differences(report)
        if files or found:
            yield DifferencesCard(files, found)
        told = set(changed_files(report)) | {one.code for one in found}
        others = [one for one in report.reasons if one.about not in told]
        if others:
            card = TitledCard(_("What was found"))
            for reason in others[:20]:
                row = ListRow(wording.ground_sentence(reason.ground.value, reason.about))
                row.set_icon("info")
                card.body.addWidget(row)
            yield card

    def _recomputed(self) -> RecomputedCard:
        report = self._found.report
        pack = report.pack
        with_what = ""
        if pack is not None and report.replay.set is not None:
            with_what = _("with the pack inside the file: {title} version {version}").format(
                title=report.replay.set.short_title, version=pack.version
            )
            who = pack.publisher or _("nobody known here")
            with_what = _("{pack}, published by {who}").format(pack=with_what, who=who)
        notes = [line for line in (unchecked_line(report), self_declared_line(report)) if line]
        return RecomputedCard(tallies(report), report.replay.indicators, with_what, notes)

    def fit(self, width: int) -> None:
        """Put the files beside the cards, or below them where there is no room."""
        beside = width >= _BESIDE
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._edge.fit(beside=beside)

    def take_focus(self) -> None:
        """Let the keyboard begin at the first thing that can be done."""
        self.print.setFocus(Qt.FocusReason.OtherFocusReason)


class _Edge(QWidget):
    """The ground of the files; folded to one line where they stand below."""

    def __init__(self, panel: FilePanel) -> None:
        super().__init__()
        self._panel = panel
        self._beside = True
        self.fold = Button(_("Show the files"), icon="list")
        self.fold.clicked.connect(self._unfold)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 0, 0)
        column.setSpacing(0)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(28, 8, 20, 8)
        row.addWidget(self.fold)
        row.addWidget(Words(panel.count.text(), TextRole.SMALL, Ink.TEXT2), 1)
        column.addWidget(self._line)
        column.addWidget(panel, 1)

    def fit(self, *, beside: bool) -> None:
        """Stand at the right with a fixed width, or fold below the cards."""
        self._beside = beside
        if beside:
            self.setFixedWidth(_PANEL)
            self._line.hide()
            self._panel.show()
            return
        self.setMinimumWidth(0)
        self.setMaximumWidth(16_777_215)
        self._line.show()
        self._panel.hide()

    def _unfold(self) -> None:
        shown = self._panel.isHidden()
        self._panel.setVisible(shown)
        self.fold.set_words(_("Hide the files") if shown else _("Show the files"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        edge = (0, 0, 1, self.height()) if self._beside else (0, 0, self.width(), 1)
        painter.fillRect(*edge, colour(Ink.LINE))


def _head(head: Head) -> QWidget:
    icon, ink = _SIGNS[head.verification]
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Words(head.sentence, TextRole.VERDICT, fit=Fit.WRAP))
    words.addWidget(Words(head.under, ink=Ink.TEXT2, fit=Fit.WRAP))
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(4, 0, 0, 2)
    row.setSpacing(20)
    row.addWidget(Icon(icon, ink, _SIGN, name=head.sentence))
    row.addLayout(words, 1)
    return widget
