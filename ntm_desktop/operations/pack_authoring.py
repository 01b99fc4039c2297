"""The province's office: a workbook to start from, every problem of one, the pack built from it, and publishing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.check import check_set
from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.examples import disagreements
from ntm_desktop.criteria.load import MAX_BYTES, PackUnreadable, load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import is_register_book
from ntm_desktop.disk import Disk, fault_name, open_file, unwritable
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.operations.sets import numbers
from ntm_desktop.packs.assembly import BuiltPack
from ntm_desktop.packs.problems import PackSourceRefused, SourceProblem, sentence
from ntm_desktop.packs.program.publish import add_program
from ntm_desktop.packs.program.update_file import build_update
from ntm_desktop.packs.promise import BrokenPromise, is_patch, promise
from ntm_desktop.packs.register_source import HEAD, BuiltRegisters, build_registers, published_registers
from ntm_desktop.packs.repository.beside import write_beside
from ntm_desktop.packs.repository.keys import KeyFolder
from ntm_desktop.packs.repository.layout import LARGEST_PROGRAM, is_province
from ntm_desktop.packs.repository.publish import (
    FIRST_KEYS,
    Office,
    UnfitName,
    add,
    bundle,
    delegate,
    init,
    renew,
)
from ntm_desktop.packs.repository.rotation import rotate
from ntm_desktop.packs.shipped import content_of, shipped_packs
from ntm_desktop.packs.workbook.build import build_book, read_authored
from ntm_desktop.packs.workbook.register_book import build_register_book
from ntm_desktop.packs.workbook.register_book import is_register_book as is_register_workbook
from ntm_desktop.packs.workbook.write import (
    starter_registers,
    starter_workbook,
    write_registers,
    write_set,
)
from ntm_desktop.sheets.cells import Workbook
from ntm_desktop.trust.locked_key import read_public_key

__all__ = [
    "FIRST_KEYS",
    "BrokenPromise",
    "Checked",
    "Office",
    "PassphrasesUnreadable",
    "SourceProblem",
    "add",
    "add_program",
    "bundle",
    "check",
    "init",
    "let_in",
    "make_key",
    "office",
    "pack_content",
    "program_content",
    "read_passphrases",
    "renew",
    "rotate",
    "sentence",
    "starter_registers",
    "starter_workbook",
    "write_pack",
    "write_workbook",
]

_PACK_SUFFIX = ".json"


@dataclass(eq=False)
class PassphrasesUnreadable(Refused):
    """Say that the list of passphrases is not one."""

    line: int

    code: ClassVar[str] = "passphrases_unreadable"
    what: ClassVar[str] = "Line {line} of the passphrases is not KEY=PASSPHRASE."
    safe: ClassVar[str] = "Nothing was published."
    next_step: ClassVar[str] = "Write one key a line, such as targets-1=four words of your own."


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a workbook or a pack."""

    source: str
    built: BuiltPack | None
    """None where there are problems, and of a register book."""
    problems: tuple[SourceProblem, ...]
    promise: tuple[BrokenPromise, ...] = ()
    """Verdicts that change although the version is a patch of one of the packs beside it."""
    registers: BuiltRegisters | None = None
    """Of a register book."""

    @property
    def content(self) -> bytes | None:
        """The bytes of the pack; None where there are problems."""
        built = self.built or self.registers
        return None if built is None else built.content

    @property
    def name(self) -> str:
        """The set as a child names its parent: `SET@VERSION+SHA256`; empty where there are problems."""
        if self.registers is not None:
            book = self.registers.book
            return f"{book.id}@{book.version}+{hashlib.sha256(self.registers.content).hexdigest()}"
        built = self.built
        return "" if built is None else f"{built.set.id}@{built.set.version}+{built.sha256}"


def check(path: Path, beside: Iterable[Path] = ()) -> Checked:
    """Check a workbook (.xlsx), a source of registers (registers.json) or a built pack (.json); return every problem.

    A workbook is of a set or of registers. Parents and sets that are read are looked for among the packs `beside` and
    those that came with the program.

    Raises FileUnreadable, NotAWorkbook, PasswordProtected, TooLarge, PackUnreadable, UnknownRuleLanguage.
    """
    try:
        if path.name == HEAD:
            return Checked(path.name, None, (), registers=build_registers(path.parent))
        if path.suffix.lower() == _PACK_SUFFIX:
            return _of_built(path, beside)
        return _of_workbook(path, read_authored(path), beside)
    except PackSourceRefused as refused:
        return Checked(path.name, None, refused.problems)


def _of_built(path: Path, beside: Iterable[Path]) -> Checked:
    content = _content(path)
    if is_register_book(content):
        return Checked(path.name, None, (), registers=BuiltRegisters(published_registers(content), content))
    near, built = _Near(beside), BuiltPack(load(content), content)
    problems = _of_pack(path, built, near.newest())
    return Checked(
        path.name, None if problems else built, problems, () if problems else near.promise(built.set)
    )


