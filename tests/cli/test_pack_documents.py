"""The JSON documents: every key of the contract, with plain spaces and codes instead of words."""

from __future__ import annotations

import json
from pathlib import Path

from ntm_desktop.cli.pack_documents import (
    admitted_document,
    checked_document,
    list_document,
    preview_document,
)
from ntm_desktop.operations.confirm import confirm
from ntm_desktop.operations.pack_authoring import check
from ntm_desktop.operations.pack_preview import preview
from ntm_desktop.operations.packs import installed
from ntm_desktop.operations.publishers import admitted, known_publishers
from tests.cli.schemas import PACK_CHECK, PACK_IMPORT, PACK_LIST, PACK_PREVIEW, fits
from tests.support.desks import NTM, fresh_desk
from tests.support.pack_desks import content, shipped_set, shipped_with, stick, threshold_at, with_requirement
from tests.support.pack_repository import Simulated, failing_pack


def test_every_document_has_its_shape(tmp_path: Path) -> None:
    publisher = Simulated()
    lowered = with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5"))
    publisher.add(content(lowered, "1.0.1"))
    publisher.add(failing_pack())
    usb = stick(tmp_path / "usb", publisher)
    with shipped_with(publisher), fresh_desk(tmp_path, NTM) as desk:
        confirm(desk, desk.compiled.requirements["8.4.d"].source, "30 %", "12/QĐ-UBND")
        seen = fits(json.dumps(preview_document(desk, preview(desk, usb))), PACK_PREVIEW)
        brought = fits(json.dumps(admitted_document(admitted(desk, usb))), PACK_IMPORT)
        listed = fits(json.dumps(list_document(installed(desk), known_publishers())), PACK_LIST)
    (move,) = seen["packs"][0]["moves"]
    assert move["contradicted"] == [{"requirement": "8.4.d", "document": "12/QĐ-UBND", "official": False}]
    assert {one["code"] for one in seen["packs"][0]["promise"]} >= {"8.4.d"}
    assert [one["kind"] for one in seen["warnings"]] == ["clock_behind"]
    assert [one["code"] for one in brought["refused"]] == ["pack_examples_fail"]
    assert listed["publishers"][0]["shipped"] is True
    differences = [one["differences"] for change in move["others"] for one in change["requirements"]]
    assert "\u00a0" not in json.dumps(differences, ensure_ascii=False)


def test_problems_carry_their_place_and_words(tmp_path: Path) -> None:
    (tmp_path / "bo.json").write_bytes(failing_pack())
    document = fits(json.dumps(checked_document(check(tmp_path / "bo.json"))), PACK_CHECK)
    (problem,) = document["problems"]
    assert (problem["code"], problem["sheet"], document["set"]) == ("example_fails", None, None)
    assert problem["message"]
