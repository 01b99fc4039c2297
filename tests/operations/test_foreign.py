"""An export of the one-stop software becomes figures, a preview first, with a copy that names nobody."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import Cancelled, FileUnreadable
from ntm_desktop.exchange.mapping import NotAMapping, mapping_to_json
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.old_letters import Letters, encoded
from ntm_desktop.facts.period import Period
from ntm_desktop.operations import foreign
from ntm_desktop.operations.attach import attached
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.fill import take_agreed
from ntm_desktop.operations.foreign import (
    CellOf,
    Counted,
    How,
    Mapping,
    MappingDoesNotFit,
    NoSuchMapping,
    RowTest,
)
from ntm_desktop.operations.form import write_form
from ntm_desktop.operations.history import undo
from ntm_desktop.operations.intake import ground
from ntm_desktop.sheets.read import read
from tests.support.books import save

DONE, THIS_YEAR = RowTest("Trạng thái", How.IS, ("Đã trả kết quả",)), RowTest("Ngày trả", How.WITHIN)
ONE_STOP = Mapping(
    name="một cửa",
    counted=(
        Counted("ho_so_giai_quyet", (DONE, THIS_YEAR), once_per="Mã hồ sơ"),
        Counted(
            "ho_so_truc_tuyen",
            (DONE, THIS_YEAR, RowTest("Hình thức", How.IS, ("Trực tuyến",))),
            once_per="Mã hồ sơ",
        ),
    ),
    source="Phần mềm một cửa",
    requirement="8.4.d",
    rule="bao_cao_mot_cua",
)


def export(path: Path, solved: int = 100, online: int = 31) -> Path:
    """Write an export with names and telephone numbers in it."""
    lines = ["Mã hồ sơ;Họ tên;Điện thoại;Hình thức;Trạng thái;Ngày trả"]
    for number in range(solved):
        way = "Trực tuyến" if number < online else "Trực tiếp"
        lines.append(f"H{number};Nguyễn Văn {number};09{number:08};{way};Đã trả kết quả;05/03/2024")
    lines += ["H0;Nguyễn Văn 0;0900000000;Trực tuyến;Đã trả kết quả;05/03/2024"]
    lines += [
        "H900;=cmd();0900000000;Trực tuyến;Đang xử lý;",
        "H901;Lê B;090;Trực tuyến;Đã trả kết quả;hôm qua",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _key(element: str) -> FactKey:
    return FactKey(element, "", Period("2024"))


def test_counts_become_figures_and_a_verdict_with_one_undo(desk: Desk, tmp_path: Path) -> None:
    tallied = foreign.tally(ground(desk), export(tmp_path / "một cửa.csv"), ONE_STOP, 2024)
    assert {row.proposal.key.element: row.proposal.text for row in tallied.preview.rows} == {
        "ho_so_giai_quyet": "100",
        "ho_so_truc_tuyen": "31",
    }
    assert [one.code for one in tallied.preview.remarks] == ["rows_repeated", "days_unread"]
    assert dict(tallied.preview.remarks[0].facts) == {"count": "1"}
    assert take_agreed(desk, tallied.preview).taken == 2
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.MET
    fact = desk.book.fact(_key("ho_so_giai_quyet"))
    assert fact is not None
    assert fact.claims[0].provenance.source == "Phần mềm một cửa"
    again = foreign.tally(ground(desk), export(tmp_path / "sau.csv", solved=120), ONE_STOP, 2024)
    assert [(row.old, row.proposal.text) for row in again.preview.rows] == [("100", "120")]
    undo(desk)
    assert desk.book.fact(_key("ho_so_giai_quyet")) is None


def test_copy_for_evidence_holds_only_the_needed_columns(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bản sao").mkdir()
    copy = foreign.needed_copy(export(tmp_path / "một cửa.csv"), ONE_STOP, tmp_path / "bản sao")
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["#", "Trạng thái", "Ngày trả", "Hình thức", "Mã hồ sơ"]
    assert sheet.max_row == 104
    content = " ".join(str(cell.value) for row in sheet for cell in row)
    assert "Nguyễn" not in content
    assert "090" not in content
    foreign.show_as_evidence(desk, copy, ONE_STOP)
    assert [(one.evidence.name, one.requirement, one.rule) for one in attached(desk)] == [
        ("một cửa.xlsx", "8.4.d", "bao_cao_mot_cua")
    ]
    with pytest.raises(Cancelled):
        foreign.needed_copy(tmp_path / "một cửa.csv", ONE_STOP, tmp_path / "bản sao", stopped=lambda: True)


def test_look_tells_headings_values_and_letters(tmp_path: Path) -> None:
    told: list[int] = []
    looked = foreign.look(export(tmp_path / "a.csv"), progress=told.append)
    assert (looked.heading_row, looked.rows, told[-1]) == (1, 103, 103)
    by_name = {one.heading: one for one in looked.columns}
    assert by_name["Hình thức"].values == {"Trực tuyến": 34, "Trực tiếp": 69}
    assert (by_name["Ngày trả"].is_days, by_name["Mã hồ sơ"].many) == (True, True)
    assert looked.letters.letters is Letters.UNICODE


def test_old_letters_are_recognised_and_counted(desk: Desk, tmp_path: Path) -> None:
    text = export(tmp_path / "a.csv").read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_bytes(encoded(text, Letters.TCVN3).encode("cp1252", "replace"))
    looked = foreign.look(tmp_path / "a.csv")
    assert looked.letters.letters is Letters.TCVN3
    assert looked.letters.after
    import dataclasses

    old = dataclasses.replace(ONE_STOP, letters=Letters.TCVN3)
    assert foreign.tally(ground(desk), tmp_path / "a.csv", old, 2024).tally.counts["ho_so_giai_quyet"] == 100


def test_other_table_is_refused_with_the_columns_it_lacks(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Mã hồ sơ,Hình thức\n1,x\n", encoding="utf-8")
    with pytest.raises(MappingDoesNotFit, match="Trạng thái, Ngày trả"):
        foreign.tally(ground(desk), tmp_path / "a.csv", ONE_STOP, 2024)
    with pytest.raises(Cancelled):
        foreign.tally(ground(desk), tmp_path / "a.csv", Mapping("x"), 2024, stopped=lambda: True)


def test_cells_of_last_years_workbook_are_found_by_their_labels(desk: Desk, tmp_path: Path) -> None:
    book = save(
        tmp_path / "báo cáo.xlsx",
        {
            "B3": "Tổng số hồ sơ",
            "D3": 2382,
            "B4": "Trực tuyến",
            "D4": 612,
            "B5": "Cán bộ",
            "D5": "=1+1",
            "D6": 9,
        },
        sheet="Biểu",
    )
    mapping = Mapping(
        "báo cáo",
        sheet="Biểu",
        cells=(
            CellOf("ho_so_giai_quyet", "D2", "tổng số hồ sơ"),
            CellOf("ho_so_truc_tuyen", "D4"),
            CellOf("so_cbcc", "D5", "Cán bộ"),
            CellOf("cbcc_co_may_tinh", "D6", "Đã mất"),
            CellOf("khong_co", "D6"),
        ),
    )
    seen = foreign.tally(ground(desk), book, mapping, 2024).preview
    assert [(row.proposal.text, row.proposal.place.address) for row in seen.rows] == [
        ("2382", "D3"),
        ("612", "D4"),
    ]
    assert [(one.address, one.code) for one in seen.problems] == [
        ("D5", "formula_without_result"),
        ("D6", "label_gone"),
        ("D6", "element_unknown"),
    ]
    sheet = read(book).sheets[0]
    assert foreign.label_of(sheet, 3, 4) == "Tổng số hồ sơ"
    (tmp_path / "leer.xlsx").write_bytes(save(tmp_path / "l.xlsx", {}).read_bytes())
    assert foreign.tally(ground(desk), tmp_path / "leer.xlsx", mapping, 2024).preview.rows == ()


def test_mappings_are_kept_by_name_and_forgotten(desk: Desk, tmp_path: Path) -> None:
    assert foreign.mappings(desk) == {}
    foreign.keep_mapping(desk, ONE_STOP)
    desk.workspace.mappings.keep("hỏng", "{")
    assert foreign.mappings(desk) == {"một cửa": ONE_STOP}
    assert foreign.mapping_named(desk, "một cửa") == ONE_STOP
    foreign.forget_mapping(desk, "một cửa")
    with pytest.raises(NoSuchMapping):
        foreign.mapping_named(desk, "một cửa")
    with pytest.raises(NoSuchMapping):
        foreign.forget_mapping(desk, "một cửa")


def test_mapping_file_is_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(mapping_to_json(ONE_STOP), encoding="utf-8")
    assert foreign.read_mapping(tmp_path / "m.json") == ONE_STOP
    (tmp_path / "m.json").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(NotAMapping):
        foreign.read_mapping(tmp_path / "m.json")
    with pytest.raises(FileUnreadable):
        foreign.read_mapping(tmp_path / "gone.json")


def test_hidden_first_sheet_gives_way_to_one_that_is_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Thấy").append(["Mã", "Tên"])
    book.save(tmp_path / "a.xlsx")
    assert foreign.look(tmp_path / "a.xlsx").sheet == "Thấy"
    assert foreign.look(tmp_path / "a.xlsx", sheet="khác", row=1).sheet == "Thấy"
    assert [one.code for one in foreign.look(tmp_path / "a.xlsx").remarks] == ["sheet_hidden"]


def test_file_is_received_as_what_it_is(desk: Desk, tmp_path: Path) -> None:
    write_form(desk, tmp_path / "phiếu.xlsx")
    (tmp_path / "a.json").write_text('{"facts": []}', encoding="utf-8")
    (tmp_path / "số liệu.csv").write_text(
        "Mã số liệu,Kỳ,Giá trị\nho_so_giai_quyet,2024,5\n", encoding="utf-8"
    )
    export(tmp_path / "một cửa.csv")
    found = [
        foreign.receive(ground(desk), tmp_path / name)
        for name in ("phiếu.xlsx", "a.json", "số liệu.csv", "một cửa.csv")
    ]
    assert [type(one).__name__ for one in found] == ["Preview", "Preview", "Preview", "Looked"]
