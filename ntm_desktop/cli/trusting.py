"""Whom to believe about signatures: `trust build, import, add, list, remove`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands, add_json
from ntm_desktop.cli.printing import Json, say, say_json, tell
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.trust import Certificate, Held


def add_to(commands: Commands) -> None:
    """Add `trust` and its commands."""
    trust = commands.add(
        "trust", _("whom to believe about signatures"), "ntm-desktop trust list --json", None
    )
    below = commands.below(trust, "trust_command")
    build = below.add(
        "build",
        _("build a trust pack from a folder with trust.json"),
        "ntm-desktop trust build tin-cay --out tin-cay.json",
        _build,
    )
    build.add_argument("folder", metavar="DIR", type=Path, help=_("folder with trust.json"))
    build.add_argument("--out", metavar="PACK", type=Path, required=True, help=_("pack file to write"))
    take = below.add(
        "import",
        _("take in the trust packs of a publisher"),
        "ntm-desktop trust import goi.zip",
        _import,
    )
    take.add_argument("source", metavar="SOURCE", help=_("folder, one-file bundle, or https address"))
    take.add_argument(
        "--publisher",
        metavar="FINGERPRINT",
        default="",
        help=_("believe the publisher with this fingerprint, compared with its official letter"),
    )
    add = below.add(
        "add",
        _("believe one certificate whose fingerprint was compared"),
        "ntm-desktop trust add co-quan.pem --fingerprint f04ba4b4...",
        _add,
    )
    add.add_argument("file", metavar="CERT.pem", type=Path, help=_("certificate file"))
    add.add_argument(
        "--fingerprint",
        metavar="SHA256",
        default="",
        help=_("its fingerprint as the authority's own letter or page has it; without, it is only read out"),
    )
    listed = below.add("list", _("list who is believed"), "ntm-desktop trust list --json", _list)
    add_json(listed)
    remove = below.add(
        "remove",
        _("believe a trust pack or a certificate no longer"),
        "ntm-desktop trust remove vn-tin-cay",
        _remove,
    )
    remove.add_argument("name", metavar="NAME", help=_("name of the trust pack, or fingerprint"))


def _build(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.trust import write_trust

    say(write_trust(arguments.folder, arguments.out))
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.publishers import told
    from ntm_desktop.operations.trust import take_in
    from ntm_desktop.operations.wording import explain

    found = take_in(arguments.source, confirmed=arguments.publisher)
    for notice in found.warnings:
        tell(told(notice))
    for refused in found.refused:
        tell(f"{refused.id}@{refused.version}: {explain(refused.reason).whole()}")
    for pack in found.packs:
        say(
            _("{pack} by {publisher} was taken in.").format(
                pack=f"{pack.id}@{pack.version}", publisher=pack.publisher.title
            )
        )
    if not found.packs:
        tell(_("There is no trust pack in this source."))
    return 1 if found.refused or not found.packs else 0


def _add(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.trust import add_certificate, read_out

    if not arguments.fingerprint:
        for certificate in read_out(arguments.file):
            say(_line(certificate))
        tell(
            _(
                "Compare the fingerprint with the authority's own letter or page, then give it with --fingerprint."
            )
        )
        return 1
    say(_line(add_certificate(arguments.file, arguments.fingerprint)))
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.trust import held

    found = held()
    if arguments.json:
        say_json(_document(found))
        return 0
    for one in found.packs:
        pack = one.pack
        say(f"{pack.id}@{pack.version}  {pack.title}")
        for root in pack.roots:
            say(f"  {_line(root)}")
        for address in (*pack.timestamps, *pack.answers, *pack.list_addresses):
            say(f"  {address}")
    for certificate in found.certificates:
        say(_line(certificate))
    for path in found.broken:
        tell(_("{path} cannot be read; what it held is not believed.").format(path=path))
    return 1 if found.broken else 0


def _remove(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.trust import forget

    forget(arguments.name)
    return 0


def _line(certificate: Certificate) -> str:
    return _("{subject}, until {day}, SHA-256 {fingerprint}").format(
        subject=certificate.subject,
        day=f"{certificate.valid_to:%d/%m/%Y}",
        fingerprint=certificate.fingerprint,
    )


def _document(found: Held) -> Json:
    def certificates(these: tuple[Certificate, ...]) -> list[Json]:
        return [{"subject": one.subject, "fingerprint": one.fingerprint} for one in these]

    return {
        "packs": [
            {
                "id": one.pack.id,
                "version": one.pack.version,
                "title": one.pack.title,
                "publisher": one.publisher,
                "roots": certificates(one.pack.roots),
                "between": certificates(one.pack.between),
                "lists": len(one.pack.lists),
                "timestamps": list(one.pack.timestamps),
                "ocsp": list(one.pack.answers),
                "crl": list(one.pack.list_addresses),
                "freshness_days": one.pack.freshness.days,
            }
            for one in found.packs
        ],
        "certificates": certificates(found.certificates),
        "broken": [str(one) for one in found.broken],
    }
