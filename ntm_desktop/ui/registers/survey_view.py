"""The survey of satisfaction: tallies typed hamlet by hamlet, the rates beside them, slips and results as PDF."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ntm_desktop.criteria.language.nodes import HAMLETS
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import survey
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.survey import Content, Outcome
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.entry.sheet import Sheet
from ntm_desktop.ui.entry.table_model import TableModel
from ntm_desktop.ui.look.tokens import TABLE_HEADER, TABLE_ROW, State
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.chip import StateWord
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.scroll import scrolled
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.registers.feeds import Feeds
from ntm_desktop.ui.session import Session

_NAMES = 160
_LEAST_COLUMN = 108
_COLUMNS = 3
_LEAST_ROWS = 4


class SurveyView(QWidget):
    """Type the tallies, see what they come to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.sheet: Sheet | None = None
        self.forms = Words("", fit=Fit.WRAP)
        self.doubts = StateWord(State.NOT_MET, "")
        self.slips = Button(_("Slips to print\u2026"), icon="print")
        self.results = Button(_("Results for the notice board\u2026"), icon="pages")
        self.told = Banner(BannerKind.INFO, "", dismissable=True)
        self.told.hide()
        self.feeds = Feeds(session)
        self._rates: list[Words] = []
        self._rates_grid = QGridLayout()
        self._card = Card(padded=False)
        self._card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._rates_card = Card()
        self._rates_card.body.addLayout(self._rates_grid)
        self.nothing = EmptyState(
            "table",
            _("No dossier is chosen."),
            _(
                "A survey belongs to the year of a dossier. Choose one at the top, or add one in the overview."
            ),
        )
        self._lay_out()
        self.slips.clicked.connect(self.write_slips)
        self.results.clicked.connect(self.write_results)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.forms, 1)
        head.addWidget(self.doubts)
        head.addWidget(self.slips)
        head.addWidget(self.results)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        scroll = scrolled(page, sideways=True)  # a small window scrolls the page; a large one only the rows
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.feeds)
        column.addWidget(self._card, 1)
        column.addWidget(self._rates_card)
        column.addWidget(self.nothing, 1)

    # ------------------------------------------------------------ showing

    def show_all(self) -> None:
        """Show the tallies of the chosen dossier's year afresh."""
        desk = self.session.desk
        chosen = desk.dossier is not None
        for widget in (self._card, self._rates_card, self.slips, self.results):
            widget.setVisible(chosen)
        self.nothing.setVisible(not chosen)
        if not chosen:
            self.feeds.hide()
            self.forms.set_text("")
            self.doubts.hide()
            return
        if self.sheet is None:
            self.sheet = self._make_sheet()
            self._card.body.addWidget(self.sheet)
        else:
            self.sheet.table.show_table(survey.table(desk))
        self.show_outcome()

    def _make_sheet(self) -> Sheet:
        model = TableModel(self.session, survey.table(self.session.desk), self)
        sheet = Sheet(model, _("Tallies by {label}").format(label=self.session.desk.commune.hamlet_label))
        across, down = sheet.horizontalHeader(), sheet.verticalHeader()
        across.setFixedHeight(TABLE_HEADER)
        across.setMinimumSectionSize(_LEAST_COLUMN)
        down.setFixedWidth(_NAMES)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sheet.setMinimumHeight(TABLE_HEADER + _LEAST_ROWS * TABLE_ROW)
        return sheet

    def show_change(self, change: Change) -> None:
        """Repaint what the change names."""
        if change.structure or self.sheet is None:
            self.show_all()
            return
        self.sheet.table.show_figures(change.facts)
        if change.facts:
            self.show_outcome()

    def show_outcome(self) -> None:
        """Show what the tallies come to."""
        found = survey.outcome(self.session.desk)
        self.forms.set_text(forms_words(found, self.session.desk.commune.hamlet_label))
        self.doubts.setVisible(bool(found.doubts))
        if found.doubts:
            self.doubts.set_state(State.NOT_MET, doubt_words(*found.doubts[0]))
        self.feeds.show_register(HAMLETS)
        contents = (*found.contents, found.overall)
        while len(self._rates) < len(contents):
            words = Words("", fit=Fit.ELIDE)
            place = len(self._rates)
            self._rates_grid.addWidget(words, place // _COLUMNS, place % _COLUMNS)
            self._rates.append(words)
        for number, (words, content) in enumerate(zip(self._rates, contents, strict=True), 1):
            words.set_text(rate_words(content, number if number < len(contents) else 0))

    def focus(self) -> None:
        """Put the focus into the table."""
        if self.sheet is not None:
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ paper

    def write_slips(self) -> None:
        """Ask where to, and write a page of slips for each hamlet."""
        target = self.session.ask.save_as(
            self, _kinds(_("Where should the slips be written?"), "phieu-lay-y-kien")
        )
        if target is not None:
            pages = survey.write_slip_sheets(self.session.desk, target)
            self._tell(_("Written: {file}.").format(file=target.name), pages)

    def write_results(self) -> None:
        """Ask where to, and write the results for the notice board."""
        kinds = _kinds(_("Where should the results be written?"), "ket-qua-lay-y-kien")
        target = self.session.ask.save_as(self, kinds)
        if target is not None:
            pages = survey.write_results_sheet(self.session.desk, target)
            self._tell(_("Written: {file}.").format(file=target.name), pages)

    def _tell(self, fact: str, pages: int) -> None:
        self.told.say(fact, _("{count} pages of A4.").format(count=pages))
        self.told.show()


def _kinds(title: str, name: str) -> FileKinds:
    return FileKinds(title=title, words="PDF", patterns=("*.pdf",), suggested=f"{name}.pdf")


def forms_words(found: Outcome, label: str) -> str:
    """Return how many forms went out and came back, how many households that is, and who is missing."""
    said = [
        _("{sent} slips handed out, {valid} valid.").format(
            sent=grouped(found.sent), valid=grouped(found.valid)
        )
    ]
    if found.coverage is not None:
        share = percent(found.coverage)
        said.append(
            _("{share} of {count} households.").format(share=share, count=grouped(found.households or 0))
        )
    asked = survey.asked_words(found, label)
    if asked:
        said.append(asked)
    elif found.untallied:
        names = survey.some_names(found.untallied)
        said.append(_("No tally yet by {label}: {names}.").format(label=label, names=names))
    return " ".join(said)


def doubt_words(hamlet: str, code: str) -> str:
    """Return the sentence for a tally that cannot be."""
    return {
        "more_satisfied_than_valid": _("{hamlet}: more satisfied than valid slips"),
        "more_valid_than_sent": _("{hamlet}: more valid slips than handed out"),
        "more_sent_than_households": _("{hamlet}: more slips than households"),
    }[code].format(hamlet=hamlet)


def rate_words(content: Content, number: int) -> str:
    """Return a content with its rate; `number` is zero for the one on the whole."""
    rate = content.rate
    figure = _("none yet") if rate is None else f"{percent(rate)} ({content.satisfied}/{content.valid})"
    return (
        f"{number}. {survey.first_words(content.text)}: {figure}" if number else f"{content.text}: {figure}"
    )


def grouped(number: int) -> str:
    """Return a number as it is typed: `1.506`."""
    return f"{number:,}".replace(",", ".")


def percent(share: Fraction) -> str:
    """Return a share with two decimals, cut off and never rounded up."""
    whole, rest = divmod(int(share * 10_000), 100)
    return f"{whole},{rest:02d} %" if rest else f"{whole} %"
