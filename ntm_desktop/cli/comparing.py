"""The command `compare`: the same figures under another set or version."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk
from ntm_desktop.cli.printing import say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.comparison import Comparison, Part
    from ntm_desktop.operations.desk import Desk


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add(
        "compare",
        _("show the same figures under another set or version; nothing is changed"),
        "ntm-desktop compare vinh-an --dossier ID --set vn-xa-ntm-nang-cao-2021-2025 --only different",
        _compare,
    )
    add_workspace(parser)
    add_dossier(parser)
    parser.add_argument(
        "--set", metavar="SET_ID", required=True, help=_("set to compare with, or SET@VERSION")
    )
    parser.add_argument(
        "--from", dest="first", metavar="SET_ID", default="", help=_("first set; else that of the dossier")
    )
    parser.add_argument(
        "--only",
        choices=("all", "different", "digital"),
        default="all",
        help=_("which indicators: all, those that differ, those of digital transformation"),
    )
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help=_("also write it to a file: .pdf, or .xlsx for a workbook")
    )
    add_json(parser)


def _compare(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import comparison_paper, dossiers
    from ntm_desktop.operations.comparison import compare_sets

    which = comparison_paper.Shown(arguments.only)
    with at_desk(arguments, reading=True) as desk:
        dossier = dossiers.find(desk, arguments.dossier)
        found = compare_sets(desk, dossier, arguments.set, arguments.first)
        if arguments.out is not None:
            comparison_paper.write_paper(desk, found, arguments.out, which)
            tell(_("Written: {path}").format(path=arguments.out))
        if arguments.json:
            from ntm_desktop.cli.pack_documents import comparison_document

            say_json(comparison_document(desk, found, which))
        else:
            for line in _lines(desk, found, comparison_paper.shown(found.parts, which)):
                say(line)
    return 0


def _lines(desk: Desk, found: Comparison, parts: tuple[Part, ...]) -> Iterator[str]:
    from ntm_desktop.operations import comparison_paper as words

    for source in (found.move.before, found.move.after):
        yield f"{source.id}@{source.version}\t{source.title}"
    for pair, count in words.counted(found):
        yield f"{count}\t" + " \u2192 ".join(map(words.verdict_words, pair))
    yield from words.notes(found)
    for part in parts:
        said = words.part_words(desk, found, part)
        verdicts = " \u2192 ".join(map(words.verdict_words, (part.change.before, part.change.after)))
        facts = (words.code_words(part), str(part.change.name), verdicts, said.gap, said.rest)
        yield "\t".join(one for one in (*facts, words.earliest_words(found, part)) if one)
