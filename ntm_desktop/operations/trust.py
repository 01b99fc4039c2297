"""Whom this user believes about signatures: trust packs that were taken in, and certificates believed one by one.

Nothing comes with the program. What is believed lies per user, in the folder `trust` beside the publishers:
`<publisher>.<id>.json` for a trust pack, `<fingerprint>.cer` for a single certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop import settings
from ntm_desktop.criteria.load import MAX_BYTES, PackUnreadable
from ntm_desktop.disk import Disk, fault_name, unwritable
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.operations.publishers import Admitted, Fetch, admitted_trust
from ntm_desktop.operations.upgrade import Services
from ntm_desktop.packs.repository.beside import write_beside
from ntm_desktop.packs.trust_pack import TrustPack, build_trust, load_trust, require_fingerprint
from ntm_desktop.trust.anchors import Belief, load_anchors, read_small_file
from ntm_desktop.trust.certificates import Certificate, read_certificate

__all__ = [
    "FRESHNESS",
    "Admitted",
    "Certificate",
    "Held",
    "HeldPack",
    "add_certificate",
    "belief",
    "forget",
    "held",
    "read_out",
    "services",
    "take_in",
    "write_trust",
]

FRESHNESS: Final = timedelta(days=400)
"""How old revocation data may be where a trust pack says nothing else: lists reach offices by hand."""


@dataclass(eq=False)
class NotBelieved(Refused):
    """Say that nothing of this name is believed here."""

    name: str

    code: ClassVar[str] = "not_believed"
    what: ClassVar[str] = "Nothing called {name} is believed here."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = (
        "List what is believed and give the name or the fingerprint as it stands there."
    )


@dataclass(frozen=True, slots=True)
class HeldPack:
    """A trust pack that was taken in."""

    publisher: str
    """Fingerprint of who published it, cut short."""
    pack: TrustPack
    path: Path


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is believed here about signatures."""

    packs: tuple[HeldPack, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    broken: tuple[Path, ...] = ()
    """Files that cannot be read; what they held is not believed."""


def take_in(source: Path | str, *, confirmed: str = "", fetch: Fetch | None = None) -> Admitted:
    """Take in the trust packs of a repository, admitted as criterion packs are.

    Raises what `publishers.opened` and `Admission.admit_trust` raise, DiskFull, FileUnwritable.
    """
    found = admitted_trust(source, confirmed=confirmed, fetch=fetch)
    for pack in found.packs:
        path = _folder() / f"{pack.publisher.fingerprint[:16]}.{pack.id}.json"
        write_beside(path, pack.content, Disk())
    return found


def write_trust(folder: Path, target: Path) -> str:
    """Build the trust pack of a folder, write it and return its name (`ID@VERSION`).

    Raises what `trust_pack.build_trust` raises, DiskFull, FileUnwritable.
    """
    content = build_trust(folder)
    write_beside(target, content, Disk())
    pack = load_trust(content)
    return f"{pack.id}@{pack.version}"


def read_out(path: Path) -> tuple[Certificate, ...]:
    """Return the certificates of a file, to be compared first. Raises: NoCertificate, FileUnreadable."""
    return load_anchors([path])


def add_certificate(path: Path, fingerprint: str) -> Certificate:
    """Believe one certificate from now on, after somebody compared its fingerprint.

    Raises: FingerprintDiffers, NoCertificate, FileUnreadable, DiskFull, FileUnwritable.
    """
    found = load_anchors([path])
    certificate = next((one for one in found if _plain(fingerprint) == one.fingerprint), found[0])
    require_fingerprint(certificate.subject, certificate, fingerprint)
    write_beside(_folder() / f"{certificate.fingerprint}.cer", certificate.der, Disk())
    return certificate


def forget(name: str) -> None:
    """Believe a trust pack (by its id) or a certificate (by its fingerprint) no longer. Raises: NotBelieved."""
    here = held()
    paths = [one.path for one in here.packs if one.pack.id == name]
    paths += [
        _folder() / f"{one.fingerprint}.cer" for one in here.certificates if one.fingerprint == _plain(name)
    ]
    if not paths:
        raise NotBelieved(name)
    for path in paths:
        try:
            Disk().remove(path)
        except OSError as fault:
            raise unwritable(path, fault) from fault


def held() -> Held:
    """Return what is believed here. Raises FileUnreadable."""
    try:
        paths = sorted(_folder().iterdir())
    except FileNotFoundError:
        return Held()
    except OSError as fault:
        raise FileUnreadable(str(_folder()), fault_name(fault)) from fault
    packs, certificates, broken = [], [], []
    for path in paths:
        try:
            if path.suffix == ".json":
                pack = _loaded(read_small_file(path, MAX_BYTES) or b"")
                packs.append(HeldPack(path.name.partition(".")[0], pack, path))
            elif path.suffix == ".cer":
                certificates.append(_certificate(path))
        except (PackUnreadable, ValueError):
            broken.append(path)
    return Held(tuple(packs), tuple(certificates), tuple(broken))


def belief(anchors: Sequence[Certificate] = (), lists: Sequence[bytes] = ()) -> Belief:
    """Return who is believed: what is held here, with certificates and lists that were named for this once.

    Lists are asked for where a trust pack holds the root, and everywhere once one was named. Raises FileUnreadable.
    """
    here = held()
    packs = [one.pack for one in here.packs]
    roots = [one for pack in packs for one in pack.roots]
    found = {one.fingerprint: one for one in (*anchors, *here.certificates, *roots)}
    return Belief(
        anchors=tuple(found.values()),
        others=tuple(one for pack in packs for one in pack.between),
        lists=(*lists, *(one for pack in packs for one in pack.lists)),
        freshness=min((pack.freshness for pack in packs), default=FRESHNESS),
        asked=None if lists else frozenset(one.fingerprint for one in roots),
    )


def services() -> Services:
    """Return whom the trust packs name to ask for timestamps and revocation data."""
    packs = [one.pack for one in held().packs]
    return Services(
        _all(pack.timestamps for pack in packs),
        _all(pack.answers for pack in packs),
        _all(pack.list_addresses for pack in packs),
    )


def _all(addresses: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for each in addresses for one in each))


@lru_cache(maxsize=16)
def _loaded(content: bytes) -> TrustPack:
    return load_trust(content)


def _certificate(path: Path) -> Certificate:
    found = read_certificate(read_small_file(path, MAX_BYTES) or b"")
    if found.fingerprint != path.stem:
        raise ValueError(path.stem)
    return found


def _plain(fingerprint: str) -> str:
    return "".join(fingerprint.split()).replace(":", "").lower()


def _folder() -> Path:
    return settings.user_folder("data") / "trust"
