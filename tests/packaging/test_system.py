from __future__ import annotations

import pytest

from devtools import system
from devtools.places import Stop


def test_name_offered_by_the_system_is_chosen() -> None:
    names = ("libglib2.0-0t64", "libglib2.0-0")
    assert system.choose(names, lambda name: name.endswith("t64")) == "libglib2.0-0t64"
    assert system.choose(names, lambda name: not name.endswith("t64")) == "libglib2.0-0"
    assert system.choose(names, lambda name: False) == "libglib2.0-0"


def test_library_present_under_any_of_its_names_is_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_installed", lambda names: {"libglib2.0-0t64"})
    monkeypatch.setattr(system, "_offered", lambda name: True)
    wanted = (("libglib2.0-0t64", "libglib2.0-0"), ("libegl1",))
    assert system.missing_packages(wanted) == ["libegl1"]


def test_person_without_rights_gets_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(system.sys, "platform", "linux")
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system, "_has_apt", lambda: True)
    monkeypatch.setattr(system, "missing_packages", lambda wanted: ["libegl1", "libxcb-cursor0"])
    monkeypatch.setattr(system, "_qt_starts", lambda: (False, "libEGL.so.1: cannot open shared object file"))
    monkeypatch.setattr(system, "say", said.append)
    with pytest.raises(Stop) as stopped:
        system.require_qt()
    assert "libEGL.so.1" in stopped.value.reason
    assert stopped.value.remedy.endswith("apt-get install -y --no-install-recommends libegl1 libxcb-cursor0")
    assert "sudo" in said[0]


def test_missing_names_stop_nobody_when_qt_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(system.sys, "platform", "linux")
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system, "_has_apt", lambda: True)
    monkeypatch.setattr(system, "missing_packages", lambda wanted: ["libxcb-util1"])
    monkeypatch.setattr(system, "_qt_starts", lambda: (True, ""))
    monkeypatch.setattr(system, "say", said.append)
    system.require_qt()
    assert len(said) == 1


def test_judges_are_wanted_in_ci_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(system.sys, "platform", "linux")
    monkeypatch.setattr(system, "_has_apt", lambda: True)
    monkeypatch.setattr(system, "missing_packages", lambda wanted: asked.append(len(wanted)) or [])
    monkeypatch.setattr(system, "_qt_starts", lambda: (True, ""))
    for value in ("", "true"):
        monkeypatch.setenv("CI", value)
        system.require_qt()
    assert asked == [len(system.QT_LIBRARIES), len(system.QT_LIBRARIES) + len(system.JUDGES)]


def test_missing_venv_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_has_apt", lambda: True)
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(Stop) as stopped:
        system.install_venv_package(lambda: False)
    assert f"python3.{system.sys.version_info.minor}-venv" in stopped.value.remedy


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_window_needs_a_screen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(system.sys, "platform", "linux")
    for one in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(one, raising=False)
    with pytest.raises(Stop, match="no screen"):
        system.require_screen()
    monkeypatch.setenv(name, ":0")
    assert system.require_screen() is None


def test_a_tool_that_is_missing_is_named_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system.shutil, "which", lambda tool: None if tool == "makensis" else tool)
    system.require_tools({"objdump": "binutils"})
    with pytest.raises(Stop) as stopped:
        system.require_tools({"makensis": "nsis", "objdump": "binutils"})
    assert stopped.value.remedy.endswith("--no-install-recommends nsis")


def test_root_gets_the_missing_tool_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    there: set[str] = set()
    monkeypatch.setattr(system.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(system, "_has_apt", lambda: True)
    monkeypatch.setattr(system.shutil, "which", lambda tool: tool if tool in there else None)
    monkeypatch.setattr(system, "_install", lambda packages: there.add("makensis"))
    system.require_tools({"makensis": "nsis"})
    with pytest.raises(Stop):
        system.require_tools({"objdump": "binutils"})
