"""Commands about criterion packs: new, check, build; list, preview, import, apply, undo."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli import publishing
from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk
from ntm_desktop.cli.printing import say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.pack_authoring import Checked
    from ntm_desktop.operations.publishers import Admitted

REFUSED = 1


def add_to(commands: Commands) -> None:
    """Add `pack` and the commands of this group."""
    pack = commands.add("pack", _("criterion packs"), "ntm-desktop pack list vinh-an", None)
    below = commands.below(pack, "pack_command")
    _add_authoring(below)
    publishing.add_to(below)
    _add_reading(below)
    _add_changing(below)


def _add_authoring(commands: Commands) -> None:
    new = commands.add("new", _("write a workbook to start from"), "ntm-desktop pack new --out bo.xlsx", _new)
    new.add_argument("--out", metavar="WORKBOOK.xlsx", type=Path, required=True, help=_("workbook to write"))
    start = new.add_mutually_exclusive_group()
    start.add_argument("--registers", action="store_true", help=_("a workbook of registers"))
    start.add_argument(
        "--from", dest="pack", metavar="PACK", type=Path, help=_("pack (.json) to write as a workbook")
    )
    check = commands.add(
        "check",
        _("list every problem of a workbook or a pack"),
        "ntm-desktop pack check bo.xlsx --json",
        _check,
    )
    check.add_argument(
        "source", metavar="WORKBOOK|PACK", type=Path, help=_("workbook (.xlsx) or pack (.json)")
    )
    _add_beside(check)
    add_json(check)
    build = commands.add(
        "build", _("build the pack of a workbook"), "ntm-desktop pack build bo.xlsx --out bo.json", _build
    )
    build.add_argument("source", metavar="WORKBOOK.xlsx", type=Path, help=_("workbook to build from"))
    build.add_argument("--out", metavar="PACK", type=Path, required=True, help=_("pack file to write"))
    _add_beside(build)


def _add_beside(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--with",
        dest="beside",
        metavar="PACK",
        type=Path,
        nargs="+",
        default=[],
        help=_("packs that it names: the parent, sets whose thresholds it reads, the version before it"),
    )


def _add_reading(commands: Commands) -> None:
    listing = commands.add(
        "list", _("list the criterion sets of a workspace"), "ntm-desktop pack list vinh-an", _list
    )
    add_workspace(listing)
    add_json(listing)
    preview = commands.add(
        "preview",
        _("show what the packs of a source would change; nothing is written to the workspace"),
        "ntm-desktop pack preview vinh-an E:/goi-tieu-chi",
        _preview,
    )
    add_workspace(preview)
    add_source(preview)
    add_json(preview)


def _add_changing(commands: Commands) -> None:
    bring = commands.add(
        "import",
        _("take in the packs of a source; no dossier is changed"),
        "ntm-desktop pack import vinh-an E:/goi-tieu-chi.zip",
        _import,
    )
    add_workspace(bring)
    add_source(bring)
    add_json(bring)
    apply = commands.add(
        "apply",
        _("move a dossier to another version of its set"),
        "ntm-desktop pack apply vinh-an --dossier ID --to vn-xa-ntm-2021-2025@1.1.0",
        _apply,
    )
    add_workspace(apply)
    add_dossier(apply)
    apply.add_argument(
        "--to", metavar="SET@VERSION", required=True, help=_("version that is in the workspace")
    )
    undo = commands.add(
        "undo", _("take the last move of a dossier back"), "ntm-desktop pack undo vinh-an", _undo
    )
    add_workspace(undo)


def add_source(parser: argparse.ArgumentParser) -> None:
    """Let a command take a publisher's source, and the fingerprint that somebody compared."""
    parser.add_argument(
        "source", metavar="SOURCE", help=_("folder, one-file bundle or https address of a publisher")
    )
    add_publisher(parser)


def add_publisher(parser: argparse.ArgumentParser) -> None:
    """Let a command take the fingerprint that somebody compared."""
    parser.add_argument(
        "--publisher",
        metavar="FINGERPRINT",
        default="",
        help=_("believe the publisher with this fingerprint, compared with its official letter"),
    )


