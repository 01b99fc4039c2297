"""backup, restore, and what doctor does beyond looking."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_workspace_travels_in_one_file_with_a_passphrase(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "pw").write_text("bốn từ ghép lại\n", encoding="utf-8")
    target = tmp_path / "xã.ntmbackup"
    made = run("backup", workspace, "--out", target, "--password-file", tmp_path / "pw", "--json")
    assert made.code == 0, made.err
    told = json.loads(made.out)
    assert told["place"] == str(target)
    assert told["missing"] == []
    locked = run("restore", target, tmp_path / "mới")
    assert locked.code == 1
    assert "mật khẩu" in locked.err
    assert not (tmp_path / "mới").exists()
    done = run("restore", target, tmp_path / "mới", "--password-file", tmp_path / "pw", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["damaged"] == []
    assert run("doctor", tmp_path / "mới").code == 0
    lists = [run("dossier", "list", folder, "--json").out for folder in (workspace, tmp_path / "mới")]
    assert lists[0] == lists[1]


def test_a_folder_takes_a_copy_that_shares_and_can_be_restored(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    made = run("backup", workspace, "--out", tmp_path / "usb")
    assert made.code == 0, made.err
    assert "Đã chép và đã đọc lại" in made.out
    (file,) = tmp_path.glob("usb/NTM-30604-*/copies/*.ntm")
    spoiled = next(file.parent.parent.glob("evidence/??/*"))
    spoiled.write_bytes(b"?" * spoiled.stat().st_size)
    done = run("restore", file, tmp_path / "mới")
    assert done.code == 5
    assert spoiled.name in done.out


def test_what_is_missing_is_said_in_the_copy_and_doctor_brings_it_back(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    assert run("backup", workspace, "--out", tmp_path / "usb").code == 0
    assert run("doctor", workspace, "--mend").out == "Không tệp minh chứng nào thiếu hay bị sửa.\n"
    one, other = sorted(workspace.glob("evidence/??/*"))[:2]
    one.unlink()
    made = run("backup", workspace, "--out", tmp_path / "a.ntmbackup")
    assert one.name in made.out
    mended = run("doctor", workspace, "--mend")
    assert mended.code == 0
    assert one.name in mended.out
    other.unlink()
    next(tmp_path.glob(f"usb/*/evidence/??/{other.name}")).unlink()
    still = run("doctor", workspace, "--mend")
    assert (still.code, other.name in still.out) == (5, True)
    assert json.loads(run("doctor", workspace, "--mend", "--json").out) == {
        "brought": [],
        "still": [other.name],
    }


def test_doctor_rehearses_a_restore(run: Run, workspace: Path, tmp_path: Path) -> None:
    assert run("doctor", workspace, "--rehearse").code == 1
    (tmp_path / "usb").mkdir()
    assert run("backup", workspace, "--out", tmp_path / "usb").code == 0
    told = run("doctor", workspace, "--rehearse")
    assert told.code == 0, told.err
    assert "Khôi phục được trọn vẹn." in told.out
    found = json.loads(run("doctor", workspace, "--rehearse", "--json").out)
    assert found["agrees"] is True
    assert found["facts"] > 500
    next(tmp_path.glob("usb/*/evidence/??/*")).unlink()
    assert run("doctor", workspace, "--rehearse").code == 5


def test_a_source_that_is_no_copy_is_said_so(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("not a copy")
    assert run("restore", tmp_path / "a", tmp_path / "mới").code == 5
    assert run("restore", tmp_path / "gone", tmp_path / "mới").code == 3
    assert run("backup", workspace, "--out", workspace / "a.ntmbackup").code == 1


def test_doctor_rescues_what_can_be_read_and_says_what_came_from_where(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    assert run("backup", workspace, "--out", tmp_path / "usb").code == 0
    with (workspace / "workspace.ntm").open("r+b") as file:
        file.write(b"?" * 4096)
    assert run("doctor", workspace).code == 5
    told = run("doctor", workspace, "--rescue", tmp_path / "cứu")
    assert told.code == 0, told.err
    assert "Lấy từ bản sao gần nhất" in told.out
    assert run("doctor", tmp_path / "cứu").code == 0
    again = run("doctor", workspace, "--rescue", tmp_path / "nữa", "--json")
    assert json.loads(again.out)["from_copy"]["claim"] > 500
