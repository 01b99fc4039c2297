"""The publisher's side: `pack publish init, add, program, rotate, bundle, renew, let-in, key`."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands
from ntm_desktop.cli.printing import say
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.pack_authoring import Office

_LONGEST = 16 << 10


def add_to(commands: Commands) -> None:
    """Add `publish` and its commands."""
    publish = commands.add(
        "publish", _("publish criterion packs"), "ntm-desktop pack publish bundle kho --out goi.ntmpack", None
    )
    below = commands.below(publish, "publish_command")
    _add_repository(below)
    _add_keys(below)


def _add_repository(commands: Commands) -> None:
    init = commands.add(
        "init",
        _("start a pack repository with new keys and print its fingerprint"),
        "ntm-desktop pack publish init kho --name 'An Giang' --keys khoa --passphrases -",
        _init,
    )
    _add_repo(init)
    init.add_argument("--name", metavar="TEXT", required=True, help=_("what the publisher is called"))
    add = commands.add(
        "add",
        _("add a pack to the repository"),
        "ntm-desktop pack publish add kho bo.json --keys khoa --passphrases -",
        _add,
    )
    _add_repo(add)
    add.add_argument("pack", metavar="PACK", type=Path, help=_("pack file"))
    add.add_argument("--province", metavar="NAME", default="", help=_("into the list of this province"))
    program = commands.add(
        "program",
        _("add a new version of this program to the repository"),
        "ntm-desktop pack publish program kho ntm-desktop --keys khoa --passphrases -",
        _program,
    )
    _add_repo(program)
    program.add_argument(
        "update", metavar="TREE|UPDATE.tar.xz", type=Path, help=_("folder of its source, or its update file")
    )
    renew = commands.add(
        "renew",
        _("sign the newest lists anew, with what provinces have signed"),
        "ntm-desktop pack publish renew kho --keys khoa --passphrases -",
        _renew,
    )
    _add_repo(renew)
    bundle = commands.add(
        "bundle",
        _("write the whole repository as one file"),
        "ntm-desktop pack publish bundle kho --out goi.ntmpack",
        _bundle,
    )
    bundle.add_argument("repo", metavar="REPO", type=Path, help=_("folder of the repository"))
    bundle.add_argument("--out", metavar="FILE", type=Path, required=True, help=_("file to write"))


def _add_keys(commands: Commands) -> None:
    rotate = commands.add(
        "rotate",
        _("replace a key that is lost, stolen or due"),
        "ntm-desktop pack publish rotate kho --key targets-1 --keys khoa --passphrases -",
        _rotate,
    )
    _add_repo(rotate)
    rotate.add_argument("--key", metavar="KEY", required=True, help=_("name of the key, such as targets-1"))
    key = commands.add(
        "key",
        _("make a key of a province's own"),
        "ntm-desktop pack publish key thanh-hoa-1 --keys khoa --passphrases -",
        _key,
    )
    key.add_argument("key", metavar="KEY", help=_("name of the key, such as thanh-hoa-1"))
    _add_key_folder(key)
    let_in = commands.add(
        "let-in",
        _("let a province publish with its own key"),
        "ntm-desktop pack publish let-in kho --province thanh-hoa --title 'Thanh Hoa' --public thanh-hoa-1.pub"
        " --keys khoa --passphrases -",
        _let_in,
    )
    _add_repo(let_in)
    let_in.add_argument("--province", metavar="NAME", required=True, help=_("short name, such as thanh-hoa"))
    let_in.add_argument("--title", metavar="TEXT", required=True, help=_("what the province is called"))
    let_in.add_argument(
        "--public", metavar="FILE.pub", type=Path, required=True, help=_("public half of the province's key")
    )


def _add_repo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("repo", metavar="REPO", type=Path, help=_("folder of the repository"))
    _add_key_folder(parser)


def _add_key_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keys", metavar="DIR", type=Path, required=True, help=_("folder of the key files"))
    parser.add_argument(
        "--passphrases",
        metavar="FILE",
        required=True,
        help=_("file with KEY=PASSPHRASE, one a line; - reads standard input"),
    )


def _office(arguments: argparse.Namespace) -> Office:
    from ntm_desktop.operations.pack_authoring import office

    return office(arguments.repo, arguments.keys, _passphrases(arguments), datetime.now(UTC))


def _passphrases(arguments: argparse.Namespace) -> dict[str, str]:
    from ntm_desktop.errors import FileUnreadable
    from ntm_desktop.operations.pack_authoring import read_passphrases

    source: str = arguments.passphrases
    if source == "-":
        return read_passphrases(sys.stdin.read(_LONGEST))
    path = Path(source)
    try:
        with path.open("rb") as file:  # may be a pipe, which is why its length is bounded
            return read_passphrases(file.read(_LONGEST).decode("utf-8-sig"))
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise FileUnreadable(path.name, reason) from error


def _init(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import init

    say(init(_office(arguments), arguments.name))
    return 0


def _add(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import add, pack_content

    say(add(_office(arguments), pack_content(arguments.pack), arguments.province).path)
    return 0


def _program(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import add_program, program_content

    say(add_program(_office(arguments), program_content(arguments.update)))
    return 0


def _renew(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import renew

    renew(_office(arguments))
    return 0


def _bundle(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import bundle

    count = bundle(arguments.repo, arguments.out)
    say(_("{count} packs: {path}").format(count=count, path=arguments.out))
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import rotate

    say(rotate(_office(arguments), arguments.key))
    return 0


def _key(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import make_key

    say(str(make_key(arguments.keys, arguments.key, _passphrases(arguments))))
    return 0


def _let_in(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.pack_authoring import let_in

    let_in(_office(arguments), arguments.province, arguments.title, arguments.public)
    return 0
