"""The same facts under two sets or versions, side by side: "So sanh bo tieu chi". Nothing is changed by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ntm_desktop.criteria.carry import Carriage, carry
from ntm_desktop.criteria.counterparts import are_kin
from ntm_desktop.criteria.earliest import Earliest, earliest
from ntm_desktop.criteria.evaluate import CompiledSet, compile_set, evaluate
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.other_years import read_for
from ntm_desktop.criteria.verdicts import Evaluation, Situation, Verdict
from ntm_desktop.i18n import Text
from ntm_desktop.operations import frozen
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import Dossier, name_of
from ntm_desktop.operations.pack_changes import PartChange, Version, parts_of_both
from ntm_desktop.operations.pack_preview import Move, newly_asked
from ntm_desktop.operations.packs import find
from ntm_desktop.operations.sets import numbers
from ntm_desktop.operations.thresholds import is_unchecked

__all__ = ["Comparison", "Earliest", "Offered", "Part", "compare_sets", "offered"]


@dataclass(frozen=True, slots=True)
class Offered:
    """A version of a set that can be compared with."""

    name: str
    """`SET@VERSION`."""
    title: Text
    version: str
    newest: bool


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator or a condition under both sets."""

    change: PartChange
    tags: frozenset[str]
    earliest: Earliest | None = None
    """When it can be met at the earliest under the second set; None where no closed year keeps it from that."""

    @property
    def differs(self) -> bool:
        """Say whether verdict, threshold or rule is another one; words and evidence alone do not count."""
        return self.change.flips or self.change.matters


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One dossier's figures under two sets."""

    move: Move
    """Both sets with their verdicts; nothing moves."""
    parts: tuple[Part, ...]
    """All of both sets, in the order of the second; those only the first has stand last."""
    kin: bool
    """They are versions of one set, or of one family; else parts are matched by what they measure."""
    unchecked: int
    """Thresholds and rules of the second set that nobody compared with the official text."""

    def only_in(self, *, second: bool) -> int:
        """Return how many indicators only one of the two has."""
        sides = (one.change for one in self.parts if not one.change.condition)
        return sum(1 for one in sides if (one.before if second else one.after) is None)

    def counted(self) -> Mapping[tuple[Verdict | None, Verdict | None], int]:
        """Return how many indicators have each pair of verdicts."""
        found: dict[tuple[Verdict | None, Verdict | None], int] = {}
        for one in self.parts:
            if not one.change.condition:
                pair = one.change.before, one.change.after
                found[pair] = found.get(pair, 0) + 1
        return found


def offered(desk: Desk) -> tuple[Offered, ...]:
    """Return every version at hand, by title, the newest first. Raises ShippedPackDamaged, PackLost."""
    found = []
    for (set_id, version), known in desk.library.versions().items():
        title = desk.library.set_of(known).source.short_title
        found.append(Offered(f"{set_id}@{version}", title, version, desk.library.newest(set_id) == known))
    return tuple(sorted(found, key=lambda one: (str(one.title), *(-part for part in numbers(one.version)))))


def compare_sets(desk: Desk, dossier: Dossier, second: str, first: str = "") -> Comparison:
    """Return the figures of a dossier under two sets (`SET@VERSION` or `SET`), the first its own where none is named.

    Of a sealed dossier its figures as they were signed. Raises UnknownPack, what `criteria.load` raises.
    """
    own = desk.library.by_hash(dossier.set_sha256).source
    sides = (find(desk, first) if first else own, find(desk, second))
    situation = desk.situation_of(dossier, frozen.content(desk.workspace, dossier))
    old, new = (_Side.made(desk, own, each, situation) for each in sides)
    move = Move(
        dossier=dossier,
        name=name_of(desk, dossier),
        before=old.set,
        after=new.set,
        changes=(),
        evaluations=(old.evaluation, new.evaluation),
        carriage=new.carriage,
        asked=tuple(newly_asked(old.set, new.set, new.situation)),
        contradicted=(),
    )
    parts = parts_of_both(Version(old.set, old.evaluation), Version(new.set, new.evaluation))
    waiting = earliest(new.compiled, new.situation, dossier.year - 1)
    tags = [{one.code: one.tags for one in side.set.indicators()} for side in (old, new)]
    return Comparison(
        move=replace(move, changes=tuple(one for one in parts if one.flips or one.matters)),
        parts=tuple(
            Part(
                one,
                frozenset((*tags[0].get(one.old_code, ()), *tags[1].get(one.new_code, ()))),
                waiting.get(one.new_code),
            )
            for one in parts
        ),
        kin=are_kin(old.set, new.set),
        unchecked=sum(
            is_unchecked(one, new.evaluation.requirements[one.code]) for one in new.set.requirements()
        ),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """A set with what it says of the figures."""

    compiled: CompiledSet
    situation: Situation
    evaluation: Evaluation
    carriage: Carriage

    @property
    def set(self) -> CriterionSet:
        """The set as it was read."""
        return self.compiled.source

    @classmethod
    def made(cls, desk: Desk, own: CriterionSet, side: CriterionSet, situation: Situation) -> _Side:
        """Judge the figures of a dossier by a set; what the commune confirmed counts for the family of its own set."""
        carriage = carry(own, side, situation.book)
        there = replace(
            situation,
            book=carriage.over(situation.book),
            confirmations=situation.confirmations if are_kin(own, side) else {},
            library=desk.library.references(side),
        )
        read = read_for(side, situation.year)
        compiled = desk.library.compiled(side) if read is side else compile_set(read)
        return cls(compiled, there, evaluate(compiled, there), carriage)
