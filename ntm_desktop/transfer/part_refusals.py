"""Why a file cannot be cut into parts, or why parts cannot be joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused, Unavailable


@dataclass(eq=False)
class FitsAlready(Refused):
    """Say that a file is not larger than one part would be."""

    name: str

    code: ClassVar[str] = "fits_already"
    what: ClassVar[str] = "{name} is not larger than one part: it needs no splitting."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Send the file as it is, or choose a smaller size."


@dataclass(eq=False)
class TooManyParts(Refused):
    """Say that the numbers of the parts would run out."""

    name: str
    most: int

    code: ClassVar[str] = "too_many_parts"
    what: ClassVar[str] = "{name} would fall into more than {most} parts."
    safe: ClassVar[str] = "Nothing was written."
    next_step: ClassVar[str] = "Choose a larger size."


@dataclass(eq=False)
class NameTaken(Refused):
    """Say that a file is there already; nothing is written over."""

    path: str

    code: ClassVar[str] = "name_taken"
    what: ClassVar[str] = "{path} is there already and is not written over."
    safe: ClassVar[str] = "Nothing was written; the file that is there was left alone."
    next_step: ClassVar[str] = "Name another file or an empty folder."


@dataclass(eq=False)
class NoPartList(Refused):
    """Say that parts lie there without their list."""

    path: str

    code: ClassVar[str] = "no_part_list"
    what: ClassVar[str] = "The list of the parts (.sha256) does not lie beside {path}."
    safe: ClassVar[str] = "Nothing was written; the parts that are there were left alone."
    next_step: ClassVar[str] = "Save the list from the mail into the same folder, or ask the sender for it."


@dataclass(eq=False)
class ManyPartLists(Refused):
    """Say that the parts of several files lie in one folder."""

    path: str
    names: str
    """With commas between."""

    code: ClassVar[str] = "many_part_lists"
    what: ClassVar[str] = "{path} holds the parts of several files: {names}."
    safe: ClassVar[str] = "Nothing was written; the parts that are there were left alone."
    next_step: ClassVar[str] = "Name the list of the file that is wanted."


@dataclass(eq=False)
class PartListBroken(Refused):
    """Say that a list is not one, was changed, or contradicts itself."""

    name: str

    code: ClassVar[str] = "part_list_broken"
    what: ClassVar[str] = "The list {name} is damaged or was changed: what it says does not fit together."
    safe: ClassVar[str] = "Nothing was written; the parts that are there were left alone."
    next_step: ClassVar[str] = "Ask the sender for the list again; it must keep its name."


@dataclass(eq=False)
class PartsMissing(Refused):
    """Say which parts are missing."""

    names: str
    """With commas between."""
    count: int
    """How many parts there must be."""

    code: ClassVar[str] = "parts_missing"
    what: ClassVar[str] = "Of {count} parts these are missing: {names}."
    safe: ClassVar[str] = "Nothing was written; the parts that are there were left alone."
    next_step: ClassVar[str] = "Save them into the same folder under these names, then try again."


@dataclass(eq=False)
class ForeignPart(Refused):
    """Say that a part lies there that does not belong to the file."""

    name: str
    count: int

    code: ClassVar[str] = "foreign_part"
    what: ClassVar[str] = "{name} does not belong here: the list names only {count} parts."
    safe: ClassVar[str] = "Nothing was written; the parts that are there were left alone."
    next_step: ClassVar[str] = (
        "Take it out of the folder, or ask the sender for the list that belongs to these parts."
    )


@dataclass(eq=False)
class PartTwice(Refused):
    """Say that one part was saved under the name of another."""

    name: str
    other: str

    code: ClassVar[str] = "part_twice"
    what: ClassVar[str] = "{name} holds the content of {other}: it was saved under the wrong name."
    safe: ClassVar[str] = "Nothing was written; the parts that are there were left alone."
    next_step: ClassVar[str] = "Save {name} from the mail once more, then try again."


@dataclass(eq=False)
class PartsDamaged(Refused):
    """Say which parts are not what was sent."""

    names: str
    """With commas between."""

    code: ClassVar[str] = "parts_damaged"
    what: ClassVar[str] = "These parts are damaged or belong to another file: {names}."
    safe: ClassVar[str] = "Nothing was written; the parts that are there were left alone."
    next_step: ClassVar[str] = "Ask the sender for these parts once more; the others are in order."


@dataclass(eq=False)
class PartReadsBackOtherwise(Unavailable):
    """Say that a disk gives back something else than was written to it."""

    name: str

    code: ClassVar[str] = "part_reads_back_otherwise"
    what: ClassVar[str] = "{name} was read back and differs from what was written."
    safe: ClassVar[str] = "What was written was taken away again; the file it was made from is unchanged."
    next_step: ClassVar[str] = "Use another disk or stick: this one is failing."
