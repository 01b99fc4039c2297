"""The command for a threshold the commune confirms itself: confirm."""

from __future__ import annotations

import argparse
from pathlib import Path

from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk, words
from ntm_desktop.cli.figures import requirement_of
from ntm_desktop.cli.printing import say, say_json
from ntm_desktop.i18n import gettext as _


def add_to(commands: Commands) -> None:
    """Add the command."""
    confirm = commands.add(
        "confirm",
        _("enter a threshold that the set does not have from the official text"),
        "ntm-desktop confirm vinh-an --dossier ID --requirement 2.1.a --value '85 %' --document 1260/QD-UBND",
        _confirm,
    )
    add_workspace(confirm)
    add_dossier(confirm)
    confirm.add_argument(
        "--requirement",
        metavar="CODE",
        required=True,
        help=_("code of the requirement it is the threshold of"),
    )
    confirm.add_argument(
        "--value", metavar="TEXT", type=words, required=True, help=_("the threshold, as an officer types it")
    )
    confirm.add_argument(
        "--document",
        metavar="TEXT",
        type=words,
        required=True,
        help=_("number and date of the document that sets it"),
    )
    confirm.add_argument("file", metavar="FILE", type=Path, nargs="?", help=_("scan of that document"))
    add_json(confirm)


def _confirm(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.attach import attach, store
    from ntm_desktop.operations.confirm import confirm
    from ntm_desktop.operations.wording import threshold_words, verdict_word

    with at_desk(arguments) as desk:
        requirement = requirement_of(desk, arguments.requirement)
        scan = store(desk, [arguments.file]) if arguments.file is not None else ()
        confirm(desk, requirement, arguments.value, arguments.document)
        if scan:
            attach(desk, requirement.code, "", scan)
        result = desk.evaluation.requirements[requirement.code]
    if arguments.json:
        say_json({"requirement": requirement.code, "verdict": str(result.verdict)})
    else:
        words = threshold_words(requirement, result.threshold)
        say(f"{requirement.code}\t{words}\t{verdict_word(result.verdict)}")
    return 0
