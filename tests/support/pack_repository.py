"""A pack repository in memory, in which one line makes one defect; made with tuf itself, not with our own publisher.

repository = Simulated()
repository.add(pack("1.0.1"))
repository.timestamp.version -= 1      # spoil what will be signed, then
repository.sign_all()                  # sign it as it is
repository.files["metadata/timestamp.json"] += b" "   # or spoil the bytes after signing
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import BinaryIO

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from typing_extensions import override

from ntm_desktop.criteria.load import dump, load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import is_register_book, load_registers
from ntm_desktop.disk import Disk
from ntm_desktop.packs.repository.admission import Admission
from ntm_desktop.packs.repository.bundle import write_bundle
from ntm_desktop.packs.repository.judge import KnownPack, PacksHere
from ntm_desktop.packs.repository.lists import SignedLists, fingerprint_of
from ntm_desktop.packs.repository.sources import PartTooLarge
from ntm_desktop.packs.repository.state import TrustStore
from ntm_desktop.packs.source import build
from tests.support.pack_sources import sound_source, write_source

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
NAME = "Văn phòng điều phối"
PROVINCE = "thanh-hoa"
PROVINCE_NAME = "Tỉnh Thanh Hóa"


class Unsynced(Disk):
    """A disk that does not wait for the medium: a test pulls no plug."""

    @override
    def sync(self, file: BinaryIO) -> None:
        """Do nothing."""

    @override
    def sync_folder(self, folder: Path) -> None:
        """Do nothing."""


@cache
def _sound_set() -> CriterionSet:
    with tempfile.TemporaryDirectory() as folder:
        return build(write_source(Path(folder), sound_source())).set


def pack(version: str = "1.0.0", id_: str = "bo-thu", **changed: object) -> bytes:
    """Return the bytes of a small pack that passes its own examples."""
    return _pack(version, id_) if not changed else _changed_pack(version, id_, changed)


@cache
def _pack(version: str, id_: str) -> bytes:
    return _changed_pack(version, id_, {})


def _changed_pack(version: str, id_: str, changed: dict[str, object]) -> bytes:
    return dump(dataclasses.replace(_sound_set(), id=id_, version=version, **changed))


def failing_pack(version: str = "1.0.0") -> bytes:
    """Return a pack whose first example expects what the set does not give."""
    first, *others = _sound_set().examples
    wrong = dataclasses.replace(first, expected={"set": "NOT_MET"})
    return pack(version, examples=(wrong, *others))


@cache
def _spare_keys() -> list[CryptoSigner]:
    return [CryptoSigner.generate_ed25519() for _ in range(40)]


class Simulated:
    """A publisher with a repository; also a source."""

    carried = True

    def __init__(self, now: datetime = NOW, name: str = NAME, first_key: int = 0) -> None:
        self._next_key = first_key
        self.now = now
        self.signers: dict[str, list[CryptoSigner]] = {}
        self.files: dict[str, bytes] = {}
        self.reads: list[str] = []
        self.when_read: Callable[[str], None] = lambda name: None
        soon, late = now + timedelta(days=400), now + timedelta(days=3 * 365)
        self.root = Root(expires=now + timedelta(days=3650), unrecognized_fields={"x-ntm-name": name})
        self.targets = Targets(expires=late, delegations=Delegations({}, {}))
        self.snapshot = Snapshot(expires=soon)
        self.timestamp = Timestamp(expires=soon, unrecognized_fields={"x-ntm-issued": now.isoformat()})
        self.provinces: dict[str, Targets] = {}
        for _ in range(3):
            self.let_sign("root")
        self.root.roles["root"].threshold = 2
        for role in ("targets", "snapshot"):
            self.let_sign(role)
        self.let_sign("timestamp", self.signers["snapshot"][0])
        self.sign_root()
        self.sign_all()

    # ---------------------------------------------------------------- keys

    def new_key(self) -> CryptoSigner:
        """Give a key that this publisher has not used yet."""
        self._next_key += 1
        return _spare_keys()[self._next_key - 1]

    def let_sign(self, role: str, key: CryptoSigner | None = None) -> None:
        """Name a key for a role; it counts once a root is signed."""
        key = key or self.new_key()
        self.signers.setdefault(role, []).append(key)
        self.root.add_key(key.public_key, role)

    def replace_key(self, role: str) -> CryptoSigner:
        """Take the first key of a role away and name another; return the old one."""
        old = self.signers[role].pop(0)
        self.root.revoke_key(old.public_key.keyid, role)
        self.let_sign(role)
        return old

    def let_in(self, province: str = PROVINCE, paths: tuple[str, ...] = ()) -> None:
        """Let a province publish."""
        key = self.new_key()
        self.signers[province] = [key]
        names = {"x-ntm-name": PROVINCE_NAME}
        role = DelegatedRole(
            province, [], 1, True, list(paths) or [f"packs/{province}/*"], unrecognized_fields=names
        )
        self.targets.delegations.roles[province] = role
        self.targets.add_key(key.public_key, province)
        self.provinces[province] = Targets(expires=self.now + timedelta(days=3 * 365))
        self.targets.version += 1
        self.sign_all(1)

    # ---------------------------------------------------------------- signing

    def sign_root(self, signers: list[CryptoSigner] | None = None) -> None:
        """Sign the root as it is and put it with the others."""
        signed = self._signed("root", self.root, signers or self.signers["root"])
        self.files[f"metadata/{self.root.version}.root.json"] = signed

    def rotate_root(self, *old: CryptoSigner) -> None:
        """Sign a root with the next number, also with keys that are no longer in it."""
        self.root.version += 1
        self.sign_root([*self.signers["root"], *old])

    def sign_all(self, step: int = 0) -> None:
        """Sign all lists as they are; `step` is added to the numbers of snapshot and timestamp."""
        self.snapshot.version += step
        self.timestamp.version += step
        for role, signed in (("targets", self.targets), *self.provinces.items()):
            content = self._signed(role, signed)
            self.files[f"metadata/{signed.version}.{role}.json"] = content
            self.snapshot.meta[f"{role}.json"] = MetaFile.from_data(signed.version, content, ["sha256"])
        self.sign_snapshot()

    def sign_snapshot(self) -> None:
        """Sign snapshot and timestamp as they are."""
        content = self._signed("snapshot", self.snapshot)
        self.files[f"metadata/{self.snapshot.version}.snapshot.json"] = content
        self.timestamp.snapshot_meta = MetaFile.from_data(self.snapshot.version, content, ["sha256"])
        self.sign_timestamp()

    def sign_timestamp(self) -> None:
        """Sign the timestamp as it is."""
        self.files["metadata/timestamp.json"] = self._signed("timestamp", self.timestamp)

    def _signed(self, role: str, signed: Signed, signers: list[CryptoSigner] | None = None) -> bytes:
        metadata = Metadata(signed)
        for signer in signers or self.signers[role]:
            metadata.sign(signer, append=True)
        return metadata.to_bytes()

    # ---------------------------------------------------------------- packs

    def add(self, content: bytes, province: str = "", path: str = "") -> str:
        """List a pack and sign everything; return where its content lies."""
        found = load_registers(content) if is_register_book(content) else load(content)
        folder = f"packs/{province}" if province else "packs"
        file = self.put(path or f"{folder}/{found.id}-{found.version}.json", content, province)
        (self.provinces[province] if province else self.targets).version += 1
        self.sign_all(1)
        return file

    def put(self, path: str, content: bytes, province: str = "") -> str:
        """List any content at any path, without signing."""
        listed = self.provinces[province] if province else self.targets
        listed.targets[path] = TargetFile.from_data(path, content, ["sha256"])
        folder, _, name = path.rpartition("/")
        file = f"targets/{folder}/{hashlib.sha256(content).hexdigest()}.{name}"
        self.files[file] = content
        return file

    # ---------------------------------------------------------------- as others see it

    @property
    def first_root(self) -> bytes:
        """The root that is shipped or confirmed."""
        return self.files["metadata/1.root.json"]

    @property
    def fingerprint(self) -> str:
        """Its identity."""
        return fingerprint_of(self.first_root)

    @property
    def anchor(self) -> SignedLists:
        """What somebody knows who knows only the first root."""
        return SignedLists((self.first_root,))

    def read(self, name: str, limit: int) -> bytes | None:
        """Be a source."""
        self.reads.append(name)
        self.when_read(name)
        content = self.files.get(name)
        if content is not None and len(content) > limit:
            raise PartTooLarge(name, limit)
        return content

    def copy(self) -> Simulated:
        """Give the same files as they are now, on another stick."""
        other = object.__new__(Simulated)
        other.__dict__ = {**self.__dict__, "files": dict(self.files), "reads": []}
        return other

    def bundle(self) -> bytes:
        """Give all files as one."""
        file = io.BytesIO()
        write_bundle(file, sorted(self.files.items()))
        return file.getvalue()

    def write(self, folder: Path) -> Path:
        """Lay the files into a folder."""
        for name, content in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return folder


def admission(
    store: Path,
    home: Simulated,
    known: dict[tuple[str, str], KnownPack] | None = None,
    built: datetime = NOW - timedelta(days=100),
    library: dict[str, CriterionSet] | None = None,
) -> Admission:
    """Give the program of an office that was shipped with a publisher's root."""
    here = PacksHere(home.fingerprint, known or {}, library or {})
    return Admission(store=TrustStore(store, Unsynced()), home=home.first_root, built=built, here=here)
