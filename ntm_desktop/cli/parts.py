"""Commands for sizes that travel: split a dossier file into parts, join them again."""

from __future__ import annotations

import argparse
from pathlib import Path

from ntm_desktop.cli.command import Commands, cut
from ntm_desktop.cli.printing import say, tell
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    splitting = commands.add(
        "split",
        _("cut a dossier file into numbered parts for mail, Zalo or a FAT32 stick"),
        "ntm-desktop split ho-so.asice --size 20MB --out gui-thu",
        _split,
    )
    splitting.add_argument("file", metavar="FILE.asice", type=Path, help=_("dossier file"))
    splitting.add_argument(
        "--size", metavar="SIZE", type=_size, required=True, help=_("most of one part: 700KB, 20MB, 4GB")
    )
    splitting.add_argument("--out", metavar="DIR", type=Path, required=True, help=_("folder to write into"))
    joining = commands.add(
        "join",
        _("join the parts of a dossier file and compare every byte"),
        "ntm-desktop join gui-thu --out ho-so.asice",
        _join,
    )
    joining.add_argument(
        "parts", metavar="PARTS", type=Path, help=_("folder with the parts, one of the parts, or their list")
    )
    joining.add_argument(
        "--out", metavar="FILE.asice", type=Path, help=_("file to write; beside the parts when left out")
    )


def _size(text: str) -> int:
    from ntm_desktop.operations.parts import read_size

    try:
        return read_size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("{text} is not a size; examples: 700KB, 20MB, 4GB").format(text=cut(text))
        ) from error


def _split(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.copies import Watch
    from ntm_desktop.operations.parts import split_dossier

    made = split_dossier(arguments.file, arguments.out, arguments.size, Watch())
    for path in made:
        say(str(path))
    count = len(made) - 1
    words = ngettext(
        "{count} part and its list, read back; send all of them.",
        "{count} parts and their list, read back; send all of them.",
        count,
    )
    tell(words.format(count=count))
    return 0


def _join(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.copies import Watch
    from ntm_desktop.operations.parts import join_parts

    joined = join_parts(arguments.parts, arguments.out, Watch())
    say(str(joined.path))
    tell(_("Joined from {count} parts; every byte is the one that was sent.").format(count=joined.parts))
    tell(_("Identity: {identity}").format(identity=joined.identity))
    return 0
