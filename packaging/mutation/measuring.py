"""Which tests of a package run which of its lines, and how long each takes: one run under coverage, kept."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from devtools.places import BUILD, ROOT, say, stop
from mutation.processes import each
from mutation.session import ARGUMENTS, Calm

if TYPE_CHECKING:
    from coverage import Coverage

    from mutation.mutants import Mutant

SLOW = 1.5
"""Seconds of processor time. A longer test is left out: nearly all of its time is another program's."""
MOST = 6
"""Seconds of processor time for all tests of one mutant; the slowest stay out."""
_PATIENCE = 1800


@dataclass(frozen=True, slots=True)
class Measured:
    """What the tests of one package do."""

    seconds: dict[str, float]
    """Every test that passed and is not slow -> the processor time it took."""
    tests: dict[str, dict[int, frozenset[str]]]
    """Source -> line -> the tests that ran it; an empty name stands for the import."""

    def imported(self, mutant: Mutant) -> bool:
        """Say whether the changed statement also runs before any test does."""
        return mutant.scope is None or "" in self._running(mutant)

    def chosen(self, mutant: Mutant) -> list[str]:
        """Return the tests that run the changed statement: the mirrored ones first, then the fast, as many as fit.

        Where it runs before any test does, everything in the folder of the mirrored file may notice it.
        """
        found, own = self._running(mutant), mirrored(mutant.path)
        if self.imported(mutant):
            folder = own.rpartition("/")[0]
            found |= {name for name in self.seconds if name.partition("::")[0].rpartition("/")[0] == folder}
        ordered = sorted(
            (name for name in found if name in self.seconds),
            key=lambda name: (not name.startswith(own), self.seconds[name], name),
        )
        used = accumulate(self.seconds[name] for name in ordered)
        return [name for name, seconds in zip(ordered, used, strict=True) if seconds <= MOST]

    def _running(self, mutant: Mutant) -> frozenset[str]:
        lines = self.tests.get(mutant.path, {})
        first, last = mutant.span
        return frozenset[str]().union(*(lines.get(line, ()) for line in range(first, last + 1)))

    def all_chosen(self, mutants: Iterable[Mutant]) -> list[str]:
        """Return every test that is chosen for any of these, in the order of its time."""
        names = {name for mutant in mutants for name in self.chosen(mutant)}
        return sorted(names, key=lambda name: (self.seconds[name], name))


def mirrored(path: str) -> str:
    """Return the file that tests a source: `ntm_desktop/a/b.py` -> `tests/a/test_b.py`."""
    inside = Path(path).relative_to("ntm_desktop")
    return (Path("tests") / inside.parent / f"test_{inside.name}").as_posix()


def measure(package: str) -> Measured:
    """Run all tests of a package once; what was found is kept until a source or a test changes.

    A test that fails, as those of speed do on a busy machine, is named and left out.
    """
    kept = BUILD / "mutation" / f"{package}-{_fingerprint(package)}.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        ((_, outcome),) = each([package], 1, lambda name: _run(name, kept), lambda _: _PATIENCE)
        if outcome != 0 or not kept.exists():
            stop(f"No test of {package} passes unchanged.", f"Run: packaging/dev.py test tests/{package}")
    found = json.loads(kept.read_text(encoding="utf-8"))
    for name in found["failed"]:
        say(f"left out, it fails with nothing changed: {name}")
    lines = {
        path: {int(line): frozenset(names) for line, names in of_file.items()}
        for path, of_file in found["tests"].items()
    }
    return Measured({name: taken for name, taken in found["seconds"].items() if taken <= SLOW}, lines)


def _fingerprint(package: str) -> str:
    folders = (ROOT / "ntm_desktop", ROOT / "tests" / package, ROOT / "tests" / "support")
    digest = hashlib.sha256()
    for source in sorted(path for folder in folders for path in folder.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _run(package: str, kept: Path) -> int:
    from coverage import Coverage

    watch = Coverage(data_file=None, config_file=False, source=[str(ROOT / "ntm_desktop" / package)])
    timed = _Timed(watch)
    watch.start()
    code = pytest.main([*ARGUMENTS, f"tests/{package}"], plugins=[timed, Calm()])
    watch.stop()
    passed = {name: taken for name, taken in timed.seconds.items() if name not in timed.failed}
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED} or not passed:
        return 1
    found = {"seconds": passed, "failed": sorted(timed.failed), "tests": dict(_lines(watch))}
    kept.write_text(json.dumps(found), encoding="utf-8")
    return 0


def _lines(watch: Coverage) -> Iterator[tuple[str, dict[int, list[str]]]]:
    data = watch.get_data()
    for path in data.measured_files():
        yield Path(path).relative_to(ROOT).as_posix(), data.contexts_by_lineno(path)


class _Timed:
    """Tells coverage whose lines these are, and takes the processor time of a test and of what it starts."""

    def __init__(self, watch: Coverage) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self._watch = watch

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        before = sum(os.times()[:4])
        self._watch.switch_context(item.nodeid)
        yield
        self._watch.switch_context("")
        self.seconds[item.nodeid] = sum(os.times()[:4]) - before

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)
