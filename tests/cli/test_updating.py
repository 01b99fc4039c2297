"""The commands about versions of this program: from the publisher's desk to the next start and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_desktop import launcher
from ntm_desktop.packs.repository.lists import fingerprint_of
from ntm_desktop.packs.repository.publish import add
from tests.cli.conftest import Run
from tests.support.pack_repository import pack
from tests.support.programs import NEW, OLD, set_up, stick, update_of
from tests.support.publisher import new_office


def test_a_checkout_says_that_updates_come_another_way(run: Run, tmp_path: Path) -> None:
    here = json.loads(run("update", "status", "--json").out)
    assert (here["installed"], here["back"], here["failed"]) == (None, None, None)
    assert here["next"] == here["version"]
    refused = run("update", "check", tmp_path)
    assert (refused.code, refused.out) == (1, "")


def test_an_update_is_looked_at_taken_in_and_rolled_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, monkeypatch)
    office = new_office(tmp_path)
    source = stick(tmp_path, update_of(tmp_path), office=office)
    unknown = run("update", "check", source, "--lang", "en")
    assert unknown.code == 4
    fingerprint = unknown.err.partition("Fingerprint: ")[2][:64]
    believed = ("--publisher", fingerprint)
    assert f"Version {NEW}" in run("update", "check", source, *believed, "--lang", "en").out
    offer = json.loads(run("update", "check", source, *believed, "--json").out)
    assert (offer["offer"], offer["version"], offer["publisher"]["fingerprint"]) == (
        "newer",
        NEW,
        fingerprint,
    )
    taken = json.loads(run("update", "apply", source, *believed, "--json").out)
    assert (taken["installed"], taken["next"], taken["back"]) == (OLD, NEW, OLD)
    launcher.give_up(launcher.versions_folder(), NEW)
    assert f"Version {NEW} did not start twice" in run("update", "status", "--lang", "en").err
    (launcher.versions_folder() / f"{NEW}.tried").unlink()
    assert NEW in run("update", "status", "--lang", "en").out
    assert json.loads(run("update", "rollback", "--json").out)["next"] == OLD
    assert run("update", "rollback").code == 1


def test_who_takes_packs_in_hears_of_the_program_on_the_same_stick(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, monkeypatch)
    office = new_office(tmp_path)
    add(office, pack("1.0.0"))
    source = stick(tmp_path, update_of(tmp_path), office=office)
    fingerprint = fingerprint_of((office.repo / "metadata/1.root.json").read_bytes())
    run("new", tmp_path / "ws", "--commune", "30604")
    for command in ("preview", "import"):
        done = run("pack", command, tmp_path / "ws", source, "--publisher", fingerprint, "--lang", "en")
        assert (done.code, "bo-thu@1.0.0" in done.out) == (0, True)
        assert f"Version {NEW} of the program is there too" in done.err
    assert json.loads(run("update", "status", "--json").out)["next"] == OLD
