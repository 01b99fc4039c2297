from __future__ import annotations

from ntm_desktop.media.boundaries import Area, Boundaries
from ntm_desktop.operations.review_counts import CountRow, CountTable
from ntm_desktop.operations.review_desk import Case
from ntm_desktop.operations.review_map import match
from ntm_desktop.ui.counting.map_face import MapFace


def test_communes_that_are_not_in_the_file_are_named(dressed, shown):
    face = MapFace()
    shown(face, 400, 300)
    rows = tuple(CountRow(Case(f"0000{n}", f"Xã {n}"), {}, frozenset()) for n in range(1, 10))
    table = CountTable((), rows, {})
    face.show_code(table, "8", "")
    assert "GeoJSON" in face.words.text()
    assert not face.has_map
    boundaries = Boundaries((Area({"ma": "1"}, ()),), 1, 1)
    names = {row.case.code: row.case.name for row in rows}
    face.show_map((match(boundaries, names), ()), table)
    face.show_code(table, "8", "8, năm 2024")
    assert face.missing.text() == "Tệp ranh giới không có 8 xã: " + ", ".join(f"Xã {n}" for n in range(2, 10))
    face.show_map((match(Boundaries((), 1, 1), names), ()), table)
    face.show_code(table, "8", "")
    assert face.missing.text().endswith("Xã 8, …")