# -------------------------------------------------------------------- authoring


def _new(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import pack_authoring

    if arguments.pack is not None:
        pack_authoring.write_workbook(arguments.pack, arguments.out)
    elif arguments.registers:
        pack_authoring.starter_registers(arguments.out)
    else:
        pack_authoring.starter_workbook(arguments.out)
    say(str(arguments.out))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import check

    checked = check(arguments.source, arguments.beside)
    if arguments.json:
        from ntm_desktop.cli.pack_documents import checked_document

        say_json(checked_document(checked))
    elif checked.content is not None:
        say(_("No problems. {name}").format(name=checked.name))
    if not arguments.json:
        _tell_problems(checked)
    return REFUSED if checked.problems else 0


def _build(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import check, write_pack

    checked = check(arguments.source, arguments.beside)
    _tell_problems(checked)
    write_pack(checked, arguments.out)
    say(checked.name)
    return 0


def _tell_problems(checked: Checked) -> None:
    from ntm_desktop.operations.pack_authoring import sentence
    from ntm_desktop.operations.pack_words import promise_sentence

    for problem in checked.problems:
        place = problem.path or problem.sheet or problem.file
        tell(_("{place}: {problem}").format(place=place, problem=sentence(problem)))
    if checked.built is not None and checked.promise:
        tell(promise_sentence(checked.promise, checked.built.set))


# -------------------------------------------------------------------- the workspace


def _list(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.packs import installed
    from ntm_desktop.operations.publishers import known_publishers

    with at_desk(arguments, reading=True) as desk:
        found = installed(desk)
    if arguments.json:
        from ntm_desktop.cli.pack_documents import list_document

        say_json(list_document(found, known_publishers()))
        return 0
    for one in found:
        used = ", ".join(by.name.words() for by in one.dossiers)
        say("\t".join((f"{one.id}@{one.version}", str(one.short_title), one.publisher, used)).rstrip())
    return 0


def _preview(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_preview import preview

    with at_desk(arguments, reading=True) as desk:
        found = preview(desk, arguments.source, confirmed=arguments.publisher)
        if arguments.json:
            from ntm_desktop.cli.pack_documents import preview_document

            say_json(preview_document(desk, found))
        else:
            from ntm_desktop.cli.pack_lines import preview_lines

            for line in preview_lines(desk, found):
                say(line)
    _tell_beside(found.admitted)
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.packs import take_in

    with at_desk(arguments) as desk:
        found = take_in(desk, arguments.source, confirmed=arguments.publisher)
    if arguments.json:
        from ntm_desktop.cli.pack_documents import admitted_document

        say_json(admitted_document(found))
    else:
        for pack in found.packs:
            say(f"{pack.id}@{pack.version}\t{pack.publisher.title}")
        if not found.packs and not found.refused:
            say(_("Every pack of this source is here already."))
    _tell_beside(found)
    return max((one.reason.exit_code for one in found.refused), default=0)


def _tell_beside(found: Admitted) -> None:
    from ntm_desktop.operations.program_updates import waiting
    from ntm_desktop.operations.program_words import waiting_sentence
    from ntm_desktop.operations.publishers import told
    from ntm_desktop.operations.wording import explain

    for warning in found.warnings:
        tell(told(warning))
    for one in found.refused:
        tell(explain(one.reason).whole())
    version = waiting(found.programs)
    if version:
        tell(waiting_sentence(version))


def _apply(arguments: argparse.Namespace) -> int:
    from ntm_desktop.cli.pack_lines import move_lines
    from ntm_desktop.operations.pack_moves import move

    with at_desk(arguments) as desk:
        done = move(desk, arguments.dossier, arguments.to)
        for line in move_lines(desk, done.move):
            say(line)
    tell(_("A copy from before: {path}").format(path=done.copy))
    return 0


def _undo(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_moves import undo_move

    with at_desk(arguments) as desk:
        undone = undo_move(desk)
        for dossier in desk.workspace.dossiers():
            say(f"{dossier.id}\t{dossier.set_id}@{dossier.set_version}")
    for target in undone.skipped:
        tell(_("Changed since, left as it is: {target}").format(target=target))
    return 0
