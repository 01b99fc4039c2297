"""The commands for sizes that travel."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.support import containers


def test_split_join_and_verify_a_dossier(run: Run, tmp_path: Path) -> None:
    dossier, out = tmp_path / "ho-so.asice", tmp_path / "gui"
    containers.write(dossier)
    assert run("split", dossier, "--size", "20", "--out", out).code == 2
    assert run("split", dossier, "--size", "20MB", "--out", out).code == 1  # it fits already
    containers.write(dossier, {**containers.FILES, "lon.bin": bytes(range(256)) * 8})
    done = run("split", dossier, "--size", "1KB", "--out", out)
    assert done.code == 0
    listed = [Path(line) for line in done.out.splitlines()]
    assert f"{len(listed) - 1} phần" in done.err
    joined = run("join", out, "--out", tmp_path / "lai.asice")
    assert (joined.code, joined.out.strip()) == (0, str(tmp_path / "lai.asice"))
    assert (tmp_path / "lai.asice").read_bytes() == dossier.read_bytes()
    assert run("join", out, "--out", tmp_path / "lai.asice").code == 1
    assert run("verify", listed[0]).code == run("verify", dossier).code
    listed[1].unlink()
    assert listed[1].name in run("join", listed[0]).err
