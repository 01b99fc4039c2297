"""What the officer does on the way of a dossier to its file: the questions asked, the jobs run, what came of them.

It keeps a draft per dossier as long as the window lives. Nothing here shows anything: `moved` asks the page to.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTemporaryDir, Signal

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import outside, papers, seal, tokens, wording
from ntm_desktop.operations.outside import OutsideStep, SignedElsewhere
from ntm_desktop.operations.seal import Built, PaperSigner, Role, SigningKey, WrongPassword
from ntm_desktop.operations.tokens import NoToken, WrongPin
from ntm_desktop.operations.verify import VerificationReport
from ntm_desktop.ui.ask import FileKinds, SecretPrompt
from ntm_desktop.ui.sealing import outcome
from ntm_desktop.ui.sealing.jobs import (
    FindTokenJob,
    FoundToken,
    Previewed,
    PreviewJob,
    SealJob,
    TokenJob,
    UnlockJob,
    VerifyJob,
)
from ntm_desktop.ui.sealing.outcome import Checked
from ntm_desktop.ui.sealing.wizard import Draft
from ntm_desktop.ui.sealing.work import Ended, Kind, Work
from ntm_desktop.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_KEY_FILES = ("*.p12", "*.pfx")
_DRIVERS = ("*.dll", "*.so", "*.dylib")
_SUFFIX = ".asice"


class Journey(QObject):
    """Hold the drafts and the one work that runs."""

    moved = Signal()
    """Something is to be shown afresh."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._drafts: dict[str, Draft] = {}
        self._folder: QTemporaryDir | None = None
        self._previews = 0
        self._key_path = self._driver = Path()
        self._token: FoundToken | None = None
        self._role = Role.PERSON
        """Whose key is being opened."""
        self.checked: dict[str, Checked] = {}
        """What reading a sealed file again found, by dossier."""
        self.unreadable: set[str] = set()
        """Dossiers whose file could not be opened."""
        self.parts: dict[str, tuple[Path, ...]] = {}
        """The parts that were written of a sealed file, by dossier."""
        self.stopped: set[str] = set()
        """Dossiers whose last work was stopped."""
        self.work = Work(session.tasks, self)
        self.work.ended.connect(self._ended)

    @property
    def dossier(self) -> str:
        """The id of the chosen dossier; empty when none is chosen."""
        dossier = self._session.desk.dossier
        return dossier.id if dossier is not None else ""

    def draft(self) -> Draft:
        """Return what was chosen for the chosen dossier so far."""
        if self.dossier not in self._drafts:
            place = self._session.desk.commune.name
            draft = Draft(title=_("CHAIRPERSON OF THE COMMUNE"), place=place)
            step = outside.next_step(self._session.desk)
            if step is not OutsideStep.GIVE_OUT:  # papers are out since another day
                draft.choose_outside(step)
            self._drafts[self.dossier] = draft
        return self._drafts[self.dossier]

    def is_busy(self, *kinds: Kind) -> bool:
        """Say whether a work of one of these kinds runs for the chosen dossier."""
        return self.work.is_busy(self.dossier, *kinds)

    def papers_stand(self) -> bool:
        """Say whether the papers that were written are those of the figures and of the signatory as they are now."""
        draft = self.draft()
        return bool(draft.papers) and draft.papers_of == (
            self._session.desk.workspace.head,
            draft.signatory(),
        )

    # ------------------------------------------------------------ papers

    def write_papers(self) -> None:
        """Write the papers to look at; nothing happens while another work runs."""
        if self.work.kind is not None:
            return
        desk, draft = self._session.desk, self.draft()
        prepared = papers.freeze_to_look_at(desk, draft.signatory())
        draft.papers, draft.papers_of = (), (prepared.head, draft.signatory())
        self.stopped.discard(self.dossier)
        self.work.start(
            Kind.PREVIEW, self.dossier, PreviewJob(desk.workspace, prepared, self._fresh_folder()).run
        )
        self.moved.emit()

    def _fresh_folder(self) -> Path:
        """Return a folder no program has a file open in; it goes when the window goes."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        if not self._folder.isValid():
            raise FileUnwritable(self._folder.path(), self._folder.errorString())
        self._previews += 1
        return Path(self._folder.path()) / str(self._previews)

    # ------------------------------------------------------------ key

    def choose_key(self, role: Role = Role.PERSON) -> None:
        """Ask for the key file of the person or of the office and its password, and open it beside the window."""
        self._role = role
        kinds = FileKinds(title=_("Choose the key file"), words=_("Key files"), patterns=_KEY_FILES)
        path = self._session.ask.open_file(self._page, kinds)
        if path is not None:
            self._key_path = path
            self._ask_password("")

    def _ask_password(self, problem: str) -> None:
        if self.work.kind is not None:
            return
        prompt = SecretPrompt(
            title=_("Open the key file {name}").format(name=self._key_path.name),
            text=_("The password is used once and not kept."),
            label=_("Password of the key file"),
            action=_("Open the key file"),
            problem=problem,
        )
        password = self._session.ask.secret(self._page, prompt)
        if password is not None:
            self.work.start(Kind.UNLOCK, self.dossier, UnlockJob(self._key_path, password).run)
            self.moved.emit()

    def choose_token(self, role: Role = Role.PERSON) -> None:
        """Look for the token with the driver used last, or ask for the driver; then for the PIN."""
        if self.work.kind is not None:
            return
        self._role = role
        module = tokens.known_driver()
        if module is None:
            kinds = FileKinds(
                title=_("Choose the driver of the token"), words=_("Drivers"), patterns=_DRIVERS
            )
            module = self._session.ask.open_file(self._page, kinds)
        if module is not None:
            self._driver = module
            self.work.start(Kind.FIND, self.dossier, FindTokenJob(module).run)
            self.moved.emit()

    def _ask_pin(self, found: FoundToken, problem: str) -> None:
        self._token = found
        prompt = SecretPrompt(
            title=_("Token {name}").format(name=found.name.label),
            text=_("The PIN is asked for once, however many signatures there are, and not kept."),
            label=_("PIN of the token"),
            action=_("Unlock the token"),
            problem=problem,
        )
        pin = self._session.ask.secret(self._page, prompt)
        if pin is not None:
            self.work.start(Kind.UNLOCK, self.dossier, TokenJob(found, pin).run)

    def choose_unsigned(self) -> None:
        """Export without a signature."""
        self.draft().choose_unsigned()
        self.moved.emit()

    def show_certificate(self, role: Role = Role.PERSON) -> None:
        """Show everything the chosen certificate says."""
        key = self.draft().body if role is Role.BODY else self.draft().key
        if key is not None:
            self._show_certificates((key.certificate,))

    def show_signers(self) -> None:
        """Show everything the certificates in the sealed file say."""
        checked = self.checked.get(self.dossier)
        found = checked.report.signatures if checked is not None else ()
        self._show_certificates(tuple(one.certificate for one in found if one.certificate is not None))

    def _show_certificates(self, certificates: tuple[seal.Certificate, ...]) -> None:
        if certificates:
            self._session.ask.show_details(
                self._page,
                _("Certificate of {signer}").format(signer=certificates[0].subject),
                _("Issued by {issuer}, valid until {day}.").format(
                    issuer=outcome.issuer_name(certificates[0]),
                    day=outcome.day_words(certificates[0].valid_to),
                ),
                "\n\n".join(outcome.certificate_details(one) for one in certificates),
            )

    # ------------------------------------------------------------ file

    def choose_target(self) -> None:
        """Ask where to save."""
        desk, draft = self._session.desk, self.draft()
        known = draft.target
        kinds = FileKinds(
            title=_("Save the dossier file"),
            words=_("Dossier files"),
            patterns=(f"*{_SUFFIX}",),
            folder=known.parent if known is not None else desk.workspace.folder.parent,
            suggested=known.name if known is not None else seal.default_name(desk),
        )
        chosen = self._session.ask.save_as(self._page, kinds)
        if chosen is not None:
            draft.target = (
                chosen if chosen.suffix.lower() == _SUFFIX else chosen.with_name(chosen.name + _SUFFIX)
            )
            self.moved.emit()

    def seal(self) -> None:
        """Freeze the dossier and make its file. Raises what `seal.prepare` and `outside.prepare_signed` raise."""
        desk, draft = self._session.desk, self.draft()
        if draft.target is None or self.work.kind is not None:
            return
        keys: Sequence[PaperSigner] | SignedElsewhere = draft.signers()
        if draft.outside is None:
            prepared = seal.prepare(desk, draft.signatory())
        else:
            prepared, keys = outside.prepare_signed(desk)
        self.stopped.discard(self.dossier)
        self.work.start(Kind.SEAL, self.dossier, SealJob(desk.workspace, prepared, draft.target, keys).run)
        self.moved.emit()

    def check_again(self) -> None:
        """Read the recorded file again and verify it."""
        record = seal.latest(self._session.desk)
        if record is not None:
            self._verify(Path(record.path))

    def find_file(self) -> None:
        """Ask where a copy of the sealed file is, and verify that."""
        kinds = FileKinds(title=_("Look for the file"), words=_("Dossier files"), patterns=(f"*{_SUFFIX}",))
        path = self._session.ask.open_file(self._page, kinds)
        if path is not None:
            self._verify(path)

    def _verify(self, path: Path) -> None:
        if self.work.kind is None:
            self.work.start(Kind.VERIFY, self.dossier, VerifyJob(path, self._session.desk.now()).run)
            self.moved.emit()

    # ------------------------------------------------------------ what came of it

    def _ended(self, ended: Ended) -> None:
        try:
            if ended.stopped:
                self.stopped.add(ended.dossier)
            elif ended.error is not None:
                self._went_wrong(ended, ended.error)
            else:
                self._went_well(ended)
        finally:
            self.moved.emit()  # also when recording was refused: the wizard stands as it stood

    def _went_wrong(self, ended: Ended, error: Exception) -> None:
        if isinstance(error, WrongPin) and self._token is not None:
            words = wording.explain(error)
            self._ask_pin(self._token, f"{words.what} {words.next_step}")
            return
        if ended.kind is Kind.FIND and not isinstance(error, NoToken):
            tokens.remember_driver(None)  # the next try asks for the driver again
        if isinstance(error, WrongPassword):
            self._ask_password(
                _("The password does not open this file. Check Caps Lock and the Vietnamese keyboard.")
            )
            return
        if ended.kind is Kind.VERIFY:
            self.unreadable.add(ended.dossier)
            self.checked.pop(ended.dossier, None)
        elif ended.kind is Kind.PREVIEW:
            self.stopped.add(ended.dossier)
        self._session.fail(error)

    def _went_well(self, ended: Ended) -> None:
        draft, result = self._drafts.get(ended.dossier), ended.result
        if isinstance(result, Built):
            self._record(ended.dossier, result)
        elif isinstance(result, VerificationReport):
            self.take_report(ended.dossier, result)
        elif isinstance(result, FoundToken):
            tokens.remember_driver(self._driver)
            self._ask_pin(result, "")
        elif isinstance(result, SigningKey) and draft is not None:
            if self._role is Role.BODY:
                draft.body = result
            else:
                draft.choose_key(result)
        elif ended.kind is Kind.SPLIT and isinstance(result, tuple):
            self.parts[ended.dossier] = result
        elif isinstance(result, Previewed) and draft is not None:
            draft.papers, draft.estimate = result.papers, result.estimate

    def take_report(self, dossier: str, report: VerificationReport) -> None:
        """Take what reading the file of a sealed dossier found just now."""
        self.checked[dossier] = Checked(report, self._session.desk.now())
        self.unreadable.discard(dossier)

    def _record(self, dossier: str, built: Built) -> None:
        change = seal.commit(self._session.desk, built)
        self._drafts.pop(dossier, None)
        self.take_report(dossier, built.report)
        self._session.publish(change)
