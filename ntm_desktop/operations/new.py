"""Make the workspace of a commune by its code: without hamlets, set and year, which other commands add."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ntm_desktop.errors import Refused
from ntm_desktop.facts.folding import one_line
from ntm_desktop.facts.subject import Commune
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.start import utc_now
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.journal import Clock
from ntm_desktop.workspace.units import load_units

_LONGEST_WORD = 20


@dataclass(eq=False)
class UnknownCommune(Refused):
    """Say that no commune has that code today."""

    commune: str

    code: ClassVar[str] = "unknown_commune"
    what: ClassVar[str] = "No commune, ward or special zone has the code {commune}."
    safe: ClassVar[str] = "Nothing was made."
    next_step: ClassVar[str] = "Look the five-digit code up in the table of administrative units."


@dataclass(eq=False)
class NoHamletWord(Refused):
    """Say that what was given cannot stand for "hamlet" in sentences."""

    word: str
    most: int

    code: ClassVar[str] = "no_hamlet_word"
    what: ClassVar[str] = "{word} is not a word for hamlets."
    safe: ClassVar[str] = "Nothing was made."
    next_step: ClassVar[str] = "Give the commune's own word, at most {most} letters, in quotation marks."


def new_workspace(
    folder: Path, code: str, *, hamlet_label: str = "", who: str, clock: Clock = utc_now
) -> Desk:
    """Make and open the workspace. Raises UnknownCommune, NoHamletWord and what `Workspace.create` raises."""
    workspace = Workspace.create(folder, _commune(code, hamlet_label), who=who, clock=clock)
    return Desk(workspace, clock)


def _commune(code: str, hamlet_label: str) -> Commune:
    """Return the unit as it is now; the PC's clock has no say in it."""
    for unit in load_units():
        if unit.code == code and unit.until is None:
            plain = Commune(unit.code, unit.name, unit.kind, unit.province)
            return unit.commune(_word(hamlet_label)) if hamlet_label else plain
    raise UnknownCommune(code)


def _word(hamlet_label: str) -> str:
    word = one_line(hamlet_label)
    if not word.replace(" ", "").isalpha() or len(word) > _LONGEST_WORD:
        raise NoHamletWord(word, _LONGEST_WORD)
    return word
