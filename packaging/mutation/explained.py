"""The survivors that may live: `explained.toml` beside this file says why."""

from __future__ import annotations

import tomllib
from pathlib import Path

FILE = Path(__file__).with_name("explained.toml")


def read(path: Path = FILE) -> set[tuple[str, str]]:
    """Return the keys of the mutants that are explained: file, and `line | change`."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        (f"ntm_desktop/{file}", mutant)
        for file, reasons in tables.items()
        for mutants in reasons.values()
        for mutant in mutants
    }
