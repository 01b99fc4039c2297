"""Cells of a packet are told by what they are about and what each PC says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.operations.packet_words import Side, cell_name, side
from ntm_desktop.operations.packets import MergedCell, Outcome
from tests.support.desks import NTM, fresh_desk

FIGURE = '["so_may_tinh","","2024",0,""]'


def cell(kind: EditKind, target: str = '["x"]') -> MergedCell:
    return MergedCell(kind, target, Outcome.TAKEN, None, None, "An", "may", "2025-01-02T00:00:00.000Z")


def test_each_kind_of_cell_has_a_name(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM, year=2024) as desk:
        assert cell_name(desk, cell(EditKind.CLAIM, FIGURE)) == "Số máy tính của xã dùng cho công việc"
        choice = cell_name(desk, cell(EditKind.CHOICE_OF_CLAIM, '["so_may_tinh","","2024",0]'))
        assert choice == "Số máy tính của xã dùng cho công việc: chọn nguồn"
        kinds = (
            EditKind.RECORD,
            EditKind.CONFIRMATION,
            EditKind.REMARK,
            EditKind.EVIDENCE,
            EditKind.EVIDENCE_LINK,
        )
        assert len({cell_name(desk, cell(kind)) for kind in kinds}) == len(kinds)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"text": "1.234", "who": "An", "at": "2025"}, Side("1.234", "An", "2025")),
        ({"source": "Một cửa", "reason": ""}, Side("Một cửa", "", "")),
        ({"register": "so"}, Side("có", "", "")),
        (None, Side("chưa có", "", "")),
    ],
)
def test_side_says_what_a_state_holds(body: dict[str, str] | None, words: Side) -> None:
    assert side(None if body is None else json.dumps(body)) == words
