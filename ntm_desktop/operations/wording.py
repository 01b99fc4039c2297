"""Sentences both faces need: verdicts, distances, reasons, problems, errors.

Rules: whole sentences through gettext, looked up when shown; names and labels come from packs and from the commune;
figures are printed the Vietnamese way. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ntm_desktop.criteria.shown import shown, shown_threshold
from ntm_desktop.criteria.model import Basis, CriterionSet, Lever, Operator, Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import ChosenThreshold, Distance, Reason, RequirementResult, Verdict
from ntm_desktop.errors import NtmError
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.facts.numerals import decimals_of, show_number, show_percent
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.desk import Desk

NAMES_SHOWN = 6
"""How many names a sentence lists before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A gap in bold and the plain rest; either may be empty."""

    gap: str
    rest: str = ""

    def whole(self) -> str:
        """Return both parts as one line of text."""
        return " ".join(part for part in (self.gap, self.rest) if part)


@dataclass(frozen=True, slots=True)
class Explained:
    """An error in the officer's words: what happened, is the work safe, what to do next."""

    what: str
    safe: str
    next_step: str

    def whole(self) -> str:
        """Return the three sentences as one text."""
        return " ".join(part for part in (self.what, self.safe, self.next_step) if part)


def explain(error: NtmError) -> Explained:
    """Return the error's three sentences in the chosen language, with its facts filled in."""
    facts = error.facts()
    return Explained(
        _(error.what).format(**facts), _(error.safe).format(**facts), _(error.next_step).format(**facts)
    )


def verdict_word(verdict: Verdict) -> str:
    """Return the officers' word for a verdict."""
    return {
        Verdict.MET: _("Met"),
        Verdict.NOT_MET: _("Not met"),
        Verdict.NOT_APPLICABLE: _("Not applicable"),
        Verdict.UNDETERMINED: _("Not enough figures"),
    }[verdict]


def basis_word(basis: Basis) -> str:
    """Return the words printed for how sure a threshold is; empty when it was compared with the official text."""
    return "" if basis is Basis.OFFICIAL else _("not compared with the official text")


def parts_met(met: int, applicable: int) -> str:
    """Return "3 in 4 contents met" for the line under an indicator's title."""
    return _("{met} of {total} contents met").format(met=met, total=applicable)


def figure(requirement: Requirement, result: RequirementResult) -> str:
    """Return the measure as printed: "25,69 %", "4", "40,5"; empty when there is none."""
    return shown(requirement, result)


def threshold_value(requirement: Requirement, threshold: ChosenThreshold) -> str:
    """Return the threshold's value as printed: "30 %", "100 %", "4 hồ sơ"."""
    value = shown_threshold(requirement, threshold)
    if requirement.kind is RequirementKind.RATIO or isinstance(threshold.value, bool) or not str(requirement.unit):
        return value
    return f"{value} {requirement.unit}"


def threshold_words(requirement: Requirement, threshold: ChosenThreshold | None) -> str:
    """Return "Threshold > 30 %"; what stands in its place when there is no value to compare with."""
    if threshold is None:
        basis = requirement.thresholds[0].basis if requirement.thresholds else requirement.basis
        if basis is Basis.DELEGATED:
            return _("Threshold: set by the province, not in this set")
        if requirement.kind is RequirementKind.YES_NO and basis not in {Basis.MISSING, Basis.DELEGATED}:
            return _("Threshold: met")
        return _("Threshold: not known yet")
    if isinstance(threshold.value, bool):
        return _("Threshold: met")
    value = threshold_value(requirement, threshold)
    if threshold.operator is Operator.EQUAL or _is_full(requirement, threshold):
        return _("Threshold {value}").format(value=value)
    sign = {Operator.AT_LEAST: "\u2265", Operator.AT_MOST: "\u2264"}.get(threshold.operator, threshold.operator.value)
    return _("Threshold {sign} {value}").format(sign=sign, value=value)


def _is_full(requirement: Requirement, threshold: ChosenThreshold) -> bool:
    return (
        requirement.kind is RequirementKind.RATIO
        and threshold.operator is Operator.AT_LEAST
        and threshold.value == Fraction(1)
    )


def distance_sentence(requirement: Requirement, result: RequirementResult) -> Sentence:
    """Return how far it is to the threshold; empty when there is no distance."""
    distance, threshold = result.distance, result.threshold
    if distance is None or threshold is None:
        return Sentence("")
    if distance.lever is Lever.NONE:
        return Sentence(
            _("Cannot be changed any more."), _("The figures of the closed years stay; see the next year.")
        )
    words = _distance_words(requirement, distance) | {"threshold": threshold_value(requirement, threshold)}
    return Sentence(_gap(distance, words), _rest(distance, threshold, words))


def _distance_words(requirement: Requirement, distance: Distance) -> dict[str, str]:
    return {
        "by": _amount(requirement, distance.by, distance),
        "unit": str(requirement.unit),
        "target": "" if distance.target is None else _amount(requirement, distance.target, distance),
        "of": "" if distance.of is None else show_number(distance.of),
    }


def _amount(requirement: Requirement, amount: Fraction, distance: Distance) -> str:
    if requirement.kind is RequirementKind.RATIO and distance.of is None:
        return show_percent(amount)
    return show_number(amount)


