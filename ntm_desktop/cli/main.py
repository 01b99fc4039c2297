"""The start of every command: language, parser, and what becomes of errors."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from dataclasses import dataclass

from ntm_desktop.cli.parser import parse
from ntm_desktop.cli.printing import finish, stop_printing, tell, use_utf8
from ntm_desktop.errors import Cancelled, NtmError
from ntm_desktop.fault_log import log_fault
from ntm_desktop.i18n import LANGUAGES, set_language
from ntm_desktop.i18n import gettext as _

BUG = 6


@dataclass(eq=False)
class Interrupted(Cancelled):
    """Say that the command was stopped from outside, at whatever point it was."""

    code = "interrupted"
    safe = "What was saved before is still there; nothing half done was kept."
    next_step = "Look at what is there, then start it again."


@dataclass(frozen=True, slots=True)
class Opening:
    """What `open` asks of the window."""

    workspace: str
    """Folder; empty for the last one."""
    screenshots: str
    """Folder for pictures of the window; empty for none."""
    language: str
    """Empty for the remembered one."""


def read_opening(argv: Sequence[str]) -> Opening:
    """Read the arguments of `open` for the window; wrong usage leaves through SystemExit(2)."""
    use_utf8()
    set_language(_language(argv))
    arguments = parse(argv)
    workspace = arguments.workspace
    return Opening(
        workspace="" if workspace is None else str(workspace),
        screenshots="" if arguments.screenshots is None else str(arguments.screenshots),
        language=getattr(arguments, "lang", ""),
    )


def heed_signals() -> None:
    """Let a polite end from outside, or of the terminal, clean up as Ctrl+C does."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; wrong usage leaves through SystemExit(2)."""
    use_utf8()
    set_language(_language(argv))
    arguments = parse(argv)
    try:
        code: int = arguments.run(arguments)
        finish()
    except NtmError as error:
        return _refused(error)
    except KeyboardInterrupt:
        return _refused(Interrupted())
    except BrokenPipeError:
        stop_printing()
        return 0
    except Exception as fault:  # noqa: BLE001  # the one place: logged without figures, told, exit code 6
        log = log_fault(fault)
        tell(_("An unexpected fault stopped the work. What was saved before is still there."))
        if log is not None:
            tell(_("Send this file to those who look after the program: {path}").format(path=log))
        return BUG
    return code


def _language(argv: Sequence[str]) -> str:
    """Find `--lang` before the parser is made, because the parser's own texts depend on it."""
    chosen = "vi"
    for number, word in enumerate(argv):
        if word == "--lang" and number + 1 < len(argv):
            chosen = argv[number + 1]
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
    return chosen if chosen in LANGUAGES else "vi"


def _refused(error: NtmError) -> int:
    from ntm_desktop.operations.wording import explain

    tell(explain(error).whole())
    return error.exit_code
