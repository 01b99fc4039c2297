"""Counts the rows of a foreign table, one row after another; nothing of a row is kept but whether it counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ntm_desktop.errors import Cancelled, Refused
from ntm_desktop.exchange.mapping import Counted, How, Mapping, RowTest
from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.old_letters import Letters, decoded
from ntm_desktop.sheets.cells import column_letters
from ntm_desktop.sheets.stream import Head

_DAY = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})")
_REPORT_EVERY = 5_000
_LIKE_A_HEADING = 3
_DAY_LENGTH = 12
_TALLEST_HEADING = 10
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")

Rows = Iterable[tuple[int, Sequence[str]]]
Progress = Callable[[int], None]


@dataclass(eq=False)
class MappingDoesNotFit(Refused):
    """Say that a table lacks columns a mapping needs."""

    path: str
    mapping: str
    missing: str

    code: ClassVar[str] = "mapping_does_not_fit"
    what: ClassVar[str] = (
        "The table {path} is not the one {mapping} was made for: it has no column {missing}."
    )
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Choose the right file, or say again which column is which."


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a mapping's columns stand in a file."""

    sheet: str
    heading_row: int
    columns: tuple[int, ...]
    """Counted from 1, in the order of `Mapping.columns`."""


@dataclass(slots=True)
class Tally:
    """What counting came to."""

    rows: int = 0
    """Rows below the headings that hold anything in the columns looked at."""
    counts: dict[str, int] = field(default_factory=dict)
    """By element."""
    unread_days: int = 0
    """Rows whose day could not be read; they do not count."""
    first_unread: int = 0
    last_unread: int = 0
    repeated: int = 0
    """Rows left out because their case had counted already."""
    last_repeated: int = 0


def headings(head: Head, row: int, letters: Letters = Letters.UNICODE) -> tuple[str, ...]:
    """Return the headings of a row: a heading merged over several columns is said before theirs."""
    if not 1 <= row <= len(head.rows):
        return ()
    covered = _covered(head.merged)
    width = max(map(len, head.rows[:row]))
    found = []
    for column in range(1, width + 1):
        own = _cell(head, row, column, covered)
        above = _cell(head, row - 1, column, covered) if (row - 1, column) in covered else ""
        parts = [part for part in (above, own) if part]
        found.append(decoded(" / ".join(dict.fromkeys(parts)), letters))
    return tuple(found)


