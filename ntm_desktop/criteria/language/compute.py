"""Rule language 1: syntax tree to a function from the world to a result. Meaning: `docs/rule-language.md`."""

from __future__ import annotations

import operator
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from ntm_desktop.criteria.language.nodes import HAMLETS, MAX_YEARS, Node, node_at, text_at, whole_at
from ntm_desktop.criteria.language.results import (
    FOLD,
    Result,
    Unknown,
    blocked,
    negated,
    sized,
)
from ntm_desktop.facts.catalogue import Element, SubjectKind
from ntm_desktop.facts.fact import FactKey, Value
from ntm_desktop.facts.period import NO_PERIOD, Period, PeriodKind, year_period


class Place(NamedTuple):
    """Where in the figures a rule stands: the year, and inside a table the row."""

    year: int
    table: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """Everything a rule can read."""

    values: Mapping[FactKey, Value]
    today: date
    """The day the dossier is assessed on."""
    profile: Mapping[str, str]
    rows: Callable[[str, int], tuple[Place, ...]]
    """The rows of `hamlets` or a register in order, as places in a year."""
    threshold: Callable[[str, str, int], Result]
    """Threshold of a requirement of a set, by set id, code and year."""


Rule = Callable[[World, Place], Result]
Compiler = Callable[[Node, Mapping[str, Element]], Rule]

LAST_PART: Final[Mapping[PeriodKind, str]] = {
    PeriodKind.YEAR: "",
    PeriodKind.HALF: "-H2",
    PeriodKind.QUARTER: "-Q4",
    PeriodKind.MONTH: "-12",
}
"""Which part of the year `${x}` means: the last one. Days and things without a time have the period `-`."""


def compile_rule(node: Node, elements: Mapping[str, Element]) -> Rule:
    """Return the function that computes a checked node over the elements of a catalogue."""
    return _Builder(elements).rule(node)


def element_period(element: Element, year: int) -> Period:
    """Return the period at which a rule reads an element for a year."""
    part = LAST_PART.get(element.period)
    return NO_PERIOD if part is None else Period(year_period(year) + part)


def whole_year(result: Result) -> int | Unknown:
    """Return the calendar year a result stands for."""
    if not isinstance(result, Fraction):
        return blocked((result,))
    if result.denominator != 1 or not date.min.year <= result <= date.max.year:
        return Unknown("not_a_year")
    return int(result)


def year_range(first: Result, last: Result) -> range | Unknown:
    """Return the years from first to last, both included."""
    start, end = whole_year(first), whole_year(last)
    if isinstance(start, Unknown) or isinstance(end, Unknown):
        return blocked(year for year in (start, end) if isinstance(year, Unknown))
    if end < start:
        return Unknown("empty_range")
    if end - start >= MAX_YEARS:
        return Unknown("range_too_long")
    return range(start, end + 1)


class _Builder:
    def __init__(self, elements: Mapping[str, Element]) -> None:
        self.elements = elements

    def rule(self, node: Node) -> Rule:
        return _BUILDERS[text_at(node, 0)](self, node)

    def child(self, node: Node, place: int) -> Rule:
        return self.rule(node_at(node, place))

    def children(self, node: Node) -> tuple[Rule, ...]:
        return tuple(self.child(node, place) for place in range(1, len(node)))


def _constant(value: Result) -> Rule:
    return lambda _world, _place: value


def _literal(_builder: _Builder, node: Node) -> Rule:
    operation = node[0]
    if operation == "number":
        return _constant(Fraction(text_at(node, 1)))
    if operation == "date":
        return _constant(date.fromisoformat(text_at(node, 1)))
    return _constant(text_at(node, 1) if operation == "text" else operation == "yes")


def _fact(builder: _Builder, node: Node) -> Rule:
    name = text_at(node, 1)
    element = builder.elements.get(name)
    if element is None:
        return _constant(Unknown("unknown_element", facts=(("element", name),)))
    table = {SubjectKind.COMMUNE: "", SubjectKind.HAMLET: HAMLETS, SubjectKind.RECORD: element.register}
    home = table[element.subject]
    outside = Unknown("outside_table", facts=(("element", name),))
    # Making a key costs more than looking its value up.
    keys: dict[int, FactKey] = {}
    row_keys: dict[Place, FactKey] = {}

    def of_commune(world: World, place: Place) -> Result:
        key = keys.get(place.year)
        if key is None:
            key = keys[place.year] = FactKey(name, "", element_period(element, place.year))
        value = world.values.get(key)
        return Unknown("missing_facts", (key,)) if value is None else value

    def of_row(world: World, place: Place) -> Result:
        if place.table != home:
            return outside
        key = row_keys.get(place)
        if key is None:
            key = row_keys[place] = FactKey(name, place.row, element_period(element, place.year))
        value = world.values.get(key)
        return Unknown("missing_facts", (key,)) if value is None else value

    return of_row if home else of_commune


