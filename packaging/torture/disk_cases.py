"""The commands tried on real disks in trouble: what they begin with, their words, how what they leave is judged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ntm_desktop.operations import copies, dossiers, parts, seal
from ntm_desktop.operations.start import open_desk
from ntm_desktop.workspace.backup_file import read_backup
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.errors import NotAWorkspace, WorkspaceMissing
from ntm_desktop.workspace.places import cells_in
from ntm_desktop.workspace.states import DossierState
from torture import areas, communes, copying

SIZE: Final = 10 << 20
"""Bytes of each file of evidence: large enough that a disk can be pulled while it is written."""
PART: Final = "4MB"
_OUT: Final = "dossier.asice"
_BACKUP: Final = "kho.ntmbackup"
_OPENS: Final = "password"


@dataclass(frozen=True, slots=True)
class Try:
    """Where one try happens."""

    folder: Path
    """What the command begins with, on the disk of the computer or on the one that fails."""
    disk: Path
    """Where the disk that fails is mounted."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    words: str
    done: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One command and how what it leaves is judged."""

    name: str
    make: Callable[[Path], None]
    words: Callable[[Try], list[str | Path]]
    judge: Callable[[Try, Ran], Iterator[str]]
    """Give the harm; told how the command ended."""
    on_disk: bool = False
    """Whether the workspace itself is on the disk that fails."""
    reads: str = ""
    """The file on the disk that the command reads, for cases of reading."""


# ------------------------------------------------------------ commands that write


def writing() -> tuple[Case, ...]:
    """Return the commands that write to a disk."""
    area = {one.name: one for one in areas.every()}
    figures, packs = area["import of figures"], area["import of packs"]
    return (
        Case(
            "fill",
            figures.make,
            lambda at: ["fill", at.folder / "workspace", at.folder / areas.FACTS],
            lambda at, ran: figures.judge(at.folder, _said(ran, "taken")),
            on_disk=True,
        ),
        Case("attach", _with_evidence, _attach, _judge_attached, on_disk=True),
        Case(
            "pack import",
            packs.make,
            _import,
            lambda at, ran: packs.judge(at.folder, _said(ran, "kept")),
            on_disk=True,
        ),
        Case("seal", _with_signer, _seal, _judge_sealed),
        Case("split", _with_container, _split, _judge_split),
        Case("send --stick", _with_sealed, _send, _judge_sent),
        Case("backup to a file", _with_files, _backup, _judge_backup),
        Case("backup to a folder", _with_files, _copy, _judge_copies),
        Case("restore", _with_backup, _restore, _judge_restored),
    )


def _said(ran: Ran, *words: str) -> frozenset[str]:
    return frozenset(words if ran.done else ())


def _with_files(folder: Path) -> None:
    communes.make(folder / "workspace", files=2, size=SIZE).close()
    (folder / "id").write_text(_dossier(folder), encoding="ascii")


def _with_evidence(folder: Path) -> None:
    communes.make(folder / "workspace", files=0, size=0).close()
    (folder / "id").write_text(_dossier(folder), encoding="ascii")
    _big(folder / "evidence.bin")


def _big(file: Path) -> None:
    file.write_bytes(hashlib.shake_128(b"big").digest(2 * SIZE))


def _dossier(folder: Path) -> str:
    desk = open_desk(folder / "workspace", who=communes.WHO, clock=communes.clock, read_only=True)
    try:
        return desk.workspace.dossiers()[0].id
    finally:
        desk.close()


def _id(at: Try) -> str:
    return (at.folder / "id").read_text(encoding="ascii")


def _healthy(workspace: Path) -> Iterator[str]:
    found = diagnose(workspace)
    if not found.healthy:
        yield from (f"{finding} {about}" for finding, about in found.findings)


def _attach(at: Try) -> list[str | Path]:
    return _attaching(at, at.folder / "evidence.bin")


def _attaching(at: Try, file: Path) -> list[str | Path]:
    where = ("--dossier", _id(at), "--requirement", "8.4.d", "--rule", "bao_cao_mot_cua")
    return ["attach", at.folder / "workspace", *where, file]


def _judge_attached(at: Try, ran: Ran) -> Iterator[str]:
    yield from _healthy(at.folder / "workspace")
    desk = open_desk(at.folder / "workspace", who=communes.WHO, clock=communes.clock)
    try:
        if ran.done and len(desk.workspace.evidence()) != 1:
            yield "attached and gone"
    finally:
        desk.close()


def _import(at: Try) -> list[str | Path]:
    publisher = (at.folder / "fingerprint").read_text(encoding="ascii")
    return ["pack", "import", at.folder / "workspace", at.folder / "bundle.zip", "--publisher", publisher]


# ------------------------------------------------------------ sealed dossiers


def _with_signer(folder: Path) -> None:
    _with_files(folder)
    made = communes.make_key(folder)
    made.key_file.rename(folder / areas.KEY)
    made.anchor.rename(folder / areas.ANCHOR)
    (folder / _OPENS).write_text(communes.PASSWORD, encoding="ascii")


def _seal(at: Try) -> list[str | Path]:
    key = ("--p12", at.folder / areas.KEY, "--password-file", at.folder / _OPENS)
    return ["seal", at.folder / "workspace", "--dossier", _id(at), "--out", at.disk / _OUT, *key]


def _judge_sealed(at: Try, ran: Ran) -> Iterator[str]:
    target = at.disk / _OUT
    yield from communes.judge_target(target, None, at.folder / areas.ANCHOR)
    if ran.done and not target.exists():
        yield "sealed and gone"
    yield from communes.judge_workspace(at.folder / "workspace", communes.HAMLETS, target)


def _with_container(folder: Path) -> None:
    _with_files(folder)
    desk = open_desk(folder / "workspace", who=communes.WHO, clock=communes.clock)
    try:
        seal.build(desk.workspace, seal.prepare(desk, communes.SIGNATORY), folder / _OUT, None)
    finally:
        desk.close()


def _with_sealed(folder: Path) -> None:
    _with_files(folder)
    desk = open_desk(folder / "workspace", who=communes.WHO, clock=communes.clock)
    try:
        seal.commit(
            desk, seal.build(desk.workspace, seal.prepare(desk, communes.SIGNATORY), folder / _OUT, None)
        )
    finally:
        desk.close()


def _split(at: Try) -> list[str | Path]:
    return ["split", at.folder / _OUT, "--size", PART, "--out", at.disk]


def _judge_split(at: Try, ran: Ran) -> Iterator[str]:
    if ran.done or any(at.disk.glob("*.txt")):
        joined = parts.join_parts(at.disk, at.folder / "again.asice", copies.Watch())
        if joined.path.read_bytes() != (at.folder / _OUT).read_bytes():
            yield "the parts join to another file"
    # Of a disk that was pulled nothing can be taken away; without their list parts count for nothing.


def _send(at: Try) -> list[str | Path]:
    return ["send", at.folder / "workspace", "--stick", at.disk]


def _judge_sent(at: Try, ran: Ran) -> Iterator[str]:
    whole = (at.folder / _OUT).read_bytes()
    there = [one for one in at.disk.rglob("*.asice") if one.is_file()]
    yield from (f"{one.name} is another file" for one in there if one.read_bytes() != whole)
    if ran.done and not there:
        yield "handed over and gone"
    desk = open_desk(at.folder / "workspace", who=communes.WHO, clock=communes.clock)
    try:
        if dossiers.listed(desk)[0].state is DossierState.OPEN:
            yield "the dossier is open again"
    finally:
        desk.close()


# ------------------------------------------------------------ copies


def _backup(at: Try) -> list[str | Path]:
    return ["backup", at.folder / "workspace", "--out", at.disk / _BACKUP]


def _judge_backup(at: Try, ran: Ran) -> Iterator[str]:
    yield from _healthy(at.folder / "workspace")
    if ran.done or (at.disk / _BACKUP).exists():
        read_backup(at.disk / _BACKUP, "", copies.Watch())


def _copy(at: Try) -> list[str | Path]:
    return ["backup", at.folder / "workspace", "--out", at.disk]


def _judge_copies(at: Try, ran: Ran) -> Iterator[str]:
    held = cells_in(at.folder / "workspace" / "workspace.ntm")
    places = list(at.disk.glob("NTM-*"))
    yield from (one for place in places for one in copying.harm_in(place, held))
    if ran.done and not any(place.glob("copies/*.ntm") for place in places):
        yield "copied and gone"


def _with_backup(folder: Path) -> None:
    _with_files(folder)
    desk = open_desk(folder / "workspace", who=communes.WHO, clock=communes.clock)
    try:
        copies.make_backup(desk.workspace, folder / _BACKUP, desk.now(), copies.Watch())
    finally:
        desk.close()


def _restore(at: Try) -> list[str | Path]:
    return ["restore", at.folder / _BACKUP, at.disk / "restored"]


def _judge_restored(at: Try, ran: Ran) -> Iterator[str]:
    try:
        yield from _healthy(at.disk / "restored")
        if cells_in(at.disk / "restored" / "workspace.ntm") != cells_in(
            at.folder / "workspace" / "workspace.ntm"
        ):
            yield "a workspace and not the one that was copied"
    except (NotAWorkspace, WorkspaceMissing):
        if ran.done:
            yield "restored and gone"


# ------------------------------------------------------------ commands that read


def reading() -> tuple[Case, ...]:
    """Return the commands that read a file of a disk."""
    return (
        Case(
            "attach from a stick",
            _with_evidence,
            lambda at: _attaching(at, at.disk / "evidence.bin"),
            _judge_attached,
            reads="evidence.bin",
        ),
        Case("restore from a stick", _with_backup, _bring_back, _judge_brought_back, reads=_BACKUP),
        Case(
            "verify from a stick",
            _with_container,
            lambda at: ["verify", at.disk / _OUT],
            lambda _at, ran: iter(["half a file was found valid"] if ran.done else []),
            reads=_OUT,
        ),
        Case("pack import from a stick", _with_bundle, _import_from, _judge_imported, reads="bundle.zip"),
    )


def _bring_back(at: Try) -> list[str | Path]:
    return ["restore", at.disk / _BACKUP, at.folder / "restored"]


def _judge_brought_back(at: Try, ran: Ran) -> Iterator[str]:
    yield from _judge_restored(Try(at.folder, at.folder), ran)


def _with_bundle(folder: Path) -> None:
    next(one for one in areas.every() if one.name == "import of packs").make(folder)


def _import_from(at: Try) -> list[str | Path]:
    words = _import(at)
    words[3] = at.disk / "bundle.zip"
    return words


def _judge_imported(at: Try, ran: Ran) -> Iterator[str]:
    yield from next(one for one in areas.every() if one.name == "import of packs").judge(
        at.folder, _said(ran, "kept")
    )
