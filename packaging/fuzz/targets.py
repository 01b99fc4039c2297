"""Every reader of a file that may come from anywhere: files to begin with, made by the program, and how it is called.

A reader may refuse with the program's own errors, or give something. Anything else is a defect. Two read in a child
process, whose end is an answer too: of these only what ends or holds up the whole process counts.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast
from unittest import mock

from ntm_desktop.criteria.load import load
from ntm_desktop.dossier.reader import read_container
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import NtmError
from ntm_desktop.exchange.facts_file import facts_from_json
from ntm_desktop.exchange.facts_table import facts_from_table
from ntm_desktop.exchange.mapping import Counted, How, RowTest, mapping_from_json, mapping_to_json
from ntm_desktop.exchange.mapping import Mapping as TableMapping
from ntm_desktop.exchange.proposals import Terms
from ntm_desktop.media.pictures import shrink_job, strip_job
from ntm_desktop.operations import copies, packets, parts, seal
from ntm_desktop.operations.start import open_desk
from ntm_desktop.packs.repository.bundle import open_bundle
from ntm_desktop.packs.repository.reading import read_list, read_root
from ntm_desktop.packs.shipped import content_of, shipped_pack
from ntm_desktop.sheets import inspection
from ntm_desktop.sheets.read import read
from ntm_desktop.snapshot.return_slip import Demand, Remark, ReturnSlip, RoundKind, decode_slip, encode_slip
from ntm_desktop.transfer import parts as part_lists
from ntm_desktop.trust.judge import judge_enclosed
from ntm_desktop.trust.pdf_judge import judge_pdfs
from ntm_desktop.workspace.backup_file import read_backup
from ntm_desktop.workspace.packet_file import read_packet
from torture import areas, communes

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LARGEST: int = 1 << 20
"""Bytes of an input; what is larger takes long to read, and the limits are tested by themselves."""


@dataclass(frozen=True, slots=True)
class Target:
    """One reader."""

    name: str
    seeds: Callable[[Mapping[str, bytes]], list[bytes]]
    """Choose the files to begin with from those the program made, by name."""
    read: Callable[[bytes], object]
    refuses: tuple[type[Exception], ...] = field(default=(NtmError,))
    """What it may answer with instead."""

    def try_with(self, content: bytes) -> None:
        """Read; raises what is a defect."""
        with suppress(*self.refuses):
            self.read(content)


def every() -> tuple[Target, ...]:
    """Return all of them."""
    return (
        Target("facts", _named("facts.json"), _facts),
        Target("csv", _named("table.csv"), _csv),
        Target("workbook", _named("table.xlsx"), _workbook, (Exception,)),
        Target(
            "mapping",
            _named("mapping.json"),
            lambda content: mapping_from_json("m", content.decode("latin-1")),
        ),
        Target("pack", _named("pack.json"), load),
        Target("bundle", _named("bundle.zip"), _bundle),
        Target("list", _ending(".list.json"), _list),
        Target("container", _named("dossier.asice"), _container, (NtmError, NotAContainer)),
        Target("pdf", _ending(".pdf"), lambda content: judge_pdfs((content,), (), _NOW)),
        Target("signature", _ending(".p7s", "slip.json"), lambda content: judge_enclosed(content, (), _NOW)),
        Target("slip", _named("slip.json"), decode_slip),
        Target("picture", _ending(".jpg", ".png", ".tif"), _picture, (Exception,)),
        Target("backup", _named("kho.ntmbackup", "locked.ntmbackup"), _backup),
        Target("packet", _named("packet.zip"), _packet),
        Target("parts", _ending(".txt"), _parts),
    )


_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _named(*names: str) -> Callable[[Mapping[str, bytes]], list[bytes]]:
    return lambda made: [made[name] for name in names]


def _ending(*ends: str) -> Callable[[Mapping[str, bytes]], list[bytes]]:
    return lambda made: [content for name, content in sorted(made.items()) if name.endswith(ends)]


# ------------------------------------------------------------ reading


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="ntm-fuzz-"))


def _file(name: str, content: bytes) -> Path:
    path = _scratch() / name
    path.write_bytes(content)
    return path


@cache
def _terms() -> Terms:
    return Terms(load(_pack()).catalogue.elements)


def _facts(content: bytes) -> object:
    return facts_from_json("facts.json", content, _terms())


def _csv(content: bytes) -> object:
    if content.startswith((b"PK", b"\xd0\xcf")):
        return None  # another reader's
    return facts_from_table("table.csv", read(_file("table.csv", content)), _terms())


class _Pipe:
    """The end of a pipe that a child process would hold."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def recv_bytes(self) -> bytes:
        """Return the file."""
        return self._content

    def send_bytes(self, answer: bytes) -> None:
        """Take the answer as the other side would."""
        json.loads(answer)


