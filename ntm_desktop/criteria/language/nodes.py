"""The syntax tree of a rule, in the form packs store it: nested JSON lists `[operation, argument, ...]`.

A node is a tuple whose first item names the operation; arguments are nodes, texts or whole numbers:

    ("number", "3/10")  ("text", "dong_bang")  ("yes",)  ("no",)  ("date", "2024-12-31")
    ("fact", "so_ho")  ("profile", "vung")  ("today",)  ("year",)          ${_ngay_danh_gia}, ${_nam}
    ("+", a, b) ("-", a, b) ("*", a, b) ("/", a, b) ("neg", a)
    ("=", a, b) ("!=", a, b) ("<", a, b) ("<=", a, b) (">", a, b) (">=", a, b)
    ("and", a, b, ...) ("or", a, b, ...) ("not", a) ("if", condition, then, else)
    ("coalesce", a, ...) ("min", a, ...) ("max", a, ...) ("round", a, digits) ("ratio", a, b) ("known", a)
    ("count", table, predicate) ("sum", table, amount) ("all", table, predicate) ("any", table, predicate)
    ("add_months", day, months) ("max_in_days", table, day, days)
    ("previous", a, years) ("years", fold, a, first, last)      fold: sum, min, max, all, any
    ("threshold", set id, requirement code, year)

`table` is `hamlets` or the name of a register. `digits`, `months`, `days` and `years` are whole numbers, not
nodes. A table never stands inside another table, nor a range of years inside another: the work stays bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.language.errors import RuleError

Node = tuple["str | int | Node", ...]

HAMLETS: Final = "hamlets"
"""The table whose rows are the commune's hamlets."""

MAX_LENGTH: Final = 4_000
MAX_DEPTH: Final = 60
MAX_NODES: Final = 2_000
MAX_DIGITS: Final = 30
MAX_YEARS: Final = 30

FOLDS: Final = ("sum", "min", "max", "all", "any")
TABLE_OPERATIONS: Final = frozenset({"count", "sum", "all", "any", "max_in_days"})

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,79}")
_NUMBER: Final = re.compile(rf"\d{{1,{MAX_DIGITS}}}(?:/\d{{1,{MAX_DIGITS + 1}}})?", re.ASCII)
_TEXT: Final = re.compile(r"""[^"\x00-\x1f\ud800-\udfff]{0,200}|[^'\x00-\x1f\ud800-\udfff]{0,200}""")


@dataclass(frozen=True, slots=True)
class Shape:
    """What an operation takes."""

    arguments: tuple[str, ...] = ()
    """Kinds in order: `node`; `number`, `text`, `date`, `name`, `table`, `fold`; a key of `WHOLE_RANGES`."""
    repeats: bool = False
    """The last argument may be repeated."""


_TWO: Final = Shape(("node", "node"))
_MANY: Final = Shape(("node", "node"), repeats=True)
_TABLE: Final = Shape(("table", "node"))

