"""What runs out: deadlines of criteria, thresholds that hold to a year's end, the last year of the set.

Time limits of register lines too (how long one is, the register book says), and certificates that signed here. Only
dates that are known here are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations import registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.signing_certificates import known
from ntm_desktop.operations.work import assignments

AHEAD: Final = 400
"""Days ahead that are looked at: a year's end is told from the year before on."""
CERTIFICATE_AHEAD: Final = 30
"""Days before its end, and after it, that a certificate is told."""


class Limit(StrEnum):
    """What runs out."""

    DEADLINE = "deadline"
    THRESHOLD = "threshold"
    SET = "set"
    LINE = "line"
    """Of a register: a certificate of a product, a deadline of an inspection."""
    CERTIFICATE = "certificate"
    """Of a signing key."""


@dataclass(frozen=True, slots=True)
class Expiring:
    """One thing and the last day it holds."""

    limit: Limit
    code: str
    """Of the criterion or requirement, name of the register; empty for the set and a certificate."""
    name: str
    who: str
    """Who answers for it, where somebody does."""
    day: date
    days: int
    """Left until then; negative: past."""


def expiring(desk: Desk) -> tuple[Expiring, ...]:
    """Return what runs out for the chosen dossier, the nearest first; what is done or far away is left out."""
    criterion_set = desk.set
    if criterion_set is None or not desk.editable:
        return ()
    today = desk.now().date()
    found = [
        Expiring(limit, code, name, who, day, (day - today).days)
        for limit, code, name, who, day in (
            *_deadlines(desk, criterion_set),
            *_thresholds(desk, criterion_set),
            *_set(criterion_set),
            *_lines(desk, today),
            *_certificates(today),
        )
    ]
    return tuple(sorted((one for one in found if one.days <= AHEAD), key=lambda one: (one.day, one.code)))


_Found = tuple[Limit, str, str, str, date]


def _deadlines(desk: Desk, criterion_set: CriterionSet) -> Iterator[_Found]:
    given = assignments(desk)
    for criterion in criterion_set.criteria:
        one, result = given.get(criterion.code), desk.evaluation.criteria[criterion.code]
        if one is not None and one.due is not None and result.verdict is not Verdict.MET:
            yield Limit.DEADLINE, criterion.code, str(criterion.short_name), one.who, one.due


def _thresholds(desk: Desk, criterion_set: CriterionSet) -> Iterator[_Found]:
    """Yield the thresholds that hold for the dossier's year and end with a year before the set does."""
    year = desk.situation.year
    for requirement in criterion_set.requirements():
        ends = [
            one.year_to
            for one in requirement.thresholds
            if one.year_to is not None and one.year_to >= year and (one.year_from or year) <= year
        ]
        if ends and (criterion_set.valid_to is None or min(ends) < criterion_set.valid_to):
            yield Limit.THRESHOLD, requirement.code, str(requirement.label), "", date(min(ends), 12, 31)


def _set(criterion_set: CriterionSet) -> Iterator[_Found]:
    if criterion_set.valid_to is not None:
        yield Limit.SET, "", str(criterion_set.short_title), "", date(criterion_set.valid_to, 12, 31)


def _lines(desk: Desk, today: date) -> Iterator[_Found]:
    """Yield the lines of registers whose time limit is near or was missed, named by what they are about."""
    for line in registers.limited_lines(desk, today):
        day = line.limit.day
        if line.limit.standing is not registers.Standing.FINE and (today - day).days <= AHEAD:
            yield Limit.LINE, str(line.sheet.label), registers.line_name(desk, line), "", day


def _certificates(today: date) -> Iterator[_Found]:
    """Yield the certificates that signed here, once their end is near or just past."""
    for one in known():
        if -CERTIFICATE_AHEAD <= (one.until - today).days <= CERTIFICATE_AHEAD:
            yield Limit.CERTIFICATE, "", one.subject, "", one.until
