"""What the register tests share: lines as officers type them, and a file of them."""

from __future__ import annotations

from pathlib import Path

from ntm_desktop.operations import registers
from ntm_desktop.operations.desk import Desk

OCOP = "san_pham_ocop"
TRAINING = "tap_huan"
DIGITAL = "Chuyển đổi số, kỹ năng số"

OCOP_FILE = (
    "STT;Tên sản phẩm;Hạng;Số QĐ;Ngày cấp;Nền tảng;Được quảng bá;Ghi chú\n"
    "1;Khô cá tra;5 sao;12/QĐ;12/05/2025;Postmart.vn;x;\n"
    "2;Mắm ba khía;3;13/QĐ;31/02/2022;facebook;có;\n"
    "3;Gạo nếp;4;;;;không;\n"
    "4;gạo  nếp;4;;;;;\n"
    "5;;3;;;;;\n"
)


def ocop(name: str, promoted: str = "có", issued: str = "12/05/2022") -> dict[str, str]:
    """Return an OCOP product as it is typed."""
    return {"ocop_ten": name, "ocop_hang": "4", "ocop_ngay_cap": issued, "ocop_quang_ba": promoted}


def trained(
    who: str, day: str = "12/03/2023", course: str = "Kỹ năng số", subject: str = DIGITAL
) -> dict[str, str]:
    """Return an officer and a course as they are typed."""
    return {"th_nguoi": who, "th_khoa_hoc": course, "th_noi_dung": subject, "th_ngay": day}


def add(desk: Desk, register: str, *lines: dict[str, str]) -> list[str]:
    """Add lines and return their ids."""
    before = {one.id for one in registers.lines(desk, register)}
    registers.add(desk, register, lines)
    return [one.id for one in registers.lines(desk, register) if one.id not in before]


def ocop_file(folder: Path, text: str = OCOP_FILE) -> Path:
    """Write a list of OCOP products as officers keep it."""
    path = folder / "ocop.csv"
    path.write_text(text, encoding="utf-8")
    return path
