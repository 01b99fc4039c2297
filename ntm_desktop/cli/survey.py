"""Commands for the survey of satisfaction: slips, what the tallies come to, the sheet for the notice board."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk
from ntm_desktop.cli.printing import Json, say, say_json
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.survey import Content


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    group = commands.add(
        "survey",
        _("the survey of satisfaction"),
        "ntm-desktop survey slips vinh-an --dossier ID --out phieu.pdf",
        None,
    )
    below = commands.below(group, "survey_command")
    slips = below.add(
        "slips",
        _("write the slips to hand out"),
        "ntm-desktop survey slips vinh-an --dossier ID --out phieu.pdf",
        _slips,
    )
    slips.add_argument(
        "--every", action="store_true", help=_("a slip for each household, not a page to copy")
    )
    results = below.add(
        "results",
        _("show what the tallies come to; with --out write the sheet for the notice board"),
        "ntm-desktop survey results vinh-an --dossier ID --out ket-qua.pdf",
        _results,
    )
    add_json(results)
    for parser, needed in ((slips, True), (results, False)):
        add_workspace(parser)
        add_dossier(parser)
        parser.add_argument("--out", metavar="FILE.pdf", type=Path, required=needed, help=_("file to write"))


def _slips(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import survey

    with at_desk(arguments, reading=True) as desk:
        survey.write_slip_sheets(desk, arguments.out, every=arguments.every)
    say(str(arguments.out))
    return 0


def _results(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import survey

    with at_desk(arguments, reading=True) as desk:
        found = survey.outcome(desk)
        if arguments.out is not None:
            survey.write_results_sheet(desk, arguments.out)
    if arguments.json:
        say_json(
            {
                "survey": found.survey.id,
                "year": found.year,
                "hamlets": found.hamlets,
                "households": found.households,
                "sent": found.sent,
                "valid": found.valid,
                "coverage": None if found.coverage is None else str(found.coverage),
                "needed": found.needed,
                "unasked": list(found.unasked),
                "untallied": list(found.untallied),
                "contents": [_content(one) for one in found.contents],
                "overall": _content(found.overall),
                "doubts": [{"hamlet": hamlet, "code": code} for hamlet, code in found.doubts],
            }
        )
    else:
        said = survey.asked_words(found, desk.commune.hamlet_label)
        if said:
            say(said)
        for one in (*found.contents, found.overall):
            say(f"{one.text}\t{one.satisfied}\t{one.valid}")
    return 0


def _content(content: Content) -> Json:
    return {
        "text": str(content.text),
        "satisfied": content.satisfied,
        "valid": content.valid,
        "rate": None if content.rate is None else str(content.rate),
        "missing": content.missing,
        "needed": content.needed,
    }
