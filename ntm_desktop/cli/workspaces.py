"""Commands about a whole workspace: open, new, profile, hamlets, doctor."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli import copies
from ntm_desktop.cli.command import Commands, add_json, add_workspace, at_desk, cut, day_of, officer, words
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ntm_desktop.operations.fill import CellProblem
    from ntm_desktop.operations.profile import ProfileEntry


def add_open(commands: Commands) -> None:
    """Add `open`, which `__main__` answers before this parser is asked; it stands here for its help."""
    opening = commands.add("open", _("open the window"), "ntm-desktop open D:/NTM/30604-vinh-an", None)
    opening.add_argument(
        "workspace", metavar="WORKSPACE", type=Path, nargs="?", help=_("folder; the last one when left out")
    )
    opening.add_argument(
        "--screenshots",
        metavar="DIR",
        type=Path,
        help=_("take pictures of the window into this folder and close it"),
    )


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    new = commands.add(
        "new",
        _("make the workspace of a commune"),
        "ntm-desktop new vinh-an --commune 30604 --hamlet-label \u1ea5p",
        _new,
    )
    add_workspace(new)
    new.add_argument("--commune", metavar="CODE", required=True, help=_("five-digit code of the commune"))
    new.add_argument(
        "--hamlet-label", metavar="WORD", type=words, default="", help=_("the commune's own word for hamlet")
    )
    profile = commands.add(
        "profile",
        _("say or show what the commune is: region, zone, group"),
        'ntm-desktop profile vinh-an vung=dbscl --document "1260/Q\u0110-UBND" --from 22/06/2022',
        _profile,
    )
    add_workspace(profile)
    profile.add_argument("values", metavar="KEY=VALUE", nargs="*", type=_pair, help=_("property and value"))
    profile.add_argument(
        "--document", metavar="TEXT", type=words, default="", help=_("the document that decided it")
    )
    profile.add_argument(
        "--from", dest="since", metavar="DATE", type=day_of, help=_("the first day it holds")
    )
    add_json(profile)
    hamlets = commands.add(
        "hamlets", _("add or rename hamlets from a list"), "ntm-desktop hamlets vinh-an ap.csv", _hamlets
    )
    add_workspace(hamlets)
    hamlets.add_argument("file", metavar="FILE", type=Path, help=_("list as .csv or .xlsx"))
    doctor = commands.add(
        "doctor", _("look whether the workspace is sound"), "ntm-desktop doctor vinh-an --json", _doctor
    )
    add_workspace(doctor)
    copies.add_to_doctor(doctor)
    add_json(doctor)


def _new(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.new import new_workspace

    desk = new_workspace(
        arguments.workspace, arguments.commune, hamlet_label=arguments.hamlet_label, who=officer()
    )
    try:
        commune = desk.commune
        say(
            _("The workspace of {kind} {name} ({code}) is in {folder}.").format(
                kind=commune.kind, name=commune.name, code=commune.code, folder=desk.workspace.folder
            )
        )
    finally:
        desk.close()
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(_("write KEY=VALUE, not {text}").format(text=cut(text)))
    return words(name).strip(), words(value).strip()


def _profile(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import profile

    values: dict[str, str] = dict(arguments.values)
    since = date.fromisoformat(arguments.since) if arguments.since else None
    with at_desk(arguments, reading=not values) as desk:
        if values:
            profile.set_profile(desk, values, document=arguments.document, since=since)
        found = profile.entries(desk)
        if arguments.json:
            say_json({"profile": [_entry(entry) for entry in found]})
        else:
            for entry in found:
                since_words = entry.since.strftime("%d/%m/%Y") if entry.since else "-"
                say("\t".join((entry.attribute, entry.value, since_words, entry.document)))
    return 0


def _entry(entry: ProfileEntry) -> Json:
    return {
        "key": entry.attribute,
        "value": entry.value,
        "from": entry.since.isoformat() if entry.since else None,
        "document": entry.document,
    }


def _hamlets(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.hamlets import take_hamlets

    with at_desk(arguments) as desk:
        taken = take_hamlets(desk, arguments.file)
    say(
        _("{added} added, {renamed} renamed, {unchanged} unchanged.").format(
            added=taken.added, renamed=taken.renamed, unchanged=taken.unchanged
        )
    )
    tell_problems(taken.problems)
    return 1 if taken.problems else 0


def tell_problems(problems: Iterable[CellProblem]) -> None:
    """Print a line for each refused cell: its place, then why."""
    from ntm_desktop.operations.fill import explain

    for problem in problems:
        place = f"{problem.sheet}!{problem.address}" if problem.sheet else problem.address
        tell(f"{place}: {explain(problem.problem)}")


def _doctor(arguments: argparse.Namespace) -> int:
    from ntm_desktop.cli.diagnosis import outcome
    from ntm_desktop.operations.doctor import examine, finding_sentence

    if arguments.rehearse:
        return copies.rehearse(arguments)
    if arguments.rescue is not None:
        return copies.rescue(arguments)
    diagnosis = examine(arguments.workspace)
    if arguments.mend:
        return copies.mend(arguments, diagnosis)
    sentence, code = outcome(diagnosis)
    if arguments.json:
        say_json(
            {
                "healthy": diagnosis.healthy,
                "version": diagnosis.version,
                "findings": [{"code": str(code), "about": about} for code, about in diagnosis.findings],
                "in_use": diagnosis.holder is not None,
                "free_bytes": diagnosis.free_bytes,
                "evidence_files": diagnosis.evidence_files,
                "edits": diagnosis.edits,
            }
        )
    else:
        say(sentence)
        for finding, about in diagnosis.findings:
            say(finding_sentence(finding, about))
    return code
