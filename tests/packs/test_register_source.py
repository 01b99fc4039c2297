from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.criteria.load import PackUnreadable
from ntm_desktop.criteria.registers import dump_registers
from ntm_desktop.packs import shipped
from ntm_desktop.packs.problems import PackSourceRefused
from ntm_desktop.packs.register_source import build_registers, published_registers
from ntm_desktop.paths import resources_folder

PACKS = resources_folder() / "packs"
NAME = "vn-so-theo-doi"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (NAME, "vn-danh-muc-so-lieu"):
        shutil.copytree(PACKS / name, tmp_path / name)
    return tmp_path / NAME


def change(folder: Path, file: str, how: Callable[[dict[str, object]], object]) -> None:
    path = folder / file
    data = json.loads(path.read_text(encoding="utf-8"))
    how(data)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def codes(folder: Path) -> set[str]:
    with pytest.raises(PackSourceRefused) as refused:
        build_registers(folder)
    return {problem.code for problem in refused.value.problems}


def test_what_is_built_from_the_source_is_what_is_shipped() -> None:
    built = build_registers(PACKS / NAME)
    assert (shipped.registers_folder() / built.file).read_bytes() == built.content
    assert shipped.shipped_registers() == built.book


def test_only_elements_that_something_names_go_along() -> None:
    book = build_registers(PACKS / NAME).book
    assert {"ocop_ten", "so_may_tinh", "thon_so_ho"} <= set(book.catalogue.elements)
    assert "dan_so" not in book.catalogue.elements


def test_a_column_of_another_register_is_refused(folder: Path) -> None:
    change(folder, "registers.json", lambda data: data["registers"]["van_ban"]["columns"].append("ocop_ten"))  # type: ignore[index]
    assert codes(folder) == {"not_a_column"}


def test_a_name_nobody_knows_is_refused(folder: Path) -> None:
    change(folder, "registers.json", lambda data: data["registers"]["van_ban"]["columns"].append("vb_x"))  # type: ignore[index]
    assert "unknown_element" in codes(folder)


@pytest.mark.parametrize(
    ("key", "piece", "code"),
    [
        ("keepings", {"register": "x", "purpose": "x"}, "unknown_register"),
        ("keepings", {"register": "van_ban", "purpose": "x", "due": "ocop_ten"}, "not_a_column"),
        ("proposals", {"element": "so_cbcc", "table": "x"}, "unknown_register"),
        ("proposals", {"element": "thon_so_ho", "table": "van_ban"}, "asked_elsewhere"),
        ("proposals", {"element": "so_cbcc", "table": "van_ban", "dated": "th_ngay"}, "not_a_column"),
        ("proposals", {"element": "so_cbcc", "table": "van_ban", "where": "${vb_so}"}, "wrong_type"),
        (
            "proposals",
            {"element": "so_cbcc", "table": "tap_huan", "where": '${th_nguoi} = "A"'},
            "personal_in_rule",
        ),
        ("proposals", {"element": "so_cbcc", "table": "van_ban", "where": "1 +"}, "unexpected_end"),
        ("proposals", {"element": "so_cbcc"}, "missing_key"),
    ],
)
def test_what_does_not_hold_together_is_refused(
    folder: Path, key: str, piece: dict[str, str], code: str
) -> None:
    change(folder, "registers.json", lambda data: data[key].append(piece))  # type: ignore[attr-defined]
    found = codes(folder)
    assert code in found or (code == "unexpected_end" and found)


