"""Figures from files, into a real workspace."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path

import openpyxl
import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.exchange.facts_file import NotAFactsFile
from ntm_desktop.exchange.facts_table import NoFactsInWorkbook
from ntm_desktop.facts.catalogue import SubjectKind, ValueType
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.fill import Filled, fill
from ntm_desktop.operations.form import write_form
from ntm_desktop.operations.history import undo
from ntm_desktop.sheets.refusals import NotAWorkbook
from tests.support.books import save
from tests.support.desks import NANG_CAO, NTM, fresh_desk

ONLINE, SOLVED = "ho_so_truc_tuyen", "ho_so_giai_quyet"


def _entry(element: str, value: str, **more: object) -> dict[str, object]:
    return {"element": element, "subject": None, "period": "2023", "value": value} | more


def _key(element: str, subject: str = "", year: str = "2023") -> FactKey:
    return FactKey(element, subject, Period(year))


def _fill(desk: Desk, folder: Path, *entries: object) -> Filled:
    (folder / "so-lieu.json").write_text(json.dumps({"facts": entries}, ensure_ascii=False), encoding="utf-8")
    return fill(desk, folder / "so-lieu.json")


def test_everything_readable_is_one_step_of_undo_and_the_rest_is_listed(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        filled = _fill(
            desk,
            tmp_path,
            _entry(ONLINE, "612"),
            _entry(SOLVED, "2.382"),
            _entry("khong_co", "1"),
            _entry("so_cbcc", "hai mươi"),
            _entry("thon_cum_loa", "3", subject=unicodedata.normalize("NFD", "Vĩnh Thạnh")),
        )
        assert (filled.taken, filled.unchanged) == (3, 0)
        assert [one.code for one in filled.problems] == ["element_unknown", "not_a_number"]
        result = desk.evaluation.requirements["8.4.d"]
        assert result.verdict is Verdict.NOT_MET
        assert result.distance is not None
        assert result.distance.by == 103
        assert "8.4.d" in {flip.code for flip in filled.change.flips}
        undo(desk)
        assert desk.book.fact(_key(ONLINE)) is None or desk.book.fact(_key(ONLINE)).value is None


def test_same_file_again_changes_nothing(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        entries = [_entry(ONLINE, "612", source="Một cửa", estimated=True), _entry(SOLVED, "2.382")]
        _fill(desk, tmp_path, *entries)
        again = _fill(desk, tmp_path, *entries)
        assert (again.taken, again.unchanged, again.problems) == (0, 2, ())


def test_another_source_is_a_claim_of_its_own_and_a_conflict(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        _fill(desk, tmp_path, _entry(SOLVED, "2.382", source="Một cửa"))
        _fill(desk, tmp_path, _entry(SOLVED, "2.400", source="Văn phòng tỉnh"))
        fact = desk.book.fact(_key(SOLVED))
        assert fact is not None
        assert fact.in_conflict
        assert [claim.text for claim in fact.claims] == ["2.382", "2.400"]


def test_source_named_later_belongs_to_the_figure_that_had_none(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        answer(desk, _key(SOLVED), "2.382")
        _fill(desk, tmp_path, _entry(SOLVED, "2.400", source="Một cửa"))
        fact = desk.book.fact(_key(SOLVED))
        assert fact is not None
        assert [(claim.text, claim.provenance.source) for claim in fact.claims] == [("2.400", "Một cửa")]


def test_without_a_source_the_figure_in_use_is_corrected(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        _fill(desk, tmp_path, _entry(SOLVED, "2.382", source="Một cửa"))
        _fill(desk, tmp_path, _entry(SOLVED, "2.400"))
        fact = desk.book.fact(_key(SOLVED))
        assert fact is not None
        assert [(claim.text, claim.provenance.source) for claim in fact.claims] == [("2.400", "Một cửa")]


def test_figures_any_dossier_reads_are_taken_whichever_is_chosen(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NANG_CAO, NTM) as desk:
        assert _fill(desk, tmp_path, _entry("cbcc_tap_huan_so", "20"), _entry(ONLINE, "5")).taken == 2


def test_form_goes_out_and_comes_back_with_planted_mistakes(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        _fill(desk, tmp_path, _entry(SOLVED, "2.382", source="Một cửa"), _entry(ONLINE, "100"))
        write_form(desk, tmp_path / "phieu.xlsx")
        assert fill(desk, tmp_path / "phieu.xlsx").problems == ()
        book = openpyxl.load_workbook(tmp_path / "phieu.xlsx")
        sheet = book.worksheets[0]
        rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
        sheet.cell(rows[f"{ONLINE}||2023|actual"], 5).value = 612
        sheet.cell(rows["so_cbcc||2023|actual"], 5).value = "=10+10"
        sheet.cell(rows["dan_so||2023|actual"], 5).value = "đông"
        book.save(tmp_path / "phieu.xlsx")
        filled = fill(desk, tmp_path / "phieu.xlsx")
        assert filled.taken == 1
        assert {one.address: one.code for one in filled.problems} == {
            f"E{rows['so_cbcc||2023|actual']}": "formula_without_result",
            f"E{rows['dan_so||2023|actual']}": "not_a_number",
        }
        result = desk.evaluation.requirements["8.4.d"]
        assert result.parts == (612, 2382)


def test_ten_thousand_rows_are_entered_in_seconds(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        counted = [
            name
            for name, element in sorted(elements(desk).items())
            if element.type is ValueType.INTEGER and element.subject is SubjectKind.COMMUNE
        ]
        entries = [
            _entry(name, str(year), period=str(year), kind=kind)
            for name in counted
            for year in range(1900, 2100)
            for kind in ("actual", "plan")
        ][:8999]
        entries += [_entry("nobody_knows", "1")] * 1001
        started = time.process_time()
        filled = _fill(desk, tmp_path, *entries)
        assert time.process_time() - started < 10
        assert (filled.taken, len(filled.problems)) == (8999, 1001)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.json", b"{", NotAFactsFile),
        ("a.xlsx", b"PK\x03\x04", NotAWorkbook),
        ("a.csv", b"ho ten,tuoi\nAn,5\n", NoFactsInWorkbook),
    ],
)
def test_file_of_another_kind_changes_nothing(
    tmp_path: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        (tmp_path / name).write_bytes(content)
        head = desk.workspace.head
        with pytest.raises(error):
            fill(desk, tmp_path / name)
        assert desk.workspace.head == head


def test_missing_file_is_unavailable(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        for name in ("gone.json", "gone.xlsx"):
            with pytest.raises(FileUnreadable):
                fill(desk, tmp_path / name)


def test_table_of_figures_from_excel_is_taken(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        cells = {"A1": "Mã số liệu", "B1": "Kỳ", "C1": "Giá trị", "A2": SOLVED, "B2": 2023, "C2": 2382}
        cells |= {"A3": "duong_xa_km", "B3": 2023, "C3": 18.4, "A4": ONLINE, "B4": 2023, "C4": "=C2/2"}
        filled = fill(desk, save(tmp_path / "a.xlsx", cells))
        assert (filled.taken, [one.address for one in filled.problems]) == (2, ["C4"])
        fact = desk.book.fact(_key("duong_xa_km"))
        assert fact is not None
        assert fact.in_use is not None
        assert fact.in_use.text == "18,4"
