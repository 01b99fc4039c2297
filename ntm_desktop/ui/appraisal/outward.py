"""What the reviewer is asked for: where the sheet for the visit and the return slip go, and with which key."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.envelopes import ReceivingKey, open_receiving_key
from ntm_desktop.operations.return_slips import ReturnSlip, prepare_slip, slip_name, write_slip
from ntm_desktop.operations.review_desk import Incoming, ReviewDesk
from ntm_desktop.operations.review_remarks import Opened, RoundKind
from ntm_desktop.operations.seal import unlock
from ntm_desktop.ui.ask import Ask, FileKinds, Question, SecretPrompt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Told = tuple[str, str]
"""What was done, and what it means."""
_AWAITED = timedelta(days=14)
"""How long a correction is awaited."""


def save_visit_sheet(parent: QWidget, desk: ReviewDesk, ask: Ask, opened: Opened) -> Told | None:
    """Ask where, and write the sheet for the visit; None when the reviewer went back. Raises NtmError."""
    kinds = FileKinds(
        title=_("Save the on-site sheet"),
        words=_("PDF files"),
        patterns=("*.pdf",),
        suggested=f"kiem-tra-{opened.incoming.commune}.pdf",
    )
    target = ask.save_as(parent, kinds)
    if target is None:
        return None
    from ntm_desktop.operations.visit_sheet import write_visit_sheet

    write_visit_sheet(desk, opened, target)
    return _("The sheet was saved."), _("{path} can be opened and printed.").format(path=target)


def return_dossier(parent: QWidget, desk: ReviewDesk, ask: Ask, incoming: Incoming) -> Told | None:
    """Ask for key and place, sign the slip and write it; None when the reviewer went back. Raises NtmError."""
    slip = slip_for(desk, incoming)
    keys = FileKinds(title=_("Choose a key file"), words=_("Key files"), patterns=("*.p12", "*.pfx"))
    path = ask.open_file(parent, keys)
    if path is None:
        return None
    prompt = SecretPrompt(
        title=_("Sign the return slip"),
        text=_("{count} remarks are signed for {commune}.").format(
            count=len(slip.remarks), commune=incoming.commune_name
        ),
        label=_("Password of the key file"),
        action=_("Sign"),
    )
    secret = ask.secret(parent, prompt)
    if secret is None:
        return None
    key = unlock(path, secret)
    target = ask.save_as(parent, slip_kinds(slip))
    if target is None:
        return None
    return returned_words(target, write_slip(desk, slip, key, target))


def slip_for(desk: ReviewDesk, incoming: Incoming) -> ReturnSlip:
    """Return the slip of a dossier's open remarks, not signed yet. Raises NothingToReturn."""
    return prepare_slip(desk, incoming, RoundKind.APPRAISAL, _due(desk.now().date()))


def slip_kinds(slip: ReturnSlip) -> FileKinds:
    """Return how to ask where a slip goes."""
    return FileKinds(
        title=_("Save the return slip"),
        words=_("Return slips"),
        patterns=("*.p7m",),
        suggested=slip_name(slip),
    )


def returned_words(target: Path, size: int) -> Told:
    """Return what to say of a slip that was written."""
    return _("The dossier was returned."), _(
        "The slip {name} has {size} bytes; send it to the commune."
    ).format(name=target.name, size=size)


def ask_receiving_key(parent: QWidget, ask: Ask, count: int) -> ReceivingKey | None:
    """Ask for the key that opens files locked for this office; None when the reviewer went back. Raises NtmError."""
    question = Question(
        title=_("Open what was locked for this office?"),
        text=ngettext(
            "{count} file was locked by its sender; the key file of this office opens it.",
            "{count} files were locked by their senders; the key file of this office opens them.",
            count,
        ).format(count=count),
        action=_("Choose a key file\u2026"),
    )
    if not ask.confirm(parent, question):
        return None
    keys = FileKinds(title=_("Choose a key file"), words=_("Key files"), patterns=("*.p12", "*.pfx"))
    path = ask.open_file(parent, keys)
    if path is None:
        return None
    prompt = SecretPrompt(
        title=_("Open the key file {name}").format(name=path.name),
        text=_("The password is used once and not kept."),
        label=_("Password of the key file"),
        action=_("Open the key file"),
    )
    secret = ask.secret(parent, prompt)
    return None if secret is None else open_receiving_key(path, secret)


def _due(today: date) -> date:
    return today + _AWAITED
