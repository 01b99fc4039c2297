"""A mapping is one text and comes back the same."""

from __future__ import annotations

import json

import pytest

from ntm_desktop.exchange.mapping import (
    MOST_BYTES,
    CellOf,
    Counted,
    How,
    Mapping,
    NotAMapping,
    RowTest,
    mapping_from_json,
    mapping_to_json,
)
from ntm_desktop.facts.old_letters import Letters

ONE_STOP = Mapping(
    name="một cửa",
    sheet="Hồ sơ",
    heading_row=3,
    counted=(
        Counted(
            "a",
            (RowTest("Trạng thái", How.IS, ("Xong", "Đã trả")), RowTest("Ngày", How.WITHIN)),
            once_per="Mã",
        ),
        Counted("b", (RowTest("Trạng thái", How.FILLED),)),
    ),
    cells=(CellOf("c", "D7", "Tổng số hộ", "Vĩnh Lợi"),),
    source="Phần mềm một cửa",
    requirement="8.4.d",
    letters=Letters.TCVN3,
)


def test_mapping_goes_there_and_back() -> None:
    assert mapping_from_json("x", mapping_to_json(ONE_STOP)) == ONE_STOP


def test_it_names_the_columns_it_needs_once() -> None:
    assert ONE_STOP.columns == ("Trạng thái", "Ngày", "Mã")


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{",
        json.dumps({"format": 2, "name": "x"}),
        json.dumps({"counted": []}),
        json.dumps({"name": 5}),
        json.dumps({"name": "x", "heading_row": 0}),
        json.dumps({"name": "x", "heading_row": True}),
        json.dumps({"name": "x", "unknown": "y"}),
        json.dumps({"name": "x", "letters": "klingon"}),
        json.dumps({"name": "x", "counted": {}}),
        json.dumps({"name": "x", "counted": [5]}),
        json.dumps({"name": "x", "counted": [{"element": "a", "tests": [{"column": "b", "how": "guess"}]}]}),
        json.dumps({"name": "x", "counted": [{"element": "a", "tests": [{"how": "is"}]}]}),
        json.dumps({"name": "x", "cells": [{"element": "a"}]}),
        '{"name": "' + "x" * MOST_BYTES + '"}',
    ],
)
def test_anything_else_is_refused(content: str) -> None:
    with pytest.raises(NotAMapping):
        mapping_from_json("x.json", content)
