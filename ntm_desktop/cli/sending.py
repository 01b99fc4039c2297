"""Commands between offices: send, receive."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop import settings
from ntm_desktop.cli.command import Commands, add_json, add_workspace, at_desk, words
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    import ssl

    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.envelopes import Certificate
    from ntm_desktop.operations.sending import Item, LineFault, Sent

PORT = 8470


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    send = commands.add(
        "send",
        _("send sealed dossiers to the receiving office, or copy them to a stick"),
        "ntm-desktop send vinh-an --to https://nhan.angiang.vn/files/",
        _send,
    )
    add_workspace(send)
    send.add_argument("--dossier", metavar="ID", help=_("only this dossier"))
    where = send.add_mutually_exclusive_group()
    where.add_argument("--to", metavar="ADDRESS", help=_("address of the receiving office; remembered"))
    where.add_argument(
        "--stick", metavar="FOLDER", type=Path, help=_("copy to this folder of a stick instead")
    )
    where.add_argument(
        "--receipt", metavar="FILE", type=Path, help=_("take in a receipt that came back on a stick")
    )
    where.add_argument("--list", action="store_true", help=_("only say what waits, how large and how long"))
    send.add_argument(
        "--encrypt-to", metavar="CERT.pem", type=Path, help=_("lock the copy on the stick for this receiver")
    )
    send.add_argument("--limit", metavar="KB", type=int, default=0, help=_("at most so many KB a second"))
    send.add_argument("--proxy", metavar="ADDRESS", default="", help=_("proxy; that of the system if none"))
    send.add_argument(
        "--trust", metavar="CERT.pem", type=Path, help=_("certificate of its server to believe")
    )
    add_json(send)
    receive = commands.add(
        "receive",
        _("receive dossiers into a folder until stopped"),
        "ntm-desktop receive D:/ho-so-den --port 8470",
        _receive,
    )
    receive.add_argument("folder", metavar="FOLDER", type=Path, help=_("where the dossiers are put"))
    receive.add_argument(
        "--host", default="127.0.0.1", help=_("address to listen at; this computer only if none")
    )
    receive.add_argument("--port", type=int, default=PORT, help=_("port to listen at"))
    receive.add_argument(
        "--name", metavar="TEXT", type=words, default="", help=_("name of the office, for receipts")
    )
    receive.add_argument("--largest", metavar="MB", type=int, default=2048, help=_("largest file taken in"))


def _send(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.sending import NothingToSend, outbox

    with at_desk(arguments, reading=arguments.list) as desk:
        items = [one for one in outbox(desk) if arguments.dossier in (None, one.posted.dossier)]
        if arguments.receipt is not None:
            _take_receipt(desk, arguments.receipt)
        elif not arguments.list:
            chosen = [one for one in reversed(items) if one.sendable]
            if arguments.dossier and not chosen:
                raise NothingToSend(arguments.dossier)
            for one in chosen:
                _announce(one)
                _hand_over(desk, one, arguments)
        if not arguments.list:
            items = [one for one in outbox(desk) if arguments.dossier in (None, one.posted.dossier)]
        if arguments.json:
            say_json({"outbox": [item_document(one) for one in items]})
        else:
            _print(items)
    return 0


def _announce(one: Item) -> None:
    from ntm_desktop.operations.outbox_words import changed_words, item_title, left_words

    tell(_("{name}: {left}").format(name=item_title(one), left=left_words(one)))
    if changed := changed_words(one):
        tell(changed)


def _hand_over(desk: Desk, one: Item, arguments: argparse.Namespace) -> None:
    from ntm_desktop.operations import sending
    from ntm_desktop.operations.copies import Watch

    ready = sending.ready(desk, one.posted.identity)
    if arguments.stick is not None:
        slip = sending.copy_out(ready, arguments.stick, Watch(), _receiver(arguments.encrypt_to))
        paper = sending.handed_over(desk, ready, slip)
        tell(_("Copied to {path} and read back: the same. Slip: {slip}").format(path=slip.path, slip=paper))
        return
    server = _server(arguments.to)
    how = sending.Sending(limit=max(arguments.limit, 0) * 1024, broke=_broke)
    sent = sending.transmit(ready, server, how, trust=_trust(arguments.trust), proxy=arguments.proxy)
    sending.arrived(desk, ready, server, sent)
    _tell_sent(sent)


def _take_receipt(desk: Desk, path: Path) -> None:
    from ntm_desktop.operations import receipts
    from ntm_desktop.operations.copies import Watch

    waiting = receipts.awaiting(desk, path)
    receipts.hold(waiting, Watch())
    receipts.accept(desk, waiting)
    tell(_("Arrived: {identity}").format(identity=waiting.said.identity))


def _receiver(certificate: Path | None) -> Certificate | None:
    from ntm_desktop.operations.envelopes import receiver_of

    return receiver_of(certificate) if certificate is not None else None


def _server(named: str | None) -> str:
    """Return the address to send to; one that is named is remembered."""
    from ntm_desktop.operations.sending import receiving_address

    remembered = settings.load()
    if named is None or named == remembered.send_to:
        return remembered.send_to
    address = str(receiving_address(named))
    settings.save(replace(remembered, send_to=address))
    return address


def _trust(certificate: Path | None) -> ssl.SSLContext | None:
    from ntm_desktop.operations.sending import trusting

    return trusting(certificate) if certificate is not None else None


def _broke(fault: LineFault, arrived: int) -> None:
    from ntm_desktop.operations.sizes import size_words
    from ntm_desktop.operations.wording import explain

    tell(_("{what} It goes on from {amount}.").format(what=explain(fault).what, amount=size_words(arrived)))


def _tell_sent(sent: Sent) -> None:
    if sent.begun_anew:
        tell(_("The receiving office had forgotten what had arrived; everything was sent again."))
    if sent.known_before:
        tell(_("The receiving office had it already: it came from another computer, or on an earlier day."))
    if sent.confirmed is None:
        tell(_("Everything left, but the receiving office has not confirmed it yet."))
    else:
        tell(_("Arrived: {identity}").format(identity=sent.confirmed.identity))


def _print(items: list[Item]) -> None:
    from ntm_desktop.operations.outbox_words import item_title, left_words, state_words

    for one in items:
        say("\t".join((item_title(one), state_words(one), left_words(one), one.posted.identity)))


def item_document(one: Item) -> Json:
    """Return what `send --json` says of a revision; keys and values are a contract."""
    return {
        "dossier": one.posted.dossier,
        "revision": one.posted.revision,
        "identity": one.posted.identity,
        "state": one.posted.state.value,
        "size": one.posted.size,
        "arrived": one.begun.arrived if one.begun is not None else None,
        "to_send": one.left if one.sendable else None,
        "seconds": one.seconds if one.sendable else None,
        "receipts": [
            {
                "medium": receipt.medium.value,
                "place": receipt.place,
                "sha256": receipt.sha256,
                "at": receipt.at,
                "confirmed": receipt.confirmed,
            }
            for receipt in one.posted.receipts
        ],
    }


def _receive(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.receiving import Bounds, receive

    address = f"http://{arguments.host}:{arguments.port}/files/"
    tell(
        _("Receiving at {address} into {folder}. Stop with Ctrl+C.").format(
            address=address, folder=arguments.folder
        )
    )
    bounds = Bounds(largest=arguments.largest << 20)
    receive(arguments.folder, arguments.host, arguments.port, arguments.name, say, bounds)
    return 0