def _workbook(content: bytes) -> None:
    with mock.patch.object(inspection, "_lower_own_limits"):
        inspection.inspect(cast("Connection", _Pipe(content)))


def _bundle(content: bytes) -> object:
    with open_bundle(_file("bundle.zip", content)) as bundle:
        return [bundle.read(name, LARGEST) for name in ("metadata/root.json", "metadata/timestamp.json")]


def _list(content: bytes) -> object:
    with suppress(NtmError):
        read_root(content)
    return read_list("targets.json", content)


def _container(content: bytes) -> object:
    return read_container(_file("dossier.asice", content))


def _picture(content: bytes) -> object:
    path = str(_file("picture", content))
    with suppress(Exception):
        strip_job(path)
    return shrink_job(path)


def _backup(content: bytes) -> object:
    return read_backup(_file("kho.ntmbackup", content), "passphrase", copies.Watch())


def _packet(content: bytes) -> object:
    return read_packet(_file("packet.zip", content))


def _parts(content: bytes) -> object:
    named = re.search(rb"[0-9a-f]{12}\.asice", content)
    name = named[0].decode() if named else "dossier.asice"
    return part_lists.read_list(_file(f"{name}{part_lists.LIST_SUFFIX}", content))


# ------------------------------------------------------------ files to begin with


def _pack() -> bytes:
    shipped = shipped_pack(communes.SET)
    if shipped is None:
        raise LookupError(communes.SET)
    return content_of(shipped)


def make_seeds(folder: Path) -> dict[str, bytes]:
    """Let the program make one file of every kind in a folder; return them by name."""
    made = dict(plain())
    for name in ("import of figures", "import of a workbook", "import of packs"):
        work = folder / name
        work.mkdir(parents=True)
        next(area for area in areas.every() if area.name == name).make(work)
        for file in ("facts.json", "table.xlsx", "bundle.zip"):
            if (work / file).exists():
                made[file] = (work / file).read_bytes()
    with zipfile.ZipFile(folder / "import of packs" / "bundle.zip") as bundle:
        lists = [name for name in bundle.namelist() if name.endswith(".json") and "metadata" in name]
        made |= {f"{Path(name).stem}.list.json": bundle.read(name) for name in lists}
    return made | _of_a_dossier(folder / "dossier")


def plain() -> Iterator[tuple[str, bytes]]:
    """Give the files that take no work to make."""
    yield "pack.json", _pack()
    yield "table.csv", b"element;period;value\nso_cbcc;2024;21\nho_so_truc_tuyen;2024;2.382\n"
    test = RowTest("Status", How.IS, ("done",))
    counted = Counted("ho_so_giai_quyet", (test,), "Number")
    yield "mapping.json", mapping_to_json(TableMapping(name="m", counted=(counted,))).encode()
    remark = Remark(1, "8.4.d", Demand.CORRECT, "One file is missing.")
    identity = "ab" * 32
    slip = ReturnSlip(
        *(identity[:32], 1, identity, communes.COMMUNE, f"{communes.SET}@1.0.0", communes.YEAR),
        *(RoundKind.APPRAISAL, "Office", "Judge", "2026-01-01T00:00:00.000Z", date(2026, 2, 1), (remark,)),
    )
    yield "slip.json", encode_slip(slip)
    from PIL import Image

    for kind in ("jpg", "png", "tif"):
        drawn = io.BytesIO()
        image = Image.effect_noise((64, 48), 90).convert("RGB")
        image.save(drawn, {"jpg": "JPEG", "png": "PNG", "tif": "TIFF"}[kind])
        yield f"picture.{kind}", drawn.getvalue()


def _of_a_dossier(folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    communes.make(folder / "workspace", files=1, size=5000).close()
    key = seal.unlock(communes.make_key(folder).key_file, communes.PASSWORD)
    desk = open_desk(folder / "workspace", who=communes.WHO, clock=communes.clock)
    try:
        seal.build(desk.workspace, seal.prepare(desk, communes.SIGNATORY), folder / "dossier.asice", key)
        for name, passphrase in (("kho.ntmbackup", ""), ("locked.ntmbackup", "passphrase")):
            copies.make_backup(desk.workspace, folder / name, desk.now(), copies.Watch(), passphrase)
        packets.cut(desk, folder / "packet.zip", criteria=("8",))
    finally:
        desk.close()
    (folder / "parts").mkdir()
    size = (folder / "dossier.asice").stat().st_size
    *_parts, listed = parts.split_dossier(
        folder / "dossier.asice", folder / "parts", size // 2 + 1, copies.Watch()
    )
    made = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    made["parts.txt"] = listed.read_bytes()
    with zipfile.ZipFile(folder / "dossier.asice") as container:
        made |= {
            Path(name).name: container.read(name)
            for name in container.namelist()
            if name.endswith((".pdf", ".p7s"))
        }
    return made
