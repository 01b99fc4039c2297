"""One command of the command line: its parser, and how the workspace it works on is opened and closed."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop import settings
from ntm_desktop.i18n import gettext as _

if TYPE_CHECKING:
    from ntm_desktop.operations.desk import Desk
    from ntm_desktop.operations.seal import SigningKey

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # the only name argparse has for it

_LONGEST_QUOTE = 60
_LONGEST_PASSWORD = 4096
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How a Windows editor begins a file in what it calls Unicode."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DAY = re.compile(
    r"(?P<d1>[0-9]{2})/(?P<m1>[0-9]{2})/(?P<y1>(?:19|20)[0-9]{2})"
    r"|(?P<y2>(?:19|20)[0-9]{2})-(?P<m2>[0-9]{2})-(?P<d2>[0-9]{2})"
)

Run = Callable[[argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class Commands:
    """Where commands are added."""

    subparsers: Subparsers
    language: argparse.ArgumentParser
    """Carries `--lang`, which every command takes."""

    def add(self, name: str, summary: str, example: str, run: Run | None) -> argparse.ArgumentParser:
        """Add a command; `run` is None for a command that only groups others."""
        parser = self.subparsers.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=_("Example: {command}").format(command=example),
            parents=[self.language],
        )
        if run is not None:
            parser.set_defaults(run=run)
        return parser

    def below(self, parser: argparse.ArgumentParser, dest: str) -> Commands:
        """Return where the commands of a group are added."""
        return Commands(parser.add_subparsers(dest=dest, metavar=_("COMMAND"), required=True), self.language)


def add_workspace(parser: argparse.ArgumentParser) -> None:
    """Let a command take the folder of a workspace."""
    parser.add_argument("workspace", metavar="WORKSPACE", type=Path, help=_("folder of the workspace"))


def add_dossier(parser: argparse.ArgumentParser) -> None:
    """Let a command take the id of a dossier."""
    parser.add_argument("--dossier", metavar="ID", required=True, help=_("id of the dossier"))


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let a command answer with one JSON document."""
    parser.add_argument("--json", action="store_true", help=_("print one JSON document"))


def add_password(parser: argparse.ArgumentParser) -> None:
    """Let a command take a password from a file or from standard input."""
    parser.add_argument(
        "--password-file",
        metavar="FILE",
        default="",
        help=_("file with the password; - reads standard input"),
    )


def password_of(arguments: argparse.Namespace) -> str:
    """Read the password from a file or from standard input; its last line break does not count."""
    return secret_from(arguments.password_file)


def secret_from(source: str) -> str:
    """Read a password or a PIN from a file, or from standard input for `-`; nothing for no source."""
    from ntm_desktop.errors import FileUnreadable

    if source == "-":
        return sys.stdin.readline().rstrip("\r\n")
    if not source:
        return ""
    path = Path(source)
    try:
        with path.open("rb") as file:  # may be a pipe, which is why its length is bounded
            content = file.read(_LONGEST_PASSWORD)
        return content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise FileUnreadable(path.name, reason) from error


def add_keys(parser: argparse.ArgumentParser, add_way: Callable[..., argparse.Action]) -> None:
    """Let a command sign with a key file or a token, or without; `add_way` adds to the group that excludes others."""
    add_way("--p12", metavar="FILE", type=Path, help=_("key file to sign with"))
    add_way("--pkcs11", metavar="MODULE", type=Path, help=_("driver of a signing token (.dll or .so)"))
    add_way("--unsigned", action="store_true", help=_("without a signature"))
    add_password(parser)
    parser.add_argument(
        "--token", metavar="LABEL", default="", help=_("which token; the only one when left out")
    )
    parser.add_argument(
        "--pin-file", metavar="FILE", default="", help=_("file with the PIN; - reads standard input")
    )


def unlocked(arguments: argparse.Namespace) -> SigningKey | None:
    """Return the key that was named, unlocked; None for none. Raises what unlocking raises."""
    if arguments.p12:
        from ntm_desktop.operations.seal import unlock

        return unlock(arguments.p12, password_of(arguments))
    if arguments.pkcs11:
        from ntm_desktop.operations.tokens import open_token

        return open_token(arguments.pkcs11, arguments.token, secret_from(arguments.pin_file))
    return None


def officer() -> str:
    """Return who is entering: the officer remembered by the window, else the command line."""
    return settings.load().officer or _("command line")


@contextmanager
def at_desk(arguments: argparse.Namespace, *, reading: bool = False) -> Iterator[Desk]:
    """Open the workspace a command names, choose its dossier when one is named, and close it at the end."""
    from ntm_desktop.operations import dossiers, start

    desk = start.open_desk(arguments.workspace, who=officer(), read_only=reading)
    try:
        if getattr(arguments, "dossier", None) is not None:
            dossiers.choose(desk, arguments.dossier)
        yield desk
    finally:
        desk.close()


def day_of(text: str) -> str:
    """Check that an argument is a day, `dd/MM/yyyy` or `yyyy-MM-dd`; return it as ISO 8601."""
    from datetime import date

    match = _DAY.fullmatch(text)
    parts = match.groupdict(default="") if match is not None else {}
    iso = "-".join(parts[f"{part}1"] or parts[f"{part}2"] for part in "ymd") if parts else ""
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("{text} is not a day; example: 31/12/2023").format(text=cut(text))
        ) from error


def words(text: str) -> str:
    """Return an argument that is stored or printed as whole letters, whatever the locale made of it."""
    return os.fsencode(text).decode("utf-8", "replace")


def year_of(text: str) -> int:
    """Check that an argument is a year of four digits."""
    if _YEAR.fullmatch(text) is None:
        raise argparse.ArgumentTypeError(_("{text} is not a year; example: 2023").format(text=cut(text)))
    return int(text)


def cut(text: str) -> str:
    """Return an argument as it may stand in a sentence."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}\u2026"
