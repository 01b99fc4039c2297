"""Static check of a rule against a catalogue: types, names, places, units, codes of choices, division by zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ntm_desktop.criteria.language.compute import Place, World, compile_rule
from ntm_desktop.criteria.language.nodes import HAMLETS, Node, children, node_at, text_at, walk
from ntm_desktop.criteria.language.results import Unknown
from ntm_desktop.facts.catalogue import Catalogue, Element, SubjectKind, ValueType


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a rule or set; a value, translated by the faces."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    place: str = ""
    """Where: a requirement's code and the part of it; empty inside a rule."""


NUMBER: Final = "number"
YES_NO: Final = "yes_no"
TEXT: Final = "text"
DATE: Final = "date"
ANY: Final = ""
"""The kind is not known here (a name that does not exist, the threshold of another set)."""

_KINDS: Final[Mapping[ValueType, str]] = {
    ValueType.YES_NO: YES_NO,
    ValueType.CHOICE: TEXT,
    ValueType.TEXT: TEXT,
    ValueType.DATE: DATE,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a rule gives."""

    type: str = ANY
    unit: str = ""
    """Of money and things counted; empty where it is not known."""
    money: bool = False
    choices: tuple[str, ...] = ()
    """Codes it can give, when it is an element or attribute with choices."""


def check_rule(
    node: Node, catalogue: Catalogue, *, expected: str = ANY, table: str = ""
) -> tuple[Finding, ...]:
    """Return what is wrong with a rule that should give `expected` (`number`, `yes_no`, ... or anything)."""
    checker = _Checker(catalogue, table)
    kind = checker.kind(node)
    checker.expect(expected, kind, "rule")
    return tuple(dict.fromkeys(checker.findings))


class _Checker:
    def __init__(self, catalogue: Catalogue, table: str) -> None:
        self.catalogue = catalogue
        self.table = table
        self.findings: list[Finding] = []

    def find(self, code: str, **facts: str) -> None:
        self.findings.append(Finding(code, tuple(facts.items())))

    def expect(self, expected: str, kind: Kind, where: str) -> None:
        if expected and kind.type and kind.type != expected:
            self.find("wrong_type", where=where, expected=expected, found=kind.type)

    def kind(self, node: Node) -> Kind:
        return _CHECKS[text_at(node, 0)](self, node)

    def sides(self, node: Node) -> list[Kind]:
        return [self.kind(child) for child in children(node)]

    def inside(self, table: str, node: Node) -> Kind:
        outer, self.table = self.table, table
        kind = self.kind(node)
        self.table = outer
        return kind


def _fixed(kind: str) -> Callable[[_Checker, Node], Kind]:
    """Make the check of an operation that takes nothing."""
    return lambda _checker, _node: Kind(kind)


def _takes(expected: str, gives: str) -> Callable[[_Checker, Node], Kind]:
    """Make the check of an operation that takes and gives certain types."""

    def check(checker: _Checker, node: Node) -> Kind:
        for side in checker.sides(node):
            checker.expect(expected, side, text_at(node, 0))
        return Kind(gives)

    return check


def _fact(checker: _Checker, node: Node) -> Kind:
    name = text_at(node, 1)
    element = checker.catalogue.elements.get(name)
    if element is None:
        checker.find("unknown_element", element=name)
        return Kind()
    home = _home(element)
    if home and home != checker.table:
        checker.find("outside_table", element=name, table=home)
    if element.personal:
        checker.find("personal_in_rule", element=name)
    choices = tuple(choice.code for choice in element.choices)
    return Kind(_KINDS.get(element.type, NUMBER), element.unit, element.type is ValueType.MONEY, choices)


def _home(element: Element) -> str:
    """Return the table an element lives in; empty for the commune's."""
    return {SubjectKind.COMMUNE: "", SubjectKind.HAMLET: HAMLETS, SubjectKind.RECORD: element.register}[
        element.subject
    ]


def _profile(checker: _Checker, node: Node) -> Kind:
    attribute = checker.catalogue.profile.get(text_at(node, 1))
    if attribute is None:
        checker.find("unknown_attribute", attribute=text_at(node, 1))
        return Kind()
    return Kind(TEXT, choices=tuple(choice.code for choice in attribute.choices))


def _same_unit(checker: _Checker, operation: str, sides: list[Kind]) -> Kind:
    """Find money mixed with other units; return the unit they share."""
    with_unit = [side for side in sides if side.unit]
    units = sorted({side.unit for side in with_unit})
    if len(units) > 1 and any(side.money for side in with_unit):
        checker.find("units_differ", operation=operation, units=", ".join(units))
    if len(units) != 1:
        return Kind(NUMBER)
    return Kind(NUMBER, units[0], any(side.money for side in with_unit))


def _alike_numbers(checker: _Checker, node: Node) -> Kind:
    sides = checker.sides(node)
    for side in sides:
        checker.expect(NUMBER, side, text_at(node, 0))
    return _same_unit(checker, text_at(node, 0), sides)


def _product(checker: _Checker, node: Node) -> Kind:
    sides = checker.sides(node)
    for side in sides:
        checker.expect(NUMBER, side, text_at(node, 0))
    with_unit = [side for side in sides if side.unit]
    return with_unit[0] if len(with_unit) == 1 else Kind(NUMBER)


def _division(checker: _Checker, node: Node) -> Kind:
    above, below = checker.sides(node)
    for side in (above, below):
        checker.expect(NUMBER, side, text_at(node, 0))
    if _constant(node_at(node, 2)) == 0:
        checker.find("division_by_zero")
    if node[0] == "ratio" or above.unit == below.unit:
        _same_unit(checker, text_at(node, 0), [above, below] if above.money and below.money else [])
        return Kind(NUMBER)
    return above if not below.unit else Kind(NUMBER)


def _constant(node: Node) -> object:
    """Compute a rule that reads nothing; None when it reads something."""
    reading = {"fact", "profile", "today", "year", "count", "sum", "all", "any", "max_in_days", "threshold"}
    if any(below[0] in reading for below in walk(node)):
        return None
    nothing = World({}, date.min, {}, lambda _table, _year: (), lambda *_key: Unknown(""))
    return compile_rule(node, {})(nothing, Place(1))


def _comparison(checker: _Checker, node: Node) -> Kind:
    left, right = checker.sides(node)
    operation = text_at(node, 0)
    if left.type and right.type and left.type != right.type:
        checker.find("types_differ", operation=operation, left=left.type, right=right.type)
    elif operation not in {"=", "!="}:
        for side in (left, right):
            if side.type in {YES_NO, TEXT}:
                checker.find("no_order", operation=operation, type=side.type)
    _same_unit(checker, operation, [left, right])
    _choices(checker, node, left, right)
    return Kind(YES_NO)


def _choices(checker: _Checker, node: Node, left: Kind, right: Kind) -> None:
    for kind, other in ((left, node_at(node, 2)), (right, node_at(node, 1))):
        if kind.choices and other[0] == "text" and other[1] not in kind.choices:
            checker.find("unknown_choice", choice=text_at(other, 1), allowed=", ".join(kind.choices))


def _alike(checker: _Checker, node: Node) -> Kind:
    """Check alternatives of one type (`coalesce`; the last two of `if`)."""
    sides = checker.sides(node)
    if node[0] == "if":
        checker.expect(YES_NO, sides.pop(0), "if")
    known = [side for side in sides if side.type]
    types = sorted({side.type for side in known})
    if len(types) > 1:
        checker.find("types_differ", operation=text_at(node, 0), left=types[0], right=types[1])
    if not known:
        return Kind()
    if types == [NUMBER]:
        return _same_unit(checker, text_at(node, 0), known)
    return known[0]


def _table(checker: _Checker, node: Node) -> Kind:
    operation, table = text_at(node, 0), text_at(node, 1)
    if table != HAMLETS and table not in checker.catalogue.registers:
        checker.find("unknown_register", register=table)
    inner = checker.inside(table, node_at(node, 2))
    expected = {"sum": NUMBER, "max_in_days": DATE}.get(operation, YES_NO)
    checker.expect(expected, inner, operation)
    if operation == "sum":
        return inner if inner.type == NUMBER else Kind(NUMBER)
    return Kind(NUMBER if operation in {"count", "max_in_days"} else YES_NO)


def _years(checker: _Checker, node: Node) -> Kind:
    fold = text_at(node, 1)
    inner, *years = checker.sides(node)
    for year in years:
        checker.expect(NUMBER, year, "year")
    yes_no = fold in {"all", "any"}
    checker.expect(YES_NO if yes_no else NUMBER, inner, f"{fold}_years")
    return Kind(YES_NO) if yes_no else inner


def _same(checker: _Checker, node: Node) -> Kind:
    return checker.kind(node_at(node, 1))


def _number_kept(checker: _Checker, node: Node) -> Kind:
    kind = checker.kind(node_at(node, 1))
    checker.expect(NUMBER, kind, text_at(node, 0))
    return kind if kind.type == NUMBER else Kind(NUMBER)


_CHECKS: Final[Mapping[str, Callable[[_Checker, Node], Kind]]] = {
    "number": _fixed(NUMBER),
    "text": _fixed(TEXT),
    "date": _fixed(DATE),
    **dict.fromkeys(("yes", "no"), _fixed(YES_NO)),
    "fact": _fact,
    "profile": _profile,
    "today": _fixed(DATE),
    "year": _fixed(NUMBER),
    **dict.fromkeys(("+", "-", "min", "max"), _alike_numbers),
    "*": _product,
    **dict.fromkeys(("/", "ratio"), _division),
    **dict.fromkeys(("neg", "round"), _number_kept),
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), _comparison),
    **dict.fromkeys(("and", "or", "not"), _takes(YES_NO, YES_NO)),
    **dict.fromkeys(("if", "coalesce"), _alike),
    "known": _takes(ANY, YES_NO),
    **dict.fromkeys(("count", "sum", "all", "any", "max_in_days"), _table),
    "add_months": _takes(DATE, DATE),
    "previous": _same,
    "years": _years,
    "threshold": _takes(NUMBER, ANY),
}
