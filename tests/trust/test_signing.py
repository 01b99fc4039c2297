from __future__ import annotations

from ntm_desktop.trust.keyfile import KeyFile
from ntm_desktop.trust.signing import SigningKey
from ntm_desktop.trust.token import TokenKey
from tests.support.signers import key_file


def test_both_kinds_of_key_are_signing_keys_and_show_no_secret(tmp_path) -> None:
    key = key_file(tmp_path)
    assert issubclass(TokenKey, SigningKey)
    assert isinstance(key, KeyFile)
    assert repr(key) == f"KeyFile({key.certificate.fingerprint[:12]})"
