"""What a packet says is read believing nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.facts.fact import Edit, EditKind
from ntm_desktop.facts.subject import Commune
from ntm_desktop.snapshot.canonical import canonical_bytes
from ntm_desktop.workspace.errors import WorkspaceDamaged
from ntm_desktop.workspace.packet import (
    Blob,
    Packet,
    PacketDamaged,
    PacketNewer,
    PacketPack,
    Part,
    Purpose,
    body_of,
    decode,
    packet_part,
)
from ntm_desktop.workspace.states import canonical

COMMUNE = Commune("30604", "Vĩnh An", "Xã", "An Giang", "ấp")
OFFICE, THERE, HASH = "0" * 32, "1" * 32, "a" * 64
PART = Part(
    "f" * 32, OFFICE, "ho-so", ("8",), (), frozenset({"so_ho"}), frozenset({"so"}), frozenset({"8.1.a"})
)
CLAIM = {
    "place": 1,
    "id": "x",
    "text": "5",
    "value_type": "number",
    "value": "5",
    "problem": None,
    "document": "",
    "dated": None,
    "estimated": 0,
    "documented": 0,
    "other_body": 0,
    "who": "An",
    "at": "2024",
}


def edit(kind: EditKind, target: object, new: object, number: int = 1) -> Edit:
    state = None if new is None else canonical(new)
    where = canonical(target)
    return Edit(f"{number:032x}", "", kind, where, None, state, None, "An", "may", THERE, "2024")


def packet(*edits: Edit) -> Packet:
    return Packet(Purpose.RETURN, PART, THERE, COMMUNE, "An", "2024", edits)


FIGURE = edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], CLAIM)
GOOD = packet(
    FIGURE,
    replace(FIGURE, id="2" * 32, old=FIGURE.new, new=None, parent=FIGURE.id),
    edit(EditKind.CLAIM, ["so_ho", "", "2024", 1, ""], {**CLAIM, "problem": '["not_a_number",[]]'}, 3),
    edit(EditKind.RECORD, ["dong"], {"register": "so", "place": 1, "since": "2024-01-01", "until": None}, 4),
    edit(EditKind.RECORD, ["dong"], None, 5),
    edit(EditKind.EVIDENCE_LINK, ["ho-so", HASH, "8.1.a", ""], {}, 6),
    edit(EditKind.EVIDENCE_SPOT, ["ho-so", HASH, "so_ho", "", "2024"], {"spot": "trang 2"}, 7),
    edit(EditKind.EVIDENCE_ORIGIN, [HASH], {"size": 1, "original": "", "place": "", "remark": ""}, 8),
)


def test_what_was_written_is_read_again() -> None:
    whole = replace(
        GOOD, packs=(PacketPack("s", "1.0.0", HASH, (("t", HASH),)),), blobs=(Blob(f"packs/{HASH}", 3),)
    )
    assert decode(whole.encode(), "x") == whole
    assert whole.blobs[0].sha256 == HASH


@pytest.mark.parametrize(
    "wrong",
    [
        edit(EditKind.CLAIM, ["khac", "", "2024", 0, ""], CLAIM),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 2, ""], CLAIM),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 0], CLAIM),
        edit(EditKind.CLAIM, ["so_ho", 5, "2024", 0, ""], CLAIM),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], {"text": "5"}),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], {**CLAIM, "value": "1/0"}),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], {**CLAIM, "value": "năm"}),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], {**CLAIM, "dated": "hôm qua"}),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], {**CLAIM, "problem": "{}"}),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], {**CLAIM, "text": ["5"]}),
        edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], {**CLAIM, "text": "5" * (1 << 20)}),
        edit(EditKind.RECORD, ["dong"], {"register": "khac", "place": 1, "since": None, "until": None}),
        edit(EditKind.EVIDENCE_LINK, ["khac", HASH, "8.1.a", ""], {}),
        edit(EditKind.EVIDENCE_LINK, ["ho-so", HASH, "9.1.a", ""], {}),
        edit(EditKind.HAMLET, ["ap"], {"name": "x", "place": 1, "since": None, "until": None}),
        edit(EditKind.COMMUNE, ["1"], None),
        replace(FIGURE, workspace=OFFICE),
        replace(FIGURE, id="khong"),
        replace(FIGURE, new=" " + (FIGURE.new or "")),
        replace(FIGURE, who="\0"),
        replace(FIGURE, who="\ud800"),
    ],
)
def test_an_edit_that_cannot_be_or_is_not_of_the_part_refuses_the_whole_packet(wrong: Edit) -> None:
    try:
        content = packet(wrong).encode()
    except UnicodeEncodeError:  # half a letter cannot be written, only escaped
        content = packet(replace(wrong, who="HALF")).encode().replace(b"HALF", b"\\ud800")
    with pytest.raises(PacketDamaged):
        decode(content, "x")


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.pop("who"),
        lambda value: value.update(format=-1),
        lambda value: value.update(format=True),
        lambda value: value.update(purpose="cut"),
        lambda value: value.update(edits={}),
        lambda value: value.update(part=[]),
        lambda value: value.update(commune=["1"]),
        lambda value: value.update(blobs=[["../x", 1]]),
        lambda value: value.update(blobs=[["packs/x", 1]]),
        lambda value: value.update(edits=value["edits"] * 2),
    ],
)
def test_a_packet_of_another_shape_is_refused(change: Callable[[dict[str, object]], object]) -> None:
    value = json.loads(GOOD.encode())
    change(value)
    with pytest.raises(PacketDamaged):
        decode(canonical_bytes(value), "x")


def test_a_newer_program_and_other_bytes_are_told_apart() -> None:
    value = json.loads(GOOD.encode())
    with pytest.raises(PacketDamaged):
        decode(json.dumps(value).encode(), "x")
    with pytest.raises(PacketDamaged):
        decode(b"\xff", "x")
    with pytest.raises(PacketNewer):
        decode(canonical_bytes({**value, "format": 2}), "x")


def test_a_packet_that_was_cut_comes_from_the_workspace_it_names() -> None:
    hamlet = edit(EditKind.HAMLET, ["ap"], {"name": "x", "place": 1, "since": None, "until": None})
    cut = replace(packet(hamlet), purpose=Purpose.CUT, workspace=OFFICE)
    assert decode(cut.encode(), "x") == cut
    with pytest.raises(PacketDamaged):
        decode(replace(cut, workspace=THERE).encode(), "x")


def test_what_a_workspace_keeps_of_its_part_is_read_again(tmp_path: Path) -> None:
    assert packet_part(canonical_bytes(PART.encode()).decode(), tmp_path / "a") == PART
    with pytest.raises(WorkspaceDamaged):
        packet_part("{}", tmp_path / "a")
    assert body_of(None) is None
