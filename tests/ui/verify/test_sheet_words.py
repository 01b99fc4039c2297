from __future__ import annotations

import io

from ntm_desktop.operations.result_sheets import write_sheet
from ntm_desktop.ui.verify.sheet_words import sheet_of


def test_sheet_has_what_the_window_says_and_leaves_empty_tables_out(found):
    valid, changed = sheet_of(found("valid")), sheet_of(found("changed"))
    assert valid.headline == "Hợp lệ: đúng bản xã Vĩnh An đã ký, chưa bị sửa"
    assert [table.title for table in valid.tables] == ["Người ký", "Tính lại"]
    assert [table.title for table in changed.tables][1] == "Nội dung phát hiện"
    assert all(len(row) == len(table.head) for table in changed.tables for row in table.rows)
    assert write_sheet(changed, io.BytesIO()) >= 1


def test_a_difference_is_on_the_sheet_with_its_reason(found):
    results = sheet_of(found("forged")).tables[-1]
    assert results.rows[-1][0].startswith("8.4 ")
    assert results.rows[-1][1:3] == ("Đạt", "Chưa đạt")
