"""How a table of another program is read: which column is which, which rows count for which figure; kept by name.

Columns are named by their headings, cells by address and the label beside them, so that a table with one more row or
column is still read right, and one that is not the same is refused instead of misread.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as AnyMapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import ClassVar

from ntm_desktop.errors import Refused
from ntm_desktop.facts.old_letters import Letters

MOST_BYTES = 200_000
_FORMAT = 1


class How(StrEnum):
    """How a row is tested."""

    IS = "is"
    """One of these texts stands in the column; case, marks and spaces do not count."""
    IS_NOT = "is_not"
    FILLED = "filled"
    BLANK = "blank"
    WITHIN = "within"
    """A day of the figure's year stands there."""


@dataclass(frozen=True, slots=True)
class RowTest:
    """What a row must hold to count."""

    column: str
    """Its heading."""
    how: How
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that is the number of rows for which all tests hold."""

    element: str
    tests: tuple[RowTest, ...] = ()
    once_per: str = ""
    """Heading of the column whose value counts once only, such as the number of the case; empty: every row."""


@dataclass(frozen=True, slots=True)
class CellOf:
    """A figure that stands in one cell."""

    element: str
    address: str
    label: str = ""
    """The text to its left when the mapping was made; the figure is looked for in the row that says so."""
    subject: str = ""
    """Name of the hamlet; empty: the commune."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """One kind of table."""

    name: str
    sheet: str = ""
    """Empty: the first sheet that has the headings."""
    heading_row: int = 1
    counted: tuple[Counted, ...] = ()
    cells: tuple[CellOf, ...] = ()
    source: str = ""
    """What the figures name as their source."""
    requirement: str = ""
    """Whose evidence the file is."""
    rule: str = ""
    letters: Letters = Letters.UNICODE
    """How the table is written."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings it needs, each once; no other column is ever kept."""
        needed = [test.column for one in self.counted for test in one.tests]
        needed += [one.once_per for one in self.counted if one.once_per]
        return tuple(dict.fromkeys(needed))


@dataclass(eq=False)
class NotAMapping(Refused):
    """Say that a file does not describe how a table is read."""

    path: str
    reason: str

    code: ClassVar[str] = "not_a_mapping"
    what: ClassVar[str] = "The file {path} does not say how a table is read."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Make the mapping in the window, or write the file as the documentation tells."


def mapping_to_json(mapping: Mapping) -> str:
    """Return the one text of a mapping."""
    return json.dumps({"format": _FORMAT} | asdict(mapping), ensure_ascii=False, indent=1)


def mapping_from_json(name: str, text: str) -> Mapping:
    """Read a mapping. Raises NotAMapping."""
    try:
        content = json.loads(text) if len(text) <= MOST_BYTES else None
        if not isinstance(content, dict) or content.pop("format", _FORMAT) != _FORMAT:
            raise NotAMapping(name, "format")
        return _mapping(content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotAMapping(name, type(error).__name__) from error


def _mapping(content: AnyMapping[str, object]) -> Mapping:
    parts = dict(content)
    counted = tuple(_counted(one) for one in _list(parts.pop("counted", [])))
    cells = tuple(CellOf(**_texts(CellOf, one)) for one in _list(parts.pop("cells", [])))
    row = parts.pop("heading_row", 1)
    letters = Letters(str(parts.pop("letters", Letters.UNICODE)))
    if not isinstance(row, int) or isinstance(row, bool) or row < 1:
        raise ValueError(row)
    texts = _texts(Mapping, parts)
    return Mapping(**texts, heading_row=row, counted=counted, cells=cells, letters=letters)


def _counted(content: object) -> Counted:
    parts = _object(content)
    tests = tuple(_test(one) for one in _list(parts.pop("tests", [])))
    return Counted(**_texts(Counted, parts), tests=tests)


def _test(content: object) -> RowTest:
    parts = _object(content)
    values = tuple(str(value) for value in _list(parts.pop("values", [])))
    return RowTest(str(parts["column"]), How(str(parts["how"])), values)


def _texts(kind: type, content: object) -> dict[str, str]:
    """Return the parts of an object that are texts; any other part is a mistake."""
    known = {field.name for field in fields(kind)}
    parts = _object(content)
    if set(parts) - known or not all(isinstance(value, str) for value in parts.values()):
        raise ValueError(sorted(parts))
    return {name: str(value) for name, value in parts.items()}


def _object(content: object) -> dict[str, object]:
    if not isinstance(content, dict):
        raise TypeError(content)
    return dict(content)


def _list(content: object) -> list[object]:
    if not isinstance(content, list | tuple):
        raise TypeError(content)
    return list(content)
