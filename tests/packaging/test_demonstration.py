from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from devtools import demonstration
from devtools.places import Stop

_PROGRAM = """
import pathlib, sys, zipfile
verb, folder = sys.argv[1], pathlib.Path(sys.argv[3])
if verb == "demo":
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "a.asice", "w") as container:
        container.writestr("META-INF/ASiCManifest001.xml", "<a/>")
        container.writestr("META-INF/signature001.p7s", "no signature")
    (folder / "a.pem").write_text("")
else:
    print({answer!r})
"""


def _program(folder: Path, answer: object) -> list[str]:
    script = folder / "program.py"
    script.write_text(_PROGRAM.replace("{answer!r}", repr(json.dumps(answer))), encoding="utf-8")
    return [sys.executable, str(script)]


@pytest.mark.parametrize(("verification", "code"), [("VALID", 0), ("UNKNOWN", 1), ("INVALID", 1)])
def test_demonstration_succeeds_only_with_a_valid_dossier(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    verification: str,
    code: int,
) -> None:
    answer = {"verification": verification, "replay": {"agrees": True}, "reasons": ["because"]}
    monkeypatch.setattr(demonstration, "_command", lambda python: _program(tmp_path, answer))
    monkeypatch.setattr(demonstration.shutil, "which", lambda name: None)
    assert demonstration.run(Path(sys.executable), ["--out", str(tmp_path / "demo")]) == code
    printed = capsys.readouterr().out
    assert verification in printed
    assert "because" in printed
    assert str(tmp_path / "demo" / "a.asice") in printed


@pytest.mark.skipif(not demonstration.shutil.which("openssl"), reason="openssl is not installed")
def test_demonstration_fails_when_openssl_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"verification": "VALID", "replay": {"agrees": True}}
    monkeypatch.setattr(demonstration, "_command", lambda python: _program(tmp_path, answer))
    assert demonstration.run(Path(sys.executable), ["--out", str(tmp_path / "demo")]) == 1


@pytest.mark.parametrize("words", [["--out", "here"], ["--out=here"]])
def test_folder_is_taken_out_of_the_arguments_however_it_is_written(words: list[str]) -> None:
    assert demonstration._folder([*words, "--lang", "en"]) == (Path("here").resolve(), ["--lang", "en"])
    assert demonstration._folder(["--lang", "en"]) == (demonstration.ROOT / "demo", ["--lang", "en"])


def test_demonstration_that_leaves_no_dossier_is_a_defect(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="left no"):
        demonstration._newest(tmp_path, "*.asice")


def test_container_without_signature_is_not_accepted(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.asice", "w") as container:
        container.writestr("mimetype", "x")
    assert demonstration._openssl(tmp_path / "a.asice", tmp_path / "a.pem") in {False, None}
