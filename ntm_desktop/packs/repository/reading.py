"""One list of a repository read without believing it: what it says of itself."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ntm_desktop.packs.repository.layout import ROOT, list_file
from ntm_desktop.packs.repository.refusals import ListUnreadable, UnknownListFormat

if TYPE_CHECKING:
    from tuf.api.metadata import Root, Signed

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""A time at which nothing has expired: for proofs that are read years later."""
NAME_FIELD: Final = "x-ntm-name"
"""Field of a root and of a delegation: what the publisher or the province is called."""
ISSUED_FIELD: Final = "x-ntm-issued"
"""Field of a timestamp: when it was signed, ISO 8601 in UTC."""
RUNTIME_FIELD: Final = "x-ntm-runtime"
"""Custom field of a version of the program: the runtime it needs."""
LONGEST_NAME: Final = 200
SCHEME: Final = "ed25519"
"""The only kind of key."""
_SPECIFICATION: Final = "1."


def read_list(file: str, content: bytes) -> Signed:
    """Parse a list without judging who signed it. Raises: ListUnreadable, UnknownListFormat."""
    from tuf.api.metadata import Metadata
    from tuf.api.serialization import DeserializationError

    try:
        found: Signed = Metadata.from_bytes(content).signed
    except DeserializationError as error:
        raise _unreadable(file, content) from error
    _require_plain_keys(file, found)
    return found


def read_root(content: bytes) -> Root:
    """Parse a root without judging who signed it. Raises: ListUnreadable, UnknownListFormat."""
    from tuf.api.metadata import Root

    signed = read_list(list_file(ROOT), content)
    if not isinstance(signed, Root):
        raise ListUnreadable(list_file(ROOT), "no_root")
    return signed


def name_of(root: Root) -> str:
    """Return what a publisher calls itself."""
    return plain_text(root.unrecognized_fields.get(NAME_FIELD))


def issued_at(timestamp: Signed) -> datetime:
    """Return when a timestamp was signed, UTC; `BEGINNING` when it does not say."""
    text = timestamp.unrecognized_fields.get(ISSUED_FIELD)
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else BEGINNING
    except ValueError:
        return BEGINNING
    return found if found.tzinfo is not None and BEGINNING <= found <= timestamp.expires else BEGINNING


def plain_text(value: object) -> str:
    """Return a name that may be shown: one line, no control characters, not endless; empty if it is no text."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())[:LONGEST_NAME]


def _require_plain_keys(file: str, signed: Signed) -> None:
    """Refuse kinds of keys that no publisher here uses: less code that a stranger's list can reach."""
    delegations = getattr(signed, "delegations", None)
    keys = getattr(signed, "keys", None) or (delegations.keys if delegations else {})
    if any((key.scheme, key.keytype) != (SCHEME, SCHEME) for key in keys.values()):
        raise ListUnreadable(file, "kind_of_key")


def _unreadable(file: str, content: bytes) -> ListUnreadable | UnknownListFormat:
    version: object = None
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        version = json.loads(content)["signed"]["spec_version"]
    if isinstance(version, str) and not version.startswith(_SPECIFICATION):
        return UnknownListFormat(file, plain_text(version)[:20])
    return ListUnreadable(file, "not_a_list")
