"""The return slip: written and signed at the reviewer's, opened and answered at the commune.

The slip is CMS signed data with the JSON inside (RFC 5652), so that one small file carries both and any CMS tool judges
it. A slip without a signature is the bare JSON; it is taken only after an officer was told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.dossier.verification import Verification
from ntm_desktop.errors import Refused, Untrusted
from ntm_desktop.facts.folding import nfc
from ntm_desktop.operations.review_desk import Incoming, ReviewDesk, Standing
from ntm_desktop.snapshot.return_slip import (
    LARGEST_SLIP,
    Demand,
    ReturnSlip,
    RoundKind,
    SlipUnreadable,
    decode_slip,
    encode_slip,
)
from ntm_desktop.trust.anchors import read_small_file
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.judge import SignatureFacts, judge_enclosed
from ntm_desktop.trust.signing import SigningKey
from ntm_desktop.workspace.review_notes import RemarkState

__all__ = [
    "Demand",
    "OpenedSlip",
    "ReturnSlip",
    "open_slip",
    "prepare_slip",
    "sign_slip",
    "slip_name",
    "write_signed",
    "write_slip",
]


@dataclass(eq=False)
class NothingToReturn(Refused):
    """Say that there is no remark a commune would have to act on."""

    code: ClassVar[str] = "nothing_to_return"
    what: ClassVar[str] = "There is no open remark on this dossier."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Write at least one remark, or propose the dossier as it is."


@dataclass(eq=False)
class SlipInvalid(Untrusted):
    """Say that a slip was changed after it was signed."""

    path: str

    code: ClassVar[str] = "slip_invalid"
    what: ClassVar[str] = "The return slip {path} was changed after it was signed."
    safe: ClassVar[str] = "The dossier was not touched."
    next_step: ClassVar[str] = "Ask the reviewer's office for the slip once more."


@dataclass(frozen=True, slots=True)
class OpenedSlip:
    """A slip as it was read, and how far its signature is to be believed."""

    path: Path
    content: bytes
    """The file, as it is kept."""
    slip: ReturnSlip
    signature: SignatureFacts | None
    """None: it is not signed."""

    @property
    def verification(self) -> Verification:
        """VALID: intact and the signer is known; UNKNOWN: not signed, or nobody here knows the signer."""
        known = self.signature is not None and self.signature.trusted
        return Verification.VALID if known else Verification.UNKNOWN

    @property
    def signer(self) -> str:
        """Who signed; empty: nobody."""
        return "" if self.signature is None else self.signature.signer


def prepare_slip(
    desk: ReviewDesk, incoming: Incoming, kind: RoundKind, due: date | None = None, note: str = ""
) -> ReturnSlip:
    """Put every remark that is not settled on a slip. Raises NothingToReturn."""
    remarks = tuple(
        kept.remark
        for kept in desk.folder.notes.remarks(incoming.dossier)
        if kept.state is not RemarkState.SETTLED
    )
    if not remarks:
        raise NothingToReturn
    return ReturnSlip(
        dossier=incoming.dossier,
        revision=incoming.revision,
        identity=incoming.identity,
        commune=incoming.commune,
        set=f"{incoming.set_id}@{incoming.set_version}",
        year=incoming.year,
        round=kind,
        office=desk.folder.office,
        who=desk.who,
        made_at=desk.now_utc(),
        due=due,
        remarks=remarks,
        note=nfc(note).strip(),
    )


def slip_name(slip: ReturnSlip) -> str:
    """Return the name a slip is offered."""
    return f"phieu-tra-{slip.commune}-{slip.year}-lan{slip.revision}.p7m"


def write_slip(desk: ReviewDesk, slip: ReturnSlip, key: SigningKey | None, target: Path) -> int:
    """Sign the slip, write it, and say that the dossier is returned; return the bytes of the file.

    Raises CertificateUnfit, TokenGone, TokenFailed, DiskFull, FileUnwritable; then the dossier stands as it stood.
    """
    return write_signed(desk, slip, sign_slip(slip, key), target)


def sign_slip(slip: ReturnSlip, key: SigningKey | None) -> bytes:
    """Return the slip, signed where there is a key; touches nothing else. Raises as `write_slip` does for the key."""
    content = encode_slip(slip)
    return content if key is None else key.enclose(content, at=datetime.fromisoformat(slip.made_at))


def write_signed(desk: ReviewDesk, slip: ReturnSlip, content: bytes, target: Path) -> int:
    """Write a signed slip and say that the dossier is returned; return its bytes. Raises DiskFull, FileUnwritable."""
    disk, part = Disk(), target.with_name(target.name + ".part")
    try:
        disk.remove(part)
        with disk.create(part) as file:
            disk.write(file, content)
            disk.sync(file)
        disk.rename(part, target)
        disk.sync_folder(target.parent)
    except OSError as fault:
        raise unwritable(target, fault) from fault
    desk.folder.move(slip.identity, Standing.RETURNED)
    return len(content)


def open_slip(path: Path, anchors: Sequence[Certificate], at: datetime) -> OpenedSlip:
    """Read a slip and judge its signature, at a moment (aware).

    Raises SlipUnreadable, SlipFormatUnknown, SlipInvalid, FileUnreadable.
    """
    content = read_small_file(path, LARGEST_SLIP)
    if content is None:
        raise SlipUnreadable("$", "too_large")
    if content.startswith(b"{"):
        return OpenedSlip(path, content, decode_slip(content), None)
    enclosed, signature = judge_enclosed(content, anchors, at)
    if enclosed is None:
        raise SlipUnreadable("$", "not_signed_data")
    if not signature.intact:
        raise SlipInvalid(str(path))
    return OpenedSlip(path, content, decode_slip(enclosed), signature)
