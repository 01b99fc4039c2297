"""How the verdicts of parts make the verdict of the whole.

Parts that do not apply are left out; when none applies, the whole does not. What is undetermined decides nothing: the
whole is met or not met only when the other parts decide it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from ntm_desktop.criteria.language.nodes import Node, children
from ntm_desktop.criteria.model import Whole, WholeKind
from ntm_desktop.criteria.verdicts import Reason, Verdict, WholeResult


class Part(NamedTuple):
    """One part of a whole."""

    code: str
    verdict: Verdict
    points: Fraction
    """Points it has for sure."""
    possible: Fraction
    """Points it has when everything undetermined turns out met."""


def combine(code: str, whole: Whole, parts: Sequence[Part], gap: str = "") -> WholeResult:
    """Return the verdict of a whole.

    `gap` is the reason code why it can never be met: no parts, or not all parts known (`incomplete_set`).
    """
    verdicts = [part.verdict for part in parts]
    met, applicable = verdicts.count(Verdict.MET), len(parts) - verdicts.count(Verdict.NOT_APPLICABLE)
    if gap:
        return WholeResult(code, Verdict.UNDETERMINED, met, applicable, Reason(gap))
    verdict = Verdict.NOT_APPLICABLE if applicable == 0 else _COMBINE[whole.kind](whole, parts)
    reason = None
    if verdict is None:
        verdict, reason = Verdict.UNDETERMINED, Reason("not_known_rule")
    elif verdict is Verdict.UNDETERMINED:
        reason = Reason("undetermined_parts", (("count", str(verdicts.count(Verdict.UNDETERMINED))),))
    return WholeResult(code, verdict, met, applicable, reason)


def all_met(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine by `and`, leaving out what does not apply."""
    return _by_weight(verdicts, _HOLDING_BACK)


def any_met(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine by `or`, leaving out what does not apply."""
    return _by_weight(verdicts, _CARRYING)


# The first of these that stands among the parts is the verdict.
_HOLDING_BACK: Final = (Verdict.NOT_MET, Verdict.UNDETERMINED, Verdict.MET)
_CARRYING: Final = (Verdict.MET, Verdict.UNDETERMINED, Verdict.NOT_MET)


def _by_weight(verdicts: Iterable[Verdict], order: tuple[Verdict, ...]) -> Verdict:
    present = list(verdicts)
    return next((verdict for verdict in order if verdict in present), Verdict.NOT_APPLICABLE)


def _between(sure: Fraction | int, possible: Fraction | int, needed: Fraction) -> Verdict:
    if sure >= needed:
        return Verdict.MET
    return Verdict.NOT_MET if possible < needed else Verdict.UNDETERMINED


def _all(_whole: Whole, parts: Sequence[Part]) -> Verdict:
    return all_met(part.verdict for part in parts)


def _any(_whole: Whole, parts: Sequence[Part]) -> Verdict:
    return any_met(part.verdict for part in parts)


def _at_least(whole: Whole, parts: Sequence[Part]) -> Verdict | None:
    if whole.number is None:
        return None
    met = sum(part.verdict is Verdict.MET for part in parts)
    undetermined = sum(part.verdict is Verdict.UNDETERMINED for part in parts)
    return _between(met, met + undetermined, whole.number)


def _points(whole: Whole, parts: Sequence[Part]) -> Verdict | None:
    if whole.number is None:
        return None
    sure = sum((part.points for part in parts), Fraction(0))
    possible = sum((part.possible for part in parts), Fraction(0))
    return _between(sure, possible, whole.number)


def _expression(whole: Whole, parts: Sequence[Part]) -> Verdict | None:
    if whole.rule is None:
        return None
    return _verdict(whole.rule, {part.code: part.verdict for part in parts})


_OTHER: Final[Mapping[Verdict, Verdict]] = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}


def _verdict(node: Node, parts: Mapping[str, Verdict]) -> Verdict | None:
    """Compute an expression over parts; None when it names no part or uses what has no meaning here."""
    operation = node[0]
    if operation == "fact":
        return parts.get(str(node[1]))
    below = [_verdict(child, parts) for child in children(node)]
    known = [verdict for verdict in below if verdict is not None]
    compute = _CONNECT.get(str(operation))
    return None if compute is None or len(known) < len(below) else compute(known)


_CONNECT: Final[Mapping[str, Callable[[Sequence[Verdict]], Verdict]]] = {
    "yes": lambda _none: Verdict.MET,
    "no": lambda _none: Verdict.NOT_MET,
    "not": lambda one: _OTHER.get(one[0], one[0]),
    "and": all_met,
    "or": any_met,
}

WHOLE_OPERATIONS: Final = frozenset({"fact", *_CONNECT})
"""What an expression over parts may use; `${code}` names a part."""

_COMBINE: Final[Mapping[WholeKind, Callable[[Whole, Sequence[Part]], Verdict | None]]] = {
    WholeKind.ALL: _all,
    WholeKind.ANY: _any,
    WholeKind.AT_LEAST: _at_least,
    WholeKind.POINTS: _points,
    WholeKind.EXPRESSION: _expression,
}