def _gap(distance: Distance, words: Mapping[str, str]) -> str:
    message = _("{by} {unit} too many.") if distance.lower else _("{by} {unit} short.")
    return _squeeze(message.format(**words))


def _rest(distance: Distance, threshold: ChosenThreshold, words: Mapping[str, str]) -> str:
    strict = threshold.operator in {Operator.GREATER, Operator.LESS}
    if distance.lower:
        if distance.of is None:
            message = _("At most {target} {unit} are allowed.")
        else:
            message = _("At most {target} of {of} {unit} are allowed.")
    elif distance.lever is Lever.BOTH:
        message = (
            _("At least {by} more {unit}, all counted as done, are needed to exceed {threshold}.")
            if strict
            else _("At least {by} more {unit}, all counted as done, are needed to reach {threshold}.")
        )
    elif distance.of is not None:
        message = (
            _("At least {target} of {of} {unit} are needed to exceed {threshold}.")
            if strict
            else _("At least {target} of {of} {unit} are needed to reach {threshold}.")
        )
    elif distance.target is not None:
        message = _("At least {target} {unit} are needed.")
    else:
        return ""
    return _squeeze(message.format(**words))


def _squeeze(text: str) -> str:
    return text.replace("  ", " ").replace(" .", ".").replace(" ,", ",")


def missing_sentence(
    missing: Sequence[FactKey], criterion_set: CriterionSet, book: FactBook, hamlet_label: str
) -> Sentence:
    """Return which figures are missing, hamlets by name: "Chưa có số liệu 2 ấp: Vĩnh Lợi, Vĩnh Quới."."""
    names = {hamlet.id: hamlet.name for hamlet in book.hamlets}
    hamlets = list(dict.fromkeys(names[key.subject] for key in missing if key.subject in names))
    if hamlets:
        gap = ngettext(
            "No figures yet from {count} {label}:", "No figures yet from {count} {label}:", len(hamlets)
        ).format(count=show_number(Fraction(len(hamlets))), label=hamlet_label)
        return Sentence(gap, _listed(hamlets))
    elements = criterion_set.catalogue.elements
    labels = list(
        dict.fromkeys(
            str(elements[key.element].label) if key.element in elements else key.element for key in missing
        )
    )
    where = _("Not entered yet in the table:") if any(k.subject != COMMUNE for k in missing) else _("Not entered yet:")
    return Sentence(where, _listed(labels)) if labels else Sentence("")


def _listed(names: Sequence[str]) -> str:
    shown_names = ", ".join(names[:NAMES_SHOWN])
    if len(names) <= NAMES_SHOWN:
        return _("{names}.").format(names=shown_names)
    return _("{names} and {more} more.").format(names=shown_names, more=len(names) - NAMES_SHOWN)


def is_unchecked(requirement: Requirement, result: RequirementResult) -> bool:
    """Say whether the verdict rests on a rule or threshold nobody compared with the official text."""
    if result.threshold is not None:
        return result.threshold.basis is not Basis.OFFICIAL
    if requirement.thresholds:
        return any(threshold.basis is not Basis.OFFICIAL for threshold in requirement.thresholds)
    return requirement.basis is not Basis.OFFICIAL


def result_sentence(desk: Desk, requirement: Requirement, result: RequirementResult) -> Sentence:
    """Return the one sentence under a requirement: the distance, what is missing, or why nothing can be said."""
    if result.verdict is Verdict.NOT_MET:
        return distance_sentence(requirement, result)
    if result.verdict is not Verdict.UNDETERMINED:
        return Sentence("")
    if result.missing and not _no_threshold(result):
        return missing_sentence(result.missing, desk.compiled.source, desk.book, desk.commune.hamlet_label)
    return reason_sentence(result.reason)


def _no_threshold(result: RequirementResult) -> bool:
    return result.reason is not None and result.reason.code in {"no_threshold", "threshold_delegated"}


def reason_sentence(reason: Reason | None) -> Sentence:
    """Return why something cannot be said yet."""
    if reason is None:
        return Sentence("")
    known = {
        "no_threshold": Sentence(
            _("The threshold is not known yet."), _("Figures can be entered now; the verdict comes with the threshold.")
        ),
        "threshold_delegated": Sentence(
            _("The province sets this threshold."), _("Figures can be entered now; the verdict comes with the threshold.")
        ),
        "zero_denominator": Sentence(_("The total is 0, so there is no ratio.")),
        "profile_unknown": Sentence(_("The threshold depends on the commune."), _("Fill in the commune's profile.")),
        "no_rows": Sentence(_("The table has no rows yet.")),
        "incomplete_set": Sentence(_("This set is not complete yet.")),
        "incomplete_criterion": Sentence(_("The indicators of this criterion are not known yet.")),
        "no_indicators": Sentence(_("The indicators of this criterion are not known yet.")),
        "missing_facts": Sentence(_("Figures are missing.")),
        "two_thresholds": Sentence(_("Two thresholds apply at once."), _("Report this to the publisher of the set.")),
    }
    return known.get(reason.code, Sentence(_("This cannot be computed ({code}).").format(code=reason.code)))
