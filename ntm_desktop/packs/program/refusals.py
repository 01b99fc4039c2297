"""Why newer code of this program is not taken in: one class per reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Damaged, Refused, Untrusted


@dataclass(eq=False)
class NoProgramTree(Refused):
    """Say that a folder is not the source of this program."""

    path: str
    missing: str

    code: ClassVar[str] = "program_tree_unfit"
    what: ClassVar[str] = (
        "The folder {path} is not the source of this program: {missing} is missing or unfit."
    )
    safe: ClassVar[str] = "Nothing was published."
    next_step: ClassVar[str] = (
        "Name the folder that holds ntm_desktop, resources, translations and packaging."
    )


@dataclass(eq=False)
class UpdateDamaged(Damaged):
    """Say that a file with newer code is not one, or not whole."""

    reason: str
    """For a log or a specialist; never translated."""

    code: ClassVar[str] = "program_update_damaged"
    what: ClassVar[str] = "The file with the new version of the program is not whole ({reason})."
    safe: ClassVar[str] = "The program stays as it is; no workspace was touched."
    next_step: ClassVar[str] = "Get the update again from its publisher, on another stick or by download."


@dataclass(eq=False)
class ProgramNotNewer(Refused):
    """Say that a version is not newer than the one that is there."""

    version: str
    known: str

    code: ClassVar[str] = "program_not_newer"
    what: ClassVar[str] = (
        "Version {version} of the program is not newer than {known}, which is there already."
    )
    safe: ClassVar[str] = "The program stays as it is; no workspace was touched."
    next_step: ClassVar[str] = "Nothing has to be done; to go back to the version before, roll back."


@dataclass(eq=False)
class OtherRuntime(Refused):
    """Say that newer code needs libraries that this setup did not bring."""

    version: str
    missing: str
    """What is missing, or how the list of libraries begins that it was made for."""

    code: ClassVar[str] = "program_other_runtime"
    what: ClassVar[str] = (
        "Version {version} of the program needs other libraries than those installed here ({missing})."
    )
    safe: ClassVar[str] = "The program stays as it is; no workspace was touched."
    next_step: ClassVar[str] = "Install this version with its full setup; workspaces stay where they are."


@dataclass(eq=False)
class NoProgramThere(Refused):
    """Say that a source carries no version of this program."""

    code: ClassVar[str] = "program_not_there"
    what: ClassVar[str] = "This source carries no version of the program."
    safe: ClassVar[str] = "The program stays as it is; no workspace was touched."
    next_step: ClassVar[str] = "Ask the publisher for a stick with the program, or use the full setup."


@dataclass(eq=False)
class NotInstalled(Refused):
    """Say that the program runs from its source or from a package of Python's, where updates come another way."""

    code: ClassVar[str] = "program_not_installed"
    what: ClassVar[str] = "This program was not installed by its setup, so it does not update itself."
    safe: ClassVar[str] = "The program stays as it is; no workspace was touched."
    next_step: ClassVar[str] = "Bring it up to date the way it was put here, or install it with its setup."


@dataclass(eq=False)
class NothingToRollBack(Refused):
    """Say that the installed version is the one that runs."""

    version: str

    code: ClassVar[str] = "program_nothing_to_roll_back"
    what: ClassVar[str] = "There is no version before {version} here to go back to."
    safe: ClassVar[str] = "The program stays as it is; no workspace was touched."
    next_step: ClassVar[str] = "To use an older version, install it with its setup."


@dataclass(eq=False)
class ProgramPublisherUnknown(Untrusted):
    """Say that nobody here has decided to run code of this publisher; packs of it may be believed all the same."""

    fingerprint: str
    """SHA-256 of the publisher's first list of keys (`1.root.json`), hexadecimal."""
    name: str
    """What the publisher calls itself; proves nothing."""

    code: ClassVar[str] = "program_publisher_unknown"
    what: ClassVar[str] = (
        "The new version of the program comes from {name}, whose programs were never run here; believing its "
        "criterion packs is not enough for that. Fingerprint: {fingerprint}."
    )
    safe: ClassVar[str] = "The program stays as it is; no workspace was touched."
    next_step: ClassVar[str] = (
        "Compare the fingerprint with the one in the official letter of whoever gave you this program; "
        "confirm only when they are equal."
    )


@dataclass(eq=False)
class ForeignProgram(Untrusted):
    """Say that another publisher than the maker of this program offers code."""

    name: str

    code: ClassVar[str] = "program_of_another_publisher"
    what: ClassVar[str] = (
        "A new version of the program is offered by {name}; only the publisher that came with this program may "
        "bring one."
    )
    safe: ClassVar[str] = "The program stays as it is; no workspace was touched."
    next_step: ClassVar[str] = "Do not use this source for the program. Tell the publisher of this program."
