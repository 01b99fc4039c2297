"""The province's office: a starter that builds, every problem at once, and the same bytes from the same workbook."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from unittest import mock

import openpyxl
import pytest

from ntm_desktop.criteria.load import MAX_BYTES, PackUnreadable, dump, load
from ntm_desktop.errors import FileUnreadable, FileUnwritable
from ntm_desktop.operations import pack_authoring
from ntm_desktop.operations.pack_authoring import (
    FIRST_KEYS,
    PassphrasesUnreadable,
    add,
    bundle,
    check,
    init,
    let_in,
    make_key,
    office,
    pack_content,
    read_passphrases,
    starter_registers,
    starter_workbook,
    write_pack,
    write_workbook,
)
from ntm_desktop.packs.problems import PackSourceRefused
from ntm_desktop.packs.repository.publish import UnfitName
from ntm_desktop.packs.workbook.write import write_set
from ntm_desktop.paths import resources_folder
from ntm_desktop.trust import locked_key
from tests.support.pack_desks import content, shipped_set, threshold_at, with_requirement
from tests.support.pack_repository import NOW, failing_pack, pack

PASSPHRASES = {key: f"mot hai ba bon {key}" for key in (*FIRST_KEYS, "thanh-hoa-1")}


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    starter_workbook(tmp_path / "bo.xlsx")
    return tmp_path / "bo.xlsx"


def test_the_starter_builds_and_its_pack_has_no_problems(starter: Path, tmp_path: Path) -> None:
    checked = check(starter)
    assert (checked.problems, checked.promise) == ((), ())
    write_pack(checked, tmp_path / "bo.json")
    again = check(tmp_path / "bo.json")
    assert (again.name, again.problems) == (checked.name, ())
    identity = load((tmp_path / "bo.json").read_bytes())
    assert checked.name == f"{identity.id}@{identity.version}+{identity.sha256}"


def test_every_problem_of_a_workbook_is_listed_and_nothing_is_written(starter: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(starter)
    sheet = book["requirements"]
    headings = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, headings.index("measure") + 1)
        if isinstance(cell.value, str) and "${" in cell.value:
            cell.value = "${khong_co_so_lieu_nay}"
    book.save(starter)
    checked = check(starter)
    assert checked.built is None
    assert checked.name == ""
    assert {problem.sheet for problem in checked.problems} >= {"requirements"}
    with pytest.raises(PackSourceRefused) as refused:
        write_pack(checked, tmp_path / "bo.json")
    assert refused.value.problems == checked.problems
    assert not (tmp_path / "bo.json").exists()


def test_a_pack_that_fails_its_examples_is_told(tmp_path: Path) -> None:
    (tmp_path / "bo.json").write_bytes(failing_pack())
    (problem,) = check(tmp_path / "bo.json").problems
    assert problem.code == "example_fails"


def test_a_pack_whose_rules_do_not_fit_is_told(tmp_path: Path) -> None:
    source = load(pack("1.0.0"))
    wrong = with_requirement(
        source, "1.1.a", lambda one: dataclasses.replace(one, measure=("fact", "khong_co"))
    )
    (tmp_path / "bo.json").write_bytes(dump(wrong))
    assert "unknown_element" in {problem.code for problem in check(tmp_path / "bo.json").problems}


def test_a_patch_that_changes_a_verdict_is_told_beside_the_version_before(tmp_path: Path) -> None:
    source = load(pack("1.0.0"))
    (tmp_path / "a.json").write_bytes(dump(source))
    lowered = with_requirement(source, "1.1.a", threshold_at("1/10"))
    (tmp_path / "b.json").write_bytes(content(lowered, "1.0.1"))
    assert check(tmp_path / "b.json").promise == ()
    broken = check(tmp_path / "b.json", [tmp_path / "a.json"]).promise
    assert "1.1.a" in {one.code for one in broken}
    (tmp_path / "c.json").write_bytes(content(lowered, "1.1.0"))
    assert check(tmp_path / "c.json", [tmp_path / "a.json"]).promise == ()


def test_a_child_finds_its_parent_among_the_shipped_packs_and_those_beside(tmp_path: Path) -> None:
    parent = shipped_set("vn-xa-ntm-2021-2025")
    child = dataclasses.replace(
        with_requirement(parent, "8.4.d", threshold_at("1/5")),
        id="an-giang-xa-ntm",
        parent=f"{parent.id}@{parent.version}+{parent.sha256}",
        examples=parent.examples,
    )
    write_set(child, tmp_path / "con.xlsx", parent=parent)
    checked = check(tmp_path / "con.xlsx")
    codes = {problem.code for problem in checked.problems}
    assert "parent_missing" not in codes


@pytest.mark.parametrize("bad", [b"", b"{", b"[]", b"x" * (MAX_BYTES + 1)])
def test_what_is_no_pack_is_refused(tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "bo.json").write_bytes(bad)
    with pytest.raises(PackUnreadable):
        check(tmp_path / "bo.json")


def test_a_file_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    for path in (tmp_path / "a.json", tmp_path):
        with pytest.raises(FileUnreadable):
            pack_content(path)


def test_publishing_from_new_keys_to_one_file(tmp_path: Path) -> None:
    with mock.patch.object(locked_key, "ROUNDS", 10):
        at = office(tmp_path / "kho", tmp_path / "khoa", PASSPHRASES, NOW)
        assert len(init(at, "Văn phòng điều phối")) == 64
        add(at, pack("1.0.0"))
        public = make_key(tmp_path / "khoa tinh", "thanh-hoa-1", PASSPHRASES)
        let_in(at, "thanh-hoa", "Tỉnh Thanh Hóa", public)
        assert bundle(tmp_path / "kho", tmp_path / "goi.zip") == 1
    assert (tmp_path / "goi.zip").stat().st_size > 1000


def test_a_key_has_a_name_that_leads_nowhere_else(tmp_path: Path) -> None:
    for name in ("../thanh-hoa-1", "thanh-hoa", "root-1", "Thanh-1", "", "a-b-x"):
        with pytest.raises(UnfitName):
            make_key(tmp_path, name, PASSPHRASES)


def test_a_folder_for_keys_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileUnwritable):
        office(tmp_path / "kho", tmp_path / "file" / "khoa", {}, NOW)


def test_passphrases_are_one_a_line_and_may_hold_anything() -> None:
    read = read_passphrases("root-1=a = b\n\n targets-1 =cụm mật khẩu \r\n")
    assert read == {"root-1": "a = b", "targets-1": "cụm mật khẩu "}
    for text, line in (("root-1", 1), ("a=b\n=c", 2), ("a=", 1)):
        with pytest.raises(PassphrasesUnreadable) as refused:
            read_passphrases(text)
        assert refused.value.line == line


def test_what_the_faces_call_is_named() -> None:
    assert all(hasattr(pack_authoring, name) for name in pack_authoring.__all__)


def test_a_source_of_registers_is_checked_and_built(tmp_path: Path) -> None:
    shutil.copytree(resources_folder() / "packs" / "vn-so-theo-doi", tmp_path / "so")
    checked = check(tmp_path / "so" / "registers.json")
    assert checked.name.startswith("vn-so-theo-doi@1.")
    assert checked.problems == ()
    write_pack(checked, tmp_path / "so.json")
    assert check(tmp_path / "so.json").name == checked.name
    (tmp_path / "so" / "elements.json").write_text("{}", encoding="utf-8")
    wrong = check(tmp_path / "so" / "registers.json")
    assert {problem.code for problem in wrong.problems} == {"unknown_element"}
    assert wrong.content is None
    with pytest.raises(PackSourceRefused):
        write_pack(wrong, tmp_path / "khong.json")


def test_registers_are_authored_in_a_workbook_and_go_back_into_one(tmp_path: Path) -> None:
    starter_registers(tmp_path / "so.xlsx")
    checked = check(tmp_path / "so.xlsx")
    assert checked.problems == ()
    assert checked.name.startswith("tinh-vi-du-so-theo-doi@1.0.0+")
    write_pack(checked, tmp_path / "so.json")
    write_workbook(tmp_path / "so.json", tmp_path / "lai.xlsx")
    assert check(tmp_path / "lai.xlsx").content == checked.content


def test_a_built_set_goes_back_into_a_workbook(tmp_path: Path) -> None:
    starter_workbook(tmp_path / "bo.xlsx")
    write_pack(check(tmp_path / "bo.xlsx"), tmp_path / "bo.json")
    write_workbook(tmp_path / "bo.json", tmp_path / "lai.xlsx")
    assert check(tmp_path / "lai.xlsx").content == (tmp_path / "bo.json").read_bytes()
