"""Commands about the dossiers of a workspace: list, add, check."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk, day_of, year_of
from ntm_desktop.cli.printing import say, say_json
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.criteria.model import Requirement
    from ntm_desktop.criteria.verdicts import RequirementResult
    from ntm_desktop.operations.desk import Desk


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    group = commands.below(
        commands.add("dossier", _("list or add dossiers"), "ntm-desktop dossier list vinh-an", None), "verb"
    )
    listing = group.add("list", _("list the dossiers"), "ntm-desktop dossier list vinh-an --json", _list)
    add_workspace(listing)
    add_json(listing)
    adding = group.add(
        "add",
        _("add a dossier and print its id"),
        "ntm-desktop dossier add vinh-an --set vn-xa-ntm-2021-2025 --year 2023",
        _add,
    )
    add_workspace(adding)
    adding.add_argument("--set", metavar="SET_ID", required=True, help=_("id of the criterion set"))
    adding.add_argument("--year", metavar="YYYY", type=year_of, required=True, help=_("year of the dossier"))
    adding.add_argument("--on", metavar="DATE", type=day_of, help=_("day it is assessed on"))
    check = commands.add(
        "check",
        _("show the verdicts of a dossier"),
        "ntm-desktop check vinh-an --dossier ID --json --require-met",
        _check,
    )
    add_workspace(check)
    add_dossier(check)
    add_json(check)
    check.add_argument("--require-met", action="store_true", help=_("exit with 1 unless the set is met"))


def _list(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import dossiers

    with at_desk(arguments, reading=True) as desk:
        found = dossiers.summaries(desk)
        if arguments.json:
            say_json(
                {
                    "dossiers": [
                        {
                            "id": one.dossier.id,
                            "set": one.dossier.set_id,
                            "version": one.dossier.set_version,
                            "year": one.dossier.year,
                            "on": one.dossier.assessed_on.isoformat(),
                            "state": one.dossier.state.value,
                            "revision": one.dossier.revision,
                            "criteria": {
                                "met": one.progress.criteria_met,
                                "total": one.progress.criteria_total,
                            },
                            "indicators": {"met": one.progress.met, "total": one.progress.total},
                        }
                        for one in found
                    ]
                }
            )
        else:
            for one in found:
                say(f"{one.dossier.id}\t{one.name.words()}\t{_met(one.progress.met, one.progress.total)}")
    return 0


def _met(met: int, total: int) -> str:
    return _("{met} of {total} indicators met").format(met=met, total=total)


def _add(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import dossiers

    on = date.fromisoformat(arguments.on) if arguments.on else None
    with at_desk(arguments) as desk:
        dossiers.add(desk, arguments.set, arguments.year, on)
        if desk.dossier is not None:
            say(desk.dossier.id)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from ntm_desktop.cli.verdicts import check_document
    from ntm_desktop.criteria.verdicts import Verdict

    with at_desk(arguments, reading=True) as desk:
        if arguments.json:
            say_json(check_document(desk))
        else:
            _say_verdicts(desk)
        met = desk.evaluation.overall.verdict is Verdict.MET
    return 1 if arguments.require_met and not met else 0


def _say_verdicts(desk: Desk) -> None:
    from ntm_desktop.criteria.verdicts import Verdict
    from ntm_desktop.operations.wording import verdict_word

    evaluation, criterion_set = desk.evaluation, desk.compiled.source
    say(str(criterion_set.title))
    for criterion in criterion_set.criteria:
        say(f"{criterion.code} {criterion.name}: {verdict_word(evaluation.criteria[criterion.code].verdict)}")
        for indicator in criterion.indicators:
            verdict = evaluation.indicators[indicator.code].verdict
            say(f"  {indicator.code} {indicator.name}: {verdict_word(verdict)}")
            for requirement in indicator.requirements:
                result = evaluation.requirements[requirement.code]
                if result.verdict in {Verdict.NOT_MET, Verdict.UNDETERMINED}:
                    say(f"    {requirement.code} {requirement.label}: {_detail(desk, requirement, result)}")


def _detail(desk: Desk, requirement: Requirement, result: RequirementResult) -> str:
    """Return the figure beside its threshold, then what is short or missing."""
    from ntm_desktop.operations.wording import distance_sentence, figure, missing_sentence, threshold_words

    parts = [figure(requirement, result), threshold_words(requirement, result.threshold)]
    if result.distance is not None:
        parts.append(distance_sentence(requirement, result).whole())
    elif result.missing:
        sentence = missing_sentence(
            result.missing, desk.compiled.source, desk.book, desk.commune.hamlet_label
        )
        parts.append(sentence.whole())
    return " \u00b7 ".join(part for part in parts if part)
