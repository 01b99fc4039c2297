"""The ratchet: what is already good may not get worse, and what got better is recorded.

`tests/house/ratchet.toml` holds two tables:

* `[counts]`: how often the source asks a tool to look away (`type: ignore`, `noqa`, ...). They may only fall.
* `[coverage]`: the core files whose branch coverage is below 100 %, with the whole percentage reached. A core
  file that is not listed must have 100 %. A listed file must have exactly its figure: less is a loss, more
  must be recorded.

`check --ratchet-update` records what got better, and lists core files that are new; it never allows a loss.
"""

from __future__ import annotations

import io
import json
import math
import re
import tokenize
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from devtools.places import ROOT, in_ci
from devtools.testing import REPORT

FILE = ROOT / "tests" / "house" / "ratchet.toml"
CORE = (
    "facts",
    "criteria",
    "trust",
    "packs",
    "dossier",
    "snapshot",
    "exchange",
    "workspace",
    "operations",
    "errors",
)
COUNTED = {
    "noqa": re.compile(r"#\s*noqa\b"),
    "pragma: no cover": re.compile(r"#\s*pragma:\s*no\s*(cover|branch)\b"),
    "to do": re.compile(r"#.*\b(TODO|FIXME|XXX)\b"),
    "type: ignore": re.compile(r"#\s*type:\s*ignore\b"),
}
_FULL = 100
_HEADING = """\
# What may only get better. `python3 packaging/dev.py check --ratchet-update` records improvements;
# packaging/devtools/ratchet.py explains the rules.
"""


@dataclass(frozen=True)
class Record:
    """What was reached: how often tools look away, and whole per cents of core files below 100."""

    counts: dict[str, int] = field(default_factory=dict)
    coverage: dict[str, int] = field(default_factory=dict)


def run(*, update: bool) -> tuple[int, str]:
    """Compare the source and the last full test run with the record; return an exit code and what to say."""
    recorded = read(FILE)
    counts, coverage = count(sources()), _measured()
    if update:
        recorded = improved(recorded, counts, coverage)
        write(FILE, recorded)
    problems = [*compare_counts(recorded.counts, counts)]
    if coverage is None:
        notes = [
            "Coverage not compared: missing or older than the source. Run `packaging/dev.py test` first."
        ]
        return (1 if problems or in_ci() else 0), "\n".join(problems + notes)
    problems += compare_coverage(recorded.coverage, coverage)
    return (1 if problems else 0), "\n".join(problems)


def sources() -> list[Path]:
    """Return the Python files of the program and of its tools."""
    return sorted(path for folder in ("ntm_desktop", "packaging") for path in (ROOT / folder).rglob("*.py"))


def count(files: Iterable[Path]) -> dict[str, int]:
    """Count the comments that ask a tool to look away."""
    comments = [comment for path in files for comment in _comments(path.read_text(encoding="utf-8"))]
    return {name: sum(bool(pattern.search(text)) for text in comments) for name, pattern in COUNTED.items()}


def compare_counts(recorded: dict[str, int], counted: dict[str, int]) -> Iterator[str]:
    """Say where a count differs from the record, in either direction."""
    for name, number in counted.items():
        allowed = recorded.get(name, 0)
        if number > allowed:
            yield f"`{name}` stands {number} times in the source; {allowed} recorded, it may only fall."
        elif number < allowed:
            yield f"`{name}` fell from {allowed} to {number}: record it with check --ratchet-update."


def compare_coverage(recorded: dict[str, int], measured: dict[str, int]) -> Iterator[str]:
    """Say where the branch coverage of a core file differs from the record, in either direction."""
    for path, reached in sorted(measured.items()):
        wanted = recorded.get(path, _FULL)
        if reached < wanted:
            yield f"{path}: {reached} % of lines and branches are tested, {wanted} % are wanted."
        elif reached > wanted:
            yield f"{path}: {reached} % reached, {wanted} % recorded: record it with check --ratchet-update."
    for path in sorted(recorded.keys() - measured.keys()):
        yield f"{path}: recorded, but there is no such file: record it with check --ratchet-update."


def improved(recorded: Record, counts: dict[str, int], coverage: dict[str, int] | None) -> Record:
    """Return the record with every improvement and every new file, and without any loss."""
    kept = {name: min(number, recorded.counts.get(name, number)) for name, number in counts.items()}
    if coverage is None:
        return Record(kept, recorded.coverage)
    best = {path: max(reached, recorded.coverage.get(path, reached)) for path, reached in coverage.items()}
    return Record(kept, {path: reached for path, reached in sorted(best.items()) if reached < _FULL})


def read(path: Path) -> Record:
    """Read the record; a missing file is an empty one."""
    if not path.exists():
        return Record()
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return Record(dict(tables.get("counts", {})), dict(tables.get("coverage", {})))


def write(path: Path, record: Record) -> None:
    """Write the record so that a change of one figure is a change of one line."""
    tables = (("counts", record.counts), ("coverage", record.coverage))
    text = "".join(
        f"\n[{name}]\n" + "".join(f'"{key}" = {value}\n' for key, value in rows.items())
        for name, rows in tables
    )
    path.write_text(_HEADING + text, encoding="utf-8", newline="\n")


def core_coverage(report: dict[str, object]) -> dict[str, int]:
    """Return the whole percentage of lines and branches for each core file of a coverage report."""
    files = report.get("files")
    entries = files.items() if isinstance(files, dict) else ()
    named = ((str(path).replace("\\", "/"), entry["summary"]["percent_covered"]) for path, entry in entries)
    return {path: math.floor(percent) for path, percent in named if _is_core(path)}


def _is_core(path: str) -> bool:
    return path.removeprefix("ntm_desktop/").split("/")[0].removesuffix(".py") in CORE


def _measured() -> dict[str, int] | None:
    """Return the coverage of the last full test run; nothing when the source changed since."""
    core = [path for path in sources() if _is_core(path.relative_to(ROOT).as_posix())]
    if not REPORT.exists() or any(path.stat().st_mtime > REPORT.stat().st_mtime for path in core):
        return None
    return core_coverage(json.loads(REPORT.read_text(encoding="utf-8")))


def _comments(source: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]
