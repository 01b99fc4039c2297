"""The sample commune through the whole job: figures in, evidence, papers, signature, verification.

Everything goes the way an officer's work goes, through the same operations. The figures stand in
`resources/samples`; its README says which are real.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from ntm_desktop.disk import unwritable
from ntm_desktop.errors import Damaged, Refused
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import reading_period
from ntm_desktop.operations import answer, attach, dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.fill import fill
from ntm_desktop.operations.form import write_form
from ntm_desktop.operations.hamlets import CellProblem, take_hamlets
from ntm_desktop.operations.new import new_workspace
from ntm_desktop.operations.papers import Kind, write_papers
from ntm_desktop.operations.profile import set_profile
from ntm_desktop.operations.seal import Signatory, build, commit, prepare, unlock
from ntm_desktop.operations.verify import VerificationReport, verify
from ntm_desktop.paths import resources_folder
from ntm_desktop.trust.demo import make_demo_key

MARK = "ntm-desktop-demo"
"""Name of the empty file that says: this folder was made by a demonstration and may be replaced."""
_PASSWORD = "demo"  # noqa: S105  # opens a key that nobody vouches for


@dataclass(eq=False)
class FolderInUse(Refused):
    """Say that the folder holds something that no demonstration left there."""

    folder: str

    code: ClassVar[str] = "demo_folder_in_use"
    what: ClassVar[str] = "The folder {folder} is not empty and was not made by a demonstration."
    safe: ClassVar[str] = "Nothing in it was changed."
    next_step: ClassVar[str] = "Name a new or empty folder."


@dataclass(eq=False)
class SampleUnfit(Damaged):
    """Say that the sample figures shipped with the program do not fit its criterion sets."""

    problems: str

    code: ClassVar[str] = "sample_unfit"
    what: ClassVar[str] = "The sample figures of this program do not fit its criterion sets: {problems}"
    safe: ClassVar[str] = "No workspace of yours was touched."
    next_step: ClassVar[str] = "Install the program again, or report this to whoever looks after it."


@dataclass(frozen=True, slots=True)
class Demonstrated:
    """What the demonstration left, and what verifying its file found."""

    workspace: Path
    dossier: Path
    anchor: Path
    papers: tuple[Path, ...]
    form: Path
    report: VerificationReport


def demonstrate(folder: Path, tell: Callable[[str], None], *, clock: Callable[[], datetime]) -> Demonstrated:
    """Make the sample commune in a folder and take its first dossier to the signed and verified file.

    `tell` is called with the code of each step. Raises FolderInUse, SampleUnfit, DiskFull, FileUnwritable.
    """
    _make_room(folder)
    sample = _Sample(resources_folder() / "samples")
    tell("workspace")
    desk = new_workspace(
        folder / "workspace",
        sample.text("commune"),
        hamlet_label=sample.text("hamlet_label"),
        who=sample.text("officer"),
        clock=clock,
    )
    try:
        first = _enter(desk, sample, tell)
        desk.choose(dossiers.find(desk, first))
        tell("papers")
        form = folder / "phieu-so-lieu.xlsx"
        write_form(desk, form)
        signatory = Signatory(sample.text("signatory"), sample.text("title"), sample.text("place"))
        papers = write_papers(desk, folder / "papers", signatory, (Kind.PDF,))
        tell("seal")
        now = clock()
        key = make_demo_key(
            folder,
            signer=sample.text("signatory"),
            organisation=sample.text("office"),
            password=_PASSWORD,
            at=now,
        )
        target = folder / sample.text("file")
        built = build(desk.workspace, prepare(desk, signatory), target, unlock(key.key_file, _PASSWORD))
        commit(desk, built)
    finally:
        desk.close()
    tell("verify")
    report = verify(target, (key.anchor,))
    return Demonstrated(folder / "workspace", target, key.anchor, papers, form, report)


def _make_room(folder: Path) -> None:
    """Empty the folder of an earlier demonstration; leave any other alone. Raises FolderInUse, FileUnwritable."""
    try:
        if folder.is_dir() and any(folder.iterdir()):
            if not (folder / MARK).is_file():
                raise FolderInUse(str(folder))
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).touch()
    except OSError as fault:
        raise unwritable(folder, fault) from fault


class _Sample:
    """The shipped sample: `sample.json` and the files beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._content: Mapping[str, object] = json.loads((folder / "sample.json").read_text(encoding="utf-8"))

    def text(self, name: str) -> str:
        """Return one of the plain texts."""
        return str(self._content[name])

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return one of the lists."""
        found = self._content[name]
        return found if isinstance(found, list) else []

    def names(self, name: str) -> list[str]:
        """Return one of the lists of plain texts."""
        found = self._content[name]
        return [str(one) for one in found] if isinstance(found, list) else []

    def register_lines(self) -> list[tuple[str, dict[str, str]]]:
        """Return the lines of the registers: the register's name and text by column."""
        found = self._content["records"]
        return [(row["register"], row["cells"]) for row in found] if isinstance(found, list) else []


def _enter(desk: Desk, sample: _Sample, tell: Callable[[str], None]) -> str:
    """Enter everything the sample has; return the id of the dossier that is sealed."""
    tell("hamlets")
    hamlets = take_hamlets(desk, sample.folder / "hamlets.csv")
    _require_fit(hamlets.problems)
    ids: dict[str, str] = {}
    for row in sample.rows("dossiers"):
        dossiers.add(desk, row["set"], int(row["year"]))
        if desk.dossier is not None:
            ids[row["name"]] = desk.dossier.id
    for row in sample.rows("profile"):
        set_profile(desk, {row["key"]: row["value"]}, document=row["document"])
    tell("figures")
    for name in sample.names("fact_files"):
        _require_fit(fill(desk, sample.folder / name).problems)
    lines: dict[int, str] = {}
    for name, one in ids.items():
        desk.choose(dossiers.find(desk, one))
        _enter_registers(desk, sample, lines)
        _attach(desk, sample, name)
    return ids[sample.text("sealed")]


def _require_fit(problems: tuple[CellProblem, ...]) -> None:
    if problems:
        raise SampleUnfit("; ".join(f"{one.address} {one.code} {dict(one.facts)}" for one in problems[:5]))


def _enter_registers(desk: Desk, sample: _Sample, lines: dict[int, str]) -> None:
    """Enter what this dossier's set reads of the registers; `lines` holds the records made so far by number."""
    catalogue = desk.compiled.source.catalogue
    for number, (register, cells) in enumerate(sample.register_lines()):
        if register not in catalogue.registers:
            continue
        if number not in lines:
            known = {record.id for record in desk.book.records}
            answer.add_record(desk, register)
            lines[number] = next(record.id for record in desk.book.records if record.id not in known)
        for column, text in cells.items():
            element = catalogue.elements.get(column)
            if element is None:
                continue
            for year in sample.names("record_years"):
                key = FactKey(column, lines[number], reading_period(element.period, int(year)))
                if desk.book.fact(key) is None:
                    answer.answer(desk, key, text)


def _attach(desk: Desk, sample: _Sample, dossier: str) -> None:
    for row in sample.rows("evidence"):
        if row["dossier"] == dossier:
            stored = attach.store(desk, [sample.folder / "evidence" / row["file"]])
            attach.attach(desk, row["requirement"], row["rule"], stored)
