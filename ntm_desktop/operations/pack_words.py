"""Sentences about packs for both faces: why a verdict flips, what is put aside, what a publisher did not keep."""

from __future__ import annotations

from fractions import Fraction

from ntm_desktop.criteria.earliest import Earliest
from ntm_desktop.criteria.model import CriterionSet, Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.contradiction_words import contradiction_sentence
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.distances import Sentence, distance_sentence
from ntm_desktop.operations.pack_changes import Differs, PartChange, RequirementChange
from ntm_desktop.operations.pack_preview import Asked, BrokenPromise, MisfitReason, Move
from ntm_desktop.operations.thresholds import figure, threshold_value
from ntm_desktop.operations.wording import missing_sentence, reason_sentence

__all__ = [
    "asked_words",
    "contradiction_sentence",
    "earliest_sentence",
    "misfit_words",
    "promise_sentence",
    "stands",
    "why",
]


def why(desk: Desk, move: Move, change: PartChange) -> Sentence:
    """Return in two short sentences what changed and where the commune stands; both empty for words alone."""
    first = _most_telling(change)
    if first is None:
        return Sentence(_of_indicator(change))
    return Sentence(_changed(change, first), _stands_after(desk, move, change, first))


def stands(desk: Desk, move: Move, change: PartChange) -> str:
    """Return where the commune stands under the new set; empty where it is met or does not have the part."""
    return "" if change.after is Verdict.MET else _stands_after(desk, move, change, None)


def earliest_sentence(found: Earliest, criterion_set: CriterionSet) -> str:
    """Return in which year an indicator can be met at the earliest, because of figures of years that are over."""
    years = ", ".join(map(str, sorted(found.rests_on)))
    last = criterion_set.valid_to
    if last is not None and found.year > last:
        return _(
            "The figures of {years} count; it cannot be met before {year}, after the years of this set (to {last})."
        ).format(years=years, year=found.year, last=last)
    return _("The figures of {years} count; it can be met in {year} at the earliest.").format(
        years=years, year=found.year
    )


def _most_telling(change: PartChange) -> RequirementChange | None:
    """Return the requirement whose verdict became that of the whole, else one that flips, else one that differs."""
    flipped = [one for one in change.requirements if one.flips]
    decisive = [one for one in flipped if one.after is not None and one.after.verdict is change.after]
    telling = [one for one in change.requirements if one.matters]
    return next(iter((*decisive, *flipped, *telling, *change.requirements)), None)


def _stands_after(desk: Desk, move: Move, change: PartChange, first: RequirementChange | None) -> str:
    """Return where the commune stands at what the new verdict hangs on, which may be another requirement."""
    decided = first is not None and first.after is not None and first.after.verdict is change.after
    if first is not None and (decided or change.after not in {Verdict.NOT_MET, Verdict.UNDETERMINED}):
        return _stands(desk, move, first.new, first.after)
    indicator = next((one for one in move.after.indicators() if one.code == change.code), None)
    results = move.evaluations[1].requirements
    for other in () if indicator is None or change.condition else indicator.requirements:
        result = results[other.code]
        words = _stands(desk, move, other, result) if result.verdict is change.after else ""
        if words and len(indicator.requirements if indicator else ()) > 1:
            return _("{content}: {words}").format(content=other.label, words=words)
        if words:
            return words
    return ""


def _of_indicator(change: PartChange) -> str:
    for difference in change.differences:
        if difference.what is Differs.ADDED:
            return _("New in this version")
        if difference.what is Differs.REMOVED:
            return _("No longer in this version")
        if difference.what is Differs.WHOLE:
            return _("The number of contents that must be met changed")
        if difference.what is Differs.RELEVANT:
            return _("When it applies changed")
    return _("The wording changed") if change.differences else ""


def _changed(change: PartChange, one: RequirementChange) -> str:
    kinds = {difference.what for difference in one.differences}
    if Differs.ADDED in kinds:
        return _of_indicator(change) or _("A new content must be met: {content}").format(content=one.label)
    if Differs.REMOVED in kinds:
        return _("A content is no longer asked: {content}").format(content=one.label)
    if Differs.THRESHOLD in kinds:
        return _threshold(one)
    if _more_asked(one):
        return _("Another figure is needed")
    return next((words for kind, words in _kinds().items() if kind in kinds), "") or _of_indicator(change)


