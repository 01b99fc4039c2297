"""The command `merge`: figures of former communes into the new one, with the trace of who gave what."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_json, add_workspace, at_desk, day_of, words
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.merger import Merged, Merger, Share


_WRONG_USAGE = 2


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add(
        "merge",
        _("take in the figures of former communes; without one show what each gave"),
        'ntm-desktop merge xa-moi xa-a xa-b --on 01/07/2025 --document "1654/NQ-UBTVQH15"',
        _merge,
    )
    add_workspace(parser)
    parser.add_argument(
        "former",
        metavar="FROM",
        type=Path,
        nargs="*",
        help=_("workspace of a former commune, the seat first"),
    )
    parser.add_argument("--on", metavar="DATE", type=day_of, help=_("first day of the new commune"))
    parser.add_argument(
        "--document", metavar="TEXT", type=words, default="", help=_("the document that decided it")
    )
    add_json(parser)


def _merge(arguments: argparse.Namespace) -> int:
    if not arguments.former:
        return _show(arguments)
    if not arguments.on:
        tell(_("Say the first day of the new commune with --on DATE."))
        return _WRONG_USAGE
    from ntm_desktop.operations.merger import merge

    with at_desk(arguments) as desk:
        merged = merge(desk, arguments.former, date.fromisoformat(arguments.on), arguments.document)
    if arguments.json:
        say_json(_document(merged))
        return 0
    say(
        _(
            "{taken} figures taken, {hamlets} hamlets and {records} lines of registers,"
            " {asked} to be asked again."
        ).format(
            taken=len(merged.seen.taken),
            hamlets=merged.seen.hamlets,
            records=merged.seen.records,
            asked=len(merged.seen.asked),
        )
    )
    for one in merged.seen.asked:
        say("\t".join((one.key.element, one.key.period, str(one.element.label), one.reason)))
    return 0


def _document(merged: Merger) -> Json:
    return {
        "taken": [_figure(one) for one in merged.seen.taken],
        "asked": [_figure(one) for one in merged.seen.asked],
        "hamlets": merged.seen.hamlets,
        "records": merged.seen.records,
    }


def _figure(one: Merged) -> Json:
    from ntm_desktop.facts.text import encode

    return {
        "element": one.key.element,
        "period": one.key.period,
        "rule": one.rule,
        "value": None if one.value is None else encode(one.value),
        "reason": one.reason or None,
        "shares": [{"former": share.former, "value": share.text} for share in one.shares],
    }


def _show(arguments: argparse.Namespace) -> int:
    """Show the reverse view: what each former commune gave."""
    from ntm_desktop.operations.merger import given_by

    with at_desk(arguments, reading=True) as desk:
        formers = desk.workspace.former_communes()
        given = {one.commune.code: given_by(desk, one.commune.code) for one in formers}
    if arguments.json:
        say_json(
            {
                "formers": [
                    {
                        "code": one.commune.code,
                        "name": one.commune.name,
                        "until": one.until.isoformat(),
                        "seat": one.seat,
                        "gave": [_share(share) for share in given[one.commune.code]],
                    }
                    for one in formers
                ]
            }
        )
        return 0
    for one in formers:
        until = f"{one.until:%d/%m/%Y}"
        say("\t".join((one.commune.code, f"{one.commune.kind} {one.commune.name}", until)))
        for share in given[one.commune.code]:
            say("\t".join(("", share.key.element, share.key.period, share.text)))
    return 0


def _share(share: Share) -> Json:
    return {"element": share.key.element, "period": share.key.period, "value": share.text}
