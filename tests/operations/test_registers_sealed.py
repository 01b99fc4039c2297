"""What of the registers goes into a sealed dossier, judged by the bytes of the file."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from pathlib import Path

from ntm_desktop.operations import register_figures, seal
from ntm_desktop.operations.verify import verify_with
from tests.support.desks import NANG_CAO, fresh_desk
from tests.support.pdf import flowing_text_of, needs_poppler
from tests.support.register_desks import OCOP, TRAINING, add, ocop, trained
from tests.support.sealing import SIGNATORY
from tests.support.signers import NOW

PERSON, TELEPHONE, UNREAD = "Nguyễn Thị Bí Mật", "0912345678", "Cơ sở chưa ai hỏi"


def sealed(folder: Path) -> Path:
    """Seal a dossier whose training list, team and products were all filled in."""
    target = folder / "ho-so.asice"
    with fresh_desk(folder, NANG_CAO, year=2023) as desk:
        desk.clock = lambda: NOW
        add(desk, OCOP, ocop("Khô cá tra") | {"ocop_chu_the": UNREAD}, ocop("Mắm", "không"))
        add(desk, TRAINING, trained(PERSON), trained("Trần Văn Kín"))
        add(desk, "to_cong_nghe_so", {"tcn_nguoi": PERSON, "tcn_dien_thoai": TELEPHONE})
        register_figures.take(desk, register_figures.all_offers(desk))
        seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), target, None)
    return target


@needs_poppler
def test_no_byte_of_a_sealed_dossier_holds_a_person_of_a_register(tmp_path: Path) -> None:
    target = sealed(tmp_path)
    words = [PERSON, "Trần Văn Kín", TELEPHONE, UNREAD]
    forms = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")]
    forms += [unicodedata.normalize("NFD", word).encode() for word in words]
    forms += [json.dumps(word)[1:-1].encode() for word in words]
    with zipfile.ZipFile(target) as container:
        contents = {name: container.read(name) for name in container.namelist()}
    contents["the file itself"] = target.read_bytes()
    for name, content in contents.items():
        assert [form for form in forms if form in content] == [], name
    for name in (one for one in contents if one.endswith(".pdf")):
        paper = tmp_path / "giay.pdf"
        paper.write_bytes(contents[name])
        assert [word for word in words if word in flowing_text_of(paper)] == []


def test_products_go_in_under_ids_that_say_nothing_and_every_verdict_is_computed_again(
    tmp_path: Path,
) -> None:
    target = sealed(tmp_path)
    with zipfile.ZipFile(target) as container:
        dossier = json.loads(container.read("dossier.json"))
    records = dossier["records"]
    assert [one["register"] for one in records] == [OCOP, OCOP]
    assert all(len(one["id"]) == 32 for one in records)
    elements = {
        fact["element"] for fact in dossier["facts"] if fact["subject"] in {one["id"] for one in records}
    }
    assert elements == {"ocop_ten", "ocop_hang", "ocop_ngay_cap", "ocop_quang_ba"}
    taken = next(fact for fact in dossier["facts"] if fact["element"] == "cbcc_tap_huan_so")
    assert "Tập huấn cán bộ" in json.dumps(taken, ensure_ascii=False)
    report = verify_with(target, anchors=(), at=NOW)
    assert report.replay is not None
    assert report.replay.agrees
