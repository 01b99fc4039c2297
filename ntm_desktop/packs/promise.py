"""The promise of a version number: a patch changes no verdict. Held by evaluating the same facts under both sets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ntm_desktop.criteria.compare import compare
from ntm_desktop.criteria.evaluate import CompiledSet, compile_set, evaluate
from ntm_desktop.criteria.examples import situation_of
from ntm_desktop.criteria.language.nodes import Node, references
from ntm_desktop.criteria.model import CriterionSet, WholeKind
from ntm_desktop.criteria.verdicts import Situation, Verdict
from ntm_desktop.packs.samples import changed, composed_alike, samples


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """A verdict that differs between two versions that should give the same; told once for each code."""

    level: str
    """`set`, `criterion`, `indicator`, `requirement` or `grade`."""
    code: str
    before: Verdict | None
    after: Verdict | None
    where: str
    """The example that shows it; empty: made-up facts."""
    year: int


def is_patch(old: str, new: str) -> bool:
    """Say whether a version promises that no verdict changes: only its last number rose."""
    return old.split(".")[:2] == new.split(".")[:2]


def promise(
    old: CriterionSet,
    new: CriterionSet,
    situations: Iterable[Situation] = (),
    library: Mapping[str, CriterionSet] | None = None,
) -> tuple[BrokenPromise, ...]:
    """Return the verdicts that change although the version number says that none can; none for another step.

    Tried are the examples of both sets, made-up facts around every threshold that changed, and `situations`: what the
    caller has of its own. `library` holds the sets that both refer to, by id.
    """
    if not is_patch(old.version, new.version):
        return ()
    trial, at_hand = _Trial(old, new), library or {}
    for source in (old, new):
        for example in source.examples:
            trial.hold(situation_of(source, example, at_hand)[0], example.name)
    for situation in situations:
        trial.hold(situation)
    for sample in samples(old, new, at_hand):
        if trial.may_differ(sample.situation(trial.read)):
            trial.judge(sample.situation(), "")
    return tuple(trial.broken.values())


class _Trial:
    """Both versions, held against one situation after the other.

    Where only a few requirements differ and everything above them is made in the same way, those are tried first: only
    where they are judged otherwise, and not in a way that was seen before, everything is judged.
    """

    def __init__(self, old: CriterionSet, new: CriterionSet) -> None:
        self._old, self._new = compile_set(old), compile_set(new)
        self._cut = _cut(old, new)
        self._seen: set[tuple[str, Verdict, Verdict]] = set()
        self.read: frozenset[str] | None = None if self._cut is None else _read(self._cut)
        """The elements that what differs reads; None: all."""
        self.broken: dict[tuple[str, str], BrokenPromise] = {}

    def hold(self, situation: Situation, where: str = "") -> None:
        """Judge a situation by both, where that can tell something new, and note what differs."""
        if self.may_differ(situation):
            self.judge(situation, where)

    def may_differ(self, situation: Situation) -> bool:
        """Say whether a verdict can differ that did not differ in the same way before."""
        if self._cut is None:
            return True
        one, other = (evaluate(each, situation).requirements for each in self._cut)
        flips = {
            (code, result.verdict, other[code].verdict)
            for code, result in one.items()
            if result.verdict is not other[code].verdict
        }
        new = flips - self._seen
        self._seen |= new
        return bool(new)

    def judge(self, situation: Situation, where: str) -> None:
        """Judge a situation by both and note what differs."""
        one, other = evaluate(self._old, situation), evaluate(self._new, situation)
        for flip in compare(one, other):
            found = BrokenPromise(flip.level, flip.code, flip.before, flip.after, where, situation.year)
            self.broken.setdefault((flip.level, flip.code), found)
        grades = [None if result.score is None else result.score.grade for result in (one, other)]
        if grades[0] != grades[1]:
            found = BrokenPromise("grade", "", None, None, where, situation.year)
            self.broken.setdefault(("grade", ""), found)


def _cut(old: CriterionSet, new: CriterionSet) -> tuple[CompiledSet, CompiledSet] | None:
    """Return both sets with nothing but the requirements that differ; None where more hangs on those than verdicts."""
    if not composed_alike(old, new) or old.catalogue != new.catalogue:
        return None
    if any(_counts_points(each) or _reads_itself(each) for each in (old, new)):
        return None
    codes = {code for code, _one, _other in changed(old, new)}
    return compile_set(_only(old, codes)), compile_set(_only(new, codes))


def _counts_points(source: CriterionSet) -> bool:
    wholes = [source.whole, *(one.whole for one in source.criteria)]
    wholes += [one.whole for one in source.indicators()]
    return bool(source.bands) or any(whole.kind is WholeKind.POINTS for whole in wholes)


def _reads_itself(source: CriterionSet) -> bool:
    """Say whether a rule reads a threshold of the same set: what is unchanged may then hang on what changed."""
    read = references(*_rules(source)).thresholds
    return any(set_id == source.id for set_id, _code in read)


def _only(source: CriterionSet, codes: Collection[str]) -> CriterionSet:
    """Return a set with these requirements alone: what it says of them is what the whole says of them."""
    indicators = (
        replace(one, requirements=tuple(each for each in one.requirements if each.code in codes))
        for one in source.indicators()
    )
    kept = tuple(one for one in indicators if one.requirements)
    criteria = tuple(replace(one, indicators=kept) for one in source.criteria[:1])
    conditions = tuple(one for one in source.conditions if one.requirement.code in codes)
    return replace(source, criteria=criteria, conditions=conditions, examples=())


def _read(cut: Iterable[CompiledSet]) -> frozenset[str]:
    return frozenset(name for one in cut for name in references(*_rules(one.source)).elements)


def _rules(source: CriterionSet) -> Iterator[Node | None]:
    for indicator in source.indicators():
        yield indicator.relevant
    for requirement in (*source.requirements(), *(each.requirement for each in source.conditions)):
        yield from (requirement.measure, requirement.relevant)
        for threshold in requirement.thresholds:
            yield from (threshold.value, threshold.when)
