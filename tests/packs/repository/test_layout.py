"""What lies where, and which names are names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.packs.repository.bundle import _SAFE
from ntm_desktop.packs.repository.layout import (
    TRUST,
    PackName,
    is_province,
    largest_list,
    list_file,
    pack_file,
    pack_name,
    program_path,
    program_version,
    trust_name,
)

_WORD = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
_NUMBER = st.integers(0, 999_999).map(str)


def test_names_of_files() -> None:
    assert list_file("timestamp") == "metadata/timestamp.json"
    assert list_file("root", 3) == "metadata/3.root.json"
    assert pack_file("packs/thanh-hoa/bo-1.0.0.json", "ab") == "targets/packs/thanh-hoa/ab.bo-1.0.0.json"
    assert (largest_list("timestamp"), largest_list("thanh-hoa")) == (16_384, 5_000_000)


@given(_WORD, st.tuples(_NUMBER, _NUMBER, _NUMBER), st.just("") | _WORD)
def test_the_path_of_a_pack_says_what_it_is(id_: str, version: tuple[str, ...], province: str) -> None:
    name = PackName(id_, ".".join(version), province)
    assert pack_name(name.path) == name
    assert name.numbers == tuple(map(int, version))
    assert _SAFE.fullmatch(pack_file(name.path, "0" * 64))


def test_the_path_of_a_trust_pack_is_another_one_and_no_provinces() -> None:
    name = PackName("vn-tin-cay", "1.0.0", kind=TRUST)
    assert (name.path, trust_name(name.path), pack_name(name.path)) == (
        "trust/vn-tin-cay-1.0.0.json",
        name,
        None,
    )
    assert trust_name("trust/thanh-hoa/vn-tin-cay-1.0.0.json") is None
    assert trust_name("packs/vn-tin-cay-1.0.0.json") is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        "bo-1.0.0.json",
        "packs/bo.json",
        "packs/bo-1.0.json",
        "packs/../bo-1.0.0.json",
        "packs/a/b/bo-1.0.0.json",
        "packs/Bo-1.0.0.json",
        "packs/bo-1.0.0.json\n",
        "packs/bo-1.0.0.json/",
        "packs/bộ-1.0.0.json",
        "packs/bo-1.0.٣.json",
        "/packs/bo-1.0.0.json",
    ],
)
def test_any_other_path_is_no_pack(path: str) -> None:
    assert pack_name(path) is None


def test_a_province_is_not_called_like_a_list_of_the_publisher() -> None:
    assert [
        is_province(name) for name in ("thanh-hoa", "root", "timestamp", "a.b", "A", "", "a/b", "a" * 41)
    ] == [
        True,
        *[False] * 7,
    ]


def test_the_path_of_a_version_of_the_program_says_which_it_is() -> None:
    assert program_version(program_path("0.10.2")) == "0.10.2"
    for path in ("program/ntm-desktop-0.1.tar.xz", "packs/ntm-desktop-0.1.0.tar.xz", program_path("a.b.c")):
        assert program_version(path) == ""
