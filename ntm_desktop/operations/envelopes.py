"""Lock a sealed dossier or a work packet for one receiver, and open what was locked for this office.

The name outside tells the sender's commune and the identity, nothing else; what is inside is found out when it is open.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from ntm_desktop.disk import Disk, open_file, unwritable
from ntm_desktop.dossier.assemble import DOSSIER_NAME
from ntm_desktop.dossier.reader import read_container
from ntm_desktop.dossier.verify import KEEP
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import Refused
from ntm_desktop.operations.copies import Watch
from ntm_desktop.snapshot.decoding import DossierFormatUnknown, decode
from ntm_desktop.snapshot.reader import DossierUnreadable
from ntm_desktop.trust.anchors import load_anchors
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.enveloped import (
    SUFFIX,
    ReceivingKey,
    is_enveloped,
    lock_for,
    open_receiving_key,
    require_receiver,
    unlock_with,
)
from ntm_desktop.workspace.packet import PacketDamaged, PacketNewer
from ntm_desktop.workspace.packet_file import SUFFIX as PACKET
from ntm_desktop.workspace.packet_file import read_packet

__all__ = [
    "SUFFIX",
    "Certificate",
    "Locked",
    "NothingToLock",
    "ReceivingKey",
    "forget_receiver",
    "is_locked",
    "keep_receiver",
    "kept_receiver",
    "lock",
    "locked_name",
    "open_receiving_key",
    "receiver_of",
    "unlock",
]

_RECEIVER = "receiver.cer"
_SHOWN = 16
_HEAD = 64
_ZIP = b"PK\x03\x04"


@dataclass(eq=False)
class NothingToLock(Refused):
    """Say that a file is neither a sealed dossier nor a work packet, or not a whole one."""

    path: str

    code: ClassVar[str] = "nothing_to_lock"
    what: ClassVar[str] = "{path} is neither a whole dossier file nor a work packet."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Choose the dossier that was signed (.asice) or a work packet (.ntmpacket)."


@dataclass(frozen=True, slots=True)
class Locked:
    """A file that was locked."""

    path: Path
    sha256: str
    """Of the locked file, as it was written."""
    receiver: Certificate


def receiver_of(path: Path, at: datetime | None = None) -> Certificate:
    """Return the certificate to lock for, the first of a file. Raises NoCertificate, FileUnreadable, ReceiverUnfit."""
    (found, *_more) = load_anchors((path,))
    require_receiver(found, at or datetime.now(UTC))
    return found


def keep_receiver(folder: Path, certificate: Certificate) -> None:
    """Remember for whom copies are locked, in a folder. Raises DiskFull, FileUnwritable."""
    path = folder / _RECEIVER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(certificate.der)
    except OSError as fault:
        raise unwritable(path, fault) from fault


def kept_receiver(folder: Path) -> Certificate | None:
    """Return for whom copies are locked, valid or not. Raises NoCertificate, FileUnreadable."""
    path = folder / _RECEIVER
    return load_anchors((path,))[0] if path.is_file() else None


def forget_receiver(folder: Path) -> None:
    """Lock copies for nobody any more. Raises FileUnwritable."""
    try:
        (folder / _RECEIVER).unlink(missing_ok=True)
    except OSError as fault:
        raise unwritable(folder / _RECEIVER, fault) from fault


def locked_name(commune: str, identity: str) -> str:
    """Return what a locked file is called."""
    return f"{commune}-{identity[:_SHOWN]}{SUFFIX}"


def lock(path: Path, receiver: Certificate, folder: Path, watch: Watch, *, name: str = "") -> Locked:
    """Lock a dossier or a packet into a folder; `name` where it is known what the file is.

    Raises NothingToLock, ReceiverUnfit, FileUnreadable, DiskFull, FileUnwritable, Cancelled.
    """
    target = folder / (name or _name_of(path, watch))
    sha256 = lock_for(path, target, receiver, datetime.now(UTC), cancelled=watch.is_cancelled)
    return Locked(target, sha256, receiver)


def _name_of(path: Path, watch: Watch) -> str:
    if _begins(path, _ZIP):
        try:
            found = read_container(
                path, keep={DOSSIER_NAME: KEEP[DOSSIER_NAME]}, cancelled=watch.is_cancelled
            )
            content = decode(found.kept.get(DOSSIER_NAME, b""))
        except (NotAContainer, DossierFormatUnknown, DossierUnreadable) as fault:
            raise NothingToLock(path.name) from fault
        if not found.sound:
            raise NothingToLock(path.name)
        return locked_name(content.commune.code, found.identity)
    try:
        packet = read_packet(path)
    except (PacketDamaged, PacketNewer) as fault:
        raise NothingToLock(path.name) from fault
    return locked_name(packet.commune.code, packet.part.packet)


def is_locked(path: Path) -> bool:
    """Say whether a file is locked for a receiver. Raises OSError."""
    with open_file(path) as file:
        return is_enveloped(file.read(_HEAD))


def unlock(path: Path, key: ReceivingKey, folder: Path, watch: Watch) -> Path:
    """Open a locked file into a folder; what is there under the name is not written over.

    Raises NotForThisKey, LockedOtherwise, EnvelopeDamaged, FileUnreadable, DiskFull, FileUnwritable, Cancelled.
    """
    opened = folder / f"{path.stem}.opened"
    unlock_with(key, path, opened, cancelled=watch.is_cancelled)
    target = _free(opened.with_suffix(".asice" if _begins(opened, _ZIP) else PACKET))
    try:
        Disk().rename(opened, target)
    except OSError as fault:
        with suppress(OSError):
            opened.unlink()
        raise unwritable(target, fault) from fault
    return target


def _begins(path: Path, start: bytes) -> bool:
    try:
        with open_file(path) as file:
            return file.read(len(start)) == start
    except OSError:
        return False  # whoever reads it next says so


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists():
        free, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return free
