"""The reviewer's commands: `intake` takes dossier files in, `review` works on them."""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import (
    Commands,
    add_json,
    add_password,
    day_of,
    officer,
    password_of,
    words,
    year_of,
)
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ntm_desktop.operations.review_counts import CountTable, Gap
    from ntm_desktop.operations.review_desk import Case, Flag, Incoming, ReviewDesk
    from ntm_desktop.operations.review_intake import Looking, Taken


def add_to(commands: Commands) -> Commands:
    """Add the commands of this group; return where those on one dossier are added."""
    intake = commands.add(
        "intake",
        _("take in dossier files that communes sent, past the bad ones"),
        "ntm-desktop intake tham-tra /media/usb --json",
        _intake,
    )
    add_review(intake)
    intake.add_argument("places", metavar="FOLDER|FILE", type=Path, nargs="+", help=_("what came in"))
    intake.add_argument(
        "--p12", metavar="FILE", type=Path, help=_("key file that opens what was locked for this office")
    )
    add_password(intake)
    add_json(intake)
    counted = commands.add(
        "count",
        _("count which communes meet what"),
        "ntm-desktop count tham-tra --set vn-xa-ntm-2021-2025 --year 2024 --out tong-hop.xlsx",
        _count,
    )
    add_review(counted)
    counted.add_argument("--set", metavar="SET_ID", required=True, help=_("criterion set"))
    counted.add_argument(
        "--year",
        metavar="YYYY",
        type=year_of,
        nargs="+",
        required=True,
        help=_("year of the dossiers; several stand side by side"),
    )
    counted.add_argument(
        "--level", choices=("criterion", "indicator"), default="criterion", help=_("what is counted")
    )
    counted.add_argument("--tag", metavar="TAG", default="", help=_("only indicators with this tag"))
    counted.add_argument("--group", metavar="NAME", default="", help=_("only this group of criteria"))
    counted.add_argument(
        "--gaps", action="store_true", help=_("what each commune misses, the one that misses least first")
    )
    counted.add_argument("--out", metavar="FILE.xlsx", type=Path, help=_("workbook to write"))
    counted.add_argument(
        "--parquet", metavar="FILE.parquet", type=Path, help=_("table for analytics programs to write")
    )
    add_json(counted)
    group = commands.add(
        "review", _("review dossiers that came in"), "ntm-desktop review list tham-tra", None
    )
    below = commands.below(group, "review_command")
    new = below.add(
        "new",
        _("make a reviewer's workspace for a province"),
        'ntm-desktop review new tham-tra --province "An Giang" --office "VPDP NTM An Giang"',
        _new,
    )
    add_review(new)
    new.add_argument("--province", metavar="NAME", type=words, required=True, help=_("name of the province"))
    new.add_argument("--office", metavar="TEXT", type=words, required=True, help=_("the office that reviews"))
    new.add_argument(
        "--anchors", metavar="CERT.pem", type=Path, nargs="+", default=[], help=_("certificates to believe")
    )
    listed = below.add(
        "list",
        _("list the communes with what came in"),
        "ntm-desktop review list tham-tra --set vn-xa-ntm-2021-2025 --year 2024 --json",
        _list,
    )
    add_review(listed)
    listed.add_argument("--set", metavar="SET_ID", default="", help=_("criterion set"))
    listed.add_argument("--year", metavar="YYYY", type=year_of, help=_("year of the dossiers"))
    add_json(listed)
    deadline = below.add(
        "deadline",
        _("say until which day the dossiers of a set and year are due"),
        "ntm-desktop review deadline tham-tra --set vn-xa-ntm-2021-2025 --year 2024 --day 15/03/2025",
        _deadline,
    )
    add_review(deadline)
    deadline.add_argument("--set", metavar="SET_ID", required=True, help=_("criterion set"))
    deadline.add_argument(
        "--year", metavar="YYYY", type=year_of, required=True, help=_("year of the dossiers")
    )
    deadline.add_argument("--day", metavar="DATE", type=day_of, required=True, help=_("the last day"))
    return below


def add_review(parser: argparse.ArgumentParser) -> None:
    """Let a command take the folder of a reviewer's workspace."""
    parser.add_argument("review", metavar="REVIEW", type=Path, help=_("folder of the reviewer's workspace"))


@contextmanager
def at_review(arguments: argparse.Namespace) -> Iterator[ReviewDesk]:
    """Open the reviewer's workspace a command names and close it at the end."""
    from ntm_desktop.operations.review_desk import open_review

    desk = open_review(arguments.review, who=officer())
    try:
        yield desk
    finally:
        desk.close()


