"""The parser of the command line: every command with its help and an example, in the language asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from ntm_desktop.cli import (
    comparing,
    copies,
    demo,
    dossiers,
    encrypting,
    figures,
    foreign,
    lasting,
    merging,
    on_paper,
    packets,
    packs,
    parts,
    registers,
    remarking,
    reviewing,
    sealing,
    sending,
    support,
    survey,
    templates,
    thresholds,
    trusting,
    updating,
    workspaces,
)
from ntm_desktop.cli.argparse_words import translate_argparse
from ntm_desktop.cli.command import Commands
from ntm_desktop.i18n import LANGUAGES
from ntm_desktop.i18n import gettext as _

Run = Callable[[argparse.Namespace], int]


def make_parser() -> argparse.ArgumentParser:
    """Return the parser; call it after the language is chosen."""
    translate_argparse()
    parser = argparse.ArgumentParser(
        prog="ntm-desktop",
        description=_("Prepare, check, sign and verify the new-style rural area dossiers of a commune."),
        epilog=_("Without a command the window opens."),
    )
    language = argparse.ArgumentParser(add_help=False)
    for one in (parser, language):
        one.add_argument(
            "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=_("language of the messages")
        )
    commands = Commands(parser.add_subparsers(dest="command", metavar=_("COMMAND"), required=True), language)
    workspaces.add_open(commands)
    demo.add_to(commands)
    workspaces.add_to(commands)
    dossiers.add_to(commands)
    figures.add_to(commands)
    foreign.add_to(commands)
    merging.add_to(commands)
    on_paper.add_to(commands)
    registers.add_to(commands)
    survey.add_to(commands)
    thresholds.add_to(commands)
    comparing.add_to(commands)
    templates.add_to(commands)
    sealing.add_to(commands)
    lasting.add_to(commands)
    trusting.add_to(commands)
    sending.add_to(commands)
    parts.add_to(commands)
    encrypting.add_to(commands)
    packs.add_to(commands)
    packets.add_to(commands)
    copies.add_to(commands)
    updating.add_to(commands)
    support.add_to(commands)
    remarking.add_to(reviewing.add_to(commands))
    remarking.add_returned(commands)
    return parser


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; wrong usage leaves through SystemExit(2).

    A file that may stand at the end is taken here: argparse, before Python 3.12, settles an optional argument as absent
    as soon as the first option follows the workspace.
    """
    parser = make_parser()
    arguments, rest = parser.parse_known_args(argv)
    if len(rest) == 1 and not rest[0].startswith("-") and getattr(arguments, "file", argv) is None:
        arguments.file = Path(rest[0])
    elif rest:
        parser.error(_("unrecognized arguments: %s") % " ".join(rest))
    return arguments
