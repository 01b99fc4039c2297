"""Keep a sealed dossier of this version for ever: python packaging/make_fixture.py [VERSION].

Run once per released version, as the last thing before it is tagged: what this program seals today must be verified by
every later one. A folder that is there already is never written to again.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASED = ROOT / "tests" / "fixtures" / "released"


def main() -> int:
    """Make the fixture of a version; refuse where it is there already."""
    sys.path.insert(0, str(ROOT))
    from ntm_desktop import __version__

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("version", nargs="?", default=__version__)
    folder = RELEASED / parser.parse_args().version
    if folder.exists():
        print(f"{folder.relative_to(ROOT)} is there already and stays as it is.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as made:
        _make(Path(made) / "demo", folder)
    print(folder.relative_to(ROOT))
    return 0


def _make(work: Path, folder: Path) -> None:
    from ntm_desktop.operations.demo import demonstrate
    from ntm_desktop.packs.shipped import known_packs

    now = datetime.now(UTC).replace(microsecond=0)
    done = demonstrate(work, print, clock=lambda: now)
    folder.mkdir(parents=True)
    shutil.copyfile(done.dossier, folder / "sealed.asice")
    shutil.copyfile(done.anchor, folder / "anchor.pem")
    about = {"made_at": now.isoformat(), "identity": done.report.identity, "packs": known_packs()}
    (folder / "about.json").write_text(json.dumps(about, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