def _new(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_desk import create_review

    desk = create_review(arguments.review, arguments.province, office=arguments.office, who=officer())
    try:
        desk.believe(arguments.anchors)
        say(_("{province}: {count} communes").format(province=desk.folder.province, count=len(desk.units)))
    finally:
        desk.close()
    return 0


def _deadline(arguments: argparse.Namespace) -> int:
    with at_review(arguments) as desk:
        desk.folder.set_deadline(arguments.set, arguments.year, arguments.day)
    return 0


def _intake(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.envelopes import open_receiving_key
    from ntm_desktop.operations.review_intake import Outcome, take_in

    key = open_receiving_key(arguments.p12, password_of(arguments)) if arguments.p12 else None
    with at_review(arguments) as desk:
        found = []
        for taken in take_in(desk, arguments.places, _tell, key):
            found.append(taken)
            if taken.outcome is Outcome.REFUSED:
                tell("\t".join((taken.source, taken.code, taken.about)))
        flags = desk.flags(desk.folder.incoming())
    counts = {one: sum(1 for taken in found if taken.outcome is one) for one in Outcome}
    if arguments.json:
        counted = {one.value: count for one, count in counts.items()}
        say_json({"counts": counted, "files": [_taken(one, flags) for one in found]})
    else:
        say(
            _("{taken} taken in, {again} judged again, {duplicate} already here, {refused} refused").format(
                taken=counts[Outcome.TAKEN],
                again=counts[Outcome.JUDGED_AGAIN],
                duplicate=counts[Outcome.DUPLICATE],
                refused=counts[Outcome.REFUSED],
            )
        )
    return 1 if counts[Outcome.REFUSED] else 0


def _tell(looking: Looking) -> None:
    tell(f"{looking.done + 1}/{looking.total} {looking.name}")


def _taken(one: Taken, flags: Mapping[str, tuple[Flag, ...]]) -> Json:
    return {
        "file": one.source,
        "outcome": one.outcome.value,
        "identity": one.identity or None,
        "code": one.code or None,
        "about": one.about or None,
        "flags": [flag.value for flag in flags.get(one.identity, ())],
    }


def _list(arguments: argparse.Namespace) -> int:
    with at_review(arguments) as desk:
        chosen = [
            (set_id, year)
            for set_id, year, _title in desk.sets()
            if arguments.set in {"", set_id} and arguments.year in {None, year}
        ]
        found = {one: desk.cases(*one) for one in chosen}
    if arguments.json:
        say_json(
            {
                "sets": [
                    {"set": set_id, "year": year, "communes": [_case(case) for case in cases]}
                    for (set_id, year), cases in found.items()
                ]
            }
        )
        return 0
    for (set_id, year), cases in found.items():
        for case in cases:
            if case.latest is not None:
                say(
                    "\t".join(
                        (set_id, str(year), case.code, case.name, *_line(case.latest), ",".join(case.flags))
                    )
                )
    return 0


def _line(one: Incoming) -> tuple[str, ...]:
    return (str(one.revision), one.state.value, one.verification, f"{one.met}/{one.total}", one.identity)


def _case(case: Case) -> Json:
    return {
        "code": case.code,
        "name": case.name,
        "flags": [flag.value for flag in case.flags],
        "revisions": [
            {
                "identity": one.identity,
                "revision": one.revision,
                "previous": one.previous or None,
                "state": one.state.value,
                "verification": one.verification,
                "reasons": list(one.reasons),
                "signers": list(one.signers),
                "publisher": one.publisher or None,
                "received_at": one.received_at,
                "indicators": {"met": one.met, "total": one.total},
            }
            for one in case.revisions
        ],
    }


def _count(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.review_counts import (
        count,
        gaps,
        only,
        set_counted,
        write_counts,
        write_counts_parquet,
    )

    years = sorted(set(arguments.year))
    with at_review(arguments) as desk:
        tables = {year: count(desk, arguments.set, year, arguments.level) for year in years}
        if arguments.tag or arguments.group:
            found = set_counted(desk, arguments.set, years[-1])
            tables = {
                year: only(table, found, tag=arguments.tag, group=arguments.group)
                for year, table in tables.items()
            }
        if arguments.out is not None:
            write_counts(tables, arguments.out, f"{desk.folder.province}, {arguments.set}")
        if arguments.parquet is not None:
            write_counts_parquet(tables, arguments.set, arguments.parquet)
    missing = {year: gaps(table) if arguments.gaps else () for year, table in tables.items()}
    if arguments.json:
        documents = {year: _counted(table, missing[year]) for year, table in tables.items()}
        say_json({**documents[years[-1]], "years": {str(year): one for year, one in documents.items()}})
    elif arguments.gaps:
        for one in missing[years[-1]]:
            say("\t".join((one.case.code, one.case.name, str(len(one.missing)), " ".join(one.missing))))
    else:
        _say_counts(tables)
    return 0


def _counted(table: CountTable, missing: Sequence[Gap]) -> dict[str, Json]:
    return {
        "communes": len(table.rows),
        "sent": sum(1 for row in table.rows if row.case.latest is not None),
        "counts": {
            code: {"met": one.met, "total": one.total, "share": one.percent()}
            for code, one in table.counts.items()
        },
        "gaps": [
            {"code": one.case.code, "name": one.case.name, "missing": list(one.missing)} for one in missing
        ],
    }


def _say_counts(tables: Mapping[int, CountTable]) -> None:
    """Print a line for each code, the years side by side."""
    if len(tables) > 1:
        say("\t".join(("", *(f"{year}\t" for year in tables))))
    for code in dict.fromkeys(code for table in tables.values() for code in table.codes):
        counts = (table.counts.get(code) for table in tables.values())
        cells = (("", "") if one is None else (one.words(), one.percent()) for one in counts)
        say("\t".join((code, *(text for cell in cells for text in cell))))
