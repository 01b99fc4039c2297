from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QLineEdit

from ntm_desktop.paths import translations_folder
from ntm_desktop.ui.look import style
from ntm_desktop.ui.look.tokens import PALETTES, Ink


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_sheet_uses_token_colours_only(palette):
    used = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", style.sheet(palette)))
    assert used <= {palette.hex(ink) for ink in Ink}
    assert "$" not in style.sheet(palette)


def test_no_hex_value_stands_outside_the_tokens():
    look = style.__file__.rpartition("/")[0]
    from pathlib import Path

    modules = [path for path in Path(look).parent.rglob("*.py") if path.name != "tokens.py"]
    assert [path.name for path in modules if re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))] == []


def test_a_changed_property_changes_the_look(shown):
    line = QLineEdit()
    shown(line, 200, 32)
    before = line.grab().toImage()
    line.setProperty("state", "wrong")
    style.repolish(line)
    assert line.grab().toImage() != before


@pytest.mark.parametrize(
    ("context", "source", "words"),
    [
        ("QPlatformTheme", "Cancel", "Quay lại"),
        ("QPlatformTheme", "Save", "Lưu"),
        ("QLineEdit", "&Paste", "&Dán"),
        ("QLineEdit", "Select All", "Chọn tất cả"),
        ("QFileDialog", "File &name:", "Tên &tệp:"),
        ("QFileSystemModel", "Date Modified", "Sửa lúc"),
    ],
)
def test_qts_own_words_are_vietnamese(qapp, context, source, words):
    translator = QTranslator()
    assert translator.load("qtbase_vi", str(translations_folder()))
    assert translator.translate(context, source) == words
