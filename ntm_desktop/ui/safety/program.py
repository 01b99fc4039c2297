"""The program itself on the page about safety: which version runs, a newer one from a stick, the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import Signal

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import program_updates
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.packs import copy_before
from ntm_desktop.operations.program_updates import Offer, OfferKind, ProgramPublisherUnknown, Standing
from ntm_desktop.operations.program_words import failed_sentence, offer_sentence, standing_sentences
from ntm_desktop.operations.publishers import Pace, told
from ntm_desktop.ui.ask import FileKinds, Question
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, TextRole
from ntm_desktop.ui.packs.taking import in_groups
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.safety.cards import clear
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Result = TypeVar("Result")


class Start(Protocol):
    """Starts the one work that may run on the page."""

    def __call__(self, title: str, job: Callable[[Watch], Result], done: Callable[[Result], None]) -> None:
        """Run the job beside the window and hand over what it returns."""


Tell = Callable[[BannerKind, str, str], None]


class ProgramCard(TitledCard):
    """Which versions of the program are here."""

    update_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Program"))
        self.body.setSpacing(4)
        self.back = Button("", ButtonKind.LINK, height=CONTROL_SMALL)
        self.back.clicked.connect(self.back_asked)
        self.update_from = Button(_("Update from a USB\u2026"), ButtonKind.LINK, height=CONTROL_SMALL)
        self.update_from.clicked.connect(self.update_asked)
        self.head.addWidget(self.back)
        self.head.addWidget(self.update_from)

    def show_standing(self, standing: Standing) -> None:
        """Show what is here; without a setup there is nothing to press."""
        clear(self)
        self.update_from.setVisible(bool(standing.installed))
        self.back.setVisible(bool(standing.back))
        self.back.set_words(_("Back to version {version}").format(version=standing.back))
        first, *others = standing_sentences(standing)
        self.body.addWidget(Words(first, fit=Fit.WRAP))
        for sentence in others:
            self.body.addWidget(Words(sentence, TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP))
        if standing.failed:
            self.body.addWidget(Banner(BannerKind.WARNING, failed_sentence(standing)))


class ProgramWork:
    """What the buttons of the card do, each step as a work of the page."""

    def __init__(self, session: Session, parent: QWidget, start: Start, tell: Tell) -> None:
        self._session = session
        self._parent = parent
        self._start = start
        self._tell = tell
        self._source = Path()
        self._confirmed = ""

    def update(self) -> None:
        """Look at the file of a publisher that the officer chooses."""
        kinds = FileKinds(
            title=_("Which file holds the new version?"), words=_("One-file bundles"), patterns=("*.zip",)
        )
        source = self._session.ask.open_file(self._parent, kinds)
        if source is not None:
            self._source, self._confirmed = source, ""
            self._look()

    def _look(self) -> None:
        source, confirmed = self._source, self._confirmed

        def job(watch: Watch) -> Offer | ProgramPublisherUnknown:
            try:
                return program_updates.look(source, confirmed=confirmed, pace=_pace(watch))
            except ProgramPublisherUnknown as unknown:
                return unknown

        self._start(_("Reading {name}").format(name=source.name), job, self._looked)

    def _looked(self, found: Offer | ProgramPublisherUnknown) -> None:
        if isinstance(found, ProgramPublisherUnknown):
            if self._session.ask.confirm(self._parent, _stranger(found)):
                self._confirmed = found.fingerprint
                self._look()
            return
        if found.kind is not OfferKind.NEWER:
            self._tell(BannerKind.INFO, offer_sentence(found), "")
        elif self._session.ask.confirm(self._parent, _question(found)):
            self._take()

    def _take(self) -> None:
        workspace, source, confirmed = self._session.desk.workspace, self._source, self._confirmed

        def job(watch: Watch) -> Standing:
            if not workspace.read_only:
                copy_before(workspace, "before-program")
            return program_updates.apply(source, confirmed=confirmed, pace=_pace(watch))

        self._start(_("Taking the new version in"), job, self._taken)

    def _taken(self, standing: Standing) -> None:
        fact = _("Version {version} is here and was read back.").format(version=standing.next)
        self._tell(
            BannerKind.DONE, fact, _("It runs from the next start; close the program and open it again.")
        )

    def roll_back(self) -> None:
        """Let the next start run the version before."""
        self._start(_("Going back"), _roll_back, self._went_back)

    def _went_back(self, standing: Standing) -> None:
        fact = _("The next start runs version {version}.").format(version=standing.next)
        self._tell(BannerKind.DONE, fact, _("Close the program and open it again."))


def _roll_back(_watch: Watch) -> Standing:
    return program_updates.roll_back()


def _pace(watch: Watch) -> Pace:
    return Pace(lambda read: watch.reach(read, 0), watch.is_cancelled)


def _question(offer: Offer) -> Question:
    warnings = [told(warning) for warning in offer.warnings]
    kept = _(
        "A copy of the workspace is taken first. The version that runs now is kept: going back takes one press."
    )
    return Question(
        title=_("Update the program to version {version}?").format(version=offer.version),
        text="\n".join((offer_sentence(offer), *warnings, kept)),
        action=_("Take the version in"),
        back=_("Do not take it in"),
    )


def _stranger(unknown: ProgramPublisherUnknown) -> Question:
    return Question(
        title=_("Programs of this publisher were never run here"),
        text=_(
            "It calls itself {name}; that proves nothing, and believing its criterion packs is not enough. "
            "Its fingerprint:\n{fingerprint}\n"
            "Compare it with the official letter of whoever gave you this program, or by telephone. "
            "A wrong answer lets somebody else's program run on this computer."
        ).format(name=unknown.name, fingerprint=in_groups(unknown.fingerprint)),
        action=_("The fingerprint is the same"),
        back=_("Do not take it in"),
    )
