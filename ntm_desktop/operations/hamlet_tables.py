"""The tables by hamlet of the chosen dossier: one per criterion, with totals, and who keeps what from being met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ntm_desktop.criteria.model import Criterion, Requirement, Table
from ntm_desktop.criteria.rows import failing_rows
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.catalogue import Element, Field, ValueType
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import Text
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.answer import element, key_for, rows
from ntm_desktop.operations.desk import Desk

_SUMMED = frozenset({ValueType.INTEGER, ValueType.DECIMAL, ValueType.MONEY})


@dataclass(frozen=True, slots=True)
class HamletTable:
    """What one criterion asks of each hamlet."""

    code: str
    """Of the criterion."""
    name: Text
    indicators: tuple[str, ...]
    """Codes of the indicators that ask."""
    table: Table
    """Every column once, in the order of the set."""

    def title(self) -> str:
        """Return the name with the codes of the indicators."""
        return _("{name} ({codes})").format(name=self.name, codes=", ".join(self.indicators))


@dataclass(frozen=True, slots=True)
class Total:
    """What a column comes to."""

    filled: int
    rows: int
    value: Fraction | None
    """Sum of numbers, or how many said yes; None where it means nothing, and while a figure is missing."""

    @property
    def complete(self) -> bool:
        """Say whether every hamlet has a figure."""
        return self.filled == self.rows


@dataclass(frozen=True, slots=True)
class Use:
    """A requirement that reads a column, with its verdict as it stands."""

    requirement: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Failing:
    """A hamlet that keeps a requirement from being met."""

    hamlet: str
    """Its name."""
    causes: tuple[str, ...]
    """What it does not have, in words; empty where the figures do not say."""


def hamlet_tables(desk: Desk) -> tuple[HamletTable, ...]:
    """Return the tables by hamlet of the chosen set; none when no dossier is chosen."""
    if desk.set is None:
        return ()
    found = (_of_criterion(criterion) for criterion in desk.set.criteria)
    return tuple(table for table in found if table.table.columns)


def _of_criterion(criterion: Criterion) -> HamletTable:
    columns: dict[tuple[str, int], Field] = {}
    codes: dict[str, None] = {}
    for indicator in criterion.indicators:
        for requirement in indicator.requirements:
            for field in _columns(requirement):
                name = (field.element, field.years_back)
                known = columns.setdefault(name, field)
                columns[name] = replace(known, required=known.required or field.required)
                codes[indicator.code] = None
    return HamletTable(
        criterion.code, criterion.short_name, tuple(codes), Table(columns=tuple(columns.values()))
    )


def _columns(requirement: Requirement) -> Iterator[Field]:
    for table in requirement.tables:
        if not table.register:
            yield from table.columns


def totals(desk: Desk, table: Table, columns: Iterable[int] | None = None) -> dict[int, Total]:
    """Return the totals of these columns (all for None) over the hamlets of the day the dossier is assessed on."""
    hamlets = [row.id for row in rows(desk, table)]
    wanted = range(len(table.columns)) if columns is None else columns
    return {column: _total(desk, table.columns[column], hamlets) for column in wanted}


def _total(desk: Desk, field: Field, hamlets: Sequence[str]) -> Total:
    one, values, key = element(desk, field.element), desk.book.values, key_for(desk, field)
    found = [values.get(FactKey(key.element, hamlet, key.period)) for hamlet in hamlets]
    filled = sum(value is not None for value in found)
    parts = [value for value in found if isinstance(value, Fraction)]
    whole = sum(
        value.numerator for value in parts if value.denominator == 1
    )  # nearly all: fractions add slowly
    broken = sum((value for value in parts if value.denominator != 1), Fraction(0))
    amount = broken + whole + sum(value is True for value in found)
    counts = one.type in _SUMMED or one.type is ValueType.YES_NO
    return Total(filled, len(hamlets), amount if counts and filled == len(hamlets) else None)


def uses(desk: Desk, field: Field) -> tuple[Use, ...]:
    """Return the requirements whose verdict reads a column, in the order of the set."""
    readers = desk.compiled.readers.get(field.element, frozenset())
    results = desk.evaluation.requirements
    return tuple(
        Use(requirement.code, results[requirement.code].verdict)
        for requirement in desk.compiled.source.requirements()
        if requirement.code in readers and requirement.code in results
    )


def failing(desk: Desk, requirement: Requirement) -> tuple[Failing, ...]:
    """Return the hamlets that keep a requirement from being met, each with the cause the figures give.

    A column that is asked only to know the cause (power grid) goes before what the rule itself counts.
    """
    result = desk.evaluation.requirements.get(requirement.code)
    if result is None or result.verdict is not Verdict.NOT_MET:
        return ()
    found = failing_rows(desk.compiled, desk.situation, requirement.code)
    names = {hamlet.id: hamlet.name for hamlet in desk.book.hamlets}
    fields = list(_columns(requirement))
    asked_beside = [field for field in fields if field.element not in found.elements]
    counted = [field for field in fields if field.element in found.elements]
    return tuple(
        Failing(names[row], _causes(desk, asked_beside, row) or _causes(desk, counted, row))
        for row in found.rows
        if row in names
    )


def _causes(desk: Desk, fields: Iterable[Field], hamlet: str) -> tuple[str, ...]:
    lacking = []
    for field in fields:
        key = key_for(desk, field, hamlet)
        if desk.book.values.get(key) is False:
            lacking.append(_not_so(element(desk, field.element)))
    return tuple(lacking)


def _not_so(one: Element) -> str:
    """Return that a yes/no is a no: "has no power grid"; labels that begin with the word for "has" read as a clause."""
    label = str(one.label)
    if label.startswith("C\u00f3 "):
        return _("not yet: {thing}").format(thing=label[0].lower() + label[1:])
    return _("{thing}: no").format(thing=label)


def failing_words(failures: Sequence[Failing]) -> str:
    """Return the hamlets with their causes as one line: `A (not yet: power grid), B`."""
    named = [
        _("{hamlet} ({causes})").format(hamlet=one.hamlet, causes=", ".join(one.causes))
        if one.causes
        else one.hamlet
        for one in failures
    ]
    return ", ".join(named)
