"""The keys of a publisher: locked files in a folder, opened for one act of publishing.

    root-1.pem, root-2.pem, root-3.pem      any two sign who may sign what; each belongs in another safe
    targets-1.pem                           signs which packs there are
    snapshot-1.pem                          signs how the lists belong together and which is newest
    thanh-hoa-1.pem                         a province's own, made and kept by the province

Each has its public half beside it (`.pub`). A key that is replaced gets the next number; nothing is written over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from ntm_desktop.disk import Disk, fault_name
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.packs.repository.reading import SCHEME
from ntm_desktop.trust.locked_key import LockedKey, make_key, open_key, read_public_key

if TYPE_CHECKING:
    from securesystemslib.signer import Key, Signature

_NUMBERED: Final = re.compile(r"(?P<role>[a-z0-9-]+)-(?P<number>[1-9]\d{0,3})")


@dataclass(eq=False)
class PassphraseMissing(Refused):
    """Say that a key is needed whose passphrase was not given."""

    key: str

    code: ClassVar[str] = "passphrase_missing"
    what: ClassVar[str] = "The key {key} is needed, and its passphrase was not given."
    safe: ClassVar[str] = "Nothing was published."
    next_step: ClassVar[str] = "Give the passphrase of the key {key}, or let its keeper do this step."


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """A key that signs lists; what tuf calls a signer."""

    name: str
    public_key: Key
    locked: LockedKey = field(repr=False)

    def sign(self, payload: bytes) -> Signature:
        """Return the signature over a list, as tuf wants it."""
        from securesystemslib.signer import Signature

        return Signature(self.public_key.keyid, self.locked.sign(payload).hex())


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """The key files of a publisher, and the passphrases given for this time by the name of the key."""

    folder: Path
    passphrases: Mapping[str, str] = field(repr=False)
    disk: Disk = field(default_factory=Disk)

    def make(self, name: str) -> OpenedKey:
        """Make a key with the passphrase that was given for its name.

        Raises: PassphraseMissing, PassphraseTooShort, KeyFileThere, DiskFull, FileUnwritable.
        """
        return _opened(name, make_key(self._file(name), self._passphrase(name), self.disk))

    def open(self, name: str) -> OpenedKey:
        """Open a key. Raises: PassphraseMissing, WrongPassword, NotALockedKey, FileUnreadable."""
        return _opened(name, open_key(self._file(name), self._passphrase(name)))

    def public(self, name: str) -> Key:
        """Return the public half of a key. Raises: NotALockedKey, FileUnreadable."""
        return public_key(read_public_key(self._file(name).with_suffix(".pub")))

    def names(self) -> tuple[str, ...]:
        """Return the names of the keys whose public halves lie in the folder. Raises: FileUnreadable."""
        try:
            found = sorted(path.stem for path in self.folder.iterdir() if path.suffix == ".pub")
        except OSError as fault:
            raise FileUnreadable(str(self.folder), fault_name(fault)) from fault
        return tuple(name for name in found if _NUMBERED.fullmatch(name))

    def by_id(self) -> Mapping[str, str]:
        """Return the names of the keys by their ids in the lists. Raises: NotALockedKey, FileUnreadable."""
        return {self.public(name).keyid: name for name in self.names()}

    def next_name(self, role: str) -> str:
        """Return the name that a new key of a role gets. Raises: FileUnreadable."""
        found = [_NUMBERED.fullmatch(name) for name in self.names()]
        numbers = [int(each["number"]) for each in found if each is not None and each["role"] == role]
        return f"{role}-{max(numbers, default=0) + 1}"

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.pem"

    def _passphrase(self, name: str) -> str:
        if name not in self.passphrases:
            raise PassphraseMissing(name)
        return self.passphrases[name]


def public_key(raw: bytes) -> Key:
    """Return the public half of a key (32 bytes) as the lists hold it."""
    from securesystemslib.signer import SSlibKey

    return SSlibKey(hashlib.sha256(raw).hexdigest(), SCHEME, SCHEME, {"public": raw.hex()})


def _opened(name: str, locked: LockedKey) -> OpenedKey:
    return OpenedKey(name, public_key(locked.public), locked)
