"""The start of the program: the window, or a command.

Nothing heavy is imported before it is known which. Without arguments, or with `open`, the window comes. An installed
program hands over to newer code that came by an update (`launcher`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ntm_desktop import launcher

_WAY_BACK = ["update", "rollback"]
_PLAIN = 2
"""`open WORKSPACE`."""


def main(argv: Sequence[str] | None = None) -> int:
    """Start the window or run a command, of this version or of a newer one; return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    window = opens_window(words)
    newer = "" if _without_language(words)[:2] == _WAY_BACK else launcher.chosen()
    code = launcher.hand_over(newer, words, window=window) if newer else None
    if code is not None:
        return code
    if window:
        return _open_window(words)
    from ntm_desktop.cli.main import heed_signals
    from ntm_desktop.cli.main import main as run_command

    heed_signals()
    return run_command(words)


def _open_window(words: Sequence[str]) -> int:
    import gc

    gc.disable()  # nothing made before the first paint is garbage; the window switches it on again
    from ntm_desktop.ui.app import main as open_window

    if len(words) <= _PLAIN and not any(word.startswith("-") for word in words):
        return open_window(*words[1:])  # the everyday start needs no parser
    from ntm_desktop.cli.main import read_opening

    opening = read_opening(words if _without_language(words) else [*words, "open"])
    return open_window(opening.workspace, screenshots=opening.screenshots, language=opening.language)


def opens_window(words: Sequence[str]) -> bool:
    """Say whether these arguments ask for the window: none at all, or `open` that does not ask for help."""
    rest = _without_language(words)
    if not rest:
        return True
    return rest[0] == "open" and not {"-h", "--help"} & set(rest)


def _without_language(words: Sequence[str]) -> list[str]:
    rest = list(words)
    while rest and rest[0].startswith("--lang"):
        del rest[: 1 if "=" in rest[0] else 2]
    return rest


if __name__ == "__main__":
    sys.exit(main())
