"""The kinds of work a commune's figures go through: how each begins, what is done, and how what is left is judged.

The work runs in a process of its own that may end at any moment; it says aloud what it has finished. The judge
holds the folder against what was said: what was acknowledged is there, nothing half done counts, and the work can
be done again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from ntm_desktop.criteria.load import dump, load
from ntm_desktop.errors import NtmError
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import (
    answer,
    attach,
    copies,
    fill,
    history,
    pack_authoring,
    packs,
    parts,
    restoring,
    seal,
)
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.start import open_desk
from ntm_desktop.packs.repository.publish import FIRST_KEYS
from ntm_desktop.packs.shipped import content_of, shipped_pack
from ntm_desktop.workspace.backup_file import read_backup
from ntm_desktop.workspace.doctor import diagnose
from ntm_desktop.workspace.errors import NotAWorkspace, WorkspaceMissing
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.places import cells_in
from torture import communes, copying

Say = Callable[[str], None]
FIXTURE: Final = Path(__file__).resolve().parents[2] / "tests" / "workspace" / "fixtures" / "schema-1000"
ENTERED: Final = ("so_cbcc", "cbcc_co_may_tinh", "so_may_tinh")
TAKEN: Final = ("ho_so_truc_tuyen", "ho_so_giai_quyet", "so_cbcc", "cbcc_co_may_tinh", "so_may_tinh")
FILES, SIZE = 2, 30_000
PART: Final = 25_000
FACTS, TABLE = "facts.json", "table.xlsx"
KEY, ANCHOR = "key.p12", "anchor.pem"
_SET: Final = "torture-xa-ntm"
_OPENS: Final = "torture torture"
"""Every key of a publisher whom nobody believes."""


@dataclass(frozen=True, slots=True)
class Area:
    """One kind of work."""

    name: str
    make: Callable[[Path], None]
    """Make what the work begins with in an empty folder; done once, then copied."""
    work: Callable[[Path, Say], None]
    """Do it, saying what is finished. Raises NtmError, and nothing else, when the disk fails."""
    judge: Callable[[Path, frozenset[str]], Iterator[str]]
    """Give the harm that was done, after this was said."""
    calls: bool = True
    """Whether its calls are made to fail one by one; not where another area makes the same ones in less time."""


def every() -> tuple[Area, ...]:
    """Return all of them in the order of the work."""
    return (
        Area("creating", _make_nothing, _create, _judge_created),
        Area("entry", _make_entry, _enter, _judge_entered),
        Area("import of figures", _make_facts, partial(_fill, FACTS), _judge_filled),
        Area("import of a workbook", _make_table, partial(_fill, TABLE), _judge_filled, calls=False),
        Area("import of packs", _make_bundle, _take_packs, _judge_packs),
        Area("migration", _make_old, _migrate, _judge_migrated),
        Area("sealing", _make_signer, _seal, _judge_sealed),
        Area("copying", partial(_make, files=FILES), _copy, _judge_copied),
        Area("restoring", _make_copies, _restore, _judge_restored),
        Area("splitting", _make_container, _split, _judge_split),
    )


def _open(folder: Path) -> Desk:
    return open_desk(folder / "workspace", who=communes.WHO, clock=communes.clock)


def _make(folder: Path, *, files: int) -> None:
    communes.make(folder / "workspace", files=files, size=SIZE).close()


def _healthy(workspace: Path) -> Iterator[str]:
    found = diagnose(workspace)
    if not found.healthy:
        yield from (f"{finding} {about}" for finding, about in found.findings)


def _key(element: str) -> FactKey:
    return FactKey(element, "", year_period(communes.YEAR))


# ------------------------------------------------------------ creating


def _make_nothing(_folder: Path) -> None:
    """Begin with nothing."""


def _create(folder: Path, say: Say) -> None:
    _make(folder, files=0)
    say("created")


def _judge_created(folder: Path, said: frozenset[str]) -> Iterator[str]:
    workspace = folder / "workspace"
    try:
        yield from _healthy(workspace)
        _open(folder).close()
    except (NotAWorkspace, WorkspaceMissing):
        if "created" in said:
            yield "created and gone"
        _make(folder, files=0)


# ------------------------------------------------------------ entry


def _make_entry(folder: Path) -> None:
    _make(folder, files=0)
    (folder / "evidence.txt").write_text("evidence " * 4000, encoding="ascii")


def _enter(folder: Path, say: Say) -> None:
    desk = _open(folder)
    try:
        for element in ENTERED:
            answer.answer(desk, _key(element), "21")
            say(element)
        history.undo(desk)
        say(f"not {ENTERED[-1]}")
        path = folder / "evidence.txt"
        requirement = next(one for one in desk.compiled.source.requirements() if one.evidence)
        attach.attach(desk, requirement.code, requirement.evidence[0].code, attach.store(desk, [path]))
        say("evidence")
    finally:
        desk.close()


def _judge_entered(folder: Path, said: frozenset[str]) -> Iterator[str]:
    yield from _healthy(folder / "workspace")
    desk = _open(folder)
    try:
        held = {key.element for key in desk.book.facts}
        kept = set(ENTERED) & said
        if f"not {ENTERED[-1]}" in said and ENTERED[-1] in held:
            yield "what was taken back is there"
        kept.discard(ENTERED[-1])  # the next call takes it back: with and without is honest
        yield from (f"{element} was entered and is gone" for element in kept - held)
        if "evidence" in said and len(desk.workspace.evidence()) != 1:
            yield "the file that was shown is gone"
        answer.answer(desk, _key(ENTERED[0]), "22")
    finally:
        desk.close()


# ------------------------------------------------------------ import of figures


def _make_table(folder: Path) -> None:
    import openpyxl

    _make(folder, files=0)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["element", "period", "value", "source"])
    for number, element in enumerate(TAKEN):
        sheet.append([element, str(communes.YEAR), 100 + number, "table"])
    book.save(folder / TABLE)


def _make_facts(folder: Path) -> None:
    _make(folder, files=0)
    facts = [
        {"element": element, "subject": None, "period": str(communes.YEAR), "kind": "actual", "value": "7"}
        for element in TAKEN
    ]
    (folder / FACTS).write_text(json.dumps({"facts": facts}), encoding="utf-8")


def _fill(name: str, folder: Path, say: Say) -> None:
    desk = _open(folder)
    try:
        taken = fill.fill(desk, folder / name)
        say(f"taken {taken.taken}")
    finally:
        desk.close()


def _judge_filled(folder: Path, said: frozenset[str]) -> Iterator[str]:
    yield from _healthy(folder / "workspace")
    desk = _open(folder)
    try:
        held = len({key.element for key in desk.book.facts} & set(TAKEN))
        if held not in ((len(TAKEN),) if said else (0, len(TAKEN))):
            yield f"{held} of {len(TAKEN)} figures of the table are there"
    finally:
        desk.close()


# ------------------------------------------------------------ import of packs


def _make_bundle(folder: Path) -> None:
    _make(folder, files=0)
    shipped = shipped_pack(communes.SET)
    if shipped is None:
        raise LookupError(communes.SET)
    publisher = folder / "publisher"
    office = pack_authoring.office(
        publisher / "repo", publisher / "keys", dict.fromkeys(FIRST_KEYS, _OPENS), communes.clock()
    )
    (folder / "fingerprint").write_text(pack_authoring.init(office, "Torture"), encoding="ascii")
    for version in ("1.0.0", "1.1.0"):
        pack_authoring.add(office, dump(replace(load(content_of(shipped)), id=_SET, version=version)), "")
    pack_authoring.bundle(publisher / "repo", folder / "bundle.zip")


def _take_packs(folder: Path, say: Say) -> None:
    desk = _open(folder)
    try:
        confirmed = (folder / "fingerprint").read_text(encoding="ascii")
        packs.take_in(desk, folder / "bundle.zip", confirmed=confirmed)
        say("kept")
    finally:
        desk.close()


def _judge_packs(folder: Path, said: frozenset[str]) -> Iterator[str]:
    yield from _healthy(folder / "workspace")
    for again in (False, True):
        desk = _open(folder)
        try:
            versions = sum(1 for one, _version, _sha256 in desk.workspace.packs() if one == _SET)
            if versions not in ((2,) if said or again else (0, 2)):
                yield f"{versions} of 2 packs are kept"
        finally:
            desk.close()
        if not again:
            _take_packs(folder, lambda _word: None)
    for copy in (folder / "workspace" / "copies").glob("*.ntm"):
        cells_in(copy)


# ------------------------------------------------------------ migration


def _make_old(folder: Path) -> None:
    shutil.copytree(FIXTURE, folder / "workspace")


def _migrate(folder: Path, say: Say) -> None:
    Workspace.open(folder / "workspace", who=communes.WHO, clock=communes.clock).close()
    say("opened")


def _judge_migrated(folder: Path, said: frozenset[str]) -> Iterator[str]:
    found = diagnose(folder / "workspace")
    if not found.healthy:
        yield f"{found.findings}"
    if said and found.version == int(FIXTURE.name.rpartition("-")[2]):
        yield "opened and still of the old schema"
    with Workspace.open(folder / "workspace", who=communes.WHO, clock=communes.clock) as workspace:
        if [str(value) for value in workspace.book.values.values()].count("612") != 1:
            yield "the figure of the old workspace is gone"
    yield from _healthy(folder / "workspace")


# ------------------------------------------------------------ sealing


def _make_signer(folder: Path) -> None:
    _make(folder, files=FILES)
    made = communes.make_key(folder)
    made.key_file.rename(folder / KEY)
    made.anchor.rename(folder / ANCHOR)
    (folder / "out").mkdir()
    (folder / "out" / "dossier.asice").write_bytes(communes.OLD)


def _seal(folder: Path, say: Say) -> None:
    desk = _open(folder)
    try:
        target = folder / "out" / "dossier.asice"
        key = seal.unlock(folder / KEY, communes.PASSWORD)
        built = seal.build(desk.workspace, seal.prepare(desk, communes.SIGNATORY), target, key)
        say("built")
        seal.commit(desk, built)
        say("recorded")
    finally:
        desk.close()


def _judge_sealed(folder: Path, said: frozenset[str]) -> Iterator[str]:
    target = folder / "out" / "dossier.asice"
    before = None if "built" in said else communes.OLD
    if before is None and not target.exists():
        yield "built and gone"
    yield from communes.judge_target(target, before, folder / ANCHOR)
    yield from communes.judge_workspace(folder / "workspace", communes.HAMLETS, target)
    desk = _open(folder)
    try:
        if "recorded" in said and desk.editable:
            yield "recorded and open"
    finally:
        desk.close()


# ------------------------------------------------------------ copying and restoring


def _copy(folder: Path, say: Say) -> None:
    desk = _open(folder)
    try:
        made = copies.make_copy(desk.workspace, folder / "usb", desk.now(), copies.Watch())
        say(f"copied {copies.copies_at(Path(made.known.place))[0].file}")
        copies.make_backup(desk.workspace, folder / "kho.ntmbackup", desk.now(), copies.Watch())
        say("backed_up")
    finally:
        desk.close()


def _judge_copied(folder: Path, said: frozenset[str]) -> Iterator[str]:
    yield from copying.judge(folder / "workspace", folder, "after", tuple(said))
    _copy(folder, lambda _word: None)


def _make_copies(folder: Path) -> None:
    _make(folder, files=FILES)
    _copy(folder, lambda _word: None)


def _restore(folder: Path, say: Say) -> None:
    restoring.restore(folder / "kho.ntmbackup", folder / "restored-file", copies.Watch())
    say("restored-file")
    (copy,) = (folder / "usb").glob("*/copies/*.ntm")
    restoring.restore(copy, folder / "restored-copy", copies.Watch())
    say("restored-copy")


def _judge_restored(folder: Path, said: frozenset[str]) -> Iterator[str]:
    held = cells_in(folder / "workspace" / "workspace.ntm")
    read_backup(folder / "kho.ntmbackup", "", copies.Watch())
    for name in ("restored-file", "restored-copy"):
        try:
            if cells_in(folder / name / "workspace.ntm") != held or not diagnose(folder / name).healthy:
                yield f"{name} is a workspace and not whole"
        except (NotAWorkspace, WorkspaceMissing, NtmError):
            if name in said:
                yield f"{name} and gone"


# ------------------------------------------------------------ splitting


def _make_container(folder: Path) -> None:
    (folder / "parts").mkdir()
    _make(folder, files=FILES)
    desk = _open(folder)
    try:
        seal.build(desk.workspace, seal.prepare(desk, communes.SIGNATORY), folder / "dossier.asice", None)
    finally:
        desk.close()


def _split(folder: Path, say: Say) -> None:
    parts.split_dossier(folder / "dossier.asice", folder / "parts", PART, copies.Watch())
    say("split")
    parts.join_parts(folder / "parts", folder / "joined.asice", copies.Watch())
    say("joined")


def _judge_split(folder: Path, said: frozenset[str]) -> Iterator[str]:
    whole, joined = (folder / "dossier.asice").read_bytes(), folder / "joined.asice"
    if joined.exists() and joined.read_bytes() != whole:
        yield "joined and another file"
    if "joined" in said and not joined.exists():
        yield "joined and gone"
    if "split" in said:
        again = parts.join_parts(folder / "parts", folder / "again.asice", copies.Watch())
        if again.path.read_bytes() != whole:
            yield "the parts join to another file"
    elif any((folder / "parts").glob("*.txt")):
        yield from _joins_or_says_so(folder)


def _joins_or_says_so(folder: Path) -> Iterator[str]:
    """Hold a list that was not acknowledged against its parts: where it stands, they must."""
    try:
        parts.join_parts(folder / "parts", folder / "again.asice", copies.Watch())
    except NtmError as fault:
        yield f"the list stands there and its parts do not: {fault}"
