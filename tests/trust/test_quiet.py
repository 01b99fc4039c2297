from __future__ import annotations

import logging

import pytest

from ntm_desktop.trust.judge import judge
from tests.support.signers import NOW, SIGNER, Leaf, authority, key_file


def test_the_libraries_name_nobody_in_the_log(
    tmp_path_factory: pytest.TempPathFactory,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The certificate is unknown: the library would log a warning with the signer's name."""
    signature = key_file(tmp_path_factory.mktemp("key"), Leaf(kind="ec")).sign(b"x", at=NOW)
    with caplog.at_level(logging.DEBUG):
        facts = judge(signature, b"x", [authority("Nơi khác").anchor], NOW)
    assert facts.signer == SIGNER
    assert SIGNER not in caplog.text + "".join(capsys.readouterr())
