"""Signatures that last: the command `upgrade`, and what is told of a signature's time and revocation."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_json
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.upgrade import Upgraded
    from ntm_desktop.operations.verify import SignatureFacts

_ADDRESS = ("http://", "https://")


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    upgrade = commands.add(
        "upgrade",
        _("add timestamp and revocation data to the signature of a sealed file, in place"),
        "ntm-desktop upgrade ho-so.asice --tsa http://tsa.example.vn --crl http://ca.example.vn/ca.crl"
        " --anchors co-quan.pem",
        _upgrade,
    )
    upgrade.add_argument("file", metavar="FILE.asice", type=Path, help=_("dossier file"))
    upgrade.add_argument(
        "--tsa", metavar="ADDRESS", nargs="+", default=[], help=_("timestamp service; the first that answers")
    )
    upgrade.add_argument(
        "--ocsp",
        metavar="ADDRESS",
        nargs="+",
        default=[],
        help=_("who answers whether a certificate is revoked"),
    )
    add_lists(upgrade, _("revocation lists: files, or addresses to fetch them from"))
    upgrade.add_argument(
        "--anchors", metavar="CERT.pem", type=Path, nargs="+", default=[], help=_("certificates to believe")
    )
    add_json(upgrade)


def add_lists(parser: argparse.ArgumentParser, words: str) -> None:
    """Let revocation lists be named."""
    parser.add_argument("--crl", metavar="FILE.crl", nargs="+", default=[], help=words)


def _upgrade(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.publishers import clock
    from ntm_desktop.operations.trust import services
    from ntm_desktop.operations.upgrade import Services, upgrade
    from ntm_desktop.operations.verify import belief_from

    files = tuple(Path(one) for one in arguments.crl if not one.startswith(_ADDRESS))
    addresses = tuple(one for one in arguments.crl if one.startswith(_ADDRESS))
    known = services()
    asked = Services(
        (*arguments.tsa, *known.timestamps), (*arguments.ocsp, *known.answers), (*addresses, *known.lists)
    )
    found = upgrade(arguments.file, asked, belief_from(arguments.anchors, files), at=clock().time)
    if arguments.json:
        say_json(_document(found))
    else:
        _say(found)
    return 1 if found.troubles or found.unsettled else 0


def _say(found: Upgraded) -> None:
    from ntm_desktop.operations.wording import explain

    if found.mended:
        tell(_("An earlier try had been broken off; the former end of the file was brought back first."))
    say(
        _("{path}: {before} before, {level} now").format(
            path=found.path, before=found.before, level=found.level
        )
    )
    for facts in found.signatures:
        for line in signature_lines(facts):
            say(line)
    if found.clock_off:
        tell(_("The clock of this computer is more than a day behind the timestamp; set it right."))
    for name in found.unsettled:
        tell(_("{name}: nobody said whether this certificate is revoked.").format(name=name))
    for trouble in found.troubles:
        tell(explain(trouble).whole())


def _document(found: Upgraded) -> Json:
    return {
        "path": str(found.path),
        "before": found.before.value,
        "level": found.level.value,
        "signatures": [signature_document(one) for one in found.signatures],
        "unsettled": list(found.unsettled),
        "troubles": [
            {"code": one.code, **{k: str(v) for k, v in one.facts().items()}} for one in found.troubles
        ],
        "mended": found.mended,
        "clock_behind": found.clock_off,
    }


def signature_lines(facts: SignatureFacts) -> tuple[str, ...]:
    """Return who signed, since when it is there, and what is known of revocation."""
    from ntm_desktop.operations.signature_words import revocation_sentence, time_sentence

    who = _("Signed by {signer}").format(signer=facts.signer or "-")
    if not facts.intact:
        return (who,)
    return who, f"  {time_sentence(facts)}", f"  {revocation_sentence(facts)}"


def signature_document(facts: SignatureFacts) -> Json:
    """Return a signature as `verify` and `upgrade` tell of it; keys and values are a contract."""
    stamp = facts.timestamp
    return {
        "signer": facts.signer,
        "intact": facts.intact,
        "trusted": facts.trusted,
        "trust": facts.trust.value,
        "chain": list(facts.chain),
        "revocation": facts.revocation.value,
        "revocation_known_to": _moment(facts.revoked.known_to),
        "revoked_at": _moment(facts.revoked.revoked_at),
        "time": _moment(facts.claimed_at),
        "timestamp": {
            "state": stamp.state.value,
            "time": _moment(stamp.at),
            "authority": stamp.authority or None,
        },
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
