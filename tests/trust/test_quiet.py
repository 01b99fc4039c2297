from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from ntm_desktop.trust.judge import judge
from ntm_desktop.trust.quiet import quiet
from ntm_desktop.trust.token import _signer
from tests.support.signers import NOW, SIGNER, Leaf, authority, certificate_of, key_file


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


@pytest.mark.parametrize(
    "use",
    [
        lambda _folder: quiet(),
        lambda _folder: judge(b"", b"", [], NOW),
        key_file,
        lambda _folder: _signer(
            None, "t", certificate_of(Leaf(), authority()).public_bytes(Encoding.DER), [], "rsa"
        ),
    ],
    ids=["by itself", "judging", "opening a key", "a token"],
)
def test_they_are_silent_from_the_first_use_on(
    use: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    for one in loggers:
        monkeypatch.setattr(one, "level", logging.DEBUG)
        one.manager._clear_cache()
    use(tmp_path)
    assert not any(one.isEnabledFor(logging.CRITICAL) for one in loggers)
