"""The certificates that signed here: remembered per user by name and last day, so that their end is told in time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_desktop import settings
from ntm_desktop.operations.desk import VIETNAM

if TYPE_CHECKING:
    from ntm_desktop.trust.certificates import Certificate

_FILE: Final = "signing-certificates.json"


@dataclass(frozen=True, slots=True)
class KnownCertificate:
    """A certificate that signed here."""

    subject: str
    until: date
    """The last day it holds, in the country's time."""


def remember(certificates: Iterable[Certificate]) -> None:
    """Remember certificates that signed; of one name the one that holds longest. Never a reason to stop."""
    found = {one.subject: one.until for one in known()}
    for one in certificates:
        until = one.valid_to.astimezone(VIETNAM).date()
        found[one.subject] = max(until, found.get(one.subject, until))
    target = _place()
    beside = target.with_suffix(".part")
    content = json.dumps(
        [{"subject": subject, "until": until.isoformat()} for subject, until in sorted(found.items())],
        ensure_ascii=False,
    )
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(content, encoding="utf-8")
        beside.replace(target)


def known() -> tuple[KnownCertificate, ...]:
    """Return the certificates that signed here; none where the file is missing or broken."""
    try:
        stored = json.loads(_place().read_text(encoding="utf-8"))
        return tuple(
            KnownCertificate(str(one["subject"]), date.fromisoformat(one["until"])) for one in stored
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _place() -> Path:
    return settings.user_folder("data") / _FILE
