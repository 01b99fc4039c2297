"""Bringing a copy back into a new folder: where to is asked, and the passphrase as often as it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import copies, restoring, wording
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.restoring import PassphraseNeeded, Restored, WrongPassphrase
from ntm_desktop.ui.ask import Ask, FileKinds, SecretPrompt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Result = TypeVar("Result")


class Start(Protocol):
    """Starts work beside the window: its title, the work, and what becomes of its result."""

    def __call__(self, title: str, job: Callable[[Watch], Result], done: Callable[[Result], None], /) -> None:
        """Start it."""


@dataclass(frozen=True, slots=True)
class BringingBack:
    """Restore copies for a window; the workspace in use is never written over."""

    window: QWidget
    ask: Ask
    start: Start
    done: Callable[[Restored], None]

    def choose(self) -> Path | None:
        """Ask which copy should come back."""
        kinds = FileKinds(
            title=_("Which copy should come back?"),
            words=_("Copies of a workspace"),
            patterns=(f"*{copies.SUFFIX}", "*.ntm"),
        )
        return self.ask.open_file(self.window, kinds)

    def begin(self, source: Path, name: str, now: datetime) -> None:
        """Ask where a copy goes, then restore it there into a new folder called after `name` and the moment."""
        parent = self.ask.folder(self.window, FileKinds(title=_("Where should it go?")))
        if parent is not None:
            self._restore(source, parent / f"{name}-khoi-phuc-{now:%Y%m%d-%H%M}", "")

    def _restore(self, source: Path, folder: Path, passphrase: str) -> None:
        def done(outcome: Restored | NtmError) -> None:
            if isinstance(outcome, Restored):
                self.done(outcome)
                return
            again = wording.explain(outcome).what if isinstance(outcome, WrongPassphrase) else ""
            secret = secret_of_copy(
                self.window, self.ask, _("Passphrase of {name}").format(name=source.name), again
            )
            if secret is not None:
                self._restore(source, folder, secret)

        def job(watch: Watch) -> Restored | NtmError:
            try:
                return restoring.restore(source, folder, watch, passphrase)
            except (PassphraseNeeded, WrongPassphrase) as locked:
                return locked

        self.start(_("Restoring {name}").format(name=source.name), job, done)


def secret_of_copy(window: QWidget, ask: Ask, label: str, problem: str) -> str | None:
    """Ask for the passphrase of a copy."""
    prompt = SecretPrompt(
        title=_("Passphrase of the copy"), text="", label=label, action=_("Go on"), problem=problem
    )
    return ask.secret(window, prompt)


def damage_words(restored: Restored) -> str:
    """Return how many files were damaged in the copy; nothing when none was."""
    if not restored.damaged:
        return ""
    words = ngettext(
        "{count} file was damaged in the copy and was put aside.",
        "{count} files were damaged in the copy and were put aside.",
        len(restored.damaged),
    )
    return words.format(count=len(restored.damaged))
