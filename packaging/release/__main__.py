"""Build what is handed out.

    python packaging/dev.py package portable|deb

The program is frozen with PyInstaller, which comes from its own hash-pinned lock into an environment of its own and is
no part of what is handed out. What is built stands in build/release.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[up]) for up in (1, 2)]

from release import debian, freezing, portable  # noqa: E402  # the folders above must be known first


def main(argv: list[str]) -> int:
    """Build one kind of package and return 0."""
    parser = argparse.ArgumentParser(prog="package", description=__doc__)
    parser.add_argument("kind", choices=("portable", "deb"))
    parser.add_argument("--frozen", type=Path, help="a folder frozen before, to spare the freezing")
    asked = parser.parse_args(argv)
    frozen = asked.frozen or freezing.freeze()
    made = debian.build(frozen) if asked.kind == "deb" else portable.build(frozen)
    size = sum(path.stat().st_size for path in frozen.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB; unpacked {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
