"""The dossier beside the table: what the check found, remarks, and the slip; only the remarks scroll."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.shown import shown
from ntm_desktop.criteria.verdicts import Evaluation
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.review_desk import Flag
from ntm_desktop.operations.review_remarks import Demand, Difference, Kept, Opened, RemarkState
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.wording import verdict_word
from ntm_desktop.ui.appraisal.remark_row import RemarkRow
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.choice import Option, Select
from ntm_desktop.ui.parts.inputs import TextInput
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words

_SIDE = 16


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the panel says of a dossier."""

    opened: Opened
    flags: tuple[Flag, ...]
    remarks: tuple[Kept, ...]
    own: Evaluation
    """With the reviewer's own values."""
    changed: Difference | None


def flag_words(flag: Flag) -> str:
    """Return what is to be looked at, in one sentence."""
    return {
        Flag.SIGNER_UNKNOWN: _("Nobody here knows who signed it"),
        Flag.UNSIGNED: _("It is not signed"),
        Flag.PUBLISHER_UNKNOWN: _("Nobody here knows who published its criterion pack"),
        Flag.NOT_CONCLUDED: _("Something about the file cannot be concluded here"),
        Flag.LATE: _("It came after the last day"),
        Flag.FOREIGN: _("The commune is not in the list of the province"),
        Flag.OLD_SET: _("It was made with an older version of the set"),
        Flag.PREDECESSOR_MISSING: _("The revision it corrects never came in"),
        Flag.RIVAL: _("The commune sent another dossier for this set and year"),
    }[flag]


class _Fact(QWidget):
    """One thing the check found."""

    def __init__(self, icon: str, ink: Ink, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Icon(icon, ink, 14))
        row.addWidget(Words(words, fit=Fit.WRAP), 1)


class DossierPanel(QWidget):
    """One dossier that came in."""

    settled = Signal(int)
    written = Signal(int, str)
    added = Signal(str, str, str)
    """Carries code, demand and text of a new remark."""
    look_asked = Signal()
    preview_asked = Signal()
    return_asked = Signal()
    token_asked = Signal()
    accept_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Words("", TextRole.CARD_TITLE)
        self._which = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE)
        self._look = Button(_("See everything"), ButtonKind.LINK, height=CONTROL_SMALL)
        self._look.clicked.connect(self.look_asked)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._which, 1)
        head.addWidget(self._look)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(_SIDE, 10, _SIDE, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addLayout(self._facts)
        self._count = Words("", TextRole.STRONG)
        self.remarks = CardColumn(spacing=0)
        self.where = Select(_("Where the new remark stands"))
        self.demand = Select(_("What the new remark asks"))
        self.demand.set_options(
            [Option(Demand.CORRECT, _("Must be corrected")), Option(Demand.ASK, _("To be answered"))]
        )
        self.demand.set_key(Demand.CORRECT)
        self.text = TextInput(_("New remark"))
        self.text.set_placeholder(_("New remark: write it, then press Enter"))
        self.text.hide_below()
        self.text.advanced.connect(self._add)
        self._lay_out(top)
        self.show_dossier(None)

    def _lay_out(self, top: QVBoxLayout) -> None:
        new = QVBoxLayout()
        new.setContentsMargins(_SIDE, 8, _SIDE, 8)
        new.setSpacing(6)
        pickers = QHBoxLayout()
        pickers.setSpacing(8)
        pickers.addWidget(self.where, 1)
        pickers.addWidget(self.demand)
        new.addLayout(pickers)
        new.addWidget(self.text)
        self._new = QWidget()
        self._new.setLayout(new)
        self._foot = self._make_foot()
        counted = QHBoxLayout()
        counted.setContentsMargins(_SIDE, 6, _SIDE, 6)
        counted.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(counted)
        column.addWidget(self.remarks, 1)
        column.addWidget(self._new)
        column.addWidget(self._foot)

    def _make_foot(self) -> QWidget:
        self.slip_words = Words("", fit=Fit.WRAP)
        preview = Button(_("On-site sheet\u2026"), icon="print")
        preview.clicked.connect(self.preview_asked)
        self.accept = Button(_("Propose"))
        self.accept.clicked.connect(self.accept_asked)
        self.give_back = Button(_("Sign and return\u2026"), ButtonKind.PRIMARY)
        self.give_back.clicked.connect(self.return_asked)
        self.by_token = Button(_("Sign with a USB token\u2026"), ButtonKind.LINK)
        self.by_token.clicked.connect(self.token_asked)
        about = QHBoxLayout()
        about.setSpacing(8)
        about.addWidget(self.slip_words, 1)
        about.addWidget(self.by_token)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(preview)
        buttons.addStretch(1)
        buttons.addWidget(self.accept)
        buttons.addWidget(self.give_back)
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE, 10, _SIDE, 12)
        foot.setSpacing(8)
        foot.addLayout(about)
        foot.addLayout(buttons)
        whole = QWidget()
        whole.setLayout(foot)
        return whole

    def show_dossier(self, shown_now: Shown | None) -> None:
        """Show a dossier; without one say what to do."""
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.remarks.clear()
        for part in (self._look, self._count, self._new, self._foot):
            part.setVisible(shown_now is not None)
        if shown_now is None:
            self._title.set_text("")
            self._which.set_text(_("Choose a commune to see its dossier."))
            return
        one = shown_now.opened.incoming
        self._title.set_text(one.commune_name)
        self._which.set_text(
            _("{code} \u00b7 {set}, year {year}").format(code=one.commune, set=one.set_title, year=one.year)
        )
        for fact in _facts(shown_now):
            self._facts.addWidget(fact)
        self._show_remarks(shown_now)
        self._offer(shown_now)

    def _show_remarks(self, shown_now: Shown) -> None:
        self._count.set_text(_("Remarks {count}").format(count=len(shown_now.remarks)))
        for kept in sorted(shown_now.remarks, key=lambda kept: kept.state is RemarkState.SETTLED):
            row = RemarkRow(
                kept, _name(shown_now.opened, kept.remark.requirement), says_there(shown_now, kept)
            )
            row.settled.connect(self.settled)
            row.written.connect(self.written)
            self.remarks.add(row)
        left = [kept.remark for kept in shown_now.remarks if kept.state is not RemarkState.SETTLED]
        correct = sum(1 for one in left if one.demand is Demand.CORRECT)
        words = _("Return slip: {correct} to correct, {ask} to answer.").format(
            correct=correct, ask=len(left) - correct
        )
        self.slip_words.set_text(words if left else _("No remark is open: the dossier can be proposed."))
        self.give_back.set_reason(None if left else _("Write a remark first."))
        self.by_token.setVisible(bool(left))

    def _offer(self, shown_now: Shown) -> None:
        criterion_set = shown_now.opened.set
        if criterion_set is None:
            self.where.set_options([Option(code, code) for code in sorted(shown_now.opened.codes)])
            return
        options: list[Option] = []
        for indicator in criterion_set.indicators():
            options.append(Option(indicator.code, f"{indicator.code}  {indicator.short_name}"))
            if len(indicator.requirements) > 1:
                options += [
                    Option(one.code, f"    {one.code}  {one.label}") for one in indicator.requirements
                ]
        key = self.where.key()
        self.where.set_options(options)
        self.where.set_key(key if any(one.key == key for one in options) else options[0].key)

    def point_at(self, criterion: str) -> None:
        """Let the new remark stand at the first indicator of a criterion."""
        for place in range(self.where.count()):
            code = str(self.where.itemData(place))
            if code == criterion or code.startswith(f"{criterion}."):
                self.where.set_key(code)
                return

    def _add(self) -> None:
        text = self.text.text().strip()
        if text and self.where.key():
            self.text.replace_text("")
            self.added.emit(self.where.key(), self.demand.key(), text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, 0, 1, self.height(), colour(Ink.LINE))
        for part in (self._new, self._foot):
            if part.isVisible():
                painter.fillRect(0, part.y(), self.width(), part.height(), colour(Ink.SUNKEN))
                painter.fillRect(0, part.y(), self.width(), 1, colour(Ink.LINE))


