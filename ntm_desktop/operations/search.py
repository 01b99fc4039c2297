"""Find indicators and figures by number or words, with or without diacritics.

Officers and articles call an indicator "criterion 8.1": words of rank before a number are dropped, so that all of
"tieu chi 8.1", "chi tieu 8.1" and "8.1" find the indicator 8.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ntm_desktop.criteria.model import CriterionSet, Requirement
from ntm_desktop.facts.text import fold
from ntm_desktop.i18n import Text

_RANK_WORDS = re.compile(r"^(?:(?:tieu chi|chi tieu|noi dung|criterion|indicator)(?:\s+so)?\s+)(?=\d)")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?(?:\.[a-z])?)\.?")


class HitKind(StrEnum):
    """What was found."""

    CRITERION = "criterion"
    INDICATOR = "indicator"
    REQUIREMENT = "requirement"
    ELEMENT = "element"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place to go to."""

    kind: HitKind
    code: str
    """Code of the criterion, indicator or requirement; of the requirement that asks, for an element."""
    title: str
    detail: str = ""
    """For a figure: the requirement that asks for it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    hit: Hit
    key: str


class SearchIndex:
    """The folded texts of one set in both languages, made once."""

    def __init__(self, criterion_set: CriterionSet) -> None:
        self._entries = tuple(_entries(criterion_set))

    def find(self, query: str, limit: int = 12) -> tuple[Hit, ...]:
        """Return the places that hold every word of the query: codes first, then titles that begin with it."""
        folded = _RANK_WORDS.sub("", fold(query))
        if not folded:
            return ()
        number = _NUMBER.fullmatch(folded)
        if number is not None:
            return self._by_code(number[1])[:limit]
        words = folded.split()
        found = [entry for entry in self._entries if all(word in entry.key for word in words)]
        found.sort(key=lambda entry: not entry.key.startswith(folded))
        return tuple(entry.hit for entry in found[:limit])

    def _by_code(self, code: str) -> tuple[Hit, ...]:
        places = [entry.hit for entry in self._entries if entry.hit.kind is not HitKind.ELEMENT]
        exact = [hit for hit in places if hit.code == code]
        below = [hit for hit in places if hit.code.startswith(f"{code}.")]
        return tuple(exact + below)


def _entries(criterion_set: CriterionSet) -> Iterator[_Entry]:
    for criterion in criterion_set.criteria:
        yield _entry(HitKind.CRITERION, criterion.code, criterion.name, criterion.short_name)
        for indicator in criterion.indicators:
            yield _entry(HitKind.INDICATOR, indicator.code, indicator.name, indicator.short_name)
            for requirement in indicator.requirements:
                yield _entry(HitKind.REQUIREMENT, requirement.code, requirement.label)
                yield from _figures(criterion_set, requirement)


def _figures(criterion_set: CriterionSet, requirement: Requirement) -> Iterator[_Entry]:
    """Yield the figures a requirement asks for, by field or in a table."""
    asked = [*requirement.fields, *(column for table in requirement.tables for column in table.columns)]
    for field in asked:
        element = criterion_set.catalogue.elements.get(field.element)
        if element is not None:
            yield _entry(
                HitKind.ELEMENT, requirement.code, element.label, field.label, detail=str(requirement.label)
            )


def _entry(kind: HitKind, code: str, *texts: Text, detail: str = "") -> _Entry:
    """Return an entry titled by the first text and found by all of them."""
    words = [part for text in texts for part in (text.vi, str(text), text.en)]
    return _Entry(Hit(kind, code, str(texts[0]), detail), fold(" ".join([*words, code])))