def _profile(_builder: _Builder, node: Node) -> Rule:
    name = text_at(node, 1)
    unknown = Unknown("profile_unknown", facts=(("attribute", name),))
    return lambda world, _place: world.profile.get(name, unknown)


def _today(_builder: _Builder, _node: Node) -> Rule:
    return lambda world, _place: world.today


def _year(_builder: _Builder, _node: Node) -> Rule:
    return lambda _world, place: Fraction(place.year)


_ARITHMETIC: Final[Mapping[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def _arithmetic(builder: _Builder, node: Node) -> Rule:
    left, right = builder.children(node)
    compute = _ARITHMETIC[text_at(node, 0)]

    def rule(world: World, place: Place) -> Result:
        a, b = left(world, place), right(world, place)
        if isinstance(a, Fraction) and isinstance(b, Fraction):
            return sized(compute(a, b))
        return _unusable(Fraction, a, b)

    return rule


def _unusable(kind: type, *results: Result) -> Unknown:
    """Return what keeps an operation on values of one kind from being computed."""
    return blocked(result for result in results if not isinstance(result, kind))


def divided(a: Result, b: Result) -> Result:
    """Return a / b, exactly; `zero_denominator` for division by zero."""
    if not isinstance(a, Fraction) or not isinstance(b, Fraction):
        return _unusable(Fraction, a, b)
    return sized(a / b) if b else Unknown("zero_denominator")


def _division(builder: _Builder, node: Node) -> Rule:
    left, right = builder.children(node)
    return lambda world, place: divided(left(world, place), right(world, place))


def _negation(builder: _Builder, node: Node) -> Rule:
    (inner,) = builder.children(node)

    def rule(world: World, place: Place) -> Result:
        a = inner(world, place)
        return -a if isinstance(a, Fraction) else blocked((a,))

    return rule


def _round(builder: _Builder, node: Node) -> Rule:
    inner, scale = builder.child(node, 1), 10 ** whole_at(node, 2)

    def rule(world: World, place: Place) -> Result:
        a = inner(world, place)
        if not isinstance(a, Fraction):
            return blocked((a,))
        size = Fraction((abs(a) * scale + Fraction(1, 2)).__floor__(), scale)
        return size if a >= 0 else -size

    return rule


_COMPARISONS: Final[Mapping[str, Callable[..., bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _comparison(builder: _Builder, node: Node) -> Rule:
    left, right = builder.children(node)
    operation = text_at(node, 0)
    compare = _COMPARISONS[operation]
    kinds: tuple[type, ...] = (Fraction, date, str, bool) if operation in {"=", "!="} else (Fraction, date)

    def rule(world: World, place: Place) -> Result:
        a, b = left(world, place), right(world, place)
        if isinstance(a, kinds) and type(a) is type(b):
            return compare(a, b)
        return blocked((a, b))

    return rule


def _logic(builder: _Builder, node: Node) -> Rule:
    rules, deciding = builder.children(node), node[0] == "or"

    # A loop and not `all_of`: one Python frame per level keeps the deepest rules away from the recursion limit.
    def rule(world: World, place: Place) -> Result:
        undecided: list[Result] = []
        for side in rules:
            result = side(world, place)
            if result is deciding:
                return deciding
            if not isinstance(result, bool):
                undecided.append(result)
        return blocked(undecided) if undecided else not deciding

    return rule


def _not(builder: _Builder, node: Node) -> Rule:
    (inner,) = builder.children(node)
    return lambda world, place: negated(inner(world, place))


def _if(builder: _Builder, node: Node) -> Rule:
    condition, then, otherwise = builder.children(node)

    def rule(world: World, place: Place) -> Result:
        answer = condition(world, place)
        if isinstance(answer, bool):
            return (then if answer else otherwise)(world, place)
        a, b = then(world, place), otherwise(world, place)
        if not isinstance(a, Unknown) and type(a) is type(b) and a == b:
            return a  # whatever the answer is
        return blocked((answer,))

    return rule


def _coalesce(builder: _Builder, node: Node) -> Rule:
    rules = builder.children(node)

    def rule(world: World, place: Place) -> Result:
        unknown: list[Result] = []
        for alternative in rules:
            result = alternative(world, place)
            if not isinstance(result, Unknown):
                return result
            unknown.append(result)
        return blocked(unknown)

    return rule


def _known(builder: _Builder, node: Node) -> Rule:
    (inner,) = builder.children(node)
    return lambda world, place: not isinstance(inner(world, place), Unknown)


def _extreme(builder: _Builder, node: Node) -> Rule:
    rules, fold = builder.children(node), FOLD[text_at(node, 0)]

    def rule(world: World, place: Place) -> Result:
        results: list[Result] = []
        for side in rules:
            results.append(side(world, place))  # noqa: PERF401 - a comprehension is one more frame per level
        return fold(results)

    return rule


def _table(builder: _Builder, node: Node) -> Rule:
    operation, table, inner = text_at(node, 0), text_at(node, 1), builder.child(node, 2)
    fold = FOLD[operation]
    needs_rows = table == HAMLETS or operation == "all"
    no_rows = Unknown("no_rows", facts=(("table", table),))

    def rule(world: World, place: Place) -> Result:
        rows = world.rows(table, place.year)
        if needs_rows and not rows:
            return no_rows
        return fold(inner(world, row) for row in rows)

    return rule


def _max_in_days(builder: _Builder, node: Node) -> Rule:
    table, inner, length = text_at(node, 1), builder.child(node, 2), whole_at(node, 3)
    no_rows = Unknown("no_rows", facts=(("table", table),))

    def rule(world: World, place: Place) -> Result:
        rows = world.rows(table, place.year)
        if table == HAMLETS and not rows:
            return no_rows
        results = [inner(world, row) for row in rows]
        days = sorted(result for result in results if isinstance(result, date))
        if len(days) < len(results):
            return _unusable(date, *results)
        return Fraction(_most_within(days, length))

    return rule


def _most_within(days: list[date], length: int) -> int:
    """Return the most days of a sorted list that lie within so many calendar days in a row."""
    most = start = 0
    for end, day in enumerate(days):
        while (day - days[start]).days >= length:
            start += 1
        most = max(most, end - start + 1)
    return most


def _add_months(builder: _Builder, node: Node) -> Rule:
    inner, months = builder.child(node, 1), whole_at(node, 2)

    def rule(world: World, place: Place) -> Result:
        day = inner(world, place)
        if not isinstance(day, date):
            return blocked((day,))
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        if not date.min.year <= year <= date.max.year:
            return Unknown("date_out_of_range")
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

    return rule


def _previous(builder: _Builder, node: Node) -> Rule:
    inner, years = builder.child(node, 1), whole_at(node, 2)

    def rule(world: World, place: Place) -> Result:
        if place.year - years < date.min.year:
            return Unknown("not_a_year")
        return inner(world, place._replace(year=place.year - years))

    return rule


def _years(builder: _Builder, node: Node) -> Rule:
    fold = FOLD[text_at(node, 1)]
    inner, first, last = (builder.child(node, place) for place in (2, 3, 4))

    def rule(world: World, place: Place) -> Result:
        years = year_range(first(world, place), last(world, place))
        if isinstance(years, Unknown):
            return years
        return fold(inner(world, place._replace(year=year)) for year in years)

    return rule


def _threshold(builder: _Builder, node: Node) -> Rule:
    set_id, code, year_rule = text_at(node, 1), text_at(node, 2), builder.child(node, 3)

    def rule(world: World, place: Place) -> Result:
        year = whole_year(year_rule(world, place))
        return year if isinstance(year, Unknown) else world.threshold(set_id, code, year)

    return rule


_BUILDERS: Final[Mapping[str, Callable[[_Builder, Node], Rule]]] = {
    **dict.fromkeys(("number", "text", "date", "yes", "no"), _literal),
    "fact": _fact,
    "profile": _profile,
    "today": _today,
    "year": _year,
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    **dict.fromkeys(("/", "ratio"), _division),
    "neg": _negation,
    "round": _round,
    **dict.fromkeys(_COMPARISONS, _comparison),
    "and": _logic,
    "or": _logic,
    "not": _not,
    "if": _if,
    "coalesce": _coalesce,
    "known": _known,
    "min": _extreme,
    "max": _extreme,
    **dict.fromkeys(("count", "sum", "all", "any"), _table),
    "max_in_days": _max_in_days,
    "add_months": _add_months,
    "previous": _previous,
    "years": _years,
    "threshold": _threshold,
}
