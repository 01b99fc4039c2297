from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.dossier.names import clashes, is_safe


@pytest.mark.parametrize(
    "name",
    [
        "mimetype",
        "dossier.json",
        "META-INF/ASiCManifest001.xml",
        "evidence/0a1b2c_Bien ban (2).pdf",
        "a/b/c/d",
    ],
)
def test_names_of_a_dossier_are_safe(name: str) -> None:
    assert is_safe(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", "/", "a/", "/etc/passwd", "../a", "a/../b", "a/./b", "a//b", "..", "a/.."),
        *("a\\b", "C:/a", "C:a", "a:b", "a*", "a?", 'a"', "a<", "a|b", "a\0b", "a\nb", "a\x7f"),
        *("con", "CON.txt", "a/nul", "aux.tar.gz", "com1", "LPT9.x", "conin$", "nul .txt"),
        *("a.", "a ", "a/b.", " a", ".hidden", "-rf", "~root", "xã.pdf", "a" * 201),
    ],
)
def test_names_that_could_do_harm_somewhere_are_not(name: str) -> None:
    assert not is_safe(name)


@given(st.text(max_size=30) | st.from_regex(r"[a-zA-Z0-9./\\: ~-]{1,20}", fullmatch=True))
def test_a_safe_name_stays_below_the_folder_on_every_system(name: str) -> None:
    if is_safe(name):
        for pure in (PurePosixPath(name), PureWindowsPath(name)):
            assert not pure.is_absolute()
            assert not pure.anchor
            assert ".." not in pure.parts
            assert "/".join(pure.parts) == name


def test_names_clash_ignoring_case_and_as_file_and_folder() -> None:
    assert clashes(["a", "b/c", "B/d"]) == ()
    assert clashes(["a", "b", "A"]) == ("A",)
    assert clashes(["pack", "pack/set.json"]) == ("pack",)
    assert clashes(["x/Y/z", "X/y"]) == ("X/y",)
