"""Both indicators 8.4 from the lists an office keeps: nothing that a register holds is typed a second time."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.criteria.verdicts import RequirementResult, Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer, dossiers, register_figures, register_file
from ntm_desktop.operations.desk import Desk
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
