"""The command `packet`: hand part of a dossier to another PC and take back what was done there."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_json, add_workspace, at_desk, officer
from ntm_desktop.cli.printing import Json, say, say_json
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.packets import MergedCell, Packet, Plan


def add_to(commands: Commands) -> None:
    """Add the command."""
    group = commands.add(
        "packet",
        _("share the work on a dossier between several PCs"),
        "ntm-desktop packet cut vinh-an --criteria 8,9 --out viec-tc8-9.ntmpacket",
        None,
    )
    below = commands.below(group, "packet_command")
    cutting = below.add(
        "cut",
        _("hand criteria or hamlets to another PC"),
        "ntm-desktop packet cut vinh-an --criteria 8,9 --out viec-tc8-9.ntmpacket",
        _cut,
    )
    add_workspace(cutting)
    cutting.add_argument("--dossier", metavar="ID", help=_("id of the dossier; the newest when left out"))
    cutting.add_argument("--criteria", metavar="CODES", type=_listed, default=(), help=_("as 8,9"))
    cutting.add_argument(
        "--hamlets", metavar="NAMES", type=_listed, default=(), help=_("names or ids, with commas between")
    )
    opening = below.add(
        "open",
        _("open a packet in a folder of its own"),
        "ntm-desktop packet open viec-tc8-9.ntmpacket viec-cua-toi",
        _open,
    )
    opening.add_argument("file", metavar="FILE", type=Path, help=_("the packet"))
    opening.add_argument("folder", metavar="FOLDER", type=Path, help=_("a new or empty folder"))
    back = below.add(
        "return",
        _("write what was done into a file"),
        "ntm-desktop packet return viec-cua-toi --out xong-tc8-9.ntmpacket",
        _return,
    )
    add_workspace(back)
    merging = below.add(
        "merge",
        _("take in what a packet brings back"),
        "ntm-desktop packet merge vinh-an xong-tc8-9.ntmpacket --preview",
        _merge,
    )
    add_workspace(merging)
    merging.add_argument("file", metavar="FILE", type=Path, help=_("the packet"))
    merging.add_argument("--preview", action="store_true", help=_("show it only; nothing is changed"))
    add_json(merging)
    for parser in (cutting, back):
        parser.add_argument("--out", metavar="FILE", type=Path, required=True, help=_("the packet to write"))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _cut(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.packets import cut

    with at_desk(arguments) as desk:
        packet = cut(desk, arguments.out, arguments.criteria, arguments.hamlets)
    _tell_written(packet, arguments.out)
    return 0


def _tell_written(packet: Packet, path: Path) -> None:
    say(
        _("{path}: {edits} entries, {files} files.").format(
            path=path, edits=len(packet.edits), files=len(packet.blobs)
        )
    )


def _open(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.packets import open_packet

    open_packet(arguments.file, arguments.folder, who=officer()).close()
    say(
        _("The packet is open in {folder}; only its part can be changed there.").format(
            folder=arguments.folder
        )
    )
    return 0


def _return(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.packets import give_back

    with at_desk(arguments, reading=True) as desk:
        packet = give_back(desk, arguments.out)
    _tell_written(packet, arguments.out)
    return 0


def _merge(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.packets import Outcome, merge, preview

    with at_desk(arguments, reading=arguments.preview) as desk:
        plan = preview(desk, arguments.file) if arguments.preview else merge(desk, arguments.file)[0]
    if arguments.json:
        say_json(_document(plan))
    else:
        say(
            _(
                "{taken} taken, {agreed} agreed, {known} merged before, {conflicts} in conflict,"
                " {lost} without a place."
            ).format(
                taken=len(plan.of(Outcome.TAKEN)),
                agreed=len(plan.of(Outcome.AGREED)),
                known=len(plan.of(Outcome.KNOWN)),
                conflicts=len(plan.of(Outcome.CONFLICT)),
                lost=len(plan.of(Outcome.NO_PLACE)),
            )
        )
        for cell in (*plan.of(Outcome.CONFLICT), *plan.of(Outcome.NO_PLACE)):
            say(
                "\t".join(
                    (cell.outcome, cell.kind, cell.target, cell.ours or "", cell.theirs or "", cell.who)
                )
            )
    return 1 if plan.of(Outcome.CONFLICT) or plan.of(Outcome.NO_PLACE) else 0


def _document(plan: Plan) -> Json:
    return {"packet": plan.packet, "cells": [_cell(cell) for cell in plan.cells]}


def _cell(cell: MergedCell) -> Json:
    return {
        "outcome": str(cell.outcome),
        "kind": str(cell.kind),
        "target": cell.target,
        "ours": cell.ours,
        "theirs": cell.theirs,
        "who": cell.who,
        "device": cell.device,
        "at": cell.at,
    }