def test_every_problem_is_told_with_its_place(folder: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data["registers"]["van_ban"]["columns"].append("ocop_ten")  # type: ignore[call-overload]
        data["keepings"][:0] = [
            {"register": "x", "purpose": "x"},
            {"register": "van_ban", "purpose": "x", "due": "ocop_ngay_cap"},
        ]
        data["proposals"].insert(0, {"element": "so_cbcc", "table": "van_ban", "where": "${vb_so}"})

    change(folder, "registers.json", spoil)  # type: ignore[arg-type]
    with pytest.raises(PackSourceRefused) as refused:
        build_registers(folder)
    assert {(problem.code, problem.path) for problem in refused.value.problems} == {
        ("not_a_column", "registers.van_ban"),
        ("unknown_register", "keepings[0].register"),
        ("not_a_column", "keepings[1].due"),
        ("wrong_type", "proposals[0].where"),
    }


@pytest.mark.parametrize(
    ("file", "how", "place"),
    [
        ("registers.json", lambda data: data.update(catalogue="khong-co"), "catalogue"),
        (
            "registers.json",
            lambda data: data["registers"]["van_ban"].update(colour="x"),
            "registers.van_ban",
        ),
        (
            "elements.json",
            lambda data: data["elements"]["vb_so"].update(colour="x"),
            "elements.vb_so",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    folder: Path, file: str, how: Callable[[dict[str, object]], object], place: str
) -> None:
    change(folder, file, how)
    with pytest.raises(PackSourceRefused) as refused:
        build_registers(folder)
    named = file if place != "catalogue" else "registers.json"
    assert (f"{NAME}/{named}", place) in {(problem.file, problem.path) for problem in refused.value.problems}


def test_an_element_the_catalogue_has_is_not_told_again(folder: Path) -> None:
    again = {"label": "x", "type": "text"}
    change(folder, "elements.json", lambda data: data["elements"].update({"dan_so": again}))  # type: ignore[attr-defined]
    assert codes(folder) == {"duplicate_code"}


def test_a_version_that_is_no_text_is_refused(folder: Path) -> None:
    change(folder, "registers.json", lambda data: data.update({"version": 1}))
    assert "wrong_type" in codes(folder)


def test_a_key_that_is_unknown_to_the_book_is_refused(folder: Path) -> None:
    change(folder, "registers.json", lambda data: data.update({"else": []}))
    assert codes(folder) == {"unknown_key"}


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        ({"share": "6/5", "basis": "reported", "source": "x"}, "wrong_number"),
        ({"share": "-1/5", "basis": "reported", "source": "x"}, "wrong_number"),
        ({"count": -1, "share": "1/5", "basis": "reported", "source": "x"}, "wrong_number"),
        ({"basis": "reported", "source": "x"}, "wrong_number"),
        ({"count": 30, "basis": "missing"}, "value_without_basis"),
        ({"count": 30, "basis": "reported"}, "missing_key"),
    ],
)
def test_a_sample_nobody_can_ask_or_nobody_stands_for_is_refused(
    folder: Path, sample: dict[str, object], code: str
) -> None:
    change(folder, "registers.json", lambda data: data["surveys"][0].update({"sample": sample}))  # type: ignore[index]
    assert codes(folder) == {code}


def test_a_question_may_have_a_sample_of_its_own(folder: Path) -> None:
    own = {"count": 30, "basis": "reported", "source": "x"}
    change(folder, "registers.json", lambda data: data["surveys"][0]["questions"][0].update({"sample": own}))  # type: ignore[index]
    sample = build_registers(folder).book.surveys[0].questions[0].sample
    assert sample is not None
    assert sample.count == 30


def test_a_published_book_holds_together_by_itself() -> None:
    built = build_registers(PACKS / NAME)
    assert published_registers(built.content) == built.book
    spaced = json.dumps(json.loads(built.content), ensure_ascii=False).encode()
    with pytest.raises(PackUnreadable, match="not_canonical"):
        published_registers(spaced)
    fewer = {name: one for name, one in built.book.catalogue.elements.items() if name != "ocop_ten"}
    lacking = replace(built.book, catalogue=replace(built.book.catalogue, elements=fewer))
    with pytest.raises(PackUnreadable, match="unknown_element"):
        published_registers(dump_registers(lacking))
    wrong = replace(built.book, keepings=(replace(built.book.keepings[0], due="th_ngay"),))
    with pytest.raises(PackUnreadable, match="not_a_column"):
        published_registers(dump_registers(wrong))


def test_a_source_without_the_catalogue_beside_it_uses_the_programs_own(folder: Path) -> None:
    shutil.rmtree(folder.parent / "vn-danh-muc-so-lieu")
    assert build_registers(folder).book == build_registers(PACKS / NAME).book
