"""The publisher's commands: from new keys to one file that an office takes in."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from ntm_desktop.operations.pack_authoring import FIRST_KEYS
from ntm_desktop.trust import locked_key
from tests.cli.conftest import Run
from tests.support.pack_repository import pack
from tests.support.programs import NEW, NEWER, update_of, write_tree

KEYS = (*FIRST_KEYS, "targets-2", "thanh-hoa-1", "program-1")


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locked_key, "ROUNDS", 10)


@pytest.fixture
def keys(tmp_path: Path) -> tuple[object, ...]:
    """The options every act of publishing takes."""
    (tmp_path / "pw").write_text("\n".join(f"{key}=mot hai ba bon {key}" for key in KEYS), encoding="utf-8")
    return ("--keys", tmp_path / "khoa", "--passphrases", tmp_path / "pw")


def test_a_repository_is_published_rotated_and_taken_in(
    run: Run, tmp_path: Path, keys: tuple[object, ...]
) -> None:
    repo, bundle = tmp_path / "kho", tmp_path / "goi.zip"
    started = run("pack", "publish", "init", repo, "--name", "Tỉnh An Giang", *keys)
    assert started.code == 0, started.err
    fingerprint = started.out.strip()
    (tmp_path / "bo.json").write_bytes(pack("1.0.0"))
    added = run("pack", "publish", "add", repo, tmp_path / "bo.json", *keys)
    assert added.out.strip() == "packs/bo-thu-1.0.0.json"
    assert run("pack", "publish", "rotate", repo, "--key", "targets-1", *keys).out.strip() == "targets-2"
    assert run("pack", "publish", "renew", repo, *keys).code == 0
    assert run("pack", "publish", "bundle", repo, "--out", bundle).code == 0
    run("new", tmp_path / "ws", "--commune", "30604")
    taken = run("pack", "import", tmp_path / "ws", bundle, "--publisher", fingerprint)
    assert (taken.code, taken.out.strip()) == (0, "bo-thu@1.0.0\tTỉnh An Giang")


def test_a_province_publishes_with_its_own_key(run: Run, tmp_path: Path, keys: tuple[object, ...]) -> None:
    repo = tmp_path / "kho"
    run("pack", "publish", "init", repo, "--name", "Trung ương", *keys)
    made = run("pack", "publish", "key", "thanh-hoa-1", *keys)
    assert made.code == 0, made.err
    let = ("--province", "thanh-hoa", "--title", "Thanh Hóa", "--public", made.out.strip())
    assert run("pack", "publish", "let-in", repo, *let, *keys).code == 0
    (tmp_path / "bo.json").write_bytes(pack("1.0.0"))
    added = run("pack", "publish", "add", repo, tmp_path / "bo.json", "--province", "thanh-hoa", *keys)
    assert added.out.strip() == "packs/thanh-hoa/bo-thu-1.0.0.json"


def test_passphrases_come_from_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("thanh-hoa-1=mot hai ba bon nam\n"))
    made = run("pack", "publish", "key", "thanh-hoa-1", "--keys", tmp_path / "khoa", "--passphrases", "-")
    assert made.code == 0
    assert (tmp_path / "khoa" / "thanh-hoa-1.pem").exists()


def test_what_is_missing_is_told(run: Run, tmp_path: Path, keys: tuple[object, ...]) -> None:
    repo = tmp_path / "kho"
    (tmp_path / "bo.json").write_bytes(pack("1.0.0"))
    assert run("pack", "publish", "bundle", repo, "--out", tmp_path / "goi.zip").code == 5
    run("pack", "publish", "init", repo, "--name", "Tỉnh", *keys)
    assert run("pack", "publish", "init", repo, "--name", "Tỉnh", *keys).code == 1
    assert run("pack", "publish", "add", repo, tmp_path / "gone.json", *keys).code == 3
    assert run("pack", "publish", "rotate", repo, "--key", "targets-9", *keys).code == 1
    gone = ("--keys", tmp_path / "khoa", "--passphrases", tmp_path / "gone")
    assert run("pack", "publish", "add", repo, tmp_path / "bo.json", *gone).code == 3
    (tmp_path / "bad").write_text("targets-1", encoding="utf-8")
    bad = ("--keys", tmp_path / "khoa", "--passphrases", tmp_path / "bad")
    assert run("pack", "publish", "add", repo, tmp_path / "bo.json", *bad).code == 1


def test_newer_code_is_published_from_its_source_or_as_a_file(
    run: Run, tmp_path: Path, keys: tuple[object, ...]
) -> None:
    repo, update = tmp_path / "kho", tmp_path / "update.tar.xz"
    run("pack", "publish", "init", repo, "--name", "Tỉnh An Giang", *keys)
    built = run("pack", "publish", "program", repo, write_tree(tmp_path / "tree"), *keys)
    assert built.out.strip() == f"program/ntm-desktop-{NEW}.tar.xz", built.err
    update.write_bytes(update_of(tmp_path, NEWER))
    read = run("pack", "publish", "program", repo, update, *keys)
    assert read.out.strip() == f"program/ntm-desktop-{NEWER}.tar.xz", read.err
    assert run("pack", "publish", "program", repo, update, *keys).code == 1
    assert run("pack", "publish", "program", repo, tmp_path / "gone", *keys).code == 3
