"""The publisher's side of program updates: newer code goes into a list of its own, signed with a key of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ntm_desktop.launcher import numbers
from ntm_desktop.packs.program.refusals import ProgramNotNewer
from ntm_desktop.packs.program.update_file import read_update
from ntm_desktop.packs.repository.beside import write_beside
from ntm_desktop.packs.repository.books import Books
from ntm_desktop.packs.repository.layout import (
    PROGRAM,
    SNAPSHOT,
    pack_file,
    program_path,
    program_version,
)
from ntm_desktop.packs.repository.publish import Office, let_in, listed_by
from ntm_desktop.packs.repository.reading import RUNTIME_FIELD

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile

FIRST_KEY: Final = f"{PROGRAM}-1"
_TITLE: Final = "NTM Desktop"


def add_program(office: Office, content: bytes) -> str:
    """Publish a version of the program and return its path; of each runtime only the newest version stays listed.

    The first time the key `program-1` is made and let in, for which the passphrase of `targets-n` is needed too; always
    needed are those of `program-n` and `snapshot-n`.

    Raises: UpdateDamaged, ProgramNotNewer, TooFewKeys, PassphraseMissing, WrongPassword, DiskFull, FileUnwritable, and
    what `open_books` raises.
    """
    from tuf.api.metadata import TargetFile

    update = read_update(content)
    books = office.books()
    books.require(SNAPSHOT)
    _let_in_first(books)
    listed = listed_by(books, PROGRAM)
    targets = listed.signed.targets
    for before in _of_runtime(targets, update.runtime):
        if numbers(program_version(before)) >= numbers(update.version):
            raise ProgramNotNewer(update.version, program_version(before))
        del targets[before]
    path = program_path(update.version)
    targets[path] = TargetFile.from_data(path, content, ["sha256"])
    targets[path].unrecognized_fields["custom"] = {RUNTIME_FIELD: update.runtime}
    listed.signed.version += 1
    books.sign(PROGRAM, listed)
    file = office.repo / pack_file(path, hashlib.sha256(content).hexdigest())
    write_beside(file, content, office.keys.disk)
    books.write(PROGRAM, listed)
    books.close()
    return path


def _let_in_first(books: Books) -> None:
    delegations = books.targets.signed.delegations
    if delegations is not None and PROGRAM in (delegations.roles or {}):
        return
    made = FIRST_KEY in books.keys.names()
    key = books.keys.public(FIRST_KEY) if made else books.keys.make(FIRST_KEY).public_key
    let_in(books, PROGRAM, _TITLE, key, f"{PROGRAM}/*")


def _of_runtime(targets: Mapping[str, TargetFile], runtime: str) -> list[str]:
    return [path for path, one in targets.items() if one.custom == {RUNTIME_FIELD: runtime}]
