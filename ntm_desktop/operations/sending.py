"""Send sealed dossiers: what waits and how long it takes, over the line or on a stick, and what proves it arrived.

* `outbox`, on the window's thread: what waits, what is on its way, what arrived.
* `ready`, on the window's thread: notes that sending has begun; `transmit` or `copy_out`, a job; then `arrived` or
  `handed_over`, on the window's thread again, keep the receipt or the slip.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from ntm_desktop import __version__
from ntm_desktop.disk import Disk, unwritable
from ntm_desktop.dossier.reader import read_container
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import DiskFull, Refused
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.changed_only import Earlier, earlier_than, expected, send_part
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import DossierName, find, name_of
from ntm_desktop.operations.envelopes import lock, locked_name
from ntm_desktop.operations.sizes import size_words
from ntm_desktop.operations.targets import require_outside
from ntm_desktop.operations.wording import moment_words
from ntm_desktop.transfer.line import line_to, receiving_address
from ntm_desktop.transfer.memory import Begun, Memory
from ntm_desktop.transfer.tus import Confirmed, Parcel, Tus
from ntm_desktop.transfer.upload import Sending, Sent, parcel_of, send
from ntm_desktop.transfer.upload_refusals import LINE_FAULTS, LineFault, NotTheReceiver, ReceiverAddress
from ntm_desktop.trust.anchors import load_anchors
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.workspace.carrying import (
    ReadBackDiffers,
    at_place,
    blocks_of,
    hash_of,
    open_source,
    write_new,
)
from ntm_desktop.workspace.drive import label_of
from ntm_desktop.workspace.post import Medium, Posted, PostState, Receipt

if TYPE_CHECKING:
    import ssl

__all__ = [
    "LINE_FAULTS",
    "Begun",
    "Confirmed",
    "Item",
    "LineFault",
    "Medium",
    "NotTheReceiver",
    "NotTheSealedFile",
    "NothingToSend",
    "NowhereToSend",
    "PostState",
    "Posted",
    "Ready",
    "Receipt",
    "ReceiverAddress",
    "SealedFileGone",
    "Sending",
    "Sent",
    "Slip",
    "arrived",
    "copy_out",
    "handed_over",
    "is_answering",
    "outbox",
    "ready",
    "receiving_address",
    "seconds_for",
    "sending_folder",
    "transmit",
    "trusting",
    "write_slip",
]

SLOW_LINE: Final = 16_000
"""Bytes a second of a line of 128 kbit/s: what is told while none was measured."""
_FOLDER: Final = "sending"
_SLIP: Final = "-phieu-giao.pdf"


@dataclass(eq=False)
class SealedFileGone(Refused):
    """Say that the sealed file is no longer where it was saved."""

    path: str

    code: ClassVar[str] = "sealed_file_gone"
    what: ClassVar[str] = "The signed file {path} is no longer where it was saved."
    safe: ClassVar[str] = "The workspace is unchanged; nothing was sent."
    next_step: ClassVar[str] = "Put the stick in or the file back in its place, or show where it lies now."


@dataclass(eq=False)
class NotTheSealedFile(Refused):
    """Say that a file is not, or no longer, the one that was sealed."""

    path: str

    code: ClassVar[str] = "not_the_sealed_file"
    what: ClassVar[str] = "{path} is not the file that was signed: its check code is another."
    safe: ClassVar[str] = "The workspace is unchanged; nothing was sent."
    next_step: ClassVar[str] = "Show where the signed file lies, or restore it from its copy."


@dataclass(eq=False)
class NothingToSend(Refused):
    """Say that a dossier has no sealed revision that could be sent."""

    dossier: str

    code: ClassVar[str] = "nothing_to_send"
    what: ClassVar[str] = "There is nothing to send of the dossier {dossier}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Sign it first; what arrived already is not sent again."


@dataclass(eq=False)
class NowhereToSend(Refused):
    """Say that nobody named the address of the receiving office."""

    code: ClassVar[str] = "nowhere_to_send"
    what: ClassVar[str] = "The address of the receiving office is not known yet."
    safe: ClassVar[str] = "Nothing was sent."
    next_step: ClassVar[str] = "Enter the address from the office's letter, or copy the dossier to a stick."


@dataclass(frozen=True, slots=True)
class Item:
    """A sealed revision in the outbox, as shown."""

    posted: Posted
    name: DossierName
    begun: Begun | None
    """An upload that broke off; None where nothing was begun over the line."""
    seconds: int
    """What is left would take about so long."""
    part: int | None = None
    """About how many bytes the office lacks; None: it has nothing of it."""

    @property
    def left(self) -> int:
        """Bytes that still have to go."""
        if self.begun is not None:
            return self.begun.size - self.begun.arrived
        return self.posted.size if self.part is None else self.part

    @property
    def all_gone(self) -> bool:
        """Everything left, but the receipt is missing."""
        over_line = self.begun is not None and self.begun.arrived == self.begun.size
        return self.posted.state is PostState.SENDING and (over_line or bool(self.posted.receipts))

    @property
    def sendable(self) -> bool:
        """It may still be sent: it is the latest revision, and nobody has confirmed that it arrived."""
        return self.posted.latest and self.posted.state in (PostState.WAITING, PostState.SENDING)


@dataclass(frozen=True, slots=True)
class Ready:
    """A file about to be sent."""

    identity: str
    path: Path
    size: int
    memory: Path
    workspace: Path
    title: str
    """Name of the dossier, for the slip."""
    earlier: tuple[Earlier, ...] = ()
    """What the office said it has of this commune."""
    commune: str = ""
    """Code of the sender, for the name of a locked copy."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A copy that was handed over, read back."""

    path: Path
    sha256: str
    size: int
    label: str
    """What the stick is called."""
    receiver: str = ""
    """For whom it is locked; empty: anyone can read it."""


