"""Who facts are about: the commune, its hamlets, the records of its registers, and the commune's profile.

Ids are stable and given once. Validity is a closed-open range of days: `since <= day < until`; an empty end is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

COMMUNE = ""
"""The subject of facts about the commune itself (null in JSON)."""


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A hamlet; the word for it (thon, ban, ap ...) is the commune's choice."""

    id: str
    name: str
    order: int = 0
    since: date | None = None
    until: date | None = None

    def valid_on(self, day: date) -> bool:
        """Say whether the hamlet exists on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a register; its cells are facts whose subject is the record's id."""

    id: str
    register: str
    order: int = 0
    since: date | None = None
    until: date | None = None

    def valid_on(self, day: date) -> bool:
        """Say whether the record counts on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """One property of the commune from a day on, with the document that decided it."""

    attribute: str
    value: str
    since: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """The properties of the commune through time."""

    entries: tuple[ProfileEntry, ...] = ()

    def on(self, day: date) -> dict[str, ProfileEntry]:
        """Return for each attribute the entry in force on that day (the latest that had begun)."""
        valid: dict[str, ProfileEntry] = {}
        for entry in sorted(self.entries, key=lambda e: e.since or date.min):
            if entry.since is None or entry.since <= day:
                valid[entry.attribute] = entry
        return valid


@dataclass(frozen=True, slots=True)
class Commune:
    """The commune a workspace belongs to, named as it was on the day it is spoken of."""

    code: str
    """Five digits as text; the key."""
    name: str
    kind: str
    """Commune, ward or special zone, in the words of the table of administrative units."""
    province: str
    """Name of the province with its kind."""
    hamlet_label: str = "th\u00f4n"
    """The commune's own word for hamlet, lower case."""
