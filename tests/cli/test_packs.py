"""The pack commands from end to end: a stick, a preview, an import, a move and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.schemas import PACK_CHECK, PACK_IMPORT, PACK_LIST, PACK_PREVIEW, fits
from tests.support.desks import NTM
from tests.support.pack_desks import content, shipped_set, shipped_with, stick, threshold_at, with_requirement
from tests.support.pack_repository import Simulated, failing_pack, pack


@pytest.fixture
def home() -> Iterator[Simulated]:
    publisher = Simulated()
    lowered = with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5"))
    publisher.add(content(lowered, "1.1.0"))
    with shipped_with(publisher):
        yield publisher


@pytest.fixture
def usb(home: Simulated, tmp_path: Path) -> Path:
    return stick(tmp_path / "usb", home)


@pytest.fixture
def kho(run: Run, tmp_path: Path) -> Path:
    """A workspace with one dossier that has 612 of 2,382 files online."""
    folder = tmp_path / "kho"
    assert run("new", folder, "--commune", "30604").code == 0
    assert run("dossier", "add", folder, "--set", NTM, "--year", "2023").code == 0
    (tmp_path / "so.json").write_text(
        '{"facts":[{"element":"ho_so_giai_quyet","subject":null,"period":"2023","value":"2.382"},'
        '{"element":"ho_so_truc_tuyen","subject":null,"period":"2023","value":"612"}]}',
        encoding="utf-8",
    )
    assert run("fill", folder, tmp_path / "so.json").code == 0
    return folder


def _dossier(run: Run, kho: Path) -> str:
    return str(fits(run("pack", "list", kho, "--json").out, PACK_LIST)["packs"][0]["dossiers"][0]["id"])


def _bytes_of(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_preview_names_the_flip_and_writes_nothing(run: Run, kho: Path, usb: Path) -> None:
    before = _bytes_of(kho)
    ran = run("pack", "preview", kho, usb, "--json")
    assert ran.code == 0, ran.err
    assert _bytes_of(kho) == before
    document = fits(ran.out, PACK_PREVIEW)
    (found,) = document["packs"]
    (move,) = found["moves"]
    (change,) = (*move["flips"], *move["others"])
    assert change["code"] == "8.4"
    (one,) = change["requirements"]
    assert (one["code"], one["before"], one["after"]) == ("8.4.d", "NOT_MET", "MET")
    assert one["differences"] == [
        {"what": "threshold", "before": "Mức đạt > 30 %", "after": "Mức đạt > 20 %"}
    ]
    shown = run("pack", "preview", kho, usb)
    assert "8.4" in shown.out
    assert "1.1.0" in shown.out


def test_import_apply_and_undo(run: Run, kho: Path, usb: Path) -> None:
    dossier = _dossier(run, kho)
    brought = run("pack", "import", kho, usb, "--json")
    assert brought.code == 0, brought.err
    assert fits(brought.out, PACK_IMPORT)["packs"][0]["version"] == "1.1.0"
    listed = fits(run("pack", "list", kho, "--json").out, PACK_LIST)["packs"][0]
    assert (listed["version"], listed["dossiers"][0]["movable"]) == ("1.1.0", True)
    applied = run("pack", "apply", kho, "--dossier", dossier, "--to", f"{NTM}@1.1.0")
    assert applied.code == 0, applied.err
    assert "8.4" in applied.out
    assert "before-move" in applied.err
    undone = run("pack", "undo", kho)
    assert (undone.code, undone.out.split()) == (0, [dossier, f"{NTM}@1.0.0"])
    assert run("pack", "undo", kho).code == 1


def test_import_from_one_file(run: Run, kho: Path, home: Simulated, tmp_path: Path) -> None:
    (tmp_path / "goi.zip").write_bytes(home.bundle())
    assert f"{NTM}@1.1.0" in run("pack", "import", kho, tmp_path / "goi.zip").out
    assert run("pack", "import", kho, tmp_path / "goi.zip").out != ""


def test_exit_codes_say_who_can_put_it_right(run: Run, kho: Path, usb: Path, tmp_path: Path) -> None:
    assert run("pack", "import", kho, "https://127.0.0.1:1/goi").code == 3  # nobody listens there
    assert run("pack", "import", kho, tmp_path / "không có").code == 3
    assert run("pack", "apply", kho, "--dossier", _dossier(run, kho), "--to", f"{NTM}@9.9.9").code == 1
    assert run("pack", "apply", kho, "--dossier", "không có", "--to", f"{NTM}@1.0.0").code == 1
    assert run("pack", "preview", kho).code == 2
    listing = usb / "metadata" / "2.targets.json"
    listing.write_bytes(listing.read_bytes().replace(b"1.1.0", b"1.2.0"))
    assert run("pack", "import", kho, usb).code == 4
    (tmp_path / "hỏng.zip").write_bytes(b"PK")
    assert run("pack", "import", kho, tmp_path / "hỏng.zip").code == 5


def test_a_stranger_is_untrusted_until_its_fingerprint_is_given(run: Run, kho: Path, tmp_path: Path) -> None:
    stranger = Simulated(name="Tỉnh An Giang", first_key=10)
    stranger.add(pack("1.0.0"))
    usb = stick(tmp_path / "lạ", stranger)
    refused = run("pack", "import", kho, usb)
    assert refused.code == 4
    assert stranger.fingerprint in refused.err
    assert run("pack", "import", kho, usb, "--publisher", "ab" * 32).code == 1
    taken = run("pack", "import", kho, usb, "--publisher", stranger.fingerprint)
    assert (taken.code, taken.out.strip()) == (0, "bo-thu@1.0.0\tTỉnh An Giang")
    publishers = fits(run("pack", "list", kho, "--json").out, PACK_LIST)["publishers"]
    assert [one["name"] for one in publishers] == ["Tỉnh An Giang"]


def test_a_pack_left_out_is_told_and_the_others_are_taken(
    run: Run, kho: Path, home: Simulated, tmp_path: Path
) -> None:
    home.add(failing_pack())
    ran = run("pack", "import", kho, stick(tmp_path / "usb2", home), "--json")
    assert ran.code == 4
    document = fits(ran.out, PACK_IMPORT)
    assert [one["id"] for one in document["packs"]] == [NTM]
    assert [one["code"] for one in document["refused"]] == ["pack_examples_fail"]


def test_a_workbook_is_written_checked_and_built(run: Run, tmp_path: Path) -> None:
    book, built = tmp_path / "bo.xlsx", tmp_path / "bo.json"
    assert run("pack", "new", "--out", book).code == 0
    checked = run("pack", "check", book, "--json")
    assert checked.code == 0
    identity = fits(checked.out, PACK_CHECK)["set"]
    ran = run("pack", "build", book, "--out", built)
    assert ran.out.strip() == f"{identity['id']}@{identity['version']}+{identity['sha256']}"
    assert hashlib.sha256(built.read_bytes()).hexdigest() == identity["sha256"]
    assert run("pack", "check", built).code == 0


def test_problems_are_listed_and_nothing_is_built(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bo.json").write_bytes(failing_pack())
    checked = run("pack", "check", tmp_path / "bo.json", "--json")
    assert checked.code == 1
    document = fits(checked.out, PACK_CHECK)
    assert document["set"] is None
    assert document["problems"][0]["code"] == "example_fails"
    built = run("pack", "build", tmp_path / "bo.json", "--out", tmp_path / "x.json")
    assert built.code == 1
    assert "Đạt" in built.err  # the example that fails
    assert not (tmp_path / "x.json").exists()
    (tmp_path / "bo.json").write_bytes(b"{")
    assert run("pack", "check", tmp_path / "bo.json").code == 4
    (tmp_path / "bo.xlsx").write_bytes(b"kein Excel")
    assert run("pack", "check", tmp_path / "bo.xlsx").code == 1
