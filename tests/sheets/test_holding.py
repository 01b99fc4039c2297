"""Who has a file open, as Excel and LibreOffice tell it beside the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.sheets.holding import holder_of

WHO = "Nguyễn Thị Hồng"


def _owner_file(name: str) -> bytes:
    narrow = name.encode("cp1258", "replace")
    head = (bytes([len(name)]) + narrow).ljust(55, b" ")
    return head + name.encode("utf-16-le")


def test_nobody_holds_a_file_that_lies_alone(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "số liệu.xlsx") is None


@pytest.mark.parametrize("beside", ["~$so lieu xa.xlsx", "~$ lieu xa.xlsx"])
def test_excel_tells_its_user_also_under_the_shortened_name(tmp_path: Path, beside: str) -> None:
    (tmp_path / beside).write_bytes(_owner_file(WHO))
    assert holder_of(tmp_path / "so lieu xa.xlsx") == WHO


def test_old_excel_tells_its_user_in_the_code_page_of_the_pc(tmp_path: Path) -> None:
    (tmp_path / "~$a.xls").write_bytes(b"\x04Lan " + b" " * 20)
    assert holder_of(tmp_path / "a.xls") == "Lan"


def test_libreoffice_tells_user_and_machine(tmp_path: Path) -> None:
    (tmp_path / ".~lock.a.ods#").write_text(f"{WHO},PC-MOT-CUA,22.11.2026 14:02,file:///x;", "utf-8")
    assert holder_of(tmp_path / "a.ods") == f"{WHO} PC-MOT-CUA"


def test_file_that_says_nothing_or_cannot_be_opened_still_tells_that_somebody_is_there(
    tmp_path: Path,
) -> None:
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    (tmp_path / "~$b.xlsx").mkdir()
    assert holder_of(tmp_path / "a.xlsx") == ""
    assert holder_of(tmp_path / "b.xlsx") == ""