def outbox(desk: Desk) -> tuple[Item, ...]:
    """Return what was sealed, the latest first; a revision that was replaced before it left is left out."""
    memory = Memory(sending_folder(desk))
    names = {one.id: name_of(desk, one) for one in desk.workspace.dossiers()}
    found = []
    everything = desk.workspace.post.all()
    for posted in reversed(everything):
        if posted.state is PostState.WAITING and not posted.latest:
            continue
        begun = memory.begun(posted.identity)
        name = replace(names[posted.dossier], revision=posted.revision)
        one = Item(posted, name, begun, 0)
        if one.sendable:
            part = expected(Path(posted.path), posted.size, earlier_than(posted, everything, memory))
            one = replace(one, part=part)
        found.append(replace(one, seconds=seconds_for(desk, one.left)))
    return tuple(found)


def seconds_for(desk: Desk, size: int) -> int:
    """Return how long so many bytes take at the speed last measured, or over a slow line; whole seconds."""
    speed = Memory(sending_folder(desk)).speed() or SLOW_LINE
    return -(-max(size, 0) // speed)


def ready(desk: Desk, identity: str, path: Path | None = None) -> Ready:
    """Note that a sealed file is being sent; `path` where it lies now, if not where it was saved.

    Raises LookupError, SealedFileGone, and what the workspace raises when it cannot be written.
    """
    posted = desk.workspace.post.find(identity)
    file = path or Path(posted.path)
    if not file.is_file():
        raise SealedFileGone(str(file))
    desk.workspace.post.begin(identity)
    name = name_of(desk, find(desk, posted.dossier))
    title = _("{set} \u00b7 {year}, round {round}").format(
        set=name.title, year=name.year, round=posted.revision
    )
    memory = sending_folder(desk)
    earlier = earlier_than(posted, desk.workspace.post.all(), Memory(memory))
    commune = desk.commune.code
    return Ready(identity, file, posted.size, memory, desk.workspace.folder, title, earlier, commune)


def sending_folder(desk: Desk) -> Path:
    """Return where a workspace keeps what is only about sending."""
    return desk.workspace.folder / _FOLDER


def is_answering(server: str, *, trust: ssl.SSLContext | None = None, proxy: str = "") -> bool:
    """Say whether the receiving office answers now; a job. Raises as `transmit` but for LineFault."""
    try:
        with line_to(server, trust=trust, proxy=proxy) as line:
            Tus(line).offer()
    except LINE_FAULTS:
        return False
    return True


def trusting(certificate: Path) -> ssl.SSLContext:
    """Return what believes the system's certificates and this one. Raises NoCertificate, FileUnreadable."""
    import ssl

    context = ssl.create_default_context()
    (found, *_more) = load_anchors((certificate,))
    context.load_verify_locations(cadata=found.der)
    return context


def transmit(
    one: Ready, server: str, how: Sending, *, trust: ssl.SSLContext | None = None, proxy: str = ""
) -> Sent:
    """Send a file over the line, or what the office lacks of it, going on where it broke off; a job.

    Raises NowhereToSend, SealedFileGone, NotTheSealedFile, and what `transfer.upload.send` raises.
    """
    if not server.strip():
        raise NowhereToSend
    memory = Memory(one.memory)
    with line_to(server, trust=trust, proxy=proxy) as line:
        parcel, contents = _proven(one, how)
        tus, address = Tus(line), str(line.address)
        sent = send_part(parcel, one.earlier, tus, address, memory, how)
        if sent is None:
            sent = send(parcel, tus, address, memory, how)
        if sent.confirmed is not None:
            memory.keep_contents(one.identity, contents)
        return sent


def _proven(one: Ready, how: Sending) -> tuple[Parcel, bytes]:
    """Read the file through: it must be the one that was sealed, whole. Return its manifest with it."""
    if not one.path.is_file():
        raise SealedFileGone(str(one.path))
    try:
        found = read_container(one.path, cancelled=how.cancelled)
    except NotAContainer as fault:
        raise NotTheSealedFile(str(one.path)) from fault
    if found.identity != one.identity or not found.sound:
        raise NotTheSealedFile(str(one.path))
    return parcel_of(one.path, one.identity, how.cancelled), found.manifest


def arrived(desk: Desk, one: Ready, server: str, sent: Sent) -> Change:
    """Keep the receipt: the dossier is sent from now on. Without a receipt it is still on its way.

    Raises what the workspace raises when it cannot be written.
    """
    if sent.confirmed is not None:
        host = receiving_address(server).host
        receipt = Receipt(Medium.LINE, host, sent.confirmed.sha256, desk.now_utc(), confirmed=True)
        desk.workspace.post.record(one.identity, receipt)
    return desk.choose(find(desk, desk.dossier.id) if desk.dossier is not None else None)


def copy_out(one: Ready, folder: Path, watch: Watch, receiver: Certificate | None = None) -> Slip:
    """Copy a file to a stick and read it back from there; a job. What is there under the name is not written over.

    For a `receiver` the copy is locked, and opened by that office's key only.
    Raises SealedFileGone, NotTheSealedFile, NoPlaceForFiles, PlaceGone, ReadBackDiffers, ReceiverUnfit, DiskFull,
    FileUnwritable, FileUnreadable, Cancelled.
    """
    require_outside(folder / one.path.name, one.workspace)
    parcel, _contents = _proven(one, Sending(cancelled=watch.is_cancelled))
    watch.total = 2 * parcel.size
    target = folder / one.path.name
    with at_place(folder):
        if shutil.disk_usage(folder).free < parcel.size:
            raise DiskFull(str(target))
        if receiver is not None:
            return _copy_locked(one, folder, watch, receiver)
        if target.exists() and hash_of(target) == parcel.sha256:
            return Slip(target, parcel.sha256, parcel.size, label_of(folder))
        target = _free(target)
        with open_source(parcel.path) as source:
            _size, written = write_new(target, blocks_of(source, parcel.path), Disk(), watch)
        Disk().sync_folder(folder)
        if written != parcel.sha256 or hash_of(target, watch) != parcel.sha256:
            raise ReadBackDiffers(str(target))
    return Slip(target, parcel.sha256, parcel.size, label_of(folder))


def _copy_locked(one: Ready, folder: Path, watch: Watch, receiver: Certificate) -> Slip:
    target = _free(folder / locked_name(one.commune, one.identity))
    locked = lock(one.path, receiver, folder, watch, name=target.name)
    if hash_of(target, watch) != locked.sha256:
        raise ReadBackDiffers(str(target))
    return Slip(target, locked.sha256, target.stat().st_size, label_of(folder), receiver.subject)


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists():
        free, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return free


def handed_over(desk: Desk, one: Ready, slip: Slip) -> Path:
    """Note that a copy left on a stick and write the slip beside it; return the slip.

    Raises DiskFull, FileUnwritable, and what the workspace raises when it cannot be written.
    """
    at = desk.now_utc()
    receipt = Receipt(Medium.STICK, slip.label, slip.sha256, at, confirmed=False)
    desk.workspace.post.record(one.identity, receipt)
    target = slip.path.with_name(slip.path.stem + _SLIP)
    write_slip(desk, one, slip, at, target)
    return target


def write_slip(desk: Desk, one: Ready, slip: Slip, at: str, target: Path) -> None:
    """Write the slip that goes with a stick: which dossier, its check codes, who hands over and who takes.

    Raises DiskFull, FileUnwritable.
    """
    from ntm_desktop.documents.result_sheet import ResultSheet, SheetTable, write_sheet

    commune = desk.commune
    rows = [
        (_("Commune"), f"{commune.kind} {commune.name} ({commune.code})"),
        (_("Dossier"), one.title),
        (_("File"), slip.path.name),
        (_("Size"), size_words(slip.size)),
        (_("Identity of the dossier"), _grouped(one.identity)),
        (_("Check code of the file"), _grouped(slip.sha256)),
        *([(_("Locked for"), slip.receiver)] if slip.receiver else []),
        (_("Copied and read back"), moment_words(at)),
        (_("Handed over by"), ""),
        (_("Taken by, date"), ""),
    ]
    sheet = ResultSheet(
        title=_("Slip of handing over"),
        headline=one.title,
        lines=(),
        tables=(SheetTable(_("What is handed over"), (_("What"), _("As copied")), rows, (50, 115)),),
        closing=(_("The receiving office compares the identity with what its program shows."),),
        taken_at=at,
        program=__version__,
    )
    try:
        write_sheet(sheet, target)
    except OSError as fault:
        raise unwritable(target, fault) from fault


def _grouped(code: str) -> str:
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))
