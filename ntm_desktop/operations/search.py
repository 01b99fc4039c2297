"""Find indicators and figures by number or words, with or without diacritics.

Officers and articles call an indicator "tiêu chí 8.1": words of rank before a number are dropped, so that all of
"tieu chi 8.1", "chỉ tiêu 8.1" and "8.1" find the indicator 8.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.facts.text import fold

_RANK_WORDS = re.compile(r"^(?:(?:tieu chi|chi tieu|noi dung|criterion|indicator)(?:\s+so)?\s+)(?=\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:\.[a-z])?")


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


@dataclass(frozen=True, slots=True)
class _Entry:
    hit: Hit
    key: str


class SearchIndex:
    """The folded texts of one set, made once."""

    def __init__(self, criterion_set: CriterionSet) -> None:
        self._entries = tuple(_entries(criterion_set))

    def find(self, query: str, limit: int = 12) -> tuple[Hit, ...]:
        """Return the places that hold every word of the query: codes first, then titles that begin with it."""
        folded = _RANK_WORDS.sub("", fold(query))
        if not folded:
            return ()
        if _NUMBER.fullmatch(folded):
            return self._by_code(folded)[:limit]
        words = folded.split()
        found = [entry for entry in self._entries if all(word in entry.key for word in words)]
        found.sort(key=lambda entry: not entry.key.startswith(folded))
        return tuple(entry.hit for entry in found[:limit])

    def _by_code(self, code: str) -> tuple[Hit, ...]:
        exact = [e.hit for e in self._entries if e.hit.code == code and e.hit.kind is not HitKind.ELEMENT]
        below = [
            e.hit
            for e in self._entries
            if e.hit.code != code and e.hit.code.startswith(code) and e.hit.kind is not HitKind.ELEMENT
        ]
        return tuple(exact + below)


def _entries(criterion_set: CriterionSet) -> Iterator[_Entry]:
    elements = criterion_set.catalogue.elements
    for criterion in criterion_set.criteria:
        yield _entry(HitKind.CRITERION, criterion.code, str(criterion.name), str(criterion.short_name))
        for indicator in criterion.indicators:
            yield _entry(HitKind.INDICATOR, indicator.code, str(indicator.name), str(indicator.short_name))
            for requirement in indicator.requirements:
                yield _entry(HitKind.REQUIREMENT, requirement.code, str(requirement.label))
                for field in requirement.fields:
                    element = elements.get(field.element)
                    if element is not None:
                        yield _entry(HitKind.ELEMENT, requirement.code, str(element.label), str(field.label))


def _entry(kind: HitKind, code: str, title: str, other: str = "") -> _Entry:
    return _Entry(Hit(kind, code, title), fold(f"{title} {other} {code}"))
