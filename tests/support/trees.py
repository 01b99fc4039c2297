"""Rule trees for property tests."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from ntm_desktop.criteria.language.errors import RuleError
from ntm_desktop.criteria.language.nodes import OPERATIONS, Node, from_json

_DECIMALS = st.decimals(0, 10**6, places=4).map(lambda number: str(Fraction(number)))
_LEAVES = {
    "number": st.one_of(st.integers(0, 10**12).map(str), _DECIMALS),
    "text": st.text(alphabet="abc é'", max_size=8) | st.text(alphabet='xyz "', max_size=8),
    "date": st.dates().map(str),
    "name": st.sampled_from(["a", "so_ho", "8.4.a", "x-1"]),
    "table": st.sampled_from(["hamlets", "ocop"]),
    "fold": st.sampled_from(["sum", "min", "max", "all", "any"]),
    "digits": st.integers(0, 12),
    "months": st.integers(-1200, 1200),
    "days": st.integers(1, 3660),
    "years": st.integers(0, 30),
}


def _extend(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    choices = []
    for operation, shape in OPERATIONS.items():
        arguments = [inner if kind == "node" else _LEAVES[kind] for kind in shape.arguments]
        choices.append(st.tuples(st.just(operation), *arguments))
        if shape.repeats:
            choices.append(st.tuples(st.just(operation), *arguments, inner))
    return st.one_of(choices)


def _valid(node: Node) -> bool:
    try:
        from_json(node)
    except RuleError:
        return False
    return True


def trees() -> st.SearchStrategy[Node]:
    """Give any tree that a pack may hold."""
    simple = st.sampled_from([("yes",), ("no",), ("today",), ("year",), ("fact", "a"), ("profile", "vung")])
    return st.recursive(simple, _extend, max_leaves=12).filter(_valid)
