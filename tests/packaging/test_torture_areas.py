"""A short cut of the fault runs over all kinds of work, and proof that their judges notice harm."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from torture import areas
from torture.areas import Area, every
from torture.forked import Rounds

ROOT = Path(__file__).resolve().parents[2]


def named(name: str) -> Area:
    return next(area for area in every() if area.name == name)


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None,
    reason="calls are failed on Linux, with a compiler of C",
)
def test_killed_or_failing_at_any_call_that_changes_a_file_nothing_is_harmed() -> None:
    """A short cut of `packaging/dev.py torture`."""
    none = ("--kills", "0", "--creations", "0", "--seals", "0", "--copies", "0", "--faults-every", "0")
    few = ("--areas", "2", "--calls-every", "60", "--only", "entry", "migration")
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "torture"), *none, *few],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "calls that change a file" in done.stdout
    assert "nothing was lost" in done.stdout
    assert " 0 failures" in done.stdout


def test_a_figure_that_was_acknowledged_and_is_gone_is_noticed(tmp_path: Path) -> None:
    made = named("entry")
    made.make(tmp_path)
    assert list(made.judge(tmp_path, frozenset())) == []
    assert list(made.judge(tmp_path, frozenset({areas.ENTERED[1], "evidence"}))) == [
        f"{areas.ENTERED[1]} was entered and is gone",
        "the file that was shown is gone",
    ]


def test_half_of_an_import_and_an_old_schema_are_noticed(tmp_path: Path) -> None:
    figures = named("import of figures")
    figures.make(tmp_path / "figures")
    assert list(figures.judge(tmp_path / "figures", frozenset({"taken 5"}))) == [
        "0 of 5 figures of the table are there"
    ]
    migration = named("migration")
    migration.make(tmp_path / "migration")
    assert "opened and still of the old schema" in list(
        migration.judge(tmp_path / "migration", frozenset({"opened"}))
    )


def test_work_that_breaks_with_what_is_none_of_the_programs_errors_is_told_with_its_trace(
    tmp_path: Path,
) -> None:
    def broken(_folder: Path, say: areas.Say) -> None:
        say("begun")
        raise ZeroDivisionError

    def judge(_folder: Path, said: frozenset[str]) -> list[str]:
        return [f"after {one}" for one in said]

    area = Area("broken", lambda _folder: None, broken, lambda folder, said: iter(judge(folder, said)))
    rounds = Rounds(area, tmp_path, None)
    rounds.whole()
    assert "ZeroDivisionError" in rounds.tally.harm[0]
    assert rounds.tally.harm[1:] == ["broken, undisturbed: after begun", "broken: undisturbed work failed"]