def heading_row(head: Head) -> int:
    """Guess the row of the headings: the first that is filled as widely as the widest; 1 where nothing is filled."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in head.rows]
    widest = max(filled, default=0)
    wanted = max(min(_LIKE_A_HEADING, widest), round(0.8 * widest))
    return next((number for number, count in enumerate(filled, 1) if count >= wanted > 0), 1)


def locate(path: str, heads: Sequence[Head], mapping: Mapping) -> Layout:
    """Find the columns of a mapping, whatever row they moved to. Raises MappingDoesNotFit."""
    wanted = [fold(column) for column in mapping.columns]
    missing: list[str] = list(mapping.columns)
    for head in [one for one in heads if one.name == mapping.sheet] or list(heads):
        rows = [mapping.heading_row, *(n for n in range(1, len(head.rows) + 1) if n != mapping.heading_row)]
        for row in rows:
            there = [fold(text) for text in headings(head, row, mapping.letters)]
            lacking = [column for column in mapping.columns if fold(column) not in there]
            if not lacking:
                return Layout(head.name, row, tuple(there.index(column) + 1 for column in wanted))
            missing = min(missing, lacking, key=len)
    raise MappingDoesNotFit(path, mapping.name, ", ".join(missing))


def count(
    rows: Rows,
    mapping: Mapping,
    year: int,
    *,
    first_row: int = 1,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Tally:
    """Count the rows below the headings. Raises Cancelled and what reading raises."""
    tally = Tally(counts={one.element: 0 for one in mapping.counted})
    counters = [_Counter(one, mapping, year, tally) for one in mapping.counted]
    for number, cells in rows:
        if number <= first_row or not any(cells):
            continue
        tally.rows += 1
        for counter in counters:
            counter.look(number, cells)
        if not tally.rows % _REPORT_EVERY:
            if stopped is not None and stopped():
                raise Cancelled
            if progress is not None:
                progress(tally.rows)
    return tally


@dataclass(slots=True)
class _Tested:
    """A test with what it remembers."""

    place: int
    matches: Callable[[str], bool | None]
    known: dict[str, bool | None] = field(default_factory=dict)
    is_day: bool = field(kw_only=True)


class _Counter:
    """One figure being counted. What a text comes to is remembered: columns hold few different ones."""

    def __init__(self, counted: Counted, mapping: Mapping, year: int, tally: Tally) -> None:
        places = {column: place for place, column in enumerate(mapping.columns)}
        self._element = counted.element
        self._tests = [
            _Tested(places[test.column], _matcher(test, mapping.letters, year), is_day=test.how is How.WITHIN)
            for test in counted.tests
        ]
        self._once = places.get(counted.once_per)
        self._seen: set[str] = set()
        self._tally = tally

    def look(self, number: int, cells: Sequence[str]) -> None:
        """Count the row when every test holds."""
        for test in self._tests:
            text = cells[test.place][:_DAY_LENGTH] if test.is_day else cells[test.place]
            if text in test.known:
                holds = test.known[text]
            else:
                holds = test.known[text] = test.matches(text)
            if holds is None:
                self._tally.unread_days += number != self._tally.last_unread
                self._tally.first_unread = self._tally.first_unread or number
                self._tally.last_unread = number
            if not holds:
                return
        if self._once is not None:
            case = cells[self._once].strip()
            if case and case in self._seen:
                self._tally.repeated += number != self._tally.last_repeated
                self._tally.last_repeated = number
                return
            self._seen.add(case)
        self._tally.counts[self._element] += 1


def _matcher(test: RowTest, letters: Letters, year: int) -> Callable[[str], bool | None]:
    values = {fold(value) for value in test.values}
    return {
        How.IS: lambda text: fold(decoded(text, letters)) in values,
        How.IS_NOT: lambda text: fold(decoded(text, letters)) not in values,
        How.FILLED: lambda text: bool(text.strip()),
        How.BLANK: lambda text: not text.strip(),
        How.WITHIN: lambda text: _within(text, year),
    }[test.how]


def _within(text: str, year: int) -> bool | None:
    """Say whether a day lies in the year; None: no day can be read there. A blank cell is no day and no mistake."""
    if not text.strip():
        return False
    day = day_of(text)
    return None if day is None else day.year == year


def day_of(text: str) -> date | None:
    """Read the day at the beginning of a text."""
    match = _DAY.match(text)
    parts = match.groups()[::-1] if match is not None else ()
    if match is None:
        match = _ISO_DAY.match(text)
        parts = match.groups() if match is not None else ()
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _covered(merged: Sequence[str]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each place of a merged range the place that holds its text; of the first rows only."""
    covered = {}
    for reference in merged:
        match = _RANGE.fullmatch(reference)
        if match is not None and int(match[4]) - int(match[2]) < _TALLEST_HEADING:
            left, right = _number(match[1]), _number(match[3])
            for row in range(int(match[2]), int(match[4]) + 1):
                for column in range(left, min(right, left + 100) + 1):
                    covered[row, column] = (int(match[2]), left)
    return covered


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _cell(head: Head, row: int, column: int, covered: dict[tuple[int, int], tuple[int, int]]) -> str:
    row, column = covered.get((row, column), (row, column))
    line = head.rows[row - 1] if 1 <= row <= len(head.rows) else ()
    return " ".join(line[column - 1].split()) if column <= len(line) else ""


@dataclass(slots=True)
class Column:
    """What was seen of one column."""

    heading: str
    letters: str
    """Of its address: `A`, `B`."""
    filled: int = 0
    values: dict[str, int] = field(default_factory=dict)
    """Different texts and how often each stands there; at most `MOST_VALUES`, then it is left off."""
    many: bool = False
    """There are more different texts than can be chosen from."""
    days: int = 0
    """Texts that begin with a day."""

    @property
    def is_days(self) -> bool:
        """Say whether days stand in the column."""
        return self.filled > 0 and self.days * 10 >= self.filled * 9


MOST_VALUES = 40


def survey(
    rows: Rows, names: Sequence[str], *, first_row: int, stopped: Callable[[], bool] | None = None
) -> Iterator[tuple[int, tuple[Column, ...]]]:
    """Look through a table and say what stands in its columns, more and more rows of it; the last time of all.

    Raises Cancelled and what reading raises.
    """
    columns = tuple(Column(name, column_letters(number)) for number, name in enumerate(names, 1))
    done = 0
    for number, cells in rows:
        if number <= first_row or not any(cells):
            continue
        done += 1
        for column, text in zip(columns, cells, strict=False):
            if text:
                _note(column, text)
        if not done % _REPORT_EVERY:
            if stopped is not None and stopped():
                raise Cancelled
            yield done, columns
    yield done, columns


def _note(column: Column, text: str) -> None:
    column.filled += 1
    if column.filled <= _REPORT_EVERY:
        column.days += day_of(text) is not None
    elif column.days * 10 >= _REPORT_EVERY * 9:
        column.days += 1
    if column.many:
        return
    column.values[text] = column.values.get(text, 0) + 1
    if len(column.values) > MOST_VALUES:
        column.many = True
        column.values = dict(list(column.values.items())[:3])


__all__ = [
    "Column", "Layout", "MappingDoesNotFit", "Tally", "count", "day_of", "heading_row", "headings", "locate", "survey",
]  # fmt: skip