OPERATIONS: Final[Mapping[str, Shape]] = {
    "number": Shape(("number",)),
    "text": Shape(("text",)),
    "yes": Shape(),
    "no": Shape(),
    "date": Shape(("date",)),
    "fact": Shape(("name",)),
    "profile": Shape(("name",)),
    "today": Shape(),
    "year": Shape(),
    **dict.fromkeys(("+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "ratio"), _TWO),
    **dict.fromkeys(("neg", "not", "known"), Shape(("node",))),
    **dict.fromkeys(("and", "or"), _MANY),
    "if": Shape(("node", "node", "node")),
    **dict.fromkeys(("coalesce", "min", "max"), Shape(("node",), repeats=True)),
    "round": Shape(("node", "digits")),
    **dict.fromkeys(("count", "sum", "all", "any"), _TABLE),
    "add_months": Shape(("node", "months")),
    "max_in_days": Shape(("table", "node", "days")),
    "previous": Shape(("node", "years")),
    "years": Shape(("fold", "node", "node", "node")),
    "threshold": Shape(("name", "name", "node")),
}

WHOLE_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "digits": (0, 12),
    "months": (-1_200, 1_200),
    "days": (1, 3_660),
    "years": (0, MAX_YEARS),
}


def _canonical_number(text: str) -> bool:
    """Say whether it is a decimal number as `str(Fraction)` writes it."""
    if not _NUMBER.fullmatch(text) or text.endswith("/0"):
        return False
    number = Fraction(text)
    return str(number) == text and 10**MAX_DIGITS % number.denominator == 0


def _canonical_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_TEXT_KINDS: Final[Mapping[str, Callable[[str], bool]]] = {
    "number": _canonical_number,
    "text": lambda text: _TEXT.fullmatch(text) is not None,
    "date": _canonical_date,
    "name": lambda text: _NAME.fullmatch(text) is not None,
    "table": lambda text: _NAME.fullmatch(text) is not None,
    "fold": lambda text: text in FOLDS,
}


def _refuse(problem: str, found: object, advice: str = "") -> RuleError:
    return RuleError(problem, 0, repr(found)[:80], advice)


class _Reader:
    """Turns nested lists into a node; counts nodes on the way."""

    def __init__(self) -> None:
        self.left = MAX_NODES

    def node(self, data: object, depth: int, inside: frozenset[str]) -> Node:
        self.left -= 1
        if depth > MAX_DEPTH:
            raise RuleError("too_deep", 0, str(depth), f"depth <= {MAX_DEPTH}")
        if self.left < 0:
            raise RuleError("too_large", 0, "", f"nodes <= {MAX_NODES}")
        if not isinstance(data, list | tuple) or not data:
            raise _refuse("not_a_node", data, '["number", "1"]')
        operation = data[0]
        shape = OPERATIONS.get(operation) if isinstance(operation, str) else None
        if shape is None or not isinstance(operation, str):
            raise _refuse("unknown_operation", operation)
        arguments = data[1:]
        kinds = shape.arguments
        if shape.repeats and len(arguments) > len(kinds):
            kinds += (kinds[-1],) * (len(arguments) - len(kinds))
        if len(arguments) != len(kinds):
            raise _refuse("wrong_number_of_arguments", operation, ", ".join(shape.arguments))
        inside = _deeper(operation, inside)
        return (
            operation,
            *(
                self.node(argument, depth + 1, inside) if kind == "node" else _leaf(kind, argument)
                for kind, argument in zip(kinds, arguments, strict=True)
            ),
        )


def _deeper(operation: str, inside: frozenset[str]) -> frozenset[str]:
    group = "table" if operation in TABLE_OPERATIONS else "years" if operation == "years" else ""
    if group in inside:
        raise _refuse(f"nested_{group}", operation)
    return inside | {group} if group else inside


def _leaf(kind: str, data: object) -> str | int:
    if kind in WHOLE_RANGES:
        low, high = WHOLE_RANGES[kind]
        if isinstance(data, int) and not isinstance(data, bool) and low <= data <= high:
            return data
        raise _refuse("not_a_whole_number", data, f"{low} .. {high}")
    if isinstance(data, str) and _TEXT_KINDS[kind](data):
        return data
    raise _refuse(f"not_a_{kind}", data)


def from_json(data: object) -> Node:
    """Check nested lists (or tuples) of a pack and return them as a node.

    Raises:
        RuleError: An operation is unknown, an argument wrong, or the tree too deep or too large.
    """
    return _Reader().node(data, 1, frozenset())


Json = list["str | int | Json"]


def to_json(node: Node) -> Json:
    """Return a node as the nested lists that packs store."""
    return [to_json(item) if isinstance(item, tuple) else item for item in node]


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below."""
    for item in node:
        if isinstance(item, tuple):
            yield item


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all nodes below it, from the top down."""
    yield node
    for child in children(node):
        yield from walk(child)


@dataclass(frozen=True, slots=True)
class References:
    """Everything outside the rule that it reads, by name."""

    elements: frozenset[str] = frozenset()
    profile: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    """Names of registers, and `hamlets`."""
    thresholds: frozenset[tuple[str, str]] = frozenset()
    """Set id and requirement code."""
    other_years: bool = False
    """Figures of other years than the dossier's are read."""


def references(*nodes: Node | None) -> References:
    """Return what these rules read; None stands for a rule that is not there."""
    found: dict[str, set[str]] = {"fact": set(), "profile": set(), "table": set()}
    thresholds: set[tuple[str, str]] = set()
    other_years = False
    for node in (below for top in nodes if top is not None for below in walk(top)):
        operation = node[0]
        if operation in {"fact", "profile"}:
            found[str(operation)].add(str(node[1]))
        elif operation in TABLE_OPERATIONS:
            found["table"].add(str(node[1]))
        elif operation == "threshold":
            thresholds.add((str(node[1]), str(node[2])))
        elif operation in {"previous", "years"}:
            other_years = True
    return References(
        elements=frozenset(found["fact"]),
        profile=frozenset(found["profile"]),
        tables=frozenset(found["table"]),
        thresholds=frozenset(thresholds),
        other_years=other_years,
    )


def node_at(node: Node, place: int) -> Node:
    """Return the argument at that place of a checked node, which is a node."""
    item = node[place]
    if not isinstance(item, tuple):
        raise TypeError(item)
    return item


def text_at(node: Node, place: int) -> str:
    """Return the argument at that place of a checked node, which is a text."""
    item = node[place]
    if not isinstance(item, str):
        raise TypeError(item)
    return item


def whole_at(node: Node, place: int) -> int:
    """Return the argument at that place of a checked node, which is a whole number."""
    item = node[place]
    if not isinstance(item, int):
        raise TypeError(item)
    return item
