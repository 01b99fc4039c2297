from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.operations.profile import (
    LONGEST_DOCUMENT,
    DocumentTooLong,
    UnknownChoice,
    UnknownProperty,
    attributes,
    entries,
    set_profile,
)
from tests.support.desks import NTM, fresh_desk


def test_profile_is_said_by_code_or_label_with_its_document_and_day(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        change = set_profile(
            desk,
            {"vung": "Đồng bằng sông Cửu Long", "dien_xa": "thuong"},
            document="318",
            since=date(2022, 3, 8),
        )
        assert [(e.attribute, e.value, e.document, e.since) for e in entries(desk)] == [
            ("dien_xa", "thuong", "318", date(2022, 3, 8)),
            ("vung", "dbscl", "318", date(2022, 3, 8)),
        ]
        assert change.structure


def test_properties_are_known_before_there_is_a_dossier(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        assert "vung" in attributes(desk)


def test_unknown_names_and_values_change_nothing(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        with pytest.raises(UnknownProperty):
            set_profile(desk, {"vung": "dbscl", "mau_sac": "xanh"})
        with pytest.raises(UnknownChoice) as refused:
            set_profile(desk, {"vung": "biển"})
        assert "dbscl" in refused.value.known
        assert entries(desk) == ()


def test_name_of_the_document_is_a_line_of_reasonable_length(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        set_profile(desk, {"vung": "dbscl"}, document="318/QĐ-\u202eTTg\nngày 8/3")
        assert [one.document for one in entries(desk)] == ["318/QĐ-TTg ngày 8/3"]
        with pytest.raises(DocumentTooLong):
            set_profile(desk, {"vung": "dbsh"}, document="x" * (LONGEST_DOCUMENT + 1))
        assert [one.value for one in entries(desk)] == ["dbscl"]
