"""Updates of this program: `update status, check, apply, rollback`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_json
from ntm_desktop.cli.packs import add_source
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.program_updates import Offer, Standing
    from ntm_desktop.operations.publishers import Notice


def add_to(commands: Commands) -> None:
    """Add `update` and its commands."""
    update = commands.add(
        "update", _("new versions of this program"), "ntm-desktop update apply E:/goi.zip", None
    )
    below = commands.below(update, "update_command")
    status = below.add(
        "status", _("say which versions of this program are here"), "ntm-desktop update status", _status
    )
    add_json(status)
    check = below.add(
        "check",
        _("say whether a source carries a newer version; nothing is taken in"),
        "ntm-desktop update check E:/goi.zip",
        _check,
    )
    apply = below.add(
        "apply",
        _("take a newer version in; the next start runs it"),
        "ntm-desktop update apply E:/goi.zip",
        _apply,
    )
    for parser in (check, apply):
        add_source(parser)
        add_json(parser)
    rollback = below.add(
        "rollback",
        _("let the next start run the version before"),
        "ntm-desktop update rollback",
        _rollback,
    )
    add_json(rollback)


def _status(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.program_updates import standing

    return _say_standing(arguments, standing())


def _check(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.program_updates import look
    from ntm_desktop.operations.program_words import offer_sentence

    offer = look(arguments.source, confirmed=arguments.publisher)
    if arguments.json:
        say_json(_offer(offer))
    else:
        say(offer_sentence(offer))
    _tell_warnings(offer.warnings)
    return 0


def _apply(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.program_updates import apply

    return _say_standing(arguments, apply(arguments.source, confirmed=arguments.publisher))


def _rollback(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.program_updates import roll_back

    return _say_standing(arguments, roll_back())


def _say_standing(arguments: argparse.Namespace, standing: Standing) -> int:
    from ntm_desktop.operations.program_words import failed_sentence, standing_sentences

    if arguments.json:
        say_json(_standing(standing))
    else:
        for sentence in standing_sentences(standing):
            say(sentence)
    if standing.failed:
        tell(failed_sentence(standing))
    return 0


def _standing(standing: Standing) -> dict[str, Json]:
    return {
        "version": standing.version,
        "released": standing.released,
        "installed": standing.installed or None,
        "next": standing.next,
        "back": standing.back or None,
        "failed": standing.failed or None,
    }


def _offer(offer: Offer) -> dict[str, Json]:
    return {
        "offer": str(offer.kind),
        "version": offer.version or None,
        "bytes": offer.size,
        "publisher": {"fingerprint": offer.publisher.fingerprint, "name": offer.publisher.name},
    }


def _tell_warnings(warnings: Iterable[Notice]) -> None:
    from ntm_desktop.operations.publishers import told

    for warning in warnings:
        tell(told(warning))
