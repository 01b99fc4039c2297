"""A trust pack: whom to believe about signatures, as data a publisher signs and hands out like criterion packs.

It holds roots, certificates in between, revocation lists, and the addresses of those who give timestamps and revocation
data. Built from a folder with `trust.json`, which names every certificate file with the fingerprint that a person
compared with the letter of the authority. Told in `docs/trust-pack.md`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Final

from ntm_desktop.criteria.load import MAX_BYTES, PackUnreadable, json_of
from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.snapshot.canonical import Json, canonical_bytes
from ntm_desktop.trust.anchors import load_anchors, load_list
from ntm_desktop.trust.certificates import Certificate, read_certificate
from ntm_desktop.trust.revocation import is_list

FORMAT: Final = 1
KIND: Final = "trust"
HEAD: Final = "trust.json"
MOST_DAYS: Final = 4000
_MARK: Final = b'"kind":"trust"'
"""In a built file, which has no spaces, these bytes can stand nowhere else: inside a text quotes are escaped."""
_ADDRESSES: Final = ("timestamps", "answers", "list_addresses")
_PROTOCOLS: Final = ("http://", "https://")
_KEYS: Final = frozenset(
    {"format", "kind", "id", "version", "title", "roots", "between", "lists", "freshness_days", *_ADDRESSES}
)


@dataclass(eq=False)
class FingerprintDiffers(Refused):
    """Say that a certificate is not the one somebody compared."""

    name: str
    found: str
    given: str

    code: ClassVar[str] = "fingerprint_differs"
    what: ClassVar[str] = "{name} has the fingerprint {found}, not {given}."
    safe: ClassVar[str] = "It is not believed; nothing was changed."
    next_step: ClassVar[str] = "Compare the fingerprint with the letter or the page of the authority itself."


@dataclass(frozen=True, slots=True)
class TrustPack:
    """Whom a publisher says may be believed."""

    id: str
    version: str
    title: str
    roots: tuple[Certificate, ...]
    between: tuple[Certificate, ...]
    lists: tuple[bytes, ...]
    """Revocation lists, DER."""
    timestamps: tuple[str, ...]
    """Addresses of timestamp services."""
    answers: tuple[str, ...]
    """Addresses of OCSP responders."""
    list_addresses: tuple[str, ...]
    freshness: timedelta
    """How old a list may be, counted from the signature."""


def is_trust_pack(content: bytes) -> bool:
    """Tell a trust pack from other packs without reading it whole."""
    return _MARK in content


def load_trust(content: bytes) -> TrustPack:
    """Read a built trust pack strictly. Raises PackUnreadable."""
    data = json_of(content)
    if data.keys() != _KEYS or (data["format"], data["kind"]) != (FORMAT, KIND):
        raise PackUnreadable("", "unknown_key", ", ".join(sorted(data.keys() ^ _KEYS)))
    days = data["freshness_days"]
    if not isinstance(days, int) or not 0 < days <= MOST_DAYS:
        raise PackUnreadable("freshness_days", "wrong_type", str(days)[:20])
    for name in _ADDRESSES:
        if not all(one.startswith(_PROTOCOLS) for one in _texts(data, name)):
            raise PackUnreadable(name, "not_an_address")
    lists = tuple(_bytes(data, "lists"))
    if not all(map(is_list, lists)):
        raise PackUnreadable("lists", "no_list")
    pack = TrustPack(
        _text(data, "id"),
        _text(data, "version"),
        _text(data, "title"),
        tuple(_certificates(data, "roots")),
        tuple(_certificates(data, "between")),
        lists,
        timestamps=_texts(data, "timestamps"),
        answers=_texts(data, "answers"),
        list_addresses=_texts(data, "list_addresses"),
        freshness=timedelta(days=days),
    )
    if not pack.roots:
        raise PackUnreadable("roots", "missing_key")
    if dump_trust(pack) != content:
        raise PackUnreadable("", "not_canonical")
    return pack


def dump_trust(pack: TrustPack) -> bytes:
    """Return the only bytes that mean a trust pack."""

    def packed(contents: Sequence[bytes]) -> list[Json]:
        return [base64.b64encode(one).decode("ascii") for one in contents]

    return canonical_bytes(
        {
            "format": FORMAT,
            "kind": KIND,
            "id": pack.id,
            "version": pack.version,
            "title": pack.title,
            "roots": packed([one.der for one in pack.roots]),
            "between": packed([one.der for one in pack.between]),
            "lists": packed(pack.lists),
            "timestamps": list(pack.timestamps),
            "answers": list(pack.answers),
            "list_addresses": list(pack.list_addresses),
            "freshness_days": pack.freshness.days,
        }
    )


def build_trust(folder: Path) -> bytes:
    """Build the trust pack of a folder.

    Raises: PackUnreadable, FingerprintDiffers, NoCertificate, NoRevocationList, FileUnreadable.
    """
    data = json_of(_read(folder / HEAD))
    days = data.get("freshness_days")
    content = dump_trust(
        TrustPack(
            _text(data, "id"),
            _text(data, "version"),
            _text(data, "title"),
            tuple(_compared(folder, data, "roots")),
            tuple(_compared(folder, data, "between")),
            tuple(load_list(_inside(folder, name)) for name in _texts(data, "lists")),
            timestamps=_texts(data, "timestamps"),
            answers=_texts(data, "answers"),
            list_addresses=_texts(data, "list_addresses"),
            freshness=timedelta(days=days if isinstance(days, int) else 0),
        )
    )
    load_trust(content)
    return content


def require_fingerprint(name: str, certificate: Certificate, given: str) -> None:
    """See to it that a certificate is the one somebody compared; spaces, colons, capitals do not matter.

    Raises: FingerprintDiffers.
    """
    if "".join(given.split()).replace(":", "").lower() != certificate.fingerprint:
        raise FingerprintDiffers(name, certificate.fingerprint, given)


def _compared(folder: Path, data: Mapping[str, object], key: str) -> Iterator[Certificate]:
    """Give the certificates of the files that are named with their fingerprints."""
    named = data.get(key, {})
    if not isinstance(named, dict):
        raise PackUnreadable(key, "wrong_type")
    for name, fingerprint in named.items():
        found = load_anchors([_inside(folder, name)])
        if len(found) != 1:
            raise PackUnreadable(key, "not_one_certificate", name)
        require_fingerprint(name, found[0], str(fingerprint))
        yield found[0]


def _inside(folder: Path, name: str) -> Path:
    if Path(name).name != name:
        raise PackUnreadable("", "path", name)
    return folder / name


def _read(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            return file.read(MAX_BYTES + 1)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault


def _text(data: Mapping[str, object], key: str) -> str:
    found = data.get(key)
    if not isinstance(found, str) or not found.strip():
        raise PackUnreadable(key, "wrong_type")
    return found


def _texts(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise PackUnreadable(key, "wrong_type")
    return tuple(found)


def _bytes(data: Mapping[str, object], key: str) -> Iterator[bytes]:
    for one in _texts(data, key):
        try:
            yield base64.b64decode(one, validate=True)
        except binascii.Error:
            raise PackUnreadable(key, "not_base64") from None


def _certificates(data: Mapping[str, object], key: str) -> Iterator[Certificate]:
    for der in _bytes(data, key):
        try:
            yield read_certificate(der)
        except ValueError:
            raise PackUnreadable(key, "no_certificate") from None
