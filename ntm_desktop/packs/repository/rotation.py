"""Replace a key that is lost, stolen or due: a new root says so, signed by the old keys and the new ones.

Lists that the new key signs are signed with the old one too where it is at hand, and the root is written last: at every
moment the repository holds together, under the old root or under the new one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ntm_desktop.packs.repository.books import ROOT_LIFE, Books, TooFewKeys, add_signatures
from ntm_desktop.packs.repository.keys import OpenedKey
from ntm_desktop.packs.repository.layout import ROOT, SNAPSHOT, TARGETS, TIMESTAMP
from ntm_desktop.packs.repository.publish import NotLetIn, Office

if TYPE_CHECKING:
    from tuf.api.metadata import Root, Targets

_KEY: Final = re.compile(r"(?P<role>[a-z0-9-]+)-[1-9]\d{0,3}")


def rotate(office: Office, key: str) -> str:
    """Replace a key (`root-2`, `targets-1`, `snapshot-1`, `thanh-hoa-1`) by a new one; return the new one's name.

    Needed are the passphrases of two root keys (for a province's key: of `targets-n`), of `snapshot-n`, and of the
    new key under the name it gets (`KeyFolder.next_name`); for a root key not that of `snapshot-n`.

    Raises: NotLetIn, TooFewKeys, PassphraseMissing, WrongPassword, DiskFull, FileUnwritable, and what `open_books`
    raises.
    """
    found = _KEY.fullmatch(key)
    if found is None or key not in office.keys.names():
        raise NotLetIn(key)
    books, role, old = office.books(), found["role"], office.keys.public(key).keyid
    top = role in {ROOT, TARGETS, SNAPSHOT}
    if old not in (books.root.signed.roles[role].keyids if top else _province_keys(books, role)):
        raise NotLetIn(key)
    if role != ROOT:
        books.also = {each: books.open([old]) for each in _signed_with(role)}
    if role not in {ROOT, SNAPSHOT}:
        books.require(SNAPSHOT)
    name = office.keys.next_name(role)
    if top:
        _rotate_top(books, role, old, name)
    else:
        _rotate_province(books, role, old, name)
    return name


def _rotate_top(books: Books, role: str, old: str, name: str) -> None:
    root = books.root.signed
    before = _signers(books, root.roles[ROOT].keyids, root.roles[ROOT].threshold)
    new = books.keys.make(name)
    for each in _signed_with(role):
        _replace(root, each, old, new)
    root.version += 1
    root.expires = books.now + ROOT_LIFE
    after = _signers(books, root.roles[ROOT].keyids, root.roles[ROOT].threshold)
    books.root.signatures.clear()
    add_signatures(books.root, {key.name: key for key in (*before, *after)}.values())
    if role == TARGETS:
        books.targets.signed.version += 1
        books.sign(TARGETS, books.targets)
        books.write(TARGETS, books.targets)
    if role != ROOT:
        books.close()
    books.write(ROOT, books.root)


def _rotate_province(books: Books, province: str, old: str, name: str) -> None:
    new = books.keys.make(name)
    _replace(books.targets.signed, province, old, new)
    books.targets.signed.version += 1
    books.sign(TARGETS, books.targets)
    if province in books.provinces:
        books.provinces[province].signed.version += 1
        books.sign(province, books.provinces[province])
        books.write(province, books.provinces[province])
    books.write(TARGETS, books.targets)
    books.close()


def _signed_with(role: str) -> tuple[str, ...]:
    """Snapshot and timestamp share a key."""
    return (SNAPSHOT, TIMESTAMP) if role == SNAPSHOT else (role,)


def _replace(delegator: Root | Targets, role: str, old: str, new: OpenedKey) -> None:
    delegator.revoke_key(old, role)
    delegator.add_key(new.public_key, role)


def _signers(books: Books, keyids: list[str], needed: int) -> list[OpenedKey]:
    opened = books.open(keyids)
    if len(opened) < needed:
        raise TooFewKeys(ROOT, needed, len(opened))
    return opened


def _province_keys(books: Books, province: str) -> list[str]:
    delegations = books.targets.signed.delegations
    role = (delegations.roles or {}).get(province) if delegations else None
    return [] if role is None else role.keyids
