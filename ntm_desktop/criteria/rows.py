"""Which rows of a table keep a requirement from being met: the hamlets that are named, not only counted.

A row is looked at by the conditions of the requirement's own rule: `count(hamlets, ...)` and `all(hamlets, ...)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm_desktop.criteria.compiled import CompiledSet
from ntm_desktop.criteria.language.compute import Rule
from ntm_desktop.criteria.language.nodes import HAMLETS, Node, node_at, references, text_at, walk
from ntm_desktop.criteria.language.versions import require_known
from ntm_desktop.criteria.model import Operator
from ntm_desktop.criteria.surroundings import world_of
from ntm_desktop.criteria.verdicts import Situation

_BY_ROW = ("count", "all")
_FEW_WANTED = (Operator.LESS, Operator.AT_MOST)


@dataclass(frozen=True, slots=True)
class FailingRows:
    """The rows of a table that do not fulfil what a requirement counts."""

    rows: tuple[str, ...] = ()
    """Ids in the order of the table."""
    elements: frozenset[str] = frozenset()
    """What the condition reads of a row."""


def failing_rows(compiled: CompiledSet, situation: Situation, code: str, table: str = HAMLETS) -> FailingRows:
    """Return the rows that fail; a row whose figures are missing does not fail, it is missing.

    Where few are wanted (`<`, `<=`) the rows that are counted are the ones that fail. Raises KeyError when the set
    has no requirement of that code.
    """
    requirement = compiled.requirements[code].source
    nodes = [] if requirement.measure is None else list(_conditions(requirement.measure, table))
    if not nodes:
        return FailingRows()
    compiler = require_known(compiled.source.rule_language)
    rules: list[Rule] = [compiler(node, compiled.source.catalogue.elements) for node in nodes]
    world = world_of(compiled, situation)
    bad = requirement.operator in _FEW_WANTED
    failing = [
        place.row
        for place in world.rows(table, situation.year)
        if any(rule(world, place) is bad for rule in rules)
    ]
    return FailingRows(tuple(failing), references(*nodes).elements)


def _conditions(measure: Node, table: str) -> Iterator[Node]:
    """Yield the conditions on a row; of a ratio those of its numerator: the denominator says who is asked at all."""
    counted = node_at(measure, 1) if measure[0] == "ratio" else measure
    for node in walk(counted):
        if node[0] in _BY_ROW and text_at(node, 1) == table:
            yield node_at(node, 2)
