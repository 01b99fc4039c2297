"""A token signs as a key file does, its PIN is asked once, and every failure has its own words."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event

import pytest

from ntm_desktop.errors import NtmError
from ntm_desktop.trust.judge import Integrity, Trust, judge
from ntm_desktop.trust.refusals import CertificateExpired
from ntm_desktop.trust.token import TokenDesk
from ntm_desktop.trust.token_refusals import (
    DriverOf32Bits,
    LastTry,
    NoDriver,
    NoKeyOnToken,
    NoToken,
    TokenFailed,
    TokenGone,
    TokenLocked,
    WrongPin,
)
from tests.support.openssl import cms_verify, needs_openssl
from tests.support.signers import DAY, NOW, SIGNER, Kind, Leaf, authority
from tests.support.softhsm import LABEL, MODULE, PIN, configure, make_token, needs_softhsm

CONTENT = "nội dung được ký\n".encode() * 100


@pytest.fixture
def hsm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    configure(tmp_path, monkeypatch)
    return tmp_path


@needs_softhsm
@needs_openssl
@pytest.mark.parametrize(("kind", "pss"), [("rsa", False), ("rsa", True), ("ec", False)])
def test_openssl_accepts_what_the_token_signed_as_cades(hsm: Path, kind: Kind, pss: bool) -> None:
    make_token(hsm, Leaf(kind=kind))
    desk = TokenDesk(MODULE)
    key = desk.open(LABEL, PIN, pss=pss)
    first, second = key.sign(CONTENT, at=NOW), key.sign(CONTENT + b"!", at=NOW)
    desk.close()
    assert "CAdES Verification successful" in cms_verify(hsm, first, CONTENT, authority().pem, NOW)
    facts = judge(second, CONTENT + b"!", [authority().anchor], NOW)
    assert (facts.integrity, facts.trust, facts.signer) == (Integrity.INTACT, Trust.TRUSTED, SIGNER)
    assert ("pss" in facts.algorithm) is pss


@needs_softhsm
def test_room_is_foretold_without_the_token_and_another_digest_is_refused(hsm: Path) -> None:
    make_token(hsm)
    desk = TokenDesk(MODULE)
    signer = desk.open(LABEL, PIN)._signer
    desk.close()
    assert len(asyncio.run(signer.async_sign_raw(b"x", "sha256", dry_run=True))) == 512
    for digest, reason in (("sha512", "sha512"), ("sha256", "ended")):
        with pytest.raises(TokenFailed) as caught:
            asyncio.run(signer.async_sign_raw(b"x", digest))
        assert caught.value.reason == reason


@needs_softhsm
def test_tokens_are_named_and_an_empty_slot_is_none(hsm: Path) -> None:
    make_token(hsm)
    desk = TokenDesk(MODULE)
    (token,) = desk.tokens()
    desk.close()
    assert (token.label, token.maker) == (LABEL, "SoftHSM project")


@needs_softhsm
def test_wrong_pin_other_token_and_no_certificate_are_told_apart(hsm: Path) -> None:
    make_token(hsm)
    make_token(hsm, label="trống", certificate=False)
    desk = TokenDesk(MODULE)
    for token, pin, refusal in (
        (LABEL, "sai", WrongPin),
        ("khác", PIN, NoToken),
        ("trống", PIN, NoKeyOnToken),
    ):
        with pytest.raises(refusal):
            desk.open(token, pin)
    key = desk.open(LABEL, PIN)
    assert key.certificate.subject == SIGNER
    signed = judge(key.sign(CONTENT, at=NOW), CONTENT, [authority().anchor], NOW)
    assert signed.algorithm == "sha256 rsassa_pkcs1v15", "what old readers know"
    desk.close()


@needs_softhsm
def test_an_expired_certificate_is_refused_before_the_token_is_asked(hsm: Path) -> None:
    make_token(hsm, Leaf(valid_to=NOW - DAY))
    desk = TokenDesk(MODULE)
    key = desk.open(LABEL, PIN)
    desk.close()
    with pytest.raises(CertificateExpired):
        key.sign(CONTENT, at=NOW)


@needs_softhsm
def test_the_child_ends_with_its_desk(hsm: Path) -> None:
    desk = TokenDesk(MODULE)
    pid = desk._process.pid
    del desk
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


# ---------------------------------------------------------------- drivers that misbehave


def driver(folder: Path, head: bytes = b"\x7fELF\x02") -> Path:
    path = folder / "trình điều khiển.so"
    path.write_bytes(head.ljust(4096, b"\0"))
    return path


def windows_head(machine: int) -> bytes:
    return (
        b"MZ".ljust(0x3C, b"\0")
        + (0x80).to_bytes(4, "little").ljust(0x44, b"\x01")
        + b"PE\0\0"
        + machine.to_bytes(2, "little")
        + b"\x05\0"  # how many sections follow
    )


@pytest.mark.parametrize(
    ("head", "refusal"),
    [
        (b"text", NoDriver),
        (b"", NoDriver),
        (b"\x7fELF\x01", DriverOf32Bits),
        (windows_head(0x014C), DriverOf32Bits),
    ],
)
def test_what_cannot_be_a_driver_here_is_said_before_it_is_loaded(tmp_path, head, refusal) -> None:
    with pytest.raises(refusal):
        TokenDesk(driver(tmp_path, head), child=never)


def test_a_driver_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoDriver):
        TokenDesk(tmp_path / "không có.dll", child=never)


def test_a_file_that_only_looks_like_a_driver_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoDriver):
        TokenDesk(driver(tmp_path))


def never(_pipe: Connection) -> None:
    raise AssertionError


def answers(pipe: Connection) -> None:
    """Load well, then answer every request with what its token is called."""
    pipe.recv_bytes()
    pipe.send_bytes(b"{}")
    while True:
        try:
            request = json.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        pipe.send_bytes(json.dumps({"error": request.get("token", "failed"), "reason": "x"}).encode())


def crashes(pipe: Connection) -> None:
    pipe.recv_bytes()
    pipe.send_bytes(b"{}")
    pipe.recv_bytes()
    os._exit(139)


def hangs(pipe: Connection) -> None:
    pipe.recv_bytes()
    pipe.send_bytes(b"{}")
    pipe.recv_bytes()
    Event().wait()


def babbles(pipe: Connection) -> None:
    pipe.recv_bytes()
    pipe.send_bytes(b"{}")
    pipe.recv_bytes()
    pipe.send_bytes(b"not json")


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ("wrong_pin", WrongPin),
        ("last_try", LastTry),
        ("locked", TokenLocked),
        ("gone", TokenGone),
        ("no_token", NoToken),
        ("no_key", NoKeyOnToken),
        ("failed", TokenFailed),
    ],
)
def test_every_failure_of_a_token_has_its_own_words(
    tmp_path: Path, told: str, refusal: type[NtmError]
) -> None:
    desk = TokenDesk(driver(tmp_path), child=answers)
    with pytest.raises(refusal) as caught:
        desk.open(told, "123456")
    desk.close()
    assert type(caught.value) is refusal
    assert caught.value.reason == "x" if isinstance(caught.value, TokenFailed) else True
    assert "123456" not in repr(caught.value)


@pytest.mark.parametrize(("child", "reason"), [(crashes, "ended"), (babbles, "ended"), (hangs, "time")])
def test_a_driver_that_crashes_hangs_or_babbles_does_not_take_the_program_with_it(
    tmp_path, child, reason
) -> None:
    desk = TokenDesk(driver(tmp_path), child=child)
    desk._seconds = 1 if child is hangs else 60  # loading has its own time
    with pytest.raises(TokenFailed) as caught:
        desk.tokens()
    desk.close()
    assert caught.value.reason == reason


def test_an_answer_that_makes_no_sense_is_a_failure(tmp_path: Path) -> None:
    desk = TokenDesk(driver(tmp_path), child=nonsense)
    with pytest.raises(TokenFailed) as caught:
        desk.tokens()
    assert caught.value.reason == "tokens"
    with pytest.raises(NoKeyOnToken):
        desk.open("x", "1")
    desk.close()
    assert desk._process.exitcode is not None


def nonsense(pipe: Connection) -> None:
    """Load well, name a number as tokens, and hand out a certificate that is none."""
    pipe.recv_bytes()
    pipe.send_bytes(b"{}")
    pipe.recv_bytes()
    pipe.send_bytes(b'{"tokens": 5}')
    pipe.recv_bytes()
    pipe.send_bytes(b'{"certificate": "00", "chain": 1}')
    with_end(pipe)


def with_end(pipe: Connection) -> None:
    try:
        pipe.recv_bytes()
    except (EOFError, OSError):
        return


@needs_softhsm
def test_softhsm_is_seen_by_another_program_too(hsm: Path) -> None:
    make_token(hsm)
    shown = subprocess.run(["softhsm2-util", "--show-slots"], capture_output=True, text=True, check=True)
    assert LABEL in shown.stdout
