from __future__ import annotations

import json

import pytest

from ntm_desktop.cli.printing import say, say_json, tell


def test_result_and_talk_go_different_ways(capsys: pytest.CaptureFixture[str]) -> None:
    say("kết quả")
    tell("lời nhắn")
    told = capsys.readouterr()
    assert (told.out, told.err) == ("kết quả\n", "lời nhắn\n")


def test_json_keeps_vietnamese_letters(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"tên": "Vĩnh An", "số": [1, None, True]})
    out = capsys.readouterr().out
    assert "Vĩnh An" in out
    assert json.loads(out) == {"tên": "Vĩnh An", "số": [1, None, True]}
