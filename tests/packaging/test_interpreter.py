from __future__ import annotations

import dataclasses

import pytest

from devtools.interpreter import Interpreter, judge, this_one

GOOD = Interpreter(
    version=(3, 12),
    implementation="cpython",
    bits=64,
    platform="linux-x86_64",
    free_threaded=False,
    glibc=(2, 36),
    windows_build=None,
)
ON_WINDOWS = dataclasses.replace(GOOD, platform="win-amd64", glibc=None, windows_build=19045)


@pytest.mark.parametrize("found", [GOOD, ON_WINDOWS, dataclasses.replace(GOOD, version=(3, 11))])
def test_python_with_wheels_is_accepted(found: Interpreter) -> None:
    assert judge(found) is None


def test_the_python_of_this_run_is_accepted() -> None:
    assert judge(this_one()) is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"version": (3, 10)}, "3.10"),
        ({"version": (3, 15)}, "3.15"),
        ({"implementation": "pypy"}, "pypy"),
        ({"bits": 32}, "32-bit"),
        ({"free_threaded": True}, "free-threaded"),
        ({"platform": "mingw_x86_64_ucrt"}, "MSYS2"),
        ({"glibc": None}, "Alpine"),
        ({"glibc": (2, 31)}, "2.31"),
        ({"platform": "win-amd64", "glibc": None, "windows_build": 9600}, "Windows 10"),
    ],
)
def test_python_without_wheels_is_told_why_and_what_to_do(change: dict[str, object], named: str) -> None:
    trouble = judge(dataclasses.replace(GOOD, **change))
    assert trouble is not None
    reason, remedy = trouble
    assert named in reason
    assert remedy