def _of_workbook(path: Path, book: Workbook, beside: Iterable[Path]) -> Checked:
    if is_register_workbook(book):
        return Checked(path.name, None, (), registers=build_register_book(path.name, book))
    near = _Near(beside)
    built = build_book(path.name, book, near.newest(), near.parent)
    return Checked(path.name, built, (), near.promise(built.set))


def _of_pack(path: Path, built: BuiltPack, library: Mapping[str, CriterionSet]) -> tuple[SourceProblem, ...]:
    found = [
        SourceProblem(path.name, finding.place, finding.code, ", ".join(value for _, value in finding.facts))
        for finding in check_set(built.set, library)
    ]
    if found:
        return tuple(found)
    wrong = disagreements(compile_set(built.set), library)
    return tuple(
        SourceProblem(path.name, one.example, "example_fails", f"{one.code}: {one.expected}", one.found)
        for one in wrong
    )


class _Near:
    """The packs a source may name: those given, before those that came with the program."""

    def __init__(self, beside: Iterable[Path]) -> None:
        contents = [content_of(pack) for pack in shipped_packs()] + [_content(path) for path in beside]
        self._contents = {load(content).sha256: content for content in contents}

    def newest(self) -> Mapping[str, CriterionSet]:
        """Return the newest version of each set."""
        sets = sorted(map(load, self._contents.values()), key=lambda one: numbers(one.version))
        return {one.id: one for one in sets}

    def parent(self, _set_id: str, _version: str, sha256: str) -> bytes | None:
        """Return the bytes of a parent by their hash: nothing else is the parent."""
        return self._contents.get(sha256)

    def promise(self, new: CriterionSet) -> tuple[BrokenPromise, ...]:
        """Hold a patch to the newest version before it."""
        before = [
            one
            for one in map(load, self._contents.values())
            if one.id == new.id
            and is_patch(one.version, new.version)
            and numbers(one.version) < numbers(new.version)
        ]
        if not before:
            return ()
        return promise(max(before, key=lambda one: numbers(one.version)), new, library=self.newest())


def write_workbook(source: Path, target: Path) -> None:
    """Write a built pack, a criterion set or a register book, as the workbook it could have been built from.

    Raises FileUnreadable, PackUnreadable, DiskFull, FileUnwritable.
    """
    content = _content(source)
    if is_register_book(content):
        write_registers(published_registers(content), target)
    else:
        write_set(load(content), target)


def write_pack(checked: Checked, target: Path) -> None:
    """Write the pack of a source that was checked. Raises PackSourceRefused, DiskFull, FileUnwritable."""
    if checked.content is None:
        raise PackSourceRefused(checked.source, checked.problems)
    write_beside(target, checked.content, Disk())


def office(repo: Path, keys: Path, passphrases: Mapping[str, str], now: datetime) -> Office:
    """Return where a publisher works; the folder for the keys is made when it is not there. Raises FileUnwritable."""
    return Office(repo, _key_folder(keys, passphrases), now)


def make_key(keys: Path, name: str, passphrases: Mapping[str, str]) -> Path:
    """Make a key of a province's own (`thanh-hoa-1`); return its public half, to be handed to the publisher.

    Raises UnfitName, FileUnwritable and what `KeyFolder.make` raises.
    """
    province, _hyphen, number = name.rpartition("-")
    if not is_province(province) or not number.isdecimal():
        raise UnfitName(name)
    _key_folder(keys, passphrases).make(name)
    return keys / f"{name}.pub"


def _key_folder(keys: Path, passphrases: Mapping[str, str]) -> KeyFolder:
    try:
        keys.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise unwritable(keys, fault) from fault
    return KeyFolder(keys, passphrases)


def let_in(at: Office, province: str, title: str, public: Path) -> None:
    """Let a province publish with its own key. Raises NotALockedKey, FileUnreadable and what `delegate` raises."""
    delegate(at, province, title, read_public_key(public))


def pack_content(path: Path) -> bytes:
    """Return the bytes of a pack file. Raises FileUnreadable, PackUnreadable."""
    return _content(path)


def read_passphrases(text: str) -> dict[str, str]:
    """Read `KEY=PASSPHRASE`, one a line; blank lines do not count. Raises PassphrasesUnreadable."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, equals, passphrase = line.partition("=")
        if not equals or not name.strip() or not passphrase:
            raise PassphrasesUnreadable(number)
        found[name.strip()] = passphrase
    return found


def program_content(path: Path) -> bytes:
    """Return the update file of this program: built from the folder of its source, or as it was built before.

    Raises NoProgramTree, FileUnreadable.
    """
    return build_update(path) if path.is_dir() else _start_of(path, LARGEST_PROGRAM + 1)


def _content(path: Path) -> bytes:
    content = _start_of(path, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise PackUnreadable("", "too_large", path.name)
    return content


def _start_of(path: Path, limit: int) -> bytes:
    try:
        with open_file(path) as file:
            return file.read(limit)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
