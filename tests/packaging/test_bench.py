from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import floor_copy, floor_tail, floor_zip, measure, notes, steadiness
from bench.measure import NotMeasured, Pairs, Ran, alternate, mebibytes, run, spread
from bench.rows import MOST_MEMORY, Line, Setting, memory_line, memory_ratio_line, time_line

ROOT = Path(__file__).resolve().parents[2]


def ran(seconds: float, peak: int | None = None) -> Ran:
    return Ran(seconds, {} if peak is None else {notes.PEAK: (peak,)})


# ------------------------------------------------------------ taking measurements


def test_program_and_floor_take_turns_after_one_run_each_to_warm_up() -> None:
    order: list[str] = []

    def one(name: str) -> Ran:
        order.append(name)
        return ran(1.0)

    pairs = alternate(lambda: one("program"), lambda: one("floor"), 3)
    assert order == ["program", "floor", "floor", "program", "program", "floor", "floor", "program"]
    assert len(pairs.subject) == len(pairs.floor) == 3


def test_the_ratio_is_that_of_runs_side_by_side() -> None:
    pairs = Pairs((ran(2.0), ran(30.0)), (ran(1.0), ran(10.0)))
    assert pairs.time_ratios() == (2.0, 3.0)


def test_memory_is_compared_by_its_median_and_not_at_all_where_the_system_is_silent() -> None:
    assert Pairs((ran(1, 30), ran(1, 10), ran(1, 20)), (ran(1, 10),) * 3).memory_ratio() == 2.0
    assert Pairs((ran(1),), (ran(1, 10),)).memory_ratio() is None
    assert "not told" in mebibytes(None)


def test_a_floor_that_varies_says_that_the_machine_was_noisy() -> None:
    assert not Pairs((ran(1),) * 2, (ran(1.0), ran(1.2))).noisy
    assert Pairs((ran(1),) * 2, (ran(1.0), ran(1.3))).noisy


def test_equal_work_that_mostly_takes_longer_than_its_fastest_is_noisy() -> None:
    assert not steadiness.noisy([10, 11, 12, 90])
    assert steadiness.noisy([10, 14, 14, 14])
    assert steadiness.sample() > 0


def test_figures_are_least_median_most() -> None:
    assert spread([3.0, 1.0, 2.0], 1, " ms") == "1.0 - 2.0 - 3.0 ms"


# ------------------------------------------------------------ whole processes


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name a program that tells a number, holds 40 MB, and ends with the code it is given."""
    (tmp_path / "judged_program.py").write_text(
        "import sys, time\nfrom bench.notes import note\nheld = bytearray(40 << 20)\n"
        "note('when', time.perf_counter_ns())\nnote('twice', 1)\nnote('twice', 2)\n"
        "print('said aloud')\nsys.exit(int(sys.argv[1]))\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(measure, "SOURCES", (*measure.SOURCES, tmp_path))
    return "judged_program"


def test_a_process_tells_its_own_numbers_and_its_peak_of_memory(module: str, tmp_path: Path) -> None:
    told = run(module, "0", home=tmp_path)
    assert told.told["twice"] == (1, 2)
    assert told.peak is not None
    assert told.peak > 40 << 20


def test_time_ends_with_the_moment_that_was_told(module: str, tmp_path: Path) -> None:
    assert 0 < run(module, "0", home=tmp_path, until="when").seconds < 60
    with pytest.raises(NotMeasured, match="never told `painted`"):
        run(module, "0", home=tmp_path, until="painted")


def test_a_process_that_ends_otherwise_than_expected_is_not_measured_and_its_words_are_told(
    module: str, tmp_path: Path
) -> None:
    with pytest.raises(NotMeasured, match=r"ended with 3: said aloud"):
        run(module, "3", home=tmp_path)
    assert run(module, "3", home=tmp_path, expect=(0, 3)).told["twice"] == (1, 2)


# ------------------------------------------------------------ floors


def test_the_floor_of_sealing_copies_every_byte(tmp_path: Path) -> None:
    folder = tmp_path / "evidence" / "ab"
    folder.mkdir(parents=True)
    (folder / "1").write_bytes(b"one" * 500_000)
    (folder / "2").write_bytes(b"two")
    assert floor_copy.main(str(tmp_path / "evidence"), str(tmp_path / "copy")) == 0
    assert (tmp_path / "copy").read_bytes() == b"one" * 500_000 + b"two"


def test_the_floor_of_verifying_reads_a_zip_through(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"content")
    assert floor_zip.main(str(tmp_path / "a.zip")) == 0
    spoiled = (tmp_path / "a.zip").read_bytes().replace(b"content", b"Content")
    (tmp_path / "a.zip").write_bytes(spoiled)
    with pytest.raises(zipfile.BadZipFile):
        floor_zip.main(str(tmp_path / "a.zip"))


def test_the_floor_of_an_upgrade_writes_the_end_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.asice").write_bytes(b"truoc" * 9 + b"duoi")
    assert floor_tail.main(tmp_path / "a.asice", 45) == 4
    assert (tmp_path / "a.asice").read_bytes() == b"truoc" * 9 + b"duoi"
    assert len(list(tmp_path.iterdir())) == 1


# ------------------------------------------------------------ judging and printing


def test_a_limit_holds_or_does_not() -> None:
    pairs = Pairs((ran(1.5, 140 << 20),) * 3, (ran(1.0, 100 << 20),) * 3)
    assert time_line("x", pairs, 1.5).holds
    assert not time_line("x", pairs, 1.4).holds
    assert time_line("x", pairs, 1.5).measured.startswith("1.50 x")
    assert memory_ratio_line("m", pairs, 1.4).holds
    assert not memory_ratio_line("m", pairs, 1.3).holds
    assert time_line("beside", pairs).limit == memory_ratio_line("beside", pairs).limit == ""
    assert not memory_line(pairs).holds
    assert memory_line(Pairs((ran(1, MOST_MEMORY),), (ran(1),))).holds


def test_a_slow_row_is_told_and_is_no_failure_but_one_that_cannot_be_measured_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def slow(_setting: Setting) -> tuple[Line, ...]:
        """Row that is slow."""
        return Line("time", "9 x", "1.5 x", holds=False, noisy=True), Line("beside", "1 ms")

    def broken(_setting: Setting) -> tuple[Line, ...]:
        """Row that breaks."""
        raise NotMeasured("it ended with 1")

    monkeypatch.setattr(bench, "rows", lambda: {"slow": slow, "broken": broken})
    assert bench.main(["--only", "slow"]) == 0
    printed = capsys.readouterr().out
    assert "DOES NOT HOLD" in printed
    assert "The machine was noisy" in printed
    assert bench.main([]) == 1
    assert "NOT MEASURED: it ended with 1" in capsys.readouterr().out


def test_every_row_of_the_table_is_there() -> None:
    assert list(bench.rows()) == [
        "start",
        "typed",
        "pasted",
        "switched",
        "evaluate",
        "seal",
        "verify",
        "papers",
        "intake",
        "sign",
        "upgrade",
        "open",
        "form",
        "export",
        "export-workbook",
        "workbook",
        "bundle",
        "flips",
        "bundle-memory",
        "count",
        "count-window",
        "merge",
        "preview-memory",
    ]


def test_evaluation_is_measured_as_a_developer_would_run_it() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "bench"), "--quick", "--only", "evaluate"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "75 indicators" in done.stdout
