"""What a preview says in a terminal: one line for each thing that changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.cli.pack_lines import move_lines, preview_lines
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.confirm import confirm
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import Preview, move_of, preview
from tests.support.desks import NTM, fresh_desk
from tests.support.pack_desks import content, shipped_set, shipped_with, stick, threshold_at, with_requirement
from tests.support.pack_repository import Simulated, pack


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM) as made:
        for name, text in (("ho_so_giai_quyet", "2.382"), ("ho_so_truc_tuyen", "612")):
            answer(made, FactKey(name, "", year_period(2023)), text)
        yield made


def _preview(desk: Desk, *contents: bytes) -> Preview:
    publisher = Simulated()
    for one in contents:
        publisher.add(one)
    with shipped_with(publisher):
        return preview(desk, stick(desk.workspace.folder.parent / "usb", publisher))


def test_pack_dossier_and_change_have_each_their_line(desk: Desk) -> None:
    lowered = with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5"))
    lines = list(preview_lines(desk, _preview(desk, content(lowered, "1.0.1"))))
    assert lines[0].startswith(f"{NTM}@1.0.1\t")
    assert "1.0.1" in lines[1]  # the promise of a patch that is not kept
    assert "2023" in lines[2]
    assert any(line.strip().startswith("8.4\t") for line in lines)
    assert any("8.4.d\tMức đạt > 30\u00a0%\t→ Mức đạt > 20\u00a0%" in line for line in lines)


def test_a_pack_that_moves_nothing_and_a_source_without_news_say_so(desk: Desk) -> None:
    assert list(preview_lines(desk, _preview(desk))) == ["Mọi gói của nguồn này đã có sẵn."]
    lines = list(preview_lines(desk, _preview(desk, pack("1.0.0"))))
    assert lines[1].strip() == "Không hồ sơ đang làm nào chuyển sang bản này."


def test_what_is_asked_put_aside_and_contradicted_is_listed(desk: Desk) -> None:
    source = shipped_set(NTM)
    elements = dict(source.catalogue.elements)
    elements["ho_so_khac"] = dataclasses.replace(elements.pop("ho_so_truc_tuyen"), name="ho_so_khac")
    catalogue = dataclasses.replace(source.catalogue, elements=elements)

    def other(requirement):
        fields = tuple(
            dataclasses.replace(field, element="ho_so_khac") if field.element == "ho_so_truc_tuyen" else field
            for field in requirement.fields
        )
        measure = ("ratio", ("fact", "ho_so_khac"), ("fact", "ho_so_giai_quyet"))
        lowered = threshold_at("1/5")(requirement)
        return dataclasses.replace(lowered, fields=fields, measure=measure)

    confirm(desk, desk.compiled.requirements["8.4.d"].source, "30 %", "12/QĐ-UBND")
    made = desk.library.of(
        content(with_requirement(dataclasses.replace(source, catalogue=catalogue), "8.4.d", other), "1.1.0")
    ).source
    assert desk.dossier is not None
    text = "\n".join(move_lines(desk, move_of(desk, desk.dossier, made)))
    assert "Số liệu mới phải nhập: " in text
    assert "Để riêng: " in text
    assert "12/QĐ-UBND" in text


def test_nothing_that_flips_is_said(desk: Desk) -> None:
    assert desk.dossier is not None
    same = desk.library.of(content(shipped_set(NTM), "1.1.0")).source
    assert list(move_lines(desk, move_of(desk, desk.dossier, same))) == ["Không chỉ tiêu nào đổi kết quả."]
