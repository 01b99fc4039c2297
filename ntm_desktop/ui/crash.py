"""What nobody else caught: noted at once, told in one window that proves that the work is safe.

Rules:
* It never loops. While it talks, and for some seconds after the same fault, nothing more is said or noted: a fault in
  painting comes again with every frame. A fault told before is said again in the banner of the window, not in a window.
* It talks from the event loop of the window, never from within the fault: that may be in painting or in another thread.
* It hides nothing, and is loaded with the first fault.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ntm_desktop import __version__
from ntm_desktop.errors import NtmError
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.fault_log import log_fault, told_plainly
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import wording
from ntm_desktop.operations.proof import Proof, read_back
from ntm_desktop.ui.ask import AfterBug, Ask, Bug
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.parts.banner import BannerKind
from ntm_desktop.ui.tasks import in_thread_of

_QUIET_SECONDS: Final = 5.0


class Crash(QObject):
    """Note and tell the faults of one running program."""

    _caught = Signal(str)

    def __init__(self, ask: Ask, window: Callable[[], QWidget | None], shell: QWidget) -> None:
        super().__init__()
        self._ask = ask
        self._window = window
        self._shell = shell
        self._noted: dict[str, float] = {}
        self._told: set[str] = set()
        self._talking = False
        self._proving = False
        """Stays set where the proof itself broke off: the next telling goes without."""
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def catch(self, fault: BaseException) -> None:
        """Note the fault, and tell it as soon as the window is free to; may be called in any thread."""
        plain, now = told_plainly(fault), time.monotonic()
        before, self._noted[plain] = self._noted.get(plain), now
        if before is not None and now - before < _QUIET_SECONDS:
            return
        log_fault(fault)
        if in_thread_of(self) and self.thread().loopLevel() == 0:
            self._tell(plain)  # nothing would ever fetch it from the queue: the start itself broke off
        else:
            self._caught.emit(plain)

    def _tell(self, plain: str) -> None:
        if self._talking:
            return
        window = self._window()
        if plain in self._told:
            if isinstance(window, MainWindow):
                window.notice(
                    BannerKind.PROBLEM,
                    _("The same fault of the program came again."),
                    _("What was saved before is still there. Close the program and open it again."),
                )
            return
        self._told.add(plain)
        bug = self._bug(plain, window)
        self._talking = True
        try:
            after = self._ask.tell_bug(self._parent(), bug)
        finally:
            self._talking = False
        self._go_on(after, window)

    def _parent(self) -> QWidget | None:
        """Return what the words stand before: a question that is open, or the window; None where none is shown."""
        return QApplication.activeModalWidget() or (self._shell if self._shell.isVisible() else None)

    def _go_on(self, after: AfterBug, window: QWidget | None) -> None:
        if window is None:
            self._shell.close()  # behind the outline nothing came to be
        elif after is AfterBug.CLOSE:
            QApplication.closeAllWindows()
        elif after is AfterBug.SUPPORT and isinstance(window, MainWindow):
            window.go_to("safety", "support")

    def _bug(self, plain: str, window: QWidget | None) -> Bug:
        safe, proven, kept = _("What was saved before is still there."), False, ""
        if isinstance(window, MainWindow) and not self._proving:
            self._proving = True
            safe, proven = _proof(window)
            kept = _("What was typed last is still on the screen.") if window.unsaved() else ""
            self._proving = False
        return Bug(
            safe=" ".join(part for part in (safe, kept) if part),
            proven=proven,
            details=f"NTM Desktop {__version__}\n{plain}",
            supported=isinstance(window, MainWindow),
        )


def _proof(window: MainWindow) -> tuple[str, bool]:
    try:
        proof = read_back(window.session.desk.workspace)
    except NtmError as fault:
        words = wording.explain(fault)
        return f"{words.what} {words.next_step}", False
    return proof_words(proof), proof.differing == 0


def proof_words(proof: Proof) -> str:
    """Say what stands in the file, and whether that is what the window shows."""
    facts = {
        "count": show_number(Fraction(proof.facts)),
        "number": show_number(Fraction(proof.edits)),
        "moment": proof.last,
    }
    if proof.differing:
        return ngettext(
            "Read from the disk just now: {count} figures are stored, the last entry is number {number} of "
            "{moment}. {differing} figure differs from what the window shows: what is stored counts. Close the "
            "program and open it again.",
            "Read from the disk just now: {count} figures are stored, the last entry is number {number} of "
            "{moment}. {differing} figures differ from what the window shows: what is stored counts. Close the "
            "program and open it again.",
            proof.differing,
        ).format(differing=show_number(Fraction(proof.differing)), **facts)
    return ngettext(
        "Read from the disk just now: {count} figure is stored, as this window has it. The last entry is number "
        "{number} of {moment}.",
        "Read from the disk just now: {count} figures are stored, all as this window has them. The last entry is "
        "number {number} of {moment}.",
        proof.facts,
    ).format(**facts)
