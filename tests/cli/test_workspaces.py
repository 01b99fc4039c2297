from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.schemas import DOCTOR, PROFILE, fits


def test_new_workspace_takes_hamlets_and_profile(run: Run, tmp_path: Path) -> None:
    kho = tmp_path / "kho"
    made = run("new", kho, "--commune", "30604", "--hamlet-label", "ấp")
    assert made.code == 0
    assert "Vĩnh An" in made.out
    (tmp_path / "ap.csv").write_text("Tên ấp\nVĩnh Lợi\n17\n", encoding="utf-8")
    taken = run("hamlets", kho, tmp_path / "ap.csv")
    assert taken.code == 1
    assert "ap!A3" in taken.err
    said = run("profile", kho, "vung=dbscl", "--document", "318/QĐ-TTg", "--from", "08/03/2022", "--json")
    assert said.code == 0
    assert fits(said.out, PROFILE)["profile"] == [
        {"key": "vung", "value": "dbscl", "from": "2022-03-08", "document": "318/QĐ-TTg"}
    ]
    assert run("profile", kho).out == "vung\tdbscl\t08/03/2022\t318/QĐ-TTg\n"


def test_refusals_of_the_user_are_1(run: Run, workspace: Path, tmp_path: Path) -> None:
    assert run("new", workspace, "--commune", "30604").code == 1
    assert run("new", tmp_path / "x", "--commune", "00000").code == 1
    assert run("profile", workspace, "mau=xanh").code == 1
    assert run("profile", workspace, "vung=sao").code == 1
    assert run("profile", workspace, "vung").code == 2


def test_missing_workspace_is_unavailable(run: Run, tmp_path: Path) -> None:
    assert run("hamlets", tmp_path / "x", tmp_path / "ap.csv").code == 3
    assert run("doctor", tmp_path / "x").code == 3


def test_doctor_tells_a_sound_workspace_from_a_damaged_one(run: Run, workspace: Path) -> None:
    sound = run("doctor", workspace, "--json")
    assert sound.code == 0
    assert fits(sound.out, DOCTOR)["healthy"] is True
    lost = next(path for path in (workspace / "evidence").rglob("*") if path.is_file())
    lost.unlink()
    damaged = run("doctor", workspace, "--json")
    assert damaged.code == 5
    assert "evidence_missing" in damaged.out
    assert run("doctor", workspace).code == 5
