"""Words and sentences both faces need for verdicts, thresholds, distances and what is missing; the one door to them.

Rules: whole sentences through gettext, looked up when shown; names and labels come from packs and from the commune;
figures are printed the Vietnamese way. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ntm_desktop.criteria.model import CriterionSet, Requirement
from ntm_desktop.criteria.verdicts import Reason, RequirementResult, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.numerals import show_number
from ntm_desktop.facts.period import period_year
from ntm_desktop.facts.subject import COMMUNE
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.distances import Sentence, distance_sentence
from ntm_desktop.operations.explanations import (
    Explained,
    explain,
    figure_name,
    finding_sentence,
    ground_sentence,
    moment_words,
)
from ntm_desktop.operations.thresholds import (
    basis_word,
    figure,
    is_unchecked,
    threshold_value,
    threshold_words,
)
from ntm_desktop.workspace.states import DossierState

__all__ = [
    "Explained",
    "Sentence",
    "action_words",
    "basis_word",
    "distance_sentence",
    "explain",
    "figure",
    "figure_name",
    "finding_sentence",
    "ground_sentence",
    "is_unchecked",
    "missing_sentence",
    "moment_words",
    "parts_met",
    "reason_sentence",
    "redo_words",
    "result_sentence",
    "state_word",
    "threshold_value",
    "threshold_words",
    "undo_words",
    "verdict_word",
]

NAMES_SHOWN = 6
"""How many names a sentence lists before it counts the rest."""


def verdict_word(verdict: Verdict) -> str:
    """Return the officers' word for a verdict."""
    return {
        Verdict.MET: _("Met"),
        Verdict.NOT_MET: _("Not met"),
        Verdict.NOT_APPLICABLE: _("Not applicable"),
        Verdict.UNDETERMINED: _("Not enough figures"),
    }[verdict]


def state_word(state: DossierState) -> str:
    """Return the officers' word for where a dossier stands on its way."""
    return {
        DossierState.OPEN: _("In work"),
        DossierState.SEALED: _("Sealed"),
        DossierState.SENT: _("Sent"),
        DossierState.RETURNED: _("Returned"),
    }[state]


def parts_met(met: int, applicable: int) -> str:
    """Return how many contents of an indicator are met, for the line under its title."""
    return _("{met} of {total} contents met").format(met=met, total=applicable)


def undo_words(label: str) -> str:
    """Return what undo would take back, by the code the action was stored with."""
    return _("Undo: {action}").format(action=action_words(label))


def redo_words(label: str) -> str:
    """Return what redo would do again, by the code the action was stored with."""
    return _("Redo: {action}").format(action=action_words(label))


def action_words(label: str) -> str:
    """Return the words for an action by the code it was stored with."""
    return {
        "answer": _("entering a figure"),
        "paste": _("pasting figures"),
        "merge": _("merging former communes"),
        "packet_merge": _("taking in a work packet"),
        "correct": _("correcting a figure of a closed year"),
        "carry": _("carrying figures over"),
        "confirm_carried": _("confirming figures carried over"),
        "fill_down": _("filling figures down"),
        "empty": _("emptying cells"),
        "cite": _("naming the source of figures"),
        "settle": _("choosing between two figures"),
        "fill": _("taking figures from a file"),
        "add_record": _("adding a line"),
        "remove_record": _("removing a line"),
        "register": _("changing a register"),
        "register_file": _("taking lines of a register from a file"),
        "take_proposals": _("taking figures over from a register"),
        "attach": _("attaching evidence"),
        "detach": _("taking evidence off"),
        "put_in_place": _("putting another file in place"),
        "looked_at": _("having looked at a file"),
        "spot": _("noting where a figure stands"),
        "hamlets": _("changing the list of hamlets"),
        "confirm": _("confirming a threshold"),
        "answer_remark": _("answering a remark"),
        "keep": _("keeping a problem with a reason"),
        "reopen": _("opening a kept problem again"),
        "section": _("writing a section of a paper"),
        "template": _("choosing the template of a paper"),
        "assign": _("saying who answers for a criterion"),
        "plan_year": _("planning a year"),
        "profile": _("changing the commune's profile"),
        "add_dossier": _("adding a dossier"),
        "move_dossier": _("moving a dossier to another version of its set"),
    }.get(label, _("the last change"))


