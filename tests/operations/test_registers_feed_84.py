"""Both indicators 8.4 from the lists an office keeps: nothing that a register holds is typed a second time."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.criteria.verdicts import RequirementResult, Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer, attach, dossiers, foreign, register_figures, register_file
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.fill import take_agreed
from ntm_desktop.operations.foreign import Counted, How, Mapping, RowTest
from ntm_desktop.operations.intake import ground
from tests.support.desks import NANG_CAO, NTM, fresh_desk

OCOP = (
    "STT;Tên sản phẩm;Hạng sao;Số quyết định;Ngày cấp;Nền tảng;Đã quảng bá\n"
    "1;Khô cá tra;4;2511/QĐ-UBND;12/05/2022;Postmart.vn;x\n"
    "2;Mắm cá linh;3;2511/QĐ-UBND;12/05/2022;facebook;x\n"
    "3;Gạo thơm;4;98/QĐ-UBND;20/12/2022;;không\n"
)
TRAINING = "Họ và tên;Khóa học;Nội dung;Ngày hoàn thành;Nền tảng\n" + "".join(
    f"Cán bộ số {number};Kỹ năng số cơ bản;Chuyển đổi số, kỹ năng số;12/03/2023;OneTouch\n"
    for number in (*range(1, 21), 1)
)
ONE_STOP = (
    "Đến hết ngày;Tiếp nhận;Đã giải quyết;Giải quyết trực tuyến\n"
    "30/06/2023;1.200;1.182;300\n"
    "31/12/2023;1.210;1.200;312\n"
)
MACHINES = "Tên, ký hiệu;Loại;Nối mạng LAN\n" + "".join(f"PC-{number};Máy tính;có\n" for number in range(23))
VISITS = (
    "Ngày;Địa bàn;Kênh;Người mới\n05/04/2023;Vĩnh Lợi;Đến từng nhà;2.100\n06/09/2023;Vĩnh Thành;Mã QR;1.500\n"
)


SOLVED = (
    RowTest("Trạng thái", How.IS, ("Đã trả kết quả",)),
    RowTest("Ngày trả", How.WITHIN),
)
SOFTWARE = Mapping(
    name="phần mềm một cửa",
    counted=(
        Counted("ho_so_giai_quyet", SOLVED, once_per="Mã hồ sơ"),
        Counted(
            "ho_so_truc_tuyen",
            (*SOLVED, RowTest("Hình thức", How.IS, ("Trực tuyến",))),
            once_per="Mã hồ sơ",
        ),
    ),
    source="Phần mềm một cửa",
    requirement="8.4.d",
    rule="bao_cao_mot_cua",
)
TYPED = {
    "so_cbcc": "21",
    "cbcc_co_may_tinh": "21",
    "ht_qlvb": "có",
    "ht_tthc": "có",
    "ht_thu_dien_tu": "có",
    "ht_trang_ttdt": "có",
    "nguoi_tinh_ky_nang_so": "5.000",
    "da_lay_y_kien_hai_long": "có",
}
"""What no list of an office says; each is typed once, though both sets ask for the first."""


def write_export(path: Path, *, solved: int, online: int) -> Path:
    """Write what the one-stop software exports: a line per case, people's names among the columns."""
    lines = ["Mã hồ sơ;Họ tên người nộp;Hình thức;Trạng thái;Ngày trả"]
    for number in range(solved):
        way = "Trực tuyến" if number < online else "Trực tiếp"
        lines.append(f"H{number};Nguyễn Văn {number};{way};Đã trả kết quả;{1 + number % 28:02}/06/2023")
    lines.append(f"H{solved};Lê Thị Chờ;Trực tuyến;Đang giải quyết;")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def bring(desk: Desk, folder: Path, register: str, text: str) -> int:
    path = folder / f"{register}.csv"
    path.write_text(text, encoding="utf-8")
    incoming = register_file.look_at(desk, register, path.name, register_file.read(path))
    register_file.take(desk, incoming)
    return incoming.count


def result(desk: Desk, code: str) -> RequirementResult:
    return desk.evaluation.requirements[code]


