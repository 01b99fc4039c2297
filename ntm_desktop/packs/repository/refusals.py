"""Why a pack repository, one of its lists or one of its packs is not believed: one class per reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Damaged, Refused, Untrusted


@dataclass(eq=False)
class UnknownPublisher(Untrusted):
    """Say that nobody here has decided to believe this publisher; a confirmation with the fingerprint lets it in."""

    fingerprint: str
    """SHA-256 of the publisher's first list of keys (`1.root.json`), hexadecimal."""
    name: str
    """What the publisher calls itself; proves nothing."""

    code: ClassVar[str] = "pack_publisher_unknown"
    what: ClassVar[str] = (
        "The packs come from a publisher that this program does not know; it calls itself {name}. "
        "Fingerprint: {fingerprint}."
    )
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = (
        "Compare the fingerprint with the one in the publisher's official letter, by telephone or on paper; "
        "confirm only when they are equal."
    )


@dataclass(eq=False)
class WrongSignature(Untrusted):
    """Say that a list is not signed by those whom the publisher named for it."""

    file: str

    code: ClassVar[str] = "pack_list_wrong_signature"
    what: ClassVar[str] = (
        "The list {file} is not signed with the publisher's keys: it was made or changed by another."
    )
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = "Do not use this source. Tell the publisher where it came from."


@dataclass(eq=False)
class Tampered(Untrusted):
    """Say that a file is not the one its signed list names."""

    file: str

    code: ClassVar[str] = "pack_file_changed"
    what: ClassVar[str] = (
        "The file {file} is not the one that the publisher signed: it was changed or badly copied."
    )
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = "Get the packs again from their publisher, on another stick or by download."


@dataclass(eq=False)
class RolledBack(Untrusted):
    """Say that a list is older than what this program has already seen."""

    file: str
    found: int
    """Number of the list."""
    known: int

    code: ClassVar[str] = "pack_list_older"
    what: ClassVar[str] = (
        "The list {file} has the number {found}, but this program has already seen number {known}: "
        "this source is older than the packs that are here."
    )
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = "Use the newest stick or download; set the old one aside."


@dataclass(eq=False)
class ListExpired(Untrusted):
    """Say that the publisher itself no longer stands behind a list; from a stick this is a warning only."""

    file: str
    expired_on: str
    """`2027-12-31`."""
    today: str
    """The date it was compared with."""

    code: ClassVar[str] = "pack_list_expired"
    what: ClassVar[str] = (
        "The list {file} was good until {expired_on}; today is {today}. Somebody may be holding newer packs back."
    )
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = (
        "Check the date of this computer. If it is right, ask the publisher for a stick with the newest packs."
    )


@dataclass(eq=False)
class PartTooLarge(Untrusted):
    """Say that a file is far larger than any honest one; it was not read to its end."""

    file: str
    largest: int
    """Bytes."""

    code: ClassVar[str] = "pack_part_too_large"
    what: ClassVar[str] = "The file {file} is larger than the {largest} bytes it may have."
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = "Get the packs again from their publisher, on another stick or by download."


@dataclass(eq=False)
class ListUnreadable(Untrusted):
    """Say that a list is not one, or one with something in it that is not allowed."""

    file: str
    reason: str
    """For a log or a specialist; never translated."""

    code: ClassVar[str] = "pack_list_unreadable"
    what: ClassVar[str] = "The list {file} cannot be read ({reason})."
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = "Get the packs again from their publisher, on another stick or by download."


@dataclass(eq=False)
class UnknownListFormat(Refused):
    """Say that a list is written in a newer way than this program knows."""

    file: str
    version: str

    code: ClassVar[str] = "pack_list_unknown_format"
    what: ClassVar[str] = "The list {file} is written in format {version}, which this program does not know."
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = "Install the newest version of this program, then take the packs in again."


@dataclass(eq=False)
class PartMissing(Damaged):
    """Say that a folder, a bundle or a server has only a part of the repository."""

    file: str

    code: ClassVar[str] = "pack_part_missing"
    what: ClassVar[str] = "The file {file} is missing: this is no complete pack repository."
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = (
        "Choose the folder that holds `metadata` and `targets`, or copy the bundle again."
    )


@dataclass(eq=False)
class BundleDamaged(Damaged):
    """Say that a one-file bundle is broken off, or was put together in a way that hides something."""

    path: str
    reason: str
    """For a log or a specialist; never translated."""

    code: ClassVar[str] = "pack_bundle_damaged"
    what: ClassVar[str] = "{path} is not a whole bundle of packs ({reason})."
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = "Copy the file again from where it came; take the stick out only after that."


