"""The file of a packet: written whole or not at all, and refused at any change."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from typing_extensions import override

from ntm_desktop.disk import Disk
from ntm_desktop.workspace.backup_file import END, member_head
from ntm_desktop.workspace.packet import Blob, Packet, PacketDamaged
from ntm_desktop.workspace.packet_file import HEAD, SEAL, read_packet, write_packet
from tests.workspace.test_packet import GOOD


def blob(folder: str, content: bytes) -> Blob:
    return Blob(f"{folder}/{hashlib.sha256(content).hexdigest()}", len(content))


PACK, PHOTO = blob("packs", b"pack"), blob("evidence", b"photo" * 200)
WHOLE = replace(GOOD, blobs=(PACK, PHOTO))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    (tmp_path / "photo").write_bytes(b"photo" * 200)
    write_packet(
        WHOLE, {PACK.name: b"pack", PHOTO.name: tmp_path / "photo"}, tmp_path / "a.ntmpacket", Disk()
    )
    return tmp_path / "a.ntmpacket"


def test_the_files_come_out_under_their_hashes(written: Path, tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    assert read_packet(written, tmp_path / "into") == WHOLE
    assert (tmp_path / "into" / PHOTO.sha256).read_bytes() == b"photo" * 200
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ntmpacket", "into", "photo"]


def test_a_packet_cut_off_or_changed_anywhere_is_refused(written: Path, tmp_path: Path) -> None:
    content = written.read_bytes()
    other = tmp_path / "b"
    for at in range(0, len(content) - len(END) - 512, 256):
        other.write_bytes(content[:at])
        with pytest.raises(PacketDamaged):
            read_packet(other)
    for at in (
        0,
        600,
        content.index(b"pack" + bytes(9)),
        content.index(b"photophoto"),
        len(content) - 1536 + 5,
    ):
        other.write_bytes(content[:at] + b"?" + content[at + 1 :])
        with pytest.raises(PacketDamaged):
            read_packet(other)


def test_a_source_that_is_no_longer_itself_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(PacketDamaged):
        write_packet(replace(GOOD, blobs=(PACK,)), {PACK.name: b"tack"}, tmp_path / "a", Disk())
    assert not list(tmp_path.iterdir())


class LyingDisk(Disk):
    """Keeps another content than it was given, one that is whole in itself."""

    def __init__(self, kept: bytes) -> None:
        self._kept = kept

    @override
    def sync(self, file: BinaryIO) -> None:
        file.seek(0)
        file.truncate()
        file.write(self._kept)
        super().sync(file)


def test_a_disk_that_keeps_another_packet_is_found_out_and_the_file_before_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_packet(GOOD, {}, path, Disk())
    before = path.read_bytes()
    with pytest.raises(PacketDamaged) as caught:
        write_packet(replace(GOOD, who="Bình"), {}, path, LyingDisk(before))
    assert caught.value.detail == "read back"
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [before]


def archive(packet: Packet, *members: tuple[str, bytes]) -> bytes:
    content = packet.encode()
    digest = hashlib.sha256(content).hexdigest().encode()
    named = [(HEAD, content), *members, (SEAL, digest)]
    parts = (member_head(name, len(one)) + one + bytes(-len(one) % 512) for name, one in named)
    return b"".join(parts) + END


def test_members_nobody_announced_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(archive(replace(GOOD, blobs=(PACK,)), (PACK.name, b"pack")))
    assert read_packet(path).blobs == (PACK,)
    for packet, members in (
        (GOOD, [(PACK.name, b"pack")]),
        (replace(GOOD, blobs=(PACK,)), []),
        (GOOD, [(SEAL, b"x" * 65)]),
        (GOOD, [(SEAL, b"x" * 64)]),
    ):
        path.write_bytes(archive(packet, *members))
        with pytest.raises(PacketDamaged):
            read_packet(path)
    path.write_bytes(archive(GOOD)[: -len(END)] + member_head("after", 0) + END)
    with pytest.raises(PacketDamaged):
        read_packet(path)
