"""What the officer does with papers that another program signs: give out, take back, confirm, begin anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import outside
from ntm_desktop.operations.outside import OutsideStep, Standing, Typed
from ntm_desktop.operations.work import read_day
from ntm_desktop.ui.ask import FileKinds, Question
from ntm_desktop.ui.sealing.jobs import GiveOutJob, TakeBackJob
from ntm_desktop.ui.sealing.outside_card import OutsideCard
from ntm_desktop.ui.sealing.wizard import Draft
from ntm_desktop.ui.sealing.work import Kind, Work
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class OutsideWay(QObject):
    """Ask, start the work, and fill the card; what came of a work is told by `Work`."""

    moved = Signal()
    """Something is to be shown afresh."""

    def __init__(self, session: Session, work: Work, card: OutsideCard, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._work = work
        self._card = card
        self._page = page

    def show_card(self, draft: Draft) -> None:
        """Show how the papers stand now, and note it in the draft."""
        if draft.outside is None:
            return
        desk = self._session.desk
        draft.outside = outside.next_step(desk)
        standing: tuple[Standing, ...] = ()
        if draft.outside is not OutsideStep.GIVE_OUT:
            standing = outside.standing(desk)
        self._card.show_step(
            draft.outside, outside.papers_to_number(desk), standing, busy=self._work.kind is not None
        )

    def give_out(self, draft: Draft) -> None:
        """Ask for a folder and write the papers there, or the index of files once they are back.

        Raises what `outside.plan_giving_out` raises.
        """
        dated = read_day(self._card.dated.text())
        if dated is not None and not isinstance(dated, date):
            self._card.dated.set_problem(_("Type the day as dd/mm/yyyy."))
            self._card.dated.focus()
            return
        self._card.dated.set_problem(None)
        kinds = FileKinds(title=_("Into which folder are the papers to be given out?"))
        folder = None if self._work.kind is not None else self._session.ask.folder(self._page, kinds)
        if folder is not None:
            typed = Typed(self._card.numbers(), dated)
            planned = outside.plan_giving_out(self._session.desk, folder, draft.signatory(), typed)
            self._work.start(Kind.GIVE_OUT, planned.snapshot.dossier, GiveOutJob(planned).run)
            self.moved.emit()

    def take_back(self) -> None:
        """Ask for the signed files and judge them. Raises NothingGivenOut."""
        kinds = FileKinds(title=_("Choose the signed papers"), words=_("PDF documents"), patterns=("*.pdf",))
        files = () if self._work.kind is not None else self._session.ask.open_files(self._page, kinds)
        if files:
            planned = outside.plan_taking_back(self._session.desk)
            dossier = self._session.desk.dossier
            self._work.start(
                Kind.TAKE_BACK, "" if dossier is None else dossier.id, TakeBackJob(planned, files).run
            )
            self.moved.emit()

    def confirm(self, name: str, reason: str) -> None:
        """Let a paper count that cannot be proven. Raises what `outside.confirm` raises."""
        outside.confirm(self._session.desk, name, reason)
        self.moved.emit()

    def begin_anew(self) -> None:
        """Forget what was given out, after asking."""
        question = Question(
            title=_("Give the papers out once more?"),
            text=_(
                "What came back signed is put away here; the signed files themselves stay where they are. Figures and "
                "evidence do not change."
            ),
            action=_("Begin anew"),
        )
        if self._work.kind is None and self._session.ask.confirm(self._page, question):
            outside.forget(self._session.desk)
            self.moved.emit()
