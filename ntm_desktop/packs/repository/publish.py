"""The publisher's side: start a repository, add packs, let a province in, write it on a stick.

Every act checks the whole repository first, signs, writes new numbered files and the timestamp last: a power failure
leaves the repository as it was. What this module writes is read by the same rules as everybody else's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import RegisterBook, is_register_book
from ntm_desktop.disk import Disk
from ntm_desktop.errors import Refused
from ntm_desktop.packs.register_source import published_registers
from ntm_desktop.packs.repository.beside import beside, write_beside
from ntm_desktop.packs.repository.books import Books, open_books, take_up_staged
from ntm_desktop.packs.repository.bundle import open_bundle, write_bundle
from ntm_desktop.packs.repository.judge import require_working
from ntm_desktop.packs.repository.keys import KeyFolder, public_key
from ntm_desktop.packs.repository.layout import (
    PACKS,
    PROGRAM,
    ROOT,
    SNAPSHOT,
    TARGETS,
    TIMESTAMP,
    TRUST,
    PackName,
    is_province,
    largest_list,
    list_file,
    pack_file,
    pack_name,
    trust_name,
)
from ntm_desktop.packs.repository.lists import SignedLists, fingerprint_of
from ntm_desktop.packs.repository.reading import BEGINNING, NAME_FIELD
from ntm_desktop.packs.repository.refusals import SameVersionOtherContent
from ntm_desktop.packs.repository.rules import ListedPack, Walk, newest
from ntm_desktop.packs.repository.sources import FolderSource, Source, require, require_listed
from ntm_desktop.packs.trust_pack import TrustPack, is_trust_pack, load_trust

if TYPE_CHECKING:
    from securesystemslib.signer import Key
    from tuf.api.metadata import Metadata, Targets

ROOT_KEYS: Final = 3
ROOT_THRESHOLD: Final = 2
FIRST_KEYS: Final = (
    *(f"{ROOT}-{number}" for number in range(1, ROOT_KEYS + 1)),
    f"{TARGETS}-1",
    f"{SNAPSHOT}-1",
)
"""The keys that `init` makes; a passphrase is needed for each."""


@dataclass(eq=False)
class RepositoryThere(Refused):
    """Say that a new repository would have been mixed with something else."""

    path: str

    code: ClassVar[str] = "pack_repository_there"
    what: ClassVar[str] = "The folder {path} is not empty; a new pack repository needs an empty one."
    safe: ClassVar[str] = "Nothing in the folder was changed."
    next_step: ClassVar[str] = "Choose an empty folder."


@dataclass(eq=False)
class UnfitName(Refused):
    """Say that a province, a set or a key cannot be called that here."""

    name: str

    code: ClassVar[str] = "pack_unfit_name"
    what: ClassVar[str] = "{name} cannot be used as a name in a pack repository."
    safe: ClassVar[str] = "The repository was not changed."
    next_step: ClassVar[str] = (
        "Use small letters without accents, digits and single hyphens, such as thanh-hoa."
    )


@dataclass(eq=False)
class NotLetIn(Refused):
    """Say that a province or a key is not one of this repository's."""

    name: str

    code: ClassVar[str] = "pack_not_let_in"
    what: ClassVar[str] = "{name} is not known in this pack repository."
    safe: ClassVar[str] = "The repository was not changed."
    next_step: ClassVar[str] = "Let the province in first, or check how the key is called."


@dataclass(frozen=True, slots=True)
class Office:
    """Where a publisher works."""

    repo: Path
    keys: KeyFolder
    now: datetime
    """Aware."""

    def books(self) -> Books:
        """Open the books, checked. Raises what `open_books` raises."""
        return open_books(self.repo, self.keys, self.now)