def _facts(shown_now: Shown) -> list[QWidget]:
    report = shown_now.opened.report
    signed = _("Signed by {signer}, the certificate is known")
    found: list[QWidget] = [
        _Fact("met", Ink.MET, signed.format(signer=one.signer))
        for one in report.signatures
        if one.intact and one.trusted
    ]
    files = ngettext("{count} file as it was signed", "{count} files as they were signed", report.files_ok)
    words = _("{files} \u00b7 {size}").format(
        files=files.format(count=report.files_ok), size=size_words(report.size)
    )
    found.append(_Fact("met", Ink.MET, words))
    if report.replay.agrees:
        again = _("{count} indicators recomputed: as in the dossier").format(count=report.replay.indicators)
        found.append(_Fact("met", Ink.MET, again))
    found += [_Fact("warn", Ink.UND, flag_words(flag)) for flag in shown_now.flags]
    if shown_now.changed is not None:
        found.append(_Fact("info", Ink.ACCENT, changed_words(shown_now.changed)))
    return found


def changed_words(changed: Difference) -> str:
    """Return what changed since the revision before, in one sentence."""
    if changed.is_empty:
        return _("Nothing changed since the revision before")
    return _(
        "Changed since then: {figures} figures, {verdicts} indicators, {files} files of evidence"
    ).format(
        figures=len(changed.figures),
        verdicts=sum(1 for one in changed.flips if one.level == "indicator"),
        files=len(changed.added) + len(changed.removed),
    )


def _name(opened: Opened, code: str) -> str:
    if opened.set is None:
        return ""
    names = {indicator.code: str(indicator.short_name) for indicator in opened.set.indicators()}
    names |= {one.code: str(one.label) for one in opened.set.requirements() if one.code not in names}
    return names.get(code, "")


def says_there(shown_now: Shown, kept: Kept) -> str:
    """Return what the dossier says at a remark, and what the reviewer's own values make of it."""
    opened, code = shown_now.opened, kept.remark.requirement
    result = opened.evaluation.requirements.get(code)
    if result is None or opened.set is None:
        return ""
    requirement = next(one for one in opened.set.requirements() if one.code == code)
    verdict = verdict_word(result.verdict)
    value = shown(requirement, result)
    words = (
        _("The commune says {value} \u00b7 {verdict}").format(value=value, verdict=verdict)
        if value
        else verdict
    )
    own = shown_now.own.requirements[code]
    if own is result or (own.value, own.verdict) == (result.value, result.verdict):
        return words
    beside = _("with the reviewer's values {value} \u00b7 {verdict}").format(
        value=shown(requirement, own), verdict=verdict_word(own.verdict)
    )
    return _("{commune}; {reviewer}").format(commune=words, reviewer=beside)