def _kinds() -> dict[Differs, str]:
    return {
        Differs.RULE: _("The rule changed"),
        Differs.RELEVANT: _("When it applies changed"),
        Differs.WHOLE: _("What it counts for changed"),
        Differs.ASKED: _("Other figures are asked"),
        Differs.THRESHOLDS: _("A threshold for other communes or years changed"),
        Differs.BASIS: _("The comparison with the official text changed"),
        Differs.EVIDENCE: _("Other evidence is needed"),
        Differs.WORDING: _("The wording changed"),
    }


def _threshold(one: RequirementChange) -> str:
    before, after = _printed(one.old, one.before), _printed(one.new, one.after)
    if not before:
        return _("The threshold is now {after}").format(after=after)
    if not after:
        return _("The threshold {before} is gone").format(before=before)
    return _way(one).format(before=before, after=after)


def _way(one: RequirementChange) -> str:
    """Return the sentence for a threshold that went up, went down, or is another one."""
    values = [
        result.threshold.value
        for result in (one.before, one.after)
        if result is not None and result.threshold is not None
    ]
    match values:
        case [Fraction() as before, Fraction() as after] if before < after:
            return _("Threshold up from {before} to {after}")
        case [Fraction() as before, Fraction() as after] if before > after:
            return _("Threshold down from {before} to {after}")
    return _("Threshold from {before} to {after}")


def _printed(requirement: Requirement | None, result: RequirementResult | None) -> str:
    """Return a threshold with its sign: `\u2265 80 %`."""
    if requirement is None or result is None or result.threshold is None:
        return ""
    signs = {">=": "\u2265", "<=": "\u2264", "=": ""}
    sign = signs.get(result.threshold.operator.value, result.threshold.operator.value)
    value = threshold_value(requirement, result.threshold)
    return f"{sign}\u00a0{value}" if sign else value


def _more_asked(one: RequirementChange) -> bool:
    return one.after is not None and bool(one.after.missing) and not (one.before and one.before.missing)


def _stands(desk: Desk, move: Move, requirement: Requirement | None, result: RequirementResult | None) -> str:
    """Return what the commune has, is short of, or has to enter."""
    if result is None or requirement is None:
        return ""
    if result.verdict is Verdict.NOT_MET:
        return distance_sentence(requirement, result).gap
    if result.verdict is Verdict.UNDETERMINED and result.missing:
        label, year = desk.commune.hamlet_label, move.dossier.year
        return missing_sentence(result.missing, move.after, desk.book, label, year=year).whole()
    if result.verdict is Verdict.UNDETERMINED:
        return reason_sentence(result.reason, move.after).gap
    has = figure(requirement, result)
    plain = requirement.kind is RequirementKind.YES_NO or not has
    return "" if plain else _("The commune has {figure}.").format(figure=has)


def asked_words(asked: Asked) -> str:
    """Return a figure that is newly asked: its name and unit."""
    return f"{asked.label} ({asked.unit})" if asked.unit else str(asked.label)


def misfit_words(reason: str) -> str:
    """Return why a figure was put aside."""
    return {
        MisfitReason.NOT_ASKED: _("not asked any more"),
        MisfitReason.OTHER_SUBJECT: _("asked of somebody else now"),
        MisfitReason.OTHER_PERIOD: _("asked for another period now"),
        MisfitReason.OTHER_UNIT: _("asked in another unit now"),
        MisfitReason.OTHER_TYPE: _("another kind of value is asked now"),
        MisfitReason.NOT_A_CHOICE: _("no longer one of the choices"),
        MisfitReason.CONVERSION_FAILED: _("cannot be converted"),
        MisfitReason.ALREADY_THERE: _("another figure stands there already"),
    }.get(MisfitReason(reason), reason)


def promise_sentence(broken: tuple[BrokenPromise, ...], criterion_set: CriterionSet) -> str:
    """Return that a version changes verdicts although its number says that it does not; empty when it does not."""
    if not broken:
        return ""
    codes = (
        ", ".join(dict.fromkeys(one.code for one in broken if one.level == "requirement")) or broken[0].code
    )
    return _(
        "By its number the version {version} changes no result, but it does, at {codes}. Tell its publisher."
    ).format(version=criterion_set.version, codes=codes)