def init(office: Office, name: str) -> str:
    """Start a repository with new keys; return its fingerprint, to be printed in an official letter.

    Raises: RepositoryThere, PassphraseMissing, PassphraseTooShort, KeyFileThere, DiskFull, FileUnwritable.
    """
    from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

    if office.repo.exists() and any(office.repo.iterdir()):
        raise RepositoryThere(str(office.repo))
    keys = {key: office.keys.make(key) for key in FIRST_KEYS}
    now = office.now.replace(microsecond=0)
    root = Root(expires=now, unrecognized_fields={NAME_FIELD: name})
    for key, opened in keys.items():
        role = key.rpartition("-")[0]
        for signed_role in (SNAPSHOT, TIMESTAMP) if role == SNAPSHOT else (role,):
            root.add_key(opened.public_key, signed_role)
    root.roles[ROOT].threshold = ROOT_THRESHOLD
    books = Books(
        office.repo,
        office.keys,
        now,
        Metadata(root),
        Metadata(Targets(expires=now)),
        Metadata(Snapshot(expires=now)),
        Metadata(Timestamp(expires=now)),
    )
    books.snapshot.signed.version = books.timestamp.signed.version = 0  # counted up when they are signed
    books.sign(ROOT, books.root)
    books.sign(TARGETS, books.targets)
    books.write(ROOT, books.root)
    books.write(TARGETS, books.targets)
    books.close()
    return fingerprint_of(books.root.to_bytes())


def add(office: Office, content: bytes, province: str = "") -> PackName:
    """Add a pack: of a set, of registers, or of those to believe about signatures.

    With the key `snapshot-n` at hand it is published, without it waits for `renew`.

    Raises: PackUnreadable, UnknownRuleLanguage, ExamplesFail, ReferenceMissing, SameVersionOtherContent, UnfitName,
    NotLetIn, TooFewKeys, WrongPassword, DiskFull, FileUnwritable, and what `open_books` raises.
    """
    from tuf.api.metadata import TargetFile

    found = _read(content)
    sha256 = hashlib.sha256(content).hexdigest()
    name = PackName(found.id, found.version, province, TRUST if isinstance(found, TrustPack) else PACKS)
    if name not in (pack_name(name.path), trust_name(name.path)):
        raise UnfitName(name.path)
    books = office.books()
    packs = listed_by(books, province)
    if not province:
        books.require(SNAPSHOT)
    if isinstance(found, CriterionSet):
        require_working(found, _library(office.repo, found.references))
    listed = packs.signed.targets.get(name.path)
    if listed is not None:
        if listed.hashes.get("sha256") == sha256:
            return name
        raise SameVersionOtherContent(name.id, name.version)
    packs.signed.targets[name.path] = TargetFile.from_data(name.path, content, ["sha256"])
    packs.signed.version += 1
    books.sign(province or TARGETS, packs)
    write_beside(office.repo / pack_file(name.path, sha256), content, office.keys.disk)
    books.write(province or TARGETS, packs)
    if not province or books.at_hand(SNAPSHOT):
        books.close()
    return name


def renew(office: Office) -> None:
    """Sign the newest lists anew, and take up what provinces have signed; once a year, or after a province's `add`.

    The list of packs itself is signed anew when the passphrase of its key is given.

    Raises: Tampered, TooFewKeys, WrongPassword, DiskFull, FileUnwritable, and what `open_books` raises.
    """
    books = office.books()
    books.require(SNAPSHOT)
    delegations = books.targets.signed.delegations
    for province in (delegations.roles or {}) if delegations else ():
        take_up_staged(books, province)
    if books.at_hand(TARGETS):
        books.targets.signed.version += 1
        books.sign(TARGETS, books.targets)
        books.write(TARGETS, books.targets)
    books.close()


def delegate(office: Office, province: str, title: str, public: bytes) -> None:
    """Let a province publish under `packs/<province>/` with its own key (32 bytes).

    Raises: UnfitName, TooFewKeys, WrongPassword, DiskFull, FileUnwritable, and what `open_books` raises.
    """
    if not is_province(province) or province == PROGRAM:
        raise UnfitName(province)
    books = office.books()
    books.require(SNAPSHOT)
    let_in(books, province, title, public_key(public), f"{PACKS}/{province}/*")
    books.close()