def test_the_lists_fill_both_indicators_with_verdicts_and_distances(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM, NANG_CAO, year=2023) as desk:
        lists = {
            "san_pham_ocop": OCOP,
            "tap_huan": TRAINING,
            "mot_cua": ONE_STOP,
            "tai_san": MACHINES,
            "hoat_dong_cong_nghe_so": VISITS,
        }
        taken = {register: bring(desk, tmp_path, register, text) for register, text in lists.items()}
        assert taken == {
            "san_pham_ocop": 3,
            "tap_huan": 20,
            "mot_cua": 2,
            "tai_san": 23,
            "hoat_dong_cong_nghe_so": 2,
        }
        year = year_period(2023)
        for element, text in (
            ("so_cbcc", "21"),
            ("nguoi_tinh_ky_nang_so", "5.000"),
        ):  # no register holds these
            answer.answer(desk, FactKey(element, "", year), text)
        register_figures.take(desk, register_figures.all_offers(desk))

        assert result(desk, "8.4.a").verdict is Verdict.NOT_MET
        assert _short(desk, "8.4.a") == (612, 2382, 580)
        assert _short(desk, "8.4.b") == (20, 21, 1)
        assert result(desk, "8.4.c").verdict is Verdict.MET
        assert _short(desk, "8.4.d") == (2, 3, 1)

        ntm = next(one for one in desk.workspace.dossiers() if one.set_id == NTM)
        dossiers.choose(desk, ntm.id)
        register_figures.take(desk, register_figures.all_offers(desk))
        assert result(desk, "8.4.b").verdict is Verdict.MET  # all computers on the LAN
        assert _short(desk, "8.4.d") == (612, 2382, 103)


def _short(desk: Desk, code: str) -> tuple[int, int, int]:
    """Return numerator, denominator and what is missing of a ratio."""
    found = result(desk, code)
    assert found.parts is not None
    assert found.distance is not None
    return int(found.parts[0]), int(found.parts[1]), int(found.distance.by)


def test_an_export_and_two_lists_fill_both_indicators_and_nothing_is_entered_twice(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM, NANG_CAO, year=2023) as desk:
        export = write_export(tmp_path / "một cửa.csv", solved=2382, online=612)
        assert take_agreed(desk, foreign.tally(ground(desk), export, SOFTWARE, 2023).preview).taken == 2
        foreign.keep_mapping(desk, SOFTWARE)
        foreign.show_as_evidence(desk, foreign.needed_copy(export, SOFTWARE, tmp_path), SOFTWARE)
        for register, text in (
            ("san_pham_ocop", OCOP),
            ("tap_huan", TRAINING),
            ("tai_san", MACHINES),
            ("hoat_dong_cong_nghe_so", VISITS),
        ):
            bring(desk, tmp_path, register, text)
        for element, text in TYPED.items():
            answer.answer(desk, FactKey(element, "", year_period(2023)), text)
        verdicts = {}
        for dossier in desk.workspace.dossiers():
            dossiers.choose(desk, dossier.id)
            register_figures.take(desk, register_figures.all_offers(desk))
            codes = [one.code for one in desk.compiled.source.requirements() if one.code.startswith("8.4")]
            verdicts[dossier.set_id] = {
                code: (result(desk, code).verdict, result(desk, code).distance) for code in codes
            }
        assert {code: found[0].name for code, found in verdicts[NTM].items()} == {
            "8.4.a": "MET",
            "8.4.b": "MET",
            "8.4.c": "MET",
            "8.4.d": "NOT_MET",
        }
        assert {code: found[0].name for code, found in verdicts[NANG_CAO].items()} == {
            "8.4.a": "NOT_MET",
            "8.4.b": "NOT_MET",
            "8.4.c": "MET",
            "8.4.d": "NOT_MET",
            "8.4.e": "MET",
        }
        short = {
            (which, code): int(found[1].by)
            for which, codes in verdicts.items()
            for code, found in codes.items()
            if found[0] is Verdict.NOT_MET and found[1] is not None
        }
        assert short == {
            (NTM, "8.4.d"): 103,
            (NANG_CAO, "8.4.a"): 580,
            (NANG_CAO, "8.4.b"): 1,
            (NANG_CAO, "8.4.d"): 1,
        }
        assert all(len(fact.claims) == 1 for fact in desk.book.facts.values())
        assert [one.evidence.name for one in attach.attached(desk)] == ["một cửa.xlsx"]
