from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtools import ratchet
from devtools.ratchet import Record

A, B = "ntm_desktop/facts/a.py", "ntm_desktop/facts/b.py"
PERCENTAGES = st.dictionaries(st.sampled_from([A, B]), st.integers(0, 100))
COUNTS = st.fixed_dictionaries({name: st.integers(0, 9) for name in ratchet.COUNTED})


def test_core_file_that_is_not_listed_must_be_fully_tested() -> None:
    assert not list(ratchet.compare_coverage({}, {A: 100}))
    assert "99 %" in next(ratchet.compare_coverage({}, {A: 99}))


@pytest.mark.parametrize(("reached", "said"), [(79, "80 % are wanted"), (81, "--ratchet-update")])
def test_listed_file_must_have_exactly_its_figure(reached: int, said: str) -> None:
    assert not list(ratchet.compare_coverage({A: 80}, {A: 80}))
    assert said in next(ratchet.compare_coverage({A: 80}, {A: reached}))


def test_listed_file_that_is_gone_is_named() -> None:
    assert "no such file" in next(ratchet.compare_coverage({A: 80}, {}))


@pytest.mark.parametrize("counted", [1, 3])
def test_count_that_differs_is_named_in_both_directions(counted: int) -> None:
    assert list(ratchet.compare_counts({"noqa": 2}, {"noqa": counted}))
    assert not list(ratchet.compare_counts({"noqa": 2}, {"noqa": 2}))


@given(PERCENTAGES, COUNTS, PERCENTAGES, COUNTS)
def test_update_never_allows_a_loss(
    recorded: dict[str, int], allowed: dict[str, int], measured: dict[str, int], counted: dict[str, int]
) -> None:
    updated = ratchet.improved(Record(allowed, recorded), counted, measured)
    assert all(updated.counts[name] <= allowed[name] for name in allowed)
    assert all(updated.coverage.get(path, 100) >= recorded.get(path, 0) for path in measured)


@given(PERCENTAGES, COUNTS)
def test_update_of_a_new_tree_agrees_with_it(measured: dict[str, int], counted: dict[str, int]) -> None:
    updated = ratchet.improved(Record(), counted, measured)
    assert not list(ratchet.compare_coverage(updated.coverage, measured))
    assert not list(ratchet.compare_counts(updated.counts, counted))


def test_record_survives_writing(tmp_path: Path) -> None:
    record = Record({"noqa": 2, "type: ignore": 0}, {A: 97})
    ratchet.write(tmp_path / "ratchet.toml", record)
    assert ratchet.read(tmp_path / "ratchet.toml") == record


def test_missing_record_is_empty(tmp_path: Path) -> None:
    assert ratchet.read(tmp_path / "none.toml") == Record()


def test_only_comments_are_counted(tmp_path: Path) -> None:
    source = tmp_path / "a.py"
    source.write_text('x = "# noqa"  # type: ignore[misc]\n', encoding="utf-8")
    assert ratchet.count([source]) == {"noqa": 0, "pragma: no cover": 0, "to do": 0, "type: ignore": 1}


def test_core_coverage_reads_the_report_of_any_system() -> None:
    summary = {"summary": {"percent_covered": 99.99}}
    report = {
        "files": {
            "ntm_desktop\\facts\\a.py": summary,
            "ntm_desktop/ui/b.py": summary,
            "ntm_desktop/errors.py": summary,
        }
    }
    assert ratchet.core_coverage(report) == {"ntm_desktop/facts/a.py": 99, "ntm_desktop/errors.py": 99}