def let_in(books: Books, role: str, title: str, key: Key, paths: str) -> None:
    """Let a key list what lies under some paths; the list that says so is signed and written. Raises as `delegate`."""
    from tuf.api.metadata import DelegatedRole, Delegations

    targets = books.targets.signed
    if targets.delegations is None:
        targets.delegations = Delegations(keys={}, roles={})
    roles = targets.delegations.roles
    if roles is None or role in roles:
        raise UnfitName(role)
    named = {NAME_FIELD: title}
    roles[role] = DelegatedRole(role, [], 1, True, [paths], unrecognized_fields=named)  # noqa: FBT003
    targets.add_key(key, role)
    targets.version += 1
    books.sign(TARGETS, books.targets)
    books.write(TARGETS, books.targets)


def bundle(repo: Path, target: Path, disk: Disk | None = None) -> int:
    """Write a whole repository as one file, read it back and check it; return how many packs are in it.

    The same repository always gives the same bytes.

    Raises: Tampered, PartMissing, BundleDamaged, DiskFull, FileUnwritable, and what `Walk.follow` raises.
    """
    names = _all_files(FolderSource(repo))
    with beside(target, disk or Disk()) as file:
        write_bundle(file, _contents(FolderSource(repo), names))
    with open_bundle(target) as written:
        walk = _walked(written)
        packs = (*walk.packs(), *walk.trust_packs())
        for path, sha256, size in _listed_files(walk):
            require_listed(written, path, sha256, size)
    return len(packs)


def _read(content: bytes) -> CriterionSet | RegisterBook | TrustPack:
    if is_trust_pack(content):
        return load_trust(content)
    return published_registers(content) if is_register_book(content) else load(content)


def _walked(source: Source) -> Walk:
    first = require(source, list_file(ROOT, 1), largest_list(ROOT))
    walk = Walk(SignedLists((first,)), BEGINNING)
    walk.follow(source)
    return walk


def _checked(source: Source) -> tuple[ListedPack, ...]:
    return _walked(source).packs()


def _all_files(source: Source) -> dict[str, int]:
    """Return the files that belong to the newest state, and how large each may be."""
    walk = _walked(source)
    roots = {list_file(ROOT, version): largest_list(ROOT) for version in range(1, walk.root_version + 1)}
    lists = {file: largest_list(role) for role, file in walk.files().items()}
    return roots | lists | {pack_file(path, sha256): size for path, sha256, size in _listed_files(walk)}


def _listed_files(walk: Walk) -> Iterator[tuple[str, str, int]]:
    """Give the path, the SHA-256 and the size of everything that is published."""
    yield from ((pack.name.path, pack.sha256, pack.size) for pack in (*walk.packs(), *walk.trust_packs()))
    yield from ((program.path, program.sha256, program.size) for program in walk.programs())


def _contents(source: Source, names: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    for name, largest in sorted(names.items()):
        yield name, require(source, name, largest)


def listed_by(books: Books, province: str) -> Metadata[Targets]:
    """Return the list a pack goes into, newest signed version; the first one of a delegation is made here.

    Raises: NotLetIn, Tampered.
    """
    from tuf.api.metadata import Metadata, Targets

    if not province:
        return books.targets
    delegations = books.targets.signed.delegations
    if delegations is None or province not in (delegations.roles or {}):
        raise NotLetIn(province)
    take_up_staged(books, province)
    if province not in books.provinces:
        books.provinces[province] = Metadata(Targets(expires=books.now))
        books.provinces[province].signed.version = 0  # counted up when it is signed
    return books.provinces[province]


def _library(repo: Path, references: tuple[str, ...]) -> Mapping[str, CriterionSet]:
    """Return the sets of the repository that a pack refers to, the newest of each."""
    source = FolderSource(repo)
    return {
        id_: load(require(source, pack_file(pack.name.path, pack.sha256), pack.size))
        for id_, pack in newest(_checked(source), references).items()
    }
