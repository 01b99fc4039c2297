"""Workbooks of sets that count points and give grades, and of free checklists."""

from __future__ import annotations

from ntm_desktop.criteria.load import dump
from ntm_desktop.packs.workbook.build import build_book
from tests.support.pack_books import Rows, book_of


def product_rows() -> Rows:
    """Return a set that counts points, after the manner of product stars."""

    def item(code: str, name: str, points: int, kind: str, rule: str) -> dict[str, object]:
        row = {"code": code, "indicator": code[:3], "label": name, "kind": kind, "points": points}
        return row | ({"pass": rule} if kind == "yes_no" else {"measure": rule, "operator": ">="})

    grades = ((30, "ba_sao", "3 sao"), (50, "bon_sao", "4 sao"), (70, "nam_sao", "5 sao"))
    return {
        "settings": [
            {
                "set_id": "cham-diem",
                "title": "Chấm điểm sản phẩm",
                "short_title": "Chấm điểm",
                "level": "ocop",
                "version": "1.0.0",
                "publisher": "Tỉnh",
                "pass": "points 30",
            }
        ],
        "documents": [{"id": "qd", "number": "1", "title": "Quyết định"}],
        "catalogue": [
            {"name": "diem_nguyen_lieu", "label": "Điểm nguyên liệu", "type": "decimal"},
            {"name": "co_ma_vach", "label": "Có mã vạch", "type": "yes_no"},
        ],
        "criteria": [{"code": "1", "label": "Phần A", "pass": "points 1"}],
        "indicators": [{"code": "1.1", "criterion": "1", "label": "Nguyên liệu", "pass": "points 1"}],
        "requirements": [
            item("1.1.a", "Nguyên liệu", 60, "points", "${diem_nguyen_lieu}") | {"threshold": "1"},
            item("1.1.b", "Mã vạch", 20, "yes_no", "${co_ma_vach}"),
        ],
        "bands": [{"points": points, "grade": code, "label": name} for points, code, name in grades],
    }


def with_examples(rows: Rows) -> Rows:
    """Add what examples owe, with the document that says so."""
    for row in rows["requirements"]:
        row |= {"basis": "reported", "document": "qd"}
    answers = {"Nhiều": ("45,5", "có", "MET", "MET"), "Ít": ("0", "không", "NOT_MET", "NOT_MET"), "Trống": ()}
    rows["examples"] = []
    for name, said in answers.items():
        told = [("expected", "1.1.a", "UNDETERMINED"), ("expected", "1.1.b", "UNDETERMINED")]
        if said:
            told = [
                ("fact", "diem_nguyen_lieu", said[0]),
                ("fact", "co_ma_vach", said[1]),
                ("expected", "1.1.a", said[2]),
                ("expected", "1.1.b", said[3]),
            ]
        rows["examples"] += [
            {"example": name, "year": 2026, "type": kind, "name": place, "value": value}
            for kind, place, value in told
        ]
    return rows


def checklist_rows(**more: object) -> Rows:
    """Return a list of three things to do, two of which are enough."""
    rows = product_rows()
    del rows["bands"]
    codes = [f"1.{number}" for number in (1, 2, 3)]
    things = [{"name": f"viec_{code[2]}", "label": f"Việc {code[2]}", "type": "yes_no"} for code in codes]
    requirements = [
        {
            "code": f"{code}.a",
            "indicator": code,
            "label": f"Việc {code[2]}",
            "kind": "yes_no",
            "pass": f"${{viec_{code[2]}}}",
        }
        | more
        for code in codes
    ]
    answers = [
        ("fact", "viec_1", "có"),
        ("fact", "viec_2", "có"),
        ("expected", "set", "MET" if more else "UNDETERMINED"),
    ]
    rows |= {
        "catalogue": things,
        "criteria": [{"code": "1", "label": "Xã thông minh", "pass": "at_least 2"}],
        "indicators": [{"code": code, "criterion": "1", "label": f"Việc {code[2]}"} for code in codes],
        "requirements": requirements,
        "examples": [
            {"example": "Hai việc", "year": 2026, "type": kind, "name": name, "value": value}
            for kind, name, value in answers
        ],
    }
    rows["settings"][0]["pass"] = "all"
    return rows


def packs() -> tuple[bytes, bytes]:
    """Return both as packs: points with stars, and a checklist nobody prescribes yet."""
    rows = checklist_rows()
    rows["settings"][0] |= {
        "set_id": "xa-thong-minh",
        "title": "Xã thông minh",
        "short_title": "Xã thông minh",
    }
    books = (with_examples(product_rows()), rows)
    return tuple(dump(build_book("bo.xlsx", book_of(one)).set) for one in books)  # type: ignore[return-value]
