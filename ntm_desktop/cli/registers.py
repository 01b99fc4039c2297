"""Commands for registers: what there is, lines from a file, a register as a workbook, figures they propose."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ntm_desktop.cli.command import Commands, add_dossier, add_json, add_workspace, at_desk
from ntm_desktop.cli.printing import Json, say, say_json
from ntm_desktop.cli.workspaces import tell_problems
from ntm_desktop.errors import Refused
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.register_figures import Offer
    from ntm_desktop.operations.register_file import CellProblem


@dataclass(eq=False)
class NoSuchRegister(Refused):
    """Say that nobody keeps a register of that name."""

    register: str
    known: str

    code: ClassVar[str] = "no_such_register"
    what: ClassVar[str] = "There is no register called {register}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Use one of: {known}."


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    group = commands.add(
        "register", _("the registers of the commune"), "ntm-desktop register list vinh-an", None
    )
    below = commands.below(group, "register_command")
    listing = below.add("list", _("list the registers"), "ntm-desktop register list vinh-an --json", _list)
    add_workspace(listing)
    add_json(listing)
    take = below.add(
        "take",
        _("take lines of a register from a file"),
        "ntm-desktop register take vinh-an --register san_pham_ocop ocop.xlsx",
        _take,
    )
    add_workspace(take)
    _add_register(take)
    take.add_argument("--preview", action="store_true", help=_("only show what the file would bring"))
    take.add_argument("file", metavar="FILE", type=Path, help=_("list as .csv or .xlsx"))
    add_json(take)
    write = below.add(
        "write",
        _("write a register as a workbook that `register take` takes back"),
        "ntm-desktop register write vinh-an --register san_pham_ocop --out so.xlsx",
        _write,
    )
    add_workspace(write)
    _add_register(write)
    write.add_argument("--out", metavar="FILE.xlsx", type=Path, required=True, help=_("file to write"))
    figures = below.add(
        "figures",
        _("show the figures that registers propose for a dossier"),
        "ntm-desktop register figures vinh-an --dossier ID --take",
        _figures,
    )
    add_workspace(figures)
    add_dossier(figures)
    figures.add_argument("--take", action="store_true", help=_("take the proposed figures over"))
    add_json(figures)


def _add_register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--register", metavar="NAME", required=True, help=_("name of the register"))


def _known(desk: Desk, register: str) -> str:
    from ntm_desktop.operations import registers

    names = [one.name for one in registers.sheets(desk)]
    if register not in names:
        raise NoSuchRegister(register, ", ".join(names))
    return register


def _list(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import registers

    with at_desk(arguments, reading=True) as desk:
        found = registers.listed(desk)
    if arguments.json:
        say_json(
            {
                "registers": [
                    {
                        "name": one.sheet.name,
                        "label": str(one.sheet.label),
                        "lines": one.lines,
                        "columns": [
                            {"name": column.name, "label": str(column.label), "personal": column.personal}
                            for column in one.sheet.columns
                        ],
                    }
                    for one in found
                ]
            }
        )
    else:
        for one in found:
            say(f"{one.sheet.name}\t{one.lines}\t{one.sheet.label}")
    return 0


def _take(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import register_file

    with at_desk(arguments, reading=arguments.preview) as desk:
        register = _known(desk, arguments.register)
        workbook = register_file.read(arguments.file)
        incoming = register_file.look_at(desk, register, arguments.file.name, workbook)
        if not arguments.preview:
            register_file.take(desk, incoming)
    if arguments.json:
        say_json(
            {
                "added": len(incoming.new),
                "changed": len(incoming.changed),
                "unchanged": incoming.unchanged,
                "ignored_columns": list(incoming.ignored),
                "problems": [_problem(one) for one in incoming.problems],
            }
        )
    else:
        say(
            _(
                "{added} lines added, {changed} changed, {unchanged} unchanged, {refused} cells refused."
            ).format(
                added=len(incoming.new),
                changed=len(incoming.changed),
                unchanged=incoming.unchanged,
                refused=len(incoming.problems),
            )
        )
        if incoming.ignored:
            say(_("Columns that are not kept: {names}.").format(names=", ".join(incoming.ignored)))
        tell_problems(incoming.problems)
    return 1 if incoming.problems else 0


def _problem(problem: CellProblem) -> Json:
    from ntm_desktop.operations.register_file import explain

    return {
        "sheet": problem.sheet or None,
        "cell": problem.address,
        "code": problem.code,
        "facts": dict(problem.facts),
        "message": explain(problem.problem),
    }


def _write(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import register_file

    with at_desk(arguments, reading=True) as desk:
        register_file.write(desk, _known(desk, arguments.register), arguments.out)
    say(str(arguments.out))
    return 0


def _figures(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations import register_figures

    with at_desk(arguments, reading=not arguments.take) as desk:
        found = register_figures.all_offers(desk)
        if arguments.take:
            register_figures.take(desk, found)
    if arguments.json:
        say_json({"figures": [_figure(one) for one in found]})
    else:
        for one in found:
            say("\t".join((one.element.name, one.text, one.now or "-", one.source)))
    return 0


def _figure(offer: Offer) -> Json:
    return {
        "element": offer.key.element,
        "period": offer.key.period,
        "proposed": offer.text,
        "now": offer.now or None,
        "agrees": offer.agrees,
        "source": offer.source,
        "counted": offer.proposed.counted,
        "unclear": offer.proposed.unclear,
        "requirements": list(offer.requirements),
    }
