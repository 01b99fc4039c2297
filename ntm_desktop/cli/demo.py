"""The command `demo`: the sample commune through the whole job, and pictures of the window."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_desktop.cli.command import Commands
from ntm_desktop.cli.printing import say, tell
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import language

if TYPE_CHECKING:
    from ntm_desktop.operations.demo import Demonstrated

_MOST_SECONDS = 120


def add_to(commands: Commands) -> None:
    """Add the command."""
    demo = commands.add(
        "demo",
        _("take a sample commune through the whole job"),
        "ntm-desktop demo --out demo",
        _demo,
    )
    demo.add_argument("--out", metavar="DIR", type=Path, required=True, help=_("new or empty folder"))
    demo.add_argument("--no-screenshots", action="store_true", help=_("without pictures of the window"))


def _demo(arguments: argparse.Namespace) -> int:
    from ntm_desktop.operations.demo import demonstrate
    from ntm_desktop.operations.start import utc_now

    done = demonstrate(arguments.out, _tell_step, clock=utc_now)
    pictures: tuple[Path, ...] = ()
    if not arguments.no_screenshots:
        _tell_step("screenshots")
        pictures = _screenshots(done.workspace, arguments.out / "screenshots")
    _say(done, pictures)
    return 0


def _tell_step(step: str) -> None:
    steps = {
        "workspace": _("Making the workspace ..."),
        "hamlets": _("Entering the hamlets ..."),
        "figures": _("Entering figures and evidence ..."),
        "papers": _("Writing the papers ..."),
        "seal": _("Sealing and signing ..."),
        "verify": _("Verifying ..."),
        "screenshots": _("Taking pictures of the window ..."),
    }
    tell(steps.get(step, step))


def _say(done: Demonstrated, pictures: tuple[Path, ...]) -> None:
    say(done.report.verification.value)
    say(_("Dossier: {path}").format(path=done.dossier))
    say(_("Identity: {identity}").format(identity=done.report.identity))
    say(_("Certificate (demonstration only): {path}").format(path=done.anchor))
    say(_("Workspace: {path}").format(path=done.workspace))
    say(_("Form: {path}").format(path=done.form))
    for path in done.papers:
        say(_("Paper: {path}").format(path=path))
    for path in pictures:
        say(_("Picture: {path}").format(path=path))


def _screenshots(workspace: Path, folder: Path) -> tuple[Path, ...]:
    """Let the window take pictures of itself in a process of its own; without a screen it draws into memory."""
    environment = dict(os.environ)
    if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(environment):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ntm_desktop"]
    command = [*program, "open", str(workspace), "--screenshots", str(folder), "--lang", language()]
    try:
        done = subprocess.run(  # noqa: S603  # this very program, with paths it made itself
            command,
            env=environment,
            capture_output=True,
            check=False,
            timeout=_MOST_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        done = None
    pictures = tuple(sorted(folder.glob("*.png"))) if folder.is_dir() else ()
    if done is None or done.returncode != 0 or not pictures:
        tell(_("No pictures of the window could be taken; everything else is there."))
    return pictures
