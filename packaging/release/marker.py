"""What tells an installed program its version and the libraries that came with it: newer code is held against it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from devtools.places import LOCKS
from ntm_desktop import __version__

NAME: Final = "_installed.json"
"""Belongs beside the code of every program that is set up, frozen or not (`ntm_desktop.launcher`)."""


def write(folder: Path) -> Path:
    """Write the file into a folder and return it."""
    runtime = hashlib.sha256((LOCKS / "runtime.txt").read_bytes()).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / NAME
    target.write_text(json.dumps({"version": __version__, "runtime": runtime}), encoding="utf-8")
    return target
