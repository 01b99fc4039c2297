"""The command that saves what helps to find a fault, without names or figures."""

from __future__ import annotations

import argparse
from pathlib import Path

from ntm_desktop.cli.command import Commands, add_workspace
from ntm_desktop.cli.printing import say, tell
from ntm_desktop.i18n import gettext as _


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add(
        "support",
        _("show, and save, what helps to find a fault: no names, no figures"),
        "ntm-desktop support vinh-an --out goi-ho-tro.txt",
        _support,
    )
    add_workspace(parser)
    parser.add_argument("--out", metavar="FILE", type=Path, help=_("file to write; only shown when left out"))


def _support(arguments: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from ntm_desktop.operations.copies import Watch
    from ntm_desktop.operations.support import save_support, support_text

    text = support_text(arguments.workspace, datetime.now(UTC), Watch())
    say(text.rstrip("\n"))
    if arguments.out is not None:
        save_support(text, arguments.out, arguments.workspace)
        tell(_("Saved as shown: {path}").format(path=arguments.out))
    return 0
