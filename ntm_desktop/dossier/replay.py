"""Recompute every verdict from the file alone, with the pack in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ntm_desktop.criteria.compare import compare
from ntm_desktop.criteria.evaluate import CompiledSet, compile_set, evaluate
from ntm_desktop.criteria.language.errors import UnknownRuleLanguage
from ntm_desktop.criteria.load import PackUnreadable, load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation, Flip, RequirementResult, Situation, WholeResult
from ntm_desktop.dossier.verification import Ground, Reason, Replay
from ntm_desktop.facts.book import FactBook
from ntm_desktop.snapshot.content import DossierContent, SetIdentity

_Result = WholeResult | RequirementResult


@lru_cache(maxsize=4)
def _loaded(pack: bytes) -> CriterionSet:
    """Read a pack once for a hundred dossiers made with it."""
    return load(pack)


@lru_cache(maxsize=2)
def _compiled(pack: bytes) -> CompiledSet:
    return compile_set(_loaded(pack))


@dataclass(frozen=True, slots=True)
class Replayed:
    """The outcome of a replay, with what speaks against the file."""

    replay: Replay
    reasons: tuple[Reason, ...] = ()


def pack_name(set_id: str, version: str) -> str:
    """Return the name of a pack inside the container."""
    return f"pack/{set_id}-{version}.json"


def proof_name(set_id: str, version: str) -> str:
    """Return the name of what proves, inside the container, who published a pack."""
    return f"pack/{set_id}-{version}.proof.json"


def replay(content: DossierContent, kept: Mapping[str, bytes]) -> Replayed:
    """Evaluate the facts of a dossier with the packs that lie beside them and compare with what is recorded.

    A pack that is missing or is not the one named speaks against the file; one this program cannot read leaves it open.
    """
    sets, reason = _sets(content, kept)
    own = sets.get(content.set.sha256)
    if reason is None and (own is None or not _is_named(own, content.set)):
        reason = Reason(Ground.PACK_DIFFERS, content.set.id)
    if reason is not None or own is None:
        return Replayed(Replay(done=False), () if reason is None else (reason,))
    compiled = _compiled(kept[pack_name(own.id, own.version)])
    situation = situation_of(content, sets)
    evaluation = evaluate(compiled, situation)
    differences = differing(content.evaluation, evaluation)
    reasons = tuple(Reason(Ground.VERDICTS_DIFFER, flip.code) for flip in differences)
    outcome = Replay(
        done=True,
        indicators=len(evaluation.indicators),
        differences=differences,
        set=own,
        evaluation=evaluation,
        situation=situation,
    )
    return Replayed(outcome, reasons)


def _is_named(own: CriterionSet, named: SetIdentity) -> bool:
    """Say whether the set is in every word the one the dossier names: its title is what people are shown."""
    return (own.id, own.version, own.title.vi, own.rule_language) == (
        named.id,
        named.version,
        named.title,
        named.rule_language,
    )


def _sets(
    content: DossierContent, kept: Mapping[str, bytes]
) -> tuple[dict[str, CriterionSet], Reason | None]:
    """Read the packs a dossier names; the first that cannot be had is the reason to stop."""
    sets: dict[str, CriterionSet] = {}
    for pack in content.packs:
        name = pack_name(pack.id, pack.version)
        found = kept.get(name)
        if found is None:
            return sets, Reason(Ground.PACK_MISSING, name)
        if hashlib.sha256(found).hexdigest() != pack.sha256:
            return sets, Reason(Ground.PACK_DIFFERS, name)
        try:
            sets[pack.sha256] = _loaded(found)
        except UnknownRuleLanguage as error:
            return sets, Reason(Ground.RULES_UNKNOWN, str(error.facts().get("version", "")))
        except PackUnreadable as error:
            return sets, Reason(Ground.PACK_UNREADABLE, error.place)
    return sets, None


def differing(recorded: Evaluation, computed: Evaluation) -> tuple[Flip, ...]:
    """Return where verdicts differ, and where equal verdicts rest on another count, figure or threshold.

    Distances and the wording of reasons may grow with the program and are not compared.
    """
    found = list(compare(recorded, computed))
    named = {(flip.level, flip.code) for flip in found}
    for level, old, new in _pairs(recorded, computed):
        if (level, new.code) not in named and _ground(old) != _ground(new):
            found.append(Flip(level, new.code, old.verdict, new.verdict))
    return tuple(found)


def _pairs(recorded: Evaluation, computed: Evaluation) -> Iterator[tuple[str, _Result, _Result]]:
    """Give what both of them have: level, recorded, computed."""
    yield "set", recorded.overall, computed.overall
    for level, old, new in (
        ("criterion", recorded.criteria, computed.criteria),
        ("indicator", recorded.indicators, computed.indicators),
        ("requirement", recorded.requirements, computed.requirements),
    ):
        yield from ((level, old[code], new[code]) for code in new if code in old)


def _ground(result: _Result) -> tuple[object, ...]:
    """Return what a verdict rests on, as it is shown beside it."""
    if isinstance(result, WholeResult):
        return result.met, result.applicable
    chosen = result.threshold
    if chosen is None:
        return result.value, result.parts
    basis = (chosen.operator, chosen.value, chosen.basis, chosen.document, chosen.confirmed)
    return result.value, result.parts, basis


def situation_of(content: DossierContent, sets: Mapping[str, CriterionSet]) -> Situation:
    """Return what an evaluation of the dossier's own content reads."""
    return Situation(
        book=FactBook(
            content.facts, hamlets=content.hamlets, records=content.records, profile=content.profile
        ),
        year=content.year,
        assessed_on=content.assessed_on,
        confirmations={one.requirement: one for one in content.confirmations},
        library={one.id: one for one in sets.values()},
    )