def missing_sentence(
    missing: Sequence[FactKey],
    criterion_set: CriterionSet,
    book: FactBook,
    hamlet_label: str,
    *,
    year: int = 0,
) -> Sentence:
    """Return which figures are missing, hamlets by name; figures of another year than `year` say theirs."""
    names = {hamlet.id: hamlet.name for hamlet in book.hamlets}
    hamlets = list(dict.fromkeys(names[key.subject] for key in missing if key.subject in names))
    if hamlets:
        gap = ngettext(
            "No figures yet from {count} {label}:", "No figures yet from {count} {label}:", len(hamlets)
        ).format(count=show_number(Fraction(len(hamlets))), label=hamlet_label)
        return Sentence(gap, _listed(hamlets))
    labels = list(dict.fromkeys(_label(key, criterion_set, year) for key in missing))
    in_table = any(key.subject != COMMUNE for key in missing)
    where = _("Not entered yet in the table:") if in_table else _("Not entered yet:")
    return Sentence(where, _listed(labels)) if labels else Sentence("")


def _label(key: FactKey, criterion_set: CriterionSet, year: int) -> str:
    element = criterion_set.catalogue.elements.get(key.element)
    label = str(element.label) if element is not None else key.element
    of_year = period_year(key.period)
    if not year or of_year is None or of_year == year:
        return label
    return _("{figure} of {year}").format(figure=label, year=of_year)


def _listed(names: Sequence[str]) -> str:
    listed = ", ".join(names[:NAMES_SHOWN])
    if len(names) <= NAMES_SHOWN:
        return _("{names}.").format(names=listed)
    return _("{names} and {more} more.").format(names=listed, more=len(names) - NAMES_SHOWN)


def result_sentence(desk: Desk, requirement: Requirement, result: RequirementResult) -> Sentence:
    """Return the one sentence under a requirement: the distance, what is missing, or why nothing can be said."""
    if result.verdict is Verdict.NOT_MET:
        return distance_sentence(requirement, result)
    if result.verdict is not Verdict.UNDETERMINED:
        return Sentence("")
    criterion_set = desk.compiled.source
    # Why there is no threshold comes before what is missing: no figure the officer enters would change it.
    if result.missing and (result.reason is None or result.reason.code == "missing_facts"):
        label, year = desk.commune.hamlet_label, desk.situation.year
        return missing_sentence(result.missing, criterion_set, desk.book, label, year=year)
    return reason_sentence(result.reason, criterion_set)


def reason_sentence(reason: Reason | None, criterion_set: CriterionSet | None = None) -> Sentence:
    """Return why something cannot be said yet; with the set, properties of the commune are called by their names."""
    if reason is None:
        return Sentence("")
    if reason.code == "profile_unknown":
        return _profile_unknown(reason, criterion_set)
    known = _waiting(reason) or _incomplete(reason)
    # What is left are faults of the set itself: a name it does not have, types that do not fit, a number too large.
    return known or Sentence(
        _("The rule of this set cannot be computed here."),
        _("Report it to the publisher of the set with the code {code}.").format(code=reason.code),
    )


def _profile_unknown(reason: Reason, criterion_set: CriterionSet | None) -> Sentence:
    name = dict(reason.facts).get("attribute", "")
    attribute = None if criterion_set is None else criterion_set.catalogue.profile.get(name)
    if attribute is None:
        return Sentence(_("The threshold depends on the commune."), _("Fill in the commune's profile."))
    gap = _("Not stated yet of the commune: {attribute}.").format(attribute=attribute.label)
    return Sentence(gap, _("What is needed depends on it."))


def _waiting(reason: Reason) -> Sentence | None:
    """Return what waits for a figure or for a threshold that will come."""
    count = dict(reason.facts).get("count", "")
    later = _("Figures can be entered now; the verdict comes with the threshold.")
    return {
        "missing_facts": Sentence(_("Figures are missing.")),
        "zero_denominator": Sentence(_("The total is 0, so there is no ratio.")),
        "no_rows": Sentence(_("The table has no rows yet.")),
        "no_threshold": Sentence(_("The threshold is not known yet."), later),
        "threshold_delegated": Sentence(_("The province sets this threshold."), later),
        "not_known_rule": Sentence(_("How this is judged is not known yet."), later),
        "undetermined_parts": Sentence(
            _("Not enough figures yet for {count} of the parts.").format(count=count)
        ),
    }.get(reason.code)


def _incomplete(reason: Reason) -> Sentence | None:
    """Return what the set does not know yet, or asks for before anything else."""
    not_known = Sentence(_("The indicators of this criterion are not known yet."))
    return {
        "incomplete_set": Sentence(_("This set is not complete yet.")),
        "incomplete_criterion": not_known,
        "no_indicators": not_known,
        "no_requirements": Sentence(_("What this indicator asks for is not known yet.")),
        "two_thresholds": Sentence(
            _("Two thresholds apply at once."), _("Report this to the publisher of the set.")
        ),
        "precondition_not_met": Sentence(_("A condition that comes first is not met.")),
        "precondition_undetermined": Sentence(
            _("It is not known yet whether a condition that comes first is met.")
        ),
    }.get(reason.code)
