"""Tables: every kind of edit has one, its statements fit its columns, and cells read back as written."""

from __future__ import annotations

import sqlite3

import pytest

from ntm_desktop.facts.fact import EditKind
from ntm_desktop.workspace import schema
from ntm_desktop.workspace.tables import TABLES, all_cells, put_cell
from tests.support.workspaces import HASH

CELLS = {
    EditKind.CLAIM: (
        ("so_ho", "", "2023", 0, ""),
        {
            "place": 1,
            "id": "i",
            "text": "1",
            "value_type": "number",
            "value": "1",
            "problem": None,
            "document": "",
        }
        | {"dated": None, "estimated": 0, "documented": 1, "other_body": 0, "who": "Hồng", "at": "z"},
    ),
    EditKind.CHOICE_OF_CLAIM: (("so_ho", "", "2023", 0), {"source": "a", "reason": "vì"}),
    EditKind.HAMLET: (("h1",), {"name": "Vĩnh Lợi", "place": 1, "since": None, "until": "2024-01-01"}),
    EditKind.RECORD: (("r1",), {"register": "ocop", "place": 1, "since": None, "until": None}),
    EditKind.PROFILE: (("vung", ""), {"value": "dnb", "document": ""}),
    EditKind.COMMUNE: ((1,), {"code": "1", "name": "n", "kind": "Xã", "province": "p", "hamlet_label": "ấp"}),
    EditKind.DOSSIER: (
        ("d1",),
        {"set_id": "s", "set_version": "1", "set_sha256": HASH, "year": 2023, "assessed_on": "2023-11-01"}
        | {"state": "open", "revision": 1, "previous": ""},
    ),
    EditKind.EVIDENCE: (
        (HASH,),
        {"size": 3, "name": "a.pdf", "media_type": "application/pdf", "dated": None, "title": ""}
        | {"added_by": "", "added_at": ""},
    ),
    EditKind.EVIDENCE_LINK: (("d1", HASH, "8.4", ""), {}),
    EditKind.CONFIRMATION: (
        ("d1", "5.1"),
        {"value_type": "yes_no", "value": "yes", "document": "QĐ", "dated": None, "who": ""},
    ),
    EditKind.REMARK: (("d1", "results"), {"text": "Tốt"}),
    EditKind.SET_ASIDE: (
        ("d1", "so_ho", "", "2023", 0),
        {"reason": "not_asked", "from_set": "s@1.0.0", "texts": '[["","612"]]'},
    ),
    EditKind.KEPT: (
        ("d1", "check", "8.4.d", "phan_khong_hon_tong"),
        {"reason": "Đã đối chiếu sổ", "basis": "0a1b", "who": "Hồng", "at": "z"},
    ),
    EditKind.YEAR: (
        (2023,),
        {"closed": 1, "note": "", "document": "", "dated": None, "who": "Hồng", "at": "z"},
    ),
    EditKind.CORRECTION: (
        ("so_ho", "", "2023", 0, "k1"),
        {"before": "1", "after": "2", "note": "sót", "document": "BC"}
        | {"dated": "2024-03-01", "who": "Hồng", "at": "z"},
    ),
    EditKind.CARRIED: (("so_ho", "", "2024", 0), {"from_year": 2023}),
    EditKind.FORMER_COMMUNE: (
        ("30607",),
        {"name": "Vĩnh Hậu", "kind": "Xã", "province": "p", "hamlet_label": "ấp"}
        | {"until": "2025-07-01", "document": "NQ", "seat": 1},
    ),
    EditKind.MERGE_SHARE: (("so_ho", "", "2024", 0, "30607"), {"text": "612"}),
    EditKind.EVIDENCE_ORIGIN: (
        (HASH,),
        {"size": 4_200_000, "original": "", "place": "10.35837, 105.50000", "remark": ""},
    ),
    EditKind.EVIDENCE_SPOT: (("d1", HASH, "so_ho", "", "2023"), {"spot": "trang 3"}),
    EditKind.EVIDENCE_REVIEW: (("d1", HASH, "8.4.d"), {"was": "cd" * 32}),
    EditKind.ASSIGNMENT: (("d1", "8"), {"who": "Hồng", "due": "2023-12-31"}),
    EditKind.PLANNED_YEAR: (("d1", "8.4"), {"year": 2025}),
    EditKind.TEMPLATE: (("to_trinh",), {"sha256": HASH, "name": "to-trinh.docx"}),
}


@pytest.fixture
def connection():
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.execute("PRAGMA foreign_keys = ON")
    schema.lay(made)
    made.execute("INSERT INTO template_file VALUES (?, x'50', 'z')", (HASH,))
    yield made
    made.close()


def test_every_kind_of_edit_has_its_table() -> None:
    assert set(TABLES) == set(EditKind) == set(CELLS)


def test_cells_read_back_as_written_twice_over_and_go_again(connection: sqlite3.Connection) -> None:
    for _ in range(2):
        for kind, (target, body) in CELLS.items():
            put_cell(connection, kind, target, body)
    held = list(all_cells(connection))
    assert {kind for kind, _, _ in held} == set(EditKind)
    assert len(held) == len(CELLS)
    for kind, (target, _) in reversed(CELLS.items()):
        put_cell(connection, kind, target, None)
    assert list(all_cells(connection)) == []


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        (EditKind.CLAIM, "place", "first"),
        (EditKind.CLAIM, "value_type", "float"),
        (EditKind.CLAIM, "value", None),
        (EditKind.CLAIM, "estimated", 2),
        (EditKind.DOSSIER, "state", "lost"),
        (EditKind.EVIDENCE, "size", 0),
        (EditKind.CONFIRMATION, "value_type", "text"),
    ],
)
def test_the_tables_hold_the_types_themselves(
    connection: sqlite3.Connection, kind: EditKind, column: str, value: object
) -> None:
    put_cell(connection, EditKind.DOSSIER, *CELLS[EditKind.DOSSIER])
    target, body = CELLS[kind]
    with pytest.raises(sqlite3.IntegrityError):
        put_cell(connection, kind, target, {**body, column: value})


def test_a_body_without_a_column_is_not_put(connection: sqlite3.Connection) -> None:
    with pytest.raises(KeyError):
        put_cell(connection, EditKind.REMARK, ("d1", "results"), {})
