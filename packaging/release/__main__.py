"""Build what is handed out.

    python packaging/dev.py package portable|deb|update
    python packaging/dev.py package windows --interpreter python-VERSION-embed-amd64.zip [--try]

For Linux the program is frozen with PyInstaller, which comes from its own hash-pinned lock into an environment of its
own and is no part of what is handed out. For Windows an embeddable Python and the wheels of the lock are packed by
NSIS. `update` is the code alone, for programs that are installed already (docs/program-update.md). What is built stands
in build/release.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[up]) for up in (1, 2)]

from devtools.places import UNAVAILABLE, Stop, say  # noqa: E402  # the folders above must be known first


def main(argv: list[str]) -> int:
    """Build one kind of package and return 0, or 3 when that cannot be done here."""
    parser = argparse.ArgumentParser(
        prog="package", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=("portable", "deb", "update", "windows"))
    parser.add_argument("--frozen", type=Path, help="a folder frozen before, to spare the freezing")
    parser.add_argument("--interpreter", type=Path, help="embeddable Python for 64-bit Windows, a zip")
    parser.add_argument("--sha256", default="", help="its SHA-256, where it is not one of those known here")
    parser.add_argument("--try", action="store_true", dest="tried", help="install and remove it under wine")
    asked = parser.parse_args(argv)
    if asked.kind == "windows" and asked.interpreter is None:
        parser.error("windows needs --interpreter")
    try:
        made = _KINDS.get(asked.kind, _for_linux)(asked)
    except Stop as stopped:
        say(f"\n{stopped.reason}\n-> {stopped.remedy}")
        return UNAVAILABLE
    say(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


def _for_linux(asked: argparse.Namespace) -> Path:
    from release import debian, freezing, portable

    frozen = asked.frozen or freezing.freeze()
    say(f"unpacked {freezing.size(frozen) / 1e6:.1f} MB")
    return debian.build(frozen) if asked.kind == "deb" else portable.build(frozen)


def _for_windows(asked: argparse.Namespace) -> Path:
    from release import setup_program, trying

    made = setup_program.build(asked.interpreter.resolve(), asked.sha256)
    if asked.tried:
        trying.run(made, setup_program.FOLDER)
    return made


def _for_installed(_asked: argparse.Namespace) -> Path:
    from release import update

    return update.build()


_KINDS = {"windows": _for_windows, "update": _for_installed}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
