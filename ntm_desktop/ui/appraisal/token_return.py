"""Return a dossier with a slip signed by a USB token: driver, PIN and signature, one after the other, in jobs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import tokens, wording
from ntm_desktop.operations.return_slips import ReturnSlip, sign_slip, write_signed
from ntm_desktop.operations.seal import SigningKey
from ntm_desktop.operations.tokens import NoToken, WrongPin
from ntm_desktop.ui.appraisal.outward import returned_words, slip_for, slip_kinds
from ntm_desktop.ui.ask import Ask, FileKinds, SecretPrompt
from ntm_desktop.ui.sealing.jobs import FindTokenJob, FoundToken, TokenJob

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ntm_desktop.operations.review_desk import Incoming, ReviewDesk
    from ntm_desktop.ui.tasks import IsCancelled, Report, Tasks

_DRIVERS = ("*.dll", "*.so", "*.dylib")


@dataclass(frozen=True, slots=True)
class SignSlipJob:
    """Sign a slip; a token takes about a second."""

    slip: ReturnSlip
    key: SigningKey

    def run(self, _report: Report, _cancelled: IsCancelled) -> bytes:
        """Do it. Raises what `sign_slip` raises."""
        return sign_slip(self.slip, self.key)


class TokenReturn(QObject):
    """Ask, unlock, sign and write; one slip at a time."""

    returned = Signal(object)
    """Carries what was done, and what it means (`Told`)."""
    failed = Signal(object)

    def __init__(self, desk: ReviewDesk, tasks: Tasks, ask: Ask, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._ask = ask
        self._window = parent
        self._slip: ReturnSlip | None = None
        self._found: FoundToken | None = None
        self._target = Path()

    def start(self, incoming: Incoming) -> None:
        """Look for the token with the driver used last, or ask for the driver."""
        try:
            slip = slip_for(self._desk, incoming)
        except NtmError as error:
            self._fail(error)
            return
        module = tokens.known_driver()
        if module is None:
            kinds = FileKinds(
                title=_("Choose the driver of the token"), words=_("Drivers"), patterns=_DRIVERS
            )
            module = self._ask.open_file(self._window, kinds)
        if module is not None:
            self._slip = slip
            self._tasks.run(
                FindTokenJob(module).run, self._found_one, self._not_found, title=_("Sign the return slip")
            )

    def _found_one(self, found: FoundToken) -> None:
        tokens.remember_driver(found.desk.module)
        self._found = found
        self._ask_pin("")

    def _not_found(self, error: Exception) -> None:
        if not isinstance(error, NoToken):
            tokens.remember_driver(None)  # the next try asks for the driver again
        self._fail(error)

    def _ask_pin(self, problem: str) -> None:
        found = self._found
        if found is None:
            return
        prompt = SecretPrompt(
            title=_("Token {name}").format(name=found.name.label),
            text=_("The PIN is asked for once, however many signatures there are, and not kept."),
            label=_("PIN of the token"),
            action=_("Unlock the token"),
            problem=problem,
        )
        pin = self._ask.secret(self._window, prompt)
        if pin is None:
            self._let_go()
        else:
            self._tasks.run(
                TokenJob(found, pin).run, self._unlocked, self._refused, title=_("Sign the return slip")
            )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, WrongPin):
            words = wording.explain(error)
            self._ask_pin(f"{words.what} {words.next_step}")
        else:
            self._fail(error)

    def _unlocked(self, key: SigningKey) -> None:
        slip = self._slip
        target = None if slip is None else self._ask.save_as(self._window, slip_kinds(slip))
        if slip is None or target is None:
            self._let_go()
            return
        self._target = target
        self._tasks.run(SignSlipJob(slip, key).run, self._signed, self._fail, title=_("Sign the return slip"))

    def _signed(self, content: bytes) -> None:
        slip = self._slip
        self._let_go()
        if slip is None:
            return
        try:
            size = write_signed(self._desk, slip, content, self._target)
        except NtmError as error:
            self._fail(error)
            return
        self.returned.emit(returned_words(self._target, size))

    def _fail(self, error: Exception) -> None:
        self._let_go()
        if not isinstance(error, NtmError):
            raise error
        self.failed.emit(error)

    def _let_go(self) -> None:
        """End the session on the token."""
        if self._found is not None:
            self._found.desk.close()
        self._found = self._slip = None
