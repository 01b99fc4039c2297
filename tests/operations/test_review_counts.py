from __future__ import annotations

import dataclasses
import json
import subprocess
import sys

import openpyxl
import pytest

from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations import review_counts as module
from ntm_desktop.operations.review_counts import (
    Count,
    NothingCounted,
    count,
    gaps,
    only,
    set_counted,
    write_counts,
    write_counts_parquet,
)
from ntm_desktop.packs.shipped import content_of, shipped_pack
from ntm_desktop.snapshot.return_slip import Demand, Remark
from ntm_desktop.workspace.review_notes import Kept, RemarkState
from tests.support.desks import NTM
from tests.support.reviewers import communes, container, frozen, review_desk, taken
from tests.support.sealing import desk_to_seal
from tests.workspace.test_review_folder import FIRST, take_in


@pytest.fixture
def desk(tmp_path):
    with review_desk(tmp_path, believing=False) as made:
        yield made


def planted(desk, met: dict[str, int], total: int) -> None:
    """Take in dossiers of so many communes; the first ones meet each code."""
    for number, commune in enumerate(communes(total)):
        one = dataclasses.replace(
            FIRST,
            identity=f"{number:064}",
            dossier=f"d{number}",
            commune=commune.code,
            commune_name=commune.name,
        )
        verdicts = [
            ("criterion", code, ("MET" if number < count_ else "NOT_MET")) for code, count_ in met.items()
        ]
        take_in(desk.folder, one, verdicts)


def test_counts_are_exactly_what_was_planted(desk):
    total = len(communes(1000))
    planted(desk, {"10": total, "2": total - 5, "8": total - 10}, total)
    table = count(desk, FIRST.set_id, FIRST.year)
    assert table.codes == ("2", "8", "10")
    assert [table.counts[code].words() for code in table.codes] == ["97/102", "92/102", "102/102"]
    assert len(table.rows) == total


def test_communes_that_sent_nothing_are_counted_and_stand_below(desk):
    planted(desk, {"1": 1}, 2)
    table = count(desk, FIRST.set_id, FIRST.year)
    assert table.counts["1"] == Count(1, 102)
    assert [row.case.latest is None for row in table.rows[:3]] == [False, False, True]
    assert table.rows[2].verdicts == {}
    assert {row.verdicts["1"] for row in table.rows[:2]} == {Verdict.MET, Verdict.NOT_MET}


def test_percentage_is_cut_off_as_reports_print_it():
    assert Count(105, 110).percent() == "95,45\u00a0%"
    assert Count(110, 110).percent() == "100\u00a0%"
    assert Count(0, 0).percent() == ""


def test_remark_marks_its_indicator_and_its_criterion_until_it_is_settled(desk):
    planted(desk, {"8": 1, "letters": 1}, 1)
    kept = Kept(Remark(0, "8.4.d", Demand.ASK, "?"), FIRST.identity, RemarkState.OPEN, "", "", "")
    number = desk.folder.notes.put("d0", dataclasses.replace(kept, identity="0" * 64))
    row = count(desk, FIRST.set_id, FIRST.year).rows[0]
    assert row.remarked == {"8", "8.4", "8.4.d"}
    settled = dataclasses.replace(kept.remark, number=number)
    desk.folder.notes.put(
        "d0", dataclasses.replace(kept, remark=settled, identity="0" * 64, state=RemarkState.SETTLED)
    )
    table = count(desk, FIRST.set_id, FIRST.year)
    assert table.rows[0].remarked == frozenset()
    assert table.codes == ("8", "letters")


def test_workbook_says_the_same_as_the_table(desk, tmp_path):
    planted(desk, {"8": 1}, 2)
    target = tmp_path / "tong-hop.xlsx"
    write_counts({FIRST.year: count(desk, FIRST.set_id, FIRST.year)}, target, "An Giang")
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert [row[3] for row in rows[2:5]] == ["Đạt", "Chưa đạt", None]
    assert [row[3] for row in rows[-3:]] == [1, "1/102", "0,98\u00a0%"]
    assert (rows[2][2], rows[4][2]) == ("lần 1", "chưa gửi")
    assert len(rows) == 2 + 102 + 3


def test_codes_are_narrowed_to_a_tag_or_a_group(desk):
    source = load(content_of(shipped_pack(NTM)))
    tagged = next(one for one in source.indicators() if one.tags)
    criterion = next(one for one in source.criteria if tagged in one.indicators)
    planted(desk, {"0": 1, criterion.code: 2, tagged.code: 3}, 3)
    table = count(desk, FIRST.set_id, FIRST.year)
    narrow = only(table, source, tag=tagged.tags[0])
    assert set(narrow.codes) == {criterion.code, tagged.code}
    assert narrow.counts == {code: table.counts[code] for code in narrow.codes}
    assert set(only(table, source, group=str(criterion.group)).codes) == set(narrow.codes)
    with pytest.raises(NothingCounted):
        only(table, source, tag="khong-co")
    with pytest.raises(NothingCounted):
        only(table, source, group="Nhóm không có")


def test_who_misses_least_stands_first_and_who_sent_nothing_is_left_out(desk):
    planted(desk, {"1": 3, "2": 1, "3": 2}, 4)
    found = gaps(count(desk, FIRST.set_id, FIRST.year))
    assert [one.missing for one in found] == [(), ("2",), ("2", "3"), ("1", "2", "3")]


def test_set_comes_with_the_program_or_out_of_a_dossier(desk, tmp_path, monkeypatch):
    assert set_counted(desk, NTM, 2023).id == NTM
    with pytest.raises(NothingCounted):
        set_counted(desk, "khong-co", 2023)
    with desk_to_seal(tmp_path) as made:
        (one,) = taken(desk, container(made, frozen(made), tmp_path / "1.asice", None))
    monkeypatch.setattr(module, "shipped_pack", lambda _set_id: None)
    assert set_counted(desk, NTM, one.incoming.year).id == NTM
    monkeypatch.setattr(module, "open_dossier", lambda _desk, _identity: Unreadable())
    with pytest.raises(NothingCounted):
        set_counted(desk, NTM, one.incoming.year)


class Unreadable:
    set = None


def test_another_program_counts_the_parquet_file_as_planted(desk, tmp_path):
    planted(desk, {"1": 97, "2": 2}, 100)
    target = tmp_path / "dem.parquet"
    write_counts_parquet({FIRST.year: count(desk, FIRST.set_id, FIRST.year)}, FIRST.set_id, target)
    asked = (
        "import duckdb, json, sys; file = duckdb.read_parquet(sys.argv[1]);"
        "print(json.dumps([[str(one) for one in file.types], file.aggregate("
        "'code, year, count(*), count(*) filter (met), count(verdict), min(commune), count(identity)', 'code, year')"
        ".order('code').fetchall()]))"
    )
    answer = subprocess.run([sys.executable, "-c", asked, str(target)], capture_output=True, check=True)
    types, rows = json.loads(answer.stdout)
    assert types == ["VARCHAR", "INTEGER", *["VARCHAR"] * 4, "BOOLEAN", "INTEGER", "VARCHAR"]
    first = min(one.code for one in communes(1000))
    assert rows == [["1", FIRST.year, 102, 97, 100, first, 100], ["2", FIRST.year, 102, 2, 100, first, 100]]
