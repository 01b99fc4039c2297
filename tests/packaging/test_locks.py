"""The locks pin everything by hash, send nobody to an address and hold what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib

import pytest

from devtools.places import LOCKS, ROOT

PIN = re.compile(r"[a-z0-9-]+==[^\s:/]+(?: ; [^\\:/]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+")
"""One library; whatever could send pip elsewhere (an address, any option but a hash) does not fit."""
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; ([^\\]+))? \\$", re.MULTILINE)


def _pins(name: str) -> dict[str, str]:
    return {
        match[1]: match[2] for match in PINNED.finditer((LOCKS / f"{name}.txt").read_text(encoding="utf-8"))
    }


def _asked(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=;~ ]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


def _pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["runtime", "dev", "build", "fuzz"])
def test_lock_holds_nothing_but_pins_with_their_hashes(name: str) -> None:
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]
    assert entries
    assert [entry for entry in entries if not PIN.fullmatch(entry.rstrip())] == []


def test_runtime_lock_holds_every_dependency() -> None:
    assert _asked(_pyproject()["project"]["dependencies"]) <= _pins("runtime").keys()


def test_dev_lock_holds_every_tool() -> None:
    assert _asked(_pyproject()["dependency-groups"]["dev"]) <= _pins("dev").keys()


def test_build_lock_holds_what_freezes() -> None:
    assert _asked(_pyproject()["dependency-groups"]["build"]) <= _pins("build").keys()


def test_fuzz_lock_holds_what_steers() -> None:
    assert _asked(_pyproject()["dependency-groups"]["fuzz"]) <= _pins("fuzz").keys()


def test_both_locks_agree_on_what_they_share() -> None:
    runtime, dev = _pins("runtime"), _pins("dev")
    assert {name: dev[name] for name in runtime.keys() & dev.keys()} == {
        name: runtime[name] for name in runtime.keys() & dev.keys()
    }


def test_pyproject_sends_nobody_to_an_address() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "://" not in text
    assert not {"uv", "pip", "pdm", "poetry"} & _pyproject()["tool"].keys()
