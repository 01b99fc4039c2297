"""The promise of a version number: a patch changes no verdict. Held by evaluating the same facts under both sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ntm_desktop.criteria.compare import compare
from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.examples import situation_of
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Situation, Verdict
from ntm_desktop.packs.samples import samples


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
    before, after = compile_set(old), compile_set(new)
    broken: dict[tuple[str, str], BrokenPromise] = {}
    for where, situation in _tried(old, new, situations, library or {}):
        one, other = evaluate(before, situation), evaluate(after, situation)
        for flip in compare(one, other):
            found = BrokenPromise(flip.level, flip.code, flip.before, flip.after, where, situation.year)
            broken.setdefault((flip.level, flip.code), found)
        grades = [None if result.score is None else result.score.grade for result in (one, other)]
        if grades[0] != grades[1]:
            broken.setdefault(("grade", ""), BrokenPromise("grade", "", None, None, where, situation.year))
    return tuple(broken.values())


def _tried(
    old: CriterionSet,
    new: CriterionSet,
    situations: Iterable[Situation],
    library: Mapping[str, CriterionSet],
) -> Iterator[tuple[str, Situation]]:
    for source in (old, new):
        for example in source.examples:
            yield example.name, situation_of(source, example, library)[0]
    for situation in (*situations, *samples(old, new, library)):
        yield "", situation
