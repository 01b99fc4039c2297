"""What is handed out: pruned to what is used, laid out where Debian expects it, with every licence."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from devtools.places import LOCKS, ROOT
from ntm_desktop import launcher
from ntm_desktop.packs.program import update_file
from ntm_desktop.ui import arrival
from release import debian, freezing, licences, marker, portable, update

LINUX = Path(debian.__file__).with_name("linux")


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A folder as PyInstaller leaves it, of empty files."""
    inside = tmp_path / "ntm-desktop" / "_internal"
    for name in (
        "PySide6/Qt/translations/qt_de.qm",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/QtCore.abi3.so",
        "babel/locale-data/vi.dat",
        "babel/locale-data/en_GB.dat",
        "babel/locale-data/de.dat",
        "lxml/etree.cpython-311-x86_64-linux-gnu.so",
        "libpython3.11.so.1.0",
        "libunused.so.1",
    ):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).touch()
    (inside.parent / "ntm-desktop").write_text("#!/bin/sh\n")
    (inside.parent / "LICENCES.txt").write_text("licences")
    return inside.parent


@pytest.mark.skipif(shutil.which("readelf") is None, reason="readelf is not installed")
def test_what_is_not_used_goes_and_what_is_used_stays(frozen: Path) -> None:
    freezing.prune(frozen)
    left = {path.name for path in frozen.rglob("*") if path.is_file()}
    assert left == {
        *("ntm-desktop", "LICENCES.txt", "libqxcb.so", "QtCore.abi3.so", "vi.dat", "en_GB.dat"),
        *("etree.cpython-311-x86_64-linux-gnu.so", "libpython3.11.so.1.0"),
    }
    assert (frozen / "_internal" / "docx" / "parts").is_dir()


def test_the_package_lies_where_debian_expects_it(frozen: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    debian.lay(frozen, tree)
    assert (tree / "usr/bin/ntm-desktop").readlink() == Path("/opt/ntm-desktop/ntm-desktop")
    assert (tree / "usr/share/doc/ntm-desktop/copyright").read_text() == "licences"
    control = (tree / "DEBIAN/control").read_text(encoding="utf-8")
    assert f"Version: {debian.version()}\n" in control
    assert "libxcb-cursor0" in control
    assert (tree / "usr/share/applications/ntm-desktop.desktop").is_file()


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not installed")
def test_the_package_is_one_that_dpkg_reads(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "BUILD", tmp_path)
    made = debian.build(frozen)
    told = subprocess.run(
        ["dpkg-deb", "--contents", str(made)], capture_output=True, text=True, check=True
    ).stdout
    assert "./usr/bin/ntm-desktop -> /opt/ntm-desktop/ntm-desktop" in told
    assert "root/root" in told


def test_the_portable_archive_belongs_to_nobody(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portable, "BUILD", tmp_path)
    with tarfile.open(portable.build(frozen)) as archive:
        assert {entry.uname for entry in archive} == {"root"}
        assert f"ntm-desktop-{debian.version()}/DOC-TRUOC.txt" in archive.getnames()


def test_the_menu_entry_and_the_kinds_of_files_fit_together() -> None:
    kinds = ET.parse(LINUX / "ntm-desktop.xml").getroot()
    patterns = {
        glob.get("pattern")
        for glob in kinds.iter("{http://www.freedesktop.org/standards/shared-mime-info}glob")
    }
    assert patterns == {"*.asice", f"*{arrival.COPY}", f"*{arrival.PACKS}"}
    entry = (LINUX / "ntm-desktop.desktop").read_text(encoding="utf-8")
    types = {one.get("type") for one in kinds}
    assert types == set(entry.partition("MimeType=")[2].split("\n")[0].rstrip(";").split(";"))
    assert "Exec=ntm-desktop open %f" in entry
    assert ET.parse(LINUX / "ntm-desktop.svg").getroot().get("viewBox") == "0 0 64 64"


@pytest.mark.slow
def test_the_licences_name_every_library(frozen: Path, tmp_path: Path) -> None:
    licences.write(tmp_path / "all.txt", frozen, Path(sys.executable))
    text = (tmp_path / "all.txt").read_text(encoding="utf-8")
    for name in ("NTM Desktop", "PySide6", "cryptography", "reportlab", "OpenSans"):
        assert name in text
    assert "pyinstaller 6" not in text.lower()


def test_an_installed_program_knows_its_version_and_its_libraries(tmp_path: Path) -> None:
    said = json.loads(marker.write(tmp_path / "work").read_text(encoding="utf-8"))
    lock = (LOCKS / "runtime.txt").read_bytes()
    assert said == {"version": debian.version(), "runtime": hashlib.sha256(lock).hexdigest()}
    assert marker.NAME == launcher.MARKER


def test_the_update_file_lies_beside_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "BUILD", tmp_path)
    monkeypatch.setattr(update_file, "build_update", lambda tree: str(tree).encode())
    made = update.build()
    assert made.name == f"ntm-desktop-{debian.version()}-update.tar.xz"
    assert made.read_bytes() == str(ROOT).encode()
