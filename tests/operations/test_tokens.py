from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop import settings
from ntm_desktop.operations import tokens
from ntm_desktop.operations.tokens import NoToken, SeveralTokens, open_token
from tests.support.signers import SIGNER
from tests.support.softhsm import LABEL, MODULE, PIN, configure, make_token, needs_softhsm


@needs_softhsm
def test_the_only_token_needs_no_name_and_of_two_one_must_be_named(tmp_path, monkeypatch) -> None:
    configure(tmp_path, monkeypatch)
    with pytest.raises(NoToken):
        open_token(MODULE, "", PIN)
    make_token(tmp_path)
    assert open_token(MODULE, "", PIN).certificate.subject == SIGNER
    make_token(tmp_path, label="Đảng ủy")
    with pytest.raises(SeveralTokens) as caught:
        open_token(MODULE, "", PIN)
    assert set(caught.value.labels.split(", ")) == {LABEL, "Đảng ủy"}
    assert open_token(MODULE, LABEL, PIN).certificate.subject == SIGNER


def test_the_driver_is_remembered_while_it_is_there(tmp_path: Path) -> None:
    driver = tmp_path / "driver.so"
    driver.write_bytes(b"x")
    assert tokens.known_driver() is None
    tokens.remember_driver(driver)
    assert tokens.known_driver() == driver
    driver.unlink()
    assert tokens.known_driver() is None
    tokens.remember_driver(None)
    assert settings.load().token_driver == ""


def test_settings_that_cannot_be_written_do_not_stop_a_signature(tmp_path, monkeypatch) -> None:
    def broken(_settings: object) -> None:
        raise OSError

    monkeypatch.setattr(settings, "save", broken)
    tokens.remember_driver(tmp_path)
    assert tokens.known_driver() is None
