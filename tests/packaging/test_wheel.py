"""The wheel carries the resources and texts, byte for byte, where the program looks for them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import ntm_desktop
from devtools.places import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def _kept(folder: str) -> list[Path]:
    command = ["git", "ls-files", "-z", folder]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "inside"), [("resources", "_resources"), ("translations", "_translations")]
)
def test_wheel_carries_every_kept_file_unchanged(wheel: zipfile.ZipFile, folder: str, inside: str) -> None:
    different = [
        path.relative_to(ROOT).as_posix()
        for path in _kept(folder)
        if wheel.read(f"ntm_desktop/{inside}/{path.relative_to(ROOT / folder).as_posix()}")
        != path.read_bytes()
    ]
    assert not different


@pytest.mark.slow
def test_wheel_carries_the_compiled_texts(wheel: zipfile.ZipFile) -> None:
    compiled = {
        path.relative_to(ROOT / "translations").as_posix() for path in (ROOT / "translations").rglob("*.mo")
    }
    assert {f"ntm_desktop/_translations/{name}" for name in compiled} <= set(wheel.namelist())


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == ntm_desktop.__version__


@pytest.mark.slow
def test_wheel_has_the_command_and_nothing_of_the_workshop(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    entry_points = next(name for name in names if name.endswith("entry_points.txt"))
    assert "ntm-desktop = ntm_desktop.__main__:main" in wheel.read(entry_points).decode()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"ntm_desktop"}
