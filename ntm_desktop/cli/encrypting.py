"""Commands for eyes of one office only: encrypt a file for a receiver, decrypt what was encrypted for this office."""

from __future__ import annotations

import argparse
from pathlib import Path

from ntm_desktop.cli.command import Commands, add_password, password_of
from ntm_desktop.cli.printing import say, tell
from ntm_desktop.i18n import gettext as _


def add_to(commands: Commands) -> None:
    """Add the commands of this group."""
    locking = commands.add(
        "encrypt",
        _("lock a dossier file or a work packet for the receiver's certificate"),
        "ntm-desktop encrypt ho-so.asice --to van-phong.pem --out gui-thu",
        _encrypt,
    )
    locking.add_argument("file", metavar="FILE", type=Path, help=_("dossier file or work packet"))
    locking.add_argument(
        "--to", metavar="CERT.pem", type=Path, required=True, help=_("certificate of the receiver")
    )
    locking.add_argument("--out", metavar="DIR", type=Path, required=True, help=_("folder to write into"))
    opening = commands.add(
        "decrypt",
        _("open a file that was locked for this office"),
        "ntm-desktop decrypt 30604-4f1c.p7m --p12 khoa.p12 --password-file - --out ho-so-den",
        _decrypt,
    )
    opening.add_argument("file", metavar="FILE.p7m", type=Path, help=_("locked file"))
    opening.add_argument(
        "--p12", metavar="KEY", type=Path, required=True, help=_("key file of this office, RSA")
    )
    add_password(opening)
    opening.add_argument("--out", metavar="DIR", type=Path, required=True, help=_("folder to write into"))


def _encrypt(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.copies import Watch
    from ntm_desktop.operations.envelopes import lock, receiver_of

    made = lock(arguments.file, receiver_of(arguments.to), arguments.out, Watch())
    say(str(made.path))
    tell(
        _("Only the key of {receiver} opens it. Fingerprint of the certificate: {fingerprint}").format(
            receiver=made.receiver.subject, fingerprint=made.receiver.fingerprint
        )
    )
    return 0


def _decrypt(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.copies import Watch
    from ntm_desktop.operations.envelopes import open_receiving_key, unlock

    key = open_receiving_key(arguments.p12, password_of(arguments))
    say(str(unlock(arguments.file, key, arguments.out, Watch())))
    tell(_("Opened whole and unchanged. Who signed it says `ntm-desktop verify`."))
    return 0
