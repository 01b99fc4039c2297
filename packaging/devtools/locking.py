"""Write the locks: every library pinned with its hashes, for Linux and Windows, Python 3.11 to 3.14.

The only command that needs `uv`, and the only one that needs it from outside the locks; users never run it.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from devtools.places import LOCKS, call, stop

HEADER = """\
# Made by `packaging/dev.py lock` from pyproject.toml; do not edit by hand.
# One file for Linux and Windows and for Python 3.11 to 3.14. It names no index: yours is used.
"""


def run(rest: list[str]) -> int:
    """Resolve every lock anew; what is pinned stays unless `--upgrade` is among the arguments."""
    uv = shutil.which("uv")
    if not uv:
        stop(
            "`uv` is not installed; it is needed for this command only.",
            "Type: pipx install uv (or pip install uv)",
        )
    LOCKS.mkdir(exist_ok=True)
    runtime = LOCKS / "runtime.txt"
    code = _resolve(uv, ["pyproject.toml"], runtime, rest)
    for group in ("dev", "build", "fuzz"):
        code = code or _resolve(uv, ["--group", group, "-c", str(runtime)], LOCKS / f"{group}.txt", rest)
    return code


def _resolve(uv: str, source: list[str], target: Path, rest: list[str]) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / target.name
        if target.exists():
            shutil.copyfile(target, fresh)  # uv keeps the versions it finds here
        options = [
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-header",
            "--no-annotate",
        ]
        code = call([uv, "pip", "compile", *source, *rest, "--output-file", str(fresh), *options, "--quiet"])
        if code == 0:
            target.write_text(HEADER + fresh.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    return code
