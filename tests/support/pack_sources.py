"""A small pack source that is in order, to be spoilt one piece at a time."""

from __future__ import annotations

import copy
import json
from pathlib import Path

Files = dict[str, dict]

SET = "bo-thu"
CATALOGUE = "danh-muc-thu"

_REQUIREMENT = {
    "code": "1.1.a",
    "label": "Hồ sơ trực tuyến",
    "kind": "ratio",
    "measure": "ratio(${truc_tuyen}, ${tong_so})",
    "operator": ">",
    "thresholds": [{"value": "30%", "basis": "reported", "document": "bai"}],
    "basis": "reported",
    "document": "bai",
    "lever": "numerator",
    "unit": "hồ sơ",
    "evidence": [{"code": "bao_cao", "label": "Báo cáo", "kinds": ["pdf"], "basis": "reported"}],
}

_ANSWER = {
    "code": "1.2.a",
    "label": "Có đài",
    "kind": "yes_no",
    "measure": "${co_dai}",
    "basis": "reported",
    "document": "bai",
}

_BASE: Files = {
    f"{CATALOGUE}/catalogue.json": {
        "id": CATALOGUE,
        "version": "1.0.0",
        "elements": ["chung.json"],
        "documents": "van-ban.json",
        "registers": {"san_pham": {"label": "Sản phẩm", "columns": ["sp_ten"]}},
        "profile": {
            "vung": {
                "label": "Vùng",
                "choices": [{"code": "nui", "label": "Núi"}, {"code": "bien", "label": "Biển"}],
            }
        },
    },
    f"{CATALOGUE}/chung.json": {
        "elements": {
            "truc_tuyen": {"label": "Trực tuyến", "type": "integer", "unit": "hồ sơ"},
            "tong_so": {"label": "Tổng số", "type": "integer", "unit": "hồ sơ"},
            "co_dai": {"label": "Có đài", "type": "yes_no"},
            "duong_km": {"label": "Đường", "type": "decimal", "unit": "km"},
            "thu_nhap": {"label": "Thu nhập", "type": "money", "unit": "trieu_dong"},
            "loai": {"label": "Loại", "type": "choice", "choices": [{"code": "a", "label": "A"}]},
            "thon_loa": {"label": "Loa", "type": "yes_no", "subject": "hamlet"},
            "sp_ten": {"label": "Tên", "type": "text", "subject": "record", "register": "san_pham"},
        }
    },
    f"{CATALOGUE}/van-ban.json": {"documents": {"bai": {"number": "Bài", "title": "Một bài viết"}}},
    f"{SET}/set.json": {
        "id": SET,
        "version": "1.0.0",
        "title": "Bộ thử",
        "short_title": "Bộ thử",
        "level": "ntm",
        "rule_language": 1,
        "catalogue": f"{CATALOGUE}@1.0.0",
        "publisher": "Người thử",
        "tags": {"so": "Số"},
        "legal_basis": ["bai"],
        "examples": [
            {
                "name": "Đạt",
                "year": 2023,
                "facts": {"truc_tuyen": "2.382", "tong_so": "2.382", "co_dai": "có"},
                "expected": {"1.1.a": "MET", "1.2.a": "MET", "set": "MET"},
            },
            {
                "name": "Chưa đạt",
                "year": 2023,
                "facts": {"truc_tuyen": "612", "tong_so": "2.382", "co_dai": "không"},
                "expected": {"1.1.a": "NOT_MET", "1.2.a": "NOT_MET"},
            },
            {
                "name": "Chưa có số liệu",
                "year": 2023,
                "facts": {},
                "expected": {"1.1.a": "UNDETERMINED", "1.2.a": "UNDETERMINED"},
            },
        ],
    },
    f"{SET}/criteria/01.json": {
        "code": "1",
        "name": "Thông tin",
        "short_name": "Thông tin",
        "name_basis": "reported",
        "indicators": [
            {
                "code": "1.1",
                "name": "Hồ sơ",
                "short_name": "Hồ sơ",
                "name_basis": "reported",
                "document": "bai",
                "tags": ["so"],
                "requirements": [_REQUIREMENT],
            },
            {"code": "1.2", "name": "Đài", "short_name": "Đài", "requirements": [_ANSWER]},
        ],
    },
}


def sound_source() -> Files:
    """Return the files of a source that builds."""
    return copy.deepcopy(_BASE)


def write_source(folder: Path, files: Files) -> Path:
    """Write the files; return the folder of the set."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder / SET


def put(files: Files, file: str, path: str, value: object) -> Files:
    """Set one piece, addressed like `indicators/0/requirements/0/measure`; the value `...` takes it out."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    piece = files[file]
    for step in steps:
        piece = piece[step]
    if value is ...:
        del piece[last]
    else:
        piece[last] = value
    return files
