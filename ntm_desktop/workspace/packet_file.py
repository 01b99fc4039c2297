"""The file of a work packet, `.ntmpacket`: a plain tar archive that any tool gets at (docs/packet-file.md).

`packet.json` comes first, then the packs and the evidence it names, each under its SHA-256, last the SHA-256 of
`packet.json`. It is written under a temporary name, read back, then named; it is read in one pass, block by block.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from ntm_desktop.disk import Disk
from ntm_desktop.workspace.backup_file import END, Member, member_head, members
from ntm_desktop.workspace.carrying import at_place, blocks_of, open_source
from ntm_desktop.workspace.manifest import CopyDamaged
from ntm_desktop.workspace.packet import LARGEST, Blob, Packet, PacketDamaged, decode

SUFFIX: Final = ".ntmpacket"
HEAD: Final = "packet.json"
SEAL: Final = "packet.sha256"

_BLOCK: Final = 512
_DIGEST: Final = 64


def write_packet(packet: Packet, sources: dict[str, Path | bytes], target: Path, disk: Disk) -> None:
    """Write a packet; `sources` has the content of every blob by its name.

    Raises PacketDamaged (what was read back differs, or a file is no longer itself), PlaceGone, DiskFull, FileTooLarge,
    FileInUse, FileUnwritable, FileUnreadable; then there is no file, and one that was there before is as it was.
    """
    part = target.with_name(target.name + ".part")
    content = packet.encode()
    digest = hashlib.sha256(content).hexdigest().encode()
    with at_place(target.parent):
        try:
            disk.remove(part)
            with disk.create(part) as file:
                disk.write(file, _padded(HEAD, content))
                for blob in packet.blobs:
                    for block in _blocks(blob, sources[blob.name]):
                        disk.write(file, block)
                disk.write(file, _padded(SEAL, digest) + END)
                disk.sync(file)
            if read_packet(part) != packet:
                raise PacketDamaged(str(target), "read back")
            disk.rename(part, target)
            disk.sync_folder(target.parent)
        finally:
            with suppress(OSError):  # the disk is gone; what is left bears a temporary name
                disk.remove(part)


def _padded(name: str, content: bytes) -> bytes:
    return member_head(name, len(content)) + content + bytes(-len(content) % _BLOCK)


def _blocks(blob: Blob, source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield _padded(blob.name, source)
        return
    yield member_head(blob.name, blob.size)
    with open_source(source) as file:
        yield from blocks_of(file, source)
    yield bytes(-blob.size % _BLOCK)


def read_packet(path: Path, into: Path | None = None) -> Packet:
    """Read a packet through and prove it whole; its files are put into the folder `into` under their hashes.

    Raises PacketDamaged, PacketNewer, FileUnreadable, PlaceGone, DiskFull, FileUnwritable.
    """
    try:
        return _read(path, into)
    except CopyDamaged as fault:
        raise PacketDamaged(str(path), fault.detail) from fault


def _read(path: Path, into: Path | None) -> Packet:
    packet: Packet | None = None
    digest, awaited = "", list[Blob]()
    for member in members(path, "", _hold_expected):
        if packet is None:
            content = b"".join(member.blocks)
            packet, digest = decode(content, str(path)), hashlib.sha256(content).hexdigest()
            awaited = list(packet.blobs)
        elif member.name == SEAL:
            if b"".join(member.blocks).decode(errors="replace") != digest or awaited:
                raise PacketDamaged(str(path), "not what was written")
            digest = ""
        elif not awaited or awaited[0] != Blob(member.name, member.size):
            raise PacketDamaged(str(path), "a file that was not announced")
        else:
            _take(member, awaited.pop(0), path, into)
    if packet is None or digest:
        raise PacketDamaged(str(path), "cut off")
    return packet


def _take(member: Member, blob: Blob, path: Path, into: Path | None) -> None:
    digest = hashlib.sha256()
    if into is None:
        for block in member.blocks:
            digest.update(block)
    else:
        with at_place(into), (into / blob.sha256).open("wb") as file:
            for block in member.blocks:
                digest.update(block)
                file.write(block)
    if digest.hexdigest() != blob.sha256:
        raise PacketDamaged(str(path), "a file is not itself")


def _hold_expected(entry: tarfile.TarInfo, seen: set[str], path: Path) -> None:
    if (entry.name == HEAD) != (not seen) or SEAL in seen:
        raise PacketDamaged(str(path), "not a packet")
    if entry.size > {HEAD: LARGEST, SEAL: _DIGEST}.get(entry.name, entry.size):
        raise PacketDamaged(str(path), "too large")
