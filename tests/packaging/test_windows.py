"""The setup program for Windows: what goes in, what is refused, and that NSIS makes a program of it."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pip
import pytest
from PIL import Image

from devtools.places import LOCKS, Stop
from release import embedding, icons, imports, setup_program

LAUNCHER = Path(pip.__file__).parent / "_vendor" / "distlib" / "w64.exe"
"""A small program for 64-bit Windows that comes with pip."""
LAUNCHER_32 = LAUNCHER.with_name("w32.exe")
with_objdump = pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump is not installed")


@pytest.fixture
def interpreter(tmp_path: Path) -> Path:
    """A zip with the names of an embeddable Python."""
    path = tmp_path / "python-embed-amd64.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("python.exe", "pythonw.exe", f"{embedding.DLL}.dll", f"{embedding.DLL}._pth"):
            archive.writestr(name, name)
    return path


def test_an_interpreter_is_taken_by_its_hash_only(interpreter: Path) -> None:
    embedding.check(interpreter, hashlib.sha256(interpreter.read_bytes()).hexdigest().upper())
    for sha256 in ("", "0" * 64):
        with pytest.raises(Stop) as refused:
            embedding.check(interpreter, sha256)
        assert "SHA-256" in refused.value.reason


def test_an_interpreter_of_another_python_is_refused(tmp_path: Path) -> None:
    other, broken = tmp_path / "python-3.8-embed.zip", tmp_path / "broken.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("python.exe", "")
    broken.write_bytes(b"PK")
    for path in (other, broken):
        with pytest.raises(Stop) as refused:
            embedding.check(path, hashlib.sha256(path.read_bytes()).hexdigest())
        assert "is not an embeddable Python" in refused.value.reason
    with pytest.raises(Stop):
        embedding.check(tmp_path / "missing.zip", "")


def test_the_lock_is_read_as_on_windows() -> None:
    lock = (LOCKS / "runtime.txt").read_text(encoding="utf-8")
    added = "".join(
        f"{name}==1 ; sys_platform {how} 'win32' \\\n    --hash=sha256:0\n"
        for name, how in (("one", "=="), ("two", "!="))
    )
    lines = "\n".join(embedding.for_windows(lock + added)).splitlines()
    names = {line.partition("==")[0] for line in lines if not line.startswith(" ")}
    assert {"pyside6-essentials", "tzdata", "cffi", "one"} <= names
    assert "two" not in names
    assert not [line for line in lines if ";" in line]
    assert sum(line.startswith("    --hash=") for line in lines) > len(names)


@with_objdump
def test_what_a_program_imports_is_read_and_looked_for(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "thing"
    package.mkdir(parents=True)
    (tmp_path / "python").mkdir()
    shutil.copyfile(LAUNCHER, package / "core.pyd")
    folder = imports.Folder(tmp_path, python="python", packages="lib")
    assert "kernel32.dll" in {name.lower() for name in folder.imports[package / "core.pyd"]}
    assert not list(folder.missing())


def test_a_library_is_found_where_windows_looks_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = {
        "lib/a/a.pyd": ("KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll", "Beside.dll", "python3.dll"),
        "lib/a/beside.dll": ("in_libs.dll",),
        "lib/a.libs/in_libs.dll": (),
        "lib/b/b.pyd": ("beside.dll", "in_libs.dll"),
        "lib/PySide6/plugins/platforms/qwindows.dll": ("Qt6Gui.dll", "msvcp140.dll"),
        "lib/PySide6/Qt6Gui.dll": ("shiboken.dll",),
        "lib/shiboken6/shiboken.dll": (),
        "lib/shiboken6/msvcp140.dll": (),
        "python/python3.dll": (),
    }
    monkeypatch.setattr(
        imports, "_read", lambda paths: [(tmp_path / name, needed) for name, needed in needs.items()]
    )
    folder = imports.Folder(tmp_path, python="python", packages="lib")
    assert list(folder.missing()) == ["b.pyd needs beside.dll, in_libs.dll"]
    reached = {
        path.name for path in folder.reached([tmp_path / "lib/PySide6/plugins/platforms/qwindows.dll"])
    }
    assert reached == {"qwindows.dll", "Qt6Gui.dll", "shiboken.dll", "msvcp140.dll"}


@with_objdump
def test_a_program_for_other_machines_is_refused(tmp_path: Path) -> None:
    shutil.copyfile(LAUNCHER_32, tmp_path / "old.exe")
    with pytest.raises(Stop) as refused:
        embedding.judge(tmp_path)
    assert "not for 64-bit Windows: old.exe" in refused.value.reason


def test_what_the_program_does_not_use_stays_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lib = tmp_path / "lib"
    for name in (
        *(
            "pip/main.py",
            "PIL/ImageQt.py",
            "PIL/Image.py",
            "PIL/_avif.cp311-win_amd64.pyd",
            "PySide6/QtCore.pyd",
        ),
        *("PySide6/QtNetwork.pyd", "PySide6/QtQml.pyd", "PySide6/designer.exe", "PySide6/glue/a.cpp"),
        *("PySide6/plugins/platforms/qwindows.dll", "PySide6/plugins/platforms/qdirect2d.dll"),
        *(
            "PySide6/Qt6Gui.dll",
            "PySide6/Qt6Qml.dll",
            "pipe/pipe.py",
            "a-1.dist-info/RECORD",
            "a-1.dist-info/METADATA",
        ),
    ):
        (lib / name).parent.mkdir(parents=True, exist_ok=True)
        (lib / name).touch()
    needs = {"qwindows.dll": ("Qt6Gui.dll",), "QtQml.pyd": ("Qt6Qml.dll",)}
    monkeypatch.setattr(imports, "_read", lambda paths: [(path, needs.get(path.name, ())) for path in paths])
    embedding.prune(tmp_path)
    assert {path.name for path in lib.rglob("*") if path.is_file()} == {
        *("Image.py", "QtCore.pyd", "qwindows.dll", "Qt6Gui.dll", "pipe.py", "METADATA"),
    }


def test_what_outgrows_its_limit_is_refused() -> None:
    setup_program.require_sizes(dict(setup_program.LIMITS))
    with pytest.raises(Stop) as refused:
        setup_program.require_sizes({"setup program": setup_program.LIMITS["setup program"] + 1})
    assert "setup program" in refused.value.reason


@pytest.mark.usefixtures("qapp")
def test_the_icon_has_every_size(tmp_path: Path) -> None:
    icons.write(tmp_path / "a.ico")
    with Image.open(tmp_path / "a.ico") as icon:
        assert icon.info["sizes"] == {(size, size) for size in icons.SIZES}
        icon.size = (32, 32)
        assert icon.convert("RGBA").getpixel((3, 16)) == (31, 95, 168, 255)


@pytest.mark.skipif(shutil.which("makensis") is None, reason="nsis is not installed")
@pytest.mark.usefixtures("qapp")
def test_nsis_makes_a_program_for_64_bit_windows(tmp_path: Path) -> None:
    (tmp_path / "app" / "python").mkdir(parents=True)
    icons.write(tmp_path / "app" / "ntm-desktop.ico")
    shutil.copyfile(LAUNCHER, tmp_path / "app" / "python" / "pythonw.exe")
    made = setup_program.pack(tmp_path, tmp_path / "ntm-setup.exe")
    head = made.read_bytes()
    machine = int.from_bytes(head[0x3C:0x40], "little") + 4
    assert head[machine : machine + 2] == b"\x64\x86"
    assert b'requestedExecutionLevel level="asInvoker"' in head


def test_the_setup_program_never_asks_for_rights() -> None:
    script = (Path(setup_program.__file__).with_name("windows") / "ntm-desktop.nsi").read_text(
        encoding="utf-8"
    )
    assert "RequestExecutionLevel user" in script
    assert not {"HKLM", "HKEY_LOCAL_MACHINE", "SHCTX", "$PROGRAMFILES"} & set(
        script.replace('"', " ").split()
    )
    removed = [line.split('"')[1] for line in script.splitlines() if "RMDir /r" in line]
    assert set(removed) == {r"$INSTDIR\app.old", r"$INSTDIR\app.new"}
