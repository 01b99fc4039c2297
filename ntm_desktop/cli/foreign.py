"""Commands for tables of other programs: look at the columns, count rows into figures, keep how it is done."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_json, add_workspace, at_desk, year_of
from ntm_desktop.cli.figures import tell_preview
from ntm_desktop.cli.printing import say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.foreign import Mapping


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    group = commands.add(
        "table",
        _("take figures from a table of another program"),
        "ntm-desktop table count vinh-an mot-cua.xlsx --mapping mot-cua --year 2024",
        None,
    )
    below = commands.below(group, "table_command")
    columns = below.add(
        "columns",
        _("say which columns a table has"),
        "ntm-desktop table columns mot-cua.csv --json",
        _columns,
    )
    columns.add_argument("file", metavar="FILE", type=Path, help=_("workbook or CSV file"))
    columns.add_argument("--sheet", metavar="NAME", default="", help=_("the sheet that is meant"))
    columns.add_argument("--row", metavar="N", type=int, default=0, help=_("the row of the headings"))
    add_json(columns)
    count = below.add(
        "count",
        _("count the rows of a table into figures"),
        "ntm-desktop table count vinh-an mot-cua.xlsx --mapping mot-cua --year 2024 --preview",
        _count,
    )
    add_workspace(count)
    count.add_argument("file", metavar="FILE", type=Path, help=_("workbook or CSV file"))
    count.add_argument(
        "--mapping",
        metavar="NAME|FILE.json",
        required=True,
        help=_("how the table is read: a kept name or a file"),
    )
    count.add_argument("--year", metavar="YYYY", type=year_of, required=True, help=_("year of the figures"))
    count.add_argument(
        "--preview", action="store_true", help=_("only say what would change; write nothing to the workspace")
    )
    count.add_argument("--keep", action="store_true", help=_("keep the mapping of the file under its name"))
    count.add_argument("--dossier", metavar="ID", help=_("id of the dossier the table is evidence in"))
    count.add_argument(
        "--evidence",
        choices=("needed", "whole", "none"),
        default="needed",
        help=_("what is kept as evidence: only the needed columns, the whole file, nothing"),
    )
    add_json(count)
    kept = below.add(
        "mappings", _("list how tables are read"), "ntm-desktop table mappings vinh-an", _mappings
    )
    add_workspace(kept)
    kept.add_argument(
        "--show", metavar="NAME", default="", help=_("print one as a file that can be given again")
    )
    kept.add_argument("--forget", metavar="NAME", default="", help=_("forget the one of this name"))


def _columns(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.fill import explain
    from ntm_desktop.operations.foreign import Letters, look

    looked = look(arguments.file, sheet=arguments.sheet, row=arguments.row)
    if arguments.json:
        say_json(
            {
                "sheets": [head.name for head in looked.source.heads],
                "sheet": looked.sheet,
                "heading_row": looked.heading_row,
                "rows": looked.rows,
                "letters": looked.letters.letters.value,
                "columns": [
                    {
                        "column": one.letters,
                        "heading": one.heading,
                        "filled": one.filled,
                        "days": one.is_days,
                        "values": None if one.many else dict(one.values),
                    }
                    for one in looked.columns
                ],
                "remarks": [explain(one) for one in looked.remarks],
            }
        )
        return 0
    for remark in looked.remarks:
        tell(explain(remark))
    if looked.letters.letters is not Letters.UNICODE:
        tell(f"{looked.letters.letters.value}: {looked.letters.before} = {looked.letters.after}")
    for one in looked.columns:
        shown = "\u2026" if one.many else "; ".join(f"{text} ({count})" for text, count in one.values.items())
        say(f"{one.letters}\t{one.heading}\t{one.filled}\t{shown}")
    return 0


def _count(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import foreign
    from ntm_desktop.operations.fill import take_agreed
    from ntm_desktop.operations.intake import ground

    with at_desk(arguments, reading=arguments.preview) as desk:
        mapping = _mapping(desk, arguments.mapping)
        tallied = foreign.tally(ground(desk), arguments.file, mapping, arguments.year)
        if not arguments.preview:
            take_agreed(desk, tallied.preview)
            if arguments.keep:
                foreign.keep_mapping(desk, mapping)
            if arguments.dossier is not None and mapping.requirement and arguments.evidence != "none":
                _show(desk, mapping, arguments.file, whole=arguments.evidence == "whole")
    return tell_preview(tallied.preview, json=arguments.json)


def _show(desk: Desk, mapping: Mapping, path: Path, *, whole: bool) -> None:
    from tempfile import TemporaryDirectory

    from ntm_desktop.cli.figures import requirement_of
    from ntm_desktop.operations import foreign

    requirement_of(desk, mapping.requirement)
    with TemporaryDirectory() as folder:
        shown = path if whole or not mapping.counted else foreign.needed_copy(path, mapping, Path(folder))
        foreign.show_as_evidence(desk, shown, mapping)
    tell(_("Attached to {requirement}.").format(requirement=mapping.requirement))


def _mapping(desk: Desk, named: str) -> Mapping:
    from ntm_desktop.operations import foreign

    if named.lower().endswith(".json"):
        return foreign.read_mapping(Path(named))
    return foreign.mapping_named(desk, named)


def _mappings(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import foreign

    with at_desk(arguments, reading=not arguments.forget) as desk:
        if arguments.forget:
            foreign.forget_mapping(desk, arguments.forget)
        elif arguments.show:
            say(foreign.mapping_to_json(foreign.mapping_named(desk, arguments.show)))
        else:
            for name in foreign.mappings(desk):
                say(name)
    return 0