@dataclass(eq=False)
class BundleHostile(Untrusted):
    """Say that a bundle holds what no honest one holds: a way out of its folder, a bomb, two files of one name."""

    path: str
    file: str
    reason: str
    """Stable code: `unsafe_name`, `not_a_file`, `duplicate_name`, `inflates_too_far`, ..."""

    code: ClassVar[str] = "pack_bundle_hostile"
    what: ClassVar[str] = "The bundle {path} holds {file}, which no honest bundle holds ({reason})."
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = "Do not use this file. Tell the publisher where it came from."


@dataclass(eq=False)
class SameVersionOtherContent(Untrusted):
    """Say that a version that is already here comes again with other content."""

    id: str
    version: str

    code: ClassVar[str] = "pack_same_version_other_content"
    what: ClassVar[str] = (
        "The pack {id} {version} is already here with other content; a version never changes."
    )
    safe: ClassVar[str] = "The pack that is here stays; dossiers made with it are not touched."
    next_step: ClassVar[str] = "Ask the publisher for the correction under a new version."


@dataclass(eq=False)
class SetOfAnotherPublisher(Untrusted):
    """Say that somebody publishes under the name of another's criterion set."""

    id: str
    version: str
    owner: str

    code: ClassVar[str] = "pack_of_another_publisher"
    what: ClassVar[str] = (
        "The criterion set {id} belongs to {owner}; version {version} comes from somebody else."
    )
    safe: ClassVar[str] = (
        "This pack was not taken in; the packs that are already here stay and go on working."
    )
    next_step: ClassVar[str] = "Ask the publisher to give the set a name of its own."


@dataclass(eq=False)
class WrongPackName(Untrusted):
    """Say that a pack is not the one its path names."""

    path: str
    id: str
    version: str

    code: ClassVar[str] = "pack_wrong_name"
    what: ClassVar[str] = "The pack at {path} is {id} {version}: it does not lie where it belongs."
    safe: ClassVar[str] = (
        "This pack was not taken in; the packs that are already here stay and go on working."
    )
    next_step: ClassVar[str] = "Get the packs again from their publisher, on another stick or by download."


@dataclass(eq=False)
class ExamplesFail(Untrusted):
    """Say that a pack does not give the verdicts that its own examples expect."""

    id: str
    version: str
    example: str
    place: str
    expected: str
    found: str
    count: int
    """How many verdicts differ in all; the first one is named."""

    code: ClassVar[str] = "pack_examples_fail"
    what: ClassVar[str] = (
        "The pack {id} {version} fails its own examples: in {example}, {place} gives {found} instead of {expected}."
    )
    safe: ClassVar[str] = (
        "This pack was not taken in; the packs that are already here stay and go on working."
    )
    next_step: ClassVar[str] = "Send this message to the publisher and ask for a corrected version."


@dataclass(eq=False)
class ReferenceMissing(Refused):
    """Say that a pack reads thresholds of a set that is not here."""

    id: str
    version: str
    reference: str

    code: ClassVar[str] = "pack_reference_missing"
    what: ClassVar[str] = "The pack {id} {version} reads the criterion set {reference}, which is not here."
    safe: ClassVar[str] = (
        "This pack was not taken in; the packs that are already here stay and go on working."
    )
    next_step: ClassVar[str] = "Take in the pack {reference} first, or together with this one."


@dataclass(eq=False)
class TrustStateDamaged(Damaged):
    """Say that what this program remembers of a publisher is broken."""

    path: str

    code: ClassVar[str] = "pack_trust_damaged"
    what: ClassVar[str] = "What this program remembers of a publisher of packs is broken: {path}."
    safe: ClassVar[str] = "The packs that are already here stay and go on working; no dossier was touched."
    next_step: ClassVar[str] = "Restore the workspace from its last copy, which carries this file too."


@dataclass(eq=False)
class WrongConfirmation(Refused):
    """Say that another fingerprint was confirmed than the one of the source."""

    fingerprint: str
    confirmed: str

    code: ClassVar[str] = "pack_wrong_confirmation"
    what: ClassVar[str] = (
        "The confirmed fingerprint {confirmed} is not the one of this source: {fingerprint}."
    )
    safe: ClassVar[str] = "No pack was taken in; the packs that are already here stay and go on working."
    next_step: ClassVar[str] = (
        "Compare the fingerprint again with the one in the publisher's official letter."
    )
