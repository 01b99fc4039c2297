"""Commands for paper: forms to be filled in by hand, and the sheet to copy figures from."""

from __future__ import annotations

import argparse
from pathlib import Path

from ntm_desktop.cli.command import Commands, add_dossier, add_workspace, at_desk
from ntm_desktop.cli.printing import say
from ntm_desktop.i18n import gettext as _


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    paper = commands.add(
        "paper-form",
        _("write the forms that hamlets fill in by hand, as PDF"),
        "ntm-desktop paper-form vinh-an --dossier ID --out phieu-giay.pdf",
        _paper,
    )
    add_workspace(paper)
    add_dossier(paper)
    paper.add_argument("--out", metavar="FILE.pdf", type=Path, required=True, help=_("file to write"))
    paper.add_argument("--hamlet", metavar="ID", default="", help=_("only what is asked of this hamlet"))
    copy = commands.add(
        "copy-sheet",
        _("write every figure in the order of the set, to type into other software"),
        "ntm-desktop copy-sheet vinh-an --dossier ID --out bang-chep.xlsx",
        _copy,
    )
    add_workspace(copy)
    add_dossier(copy)
    copy.add_argument(
        "--out", metavar="FILE.pdf|FILE.xlsx", type=Path, required=True, help=_("file to write")
    )


def _paper(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.on_paper import write_collection

    with at_desk(arguments, reading=True) as desk:
        write_collection(desk, arguments.out, arguments.hamlet)
    say(str(arguments.out))
    return 0


def _copy(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.on_paper import write_copy_sheet

    with at_desk(arguments, reading=True) as desk:
        write_copy_sheet(desk, arguments.out)
    say(str(arguments.out))
    return 0
