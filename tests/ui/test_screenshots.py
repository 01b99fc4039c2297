from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.operations import seal
from ntm_desktop.ui.screenshots import SIZES, take
from tests.house.source import ROOT
from tests.support.sealing import SIGNATORY, desk_to_seal

PAGES = (
    *(
        "an-toan",
        "bang-ap",
        "bat-dau",
        "goi-tieu-chi",
        "ky-va-xuat",
        "nhap-lieu",
        "ra-soat",
        "so-lieu",
        "tong-quan",
    ),
)


def taken(workspace, folder, *words):
    home = folder.parent / "home"
    command = [
        sys.executable,
        "-m",
        "ntm_desktop",
        "open",
        str(workspace),
        "--screenshots",
        str(folder),
        *words,
    ]
    environment = {**os.environ, "NTM_DESKTOP_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr.decode()
    assert not list(home.rglob("*.json")), "the settings of the officer were touched"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    with desk_to_seal(folder) as desk:
        return desk.workspace.folder


@pytest.fixture(scope="module")
def pictures(workspace, tmp_path_factory):
    """Every page at every size: thirty pictures, which take their time while coverage looks on."""
    folder = tmp_path_factory.mktemp("taken") / "một"
    return folder, taken(workspace, folder)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_every_page_is_there_at_every_size(pictures):
    folder, first = pictures
    assert set(first) == {f"{page}-{size.width}.png" for page in PAGES for size in SIZES}
    for size in SIZES:
        picture = QImage(str(folder / f"nhap-lieu-{size.width}.png"))
        assert picture.width() == round(size.width * size.ratio)
        assert picture.height() == round(size.height * size.ratio)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_pictures_taken_twice_are_the_same(workspace, pictures, tmp_path):
    again = taken(workspace, tmp_path / "hai")
    assert list(again) == list(pictures[1])
    other = {name for name, content in again.items() if content != pictures[1][name]}
    assert {
        name for name in other if not name.startswith("an-toan")
    } == set()  # that one tells the room on the disk


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_sealed_dossier_gets_its_end_page_and_english_differs(tmp_path):
    with desk_to_seal(tmp_path) as desk:
        built = seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), tmp_path / "a.asice", None)
        seal.commit(desk, built)
        workspace = desk.workspace.folder
    vietnamese = taken(workspace, tmp_path / "vi")
    assert "da-ky-1366.png" in vietnamese
    english = taken(workspace, tmp_path / "en", "--lang", "en")
    assert set(english) == set(vietnamese)
    assert english["da-ky-1366.png"] != vietnamese["da-ky-1366.png"]


class NoProgram:
    """A program whose workspace does not open."""

    window = None

    def open(self, folder: Path, *, who: str) -> None:
        """Open nothing."""

    def show_start(self) -> None:
        pytest.fail("nothing to show")


def test_workspace_that_does_not_open_is_told_by_the_exit_code(qapp, tmp_path):
    assert take(NoProgram(), tmp_path / "none", tmp_path / "out") == 3


def test_folder_that_is_a_file_is_refused(qapp, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(FileUnwritable):
        take(NoProgram(), tmp_path, tmp_path / "out")
