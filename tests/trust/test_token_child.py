"""What the child answers, asked without a process: a scripted library stands for the driver."""

from __future__ import annotations

import hashlib
import json
from multiprocessing import Pipe

import pytest
from pkcs11 import MGF, Attribute, Mechanism, ObjectClass, TokenFlag
from pkcs11.exceptions import DeviceRemoved, PinIncorrect, PinLocked
from pkcs11.types import SignMixin

from ntm_desktop.trust.token_child import Driver, serve, talk

NO_FLAGS = TokenFlag(0)


class Token:
    label, serial, manufacturer_id = "Xã A\0 ", b"12\xff\0", "Hãng "

    def __init__(
        self, error: Exception | None = None, flags: TokenFlag = NO_FLAGS, objects: tuple[object, ...] = ()
    ) -> None:
        self.error, self.flags, self.objects = error, flags, objects

    def open(self, user_pin: str) -> object:
        assert user_pin == "1234"
        if self.error is not None:
            raise self.error
        return Session(self.objects)


class Session:
    closed = False

    def __init__(self, objects: tuple[object, ...]) -> None:
        self.objects = objects

    def get_objects(self, template: dict[Attribute, ObjectClass]) -> list[object]:
        keys = template[Attribute.CLASS] is ObjectClass.PRIVATE_KEY
        return [one for one in self.objects if isinstance(one, dict) is not keys]

    def close(self) -> None:
        Session.closed = True


def certificate(identity: bytes, content: bytes) -> dict[Attribute, bytes]:
    return {Attribute.ID: identity, Attribute.VALUE: content}


class Agreeing:
    """A key that cannot sign."""

    def __init__(self, identity: bytes) -> None:
        self.identity = identity

    def __getitem__(self, _attribute: Attribute) -> bytes:
        return self.identity


class Signing(Agreeing, SignMixin):
    """A key that signs, and keeps what it was asked."""

    def sign(self, data: bytes, mechanism: Mechanism, mechanism_param: object = None) -> bytes:  # type: ignore[override]
        self.asked = (data, mechanism, mechanism_param)
        return b"\x01" * 64


class Library:
    def __init__(self, *tokens: Token) -> None:
        self.tokens = tokens

    def get_tokens(self) -> tuple[Token, ...]:
        return self.tokens


def loaded(*tokens: Token) -> Driver:
    driver = Driver(lambda _module: Library(*tokens))
    assert driver.answer({"do": "load", "module": "x"}) == {}
    return driver


@pytest.mark.parametrize(
    ("error", "flags", "told"),
    [
        (PinIncorrect(), TokenFlag(0), "wrong_pin"),
        (PinIncorrect(), TokenFlag.USER_PIN_FINAL_TRY, "last_try"),
        (PinIncorrect(), TokenFlag.USER_PIN_LOCKED, "locked"),
        (PinLocked(), TokenFlag(0), "locked"),
        (DeviceRemoved(), TokenFlag(0), "gone"),
        (MemoryError("unable to allocate array data"), TokenFlag(0), "failed"),
    ],
)
def test_a_pin_that_does_not_open_says_how_near_the_lock_is(error, flags, told) -> None:
    answer = loaded(Token(error, flags)).answer({"do": "open", "token": "Xã A", "pin": "1234"})
    assert answer["error"] == told
    assert answer["reason"] == f"{type(error).__name__} {error}".strip()


def test_a_token_without_a_key_is_closed_again() -> None:
    answer = loaded(Token()).answer({"do": "open", "token": "Xã A", "pin": "1234"})
    assert answer == {"error": "no_key", "reason": "Xã A"}
    assert Session.closed


def test_padding_is_no_part_of_a_name() -> None:
    assert loaded(Token()).answer({"do": "tokens"}) == {
        "tokens": [{"label": "Xã A", "serial": "12\ufffd", "maker": "Hãng"}]
    }


def test_nothing_is_there_before_a_driver_is_loaded_and_nothing_signs_before_a_pin() -> None:
    driver = Driver(lambda _module: Library(Token()))
    assert driver.answer({"do": "tokens"}) == {"tokens": []}
    signed = driver.answer({"do": "sign", "data": "00", "how": "rsa"})
    assert signed == {"error": "failed", "reason": "not open"}


def test_another_token_than_the_one_that_is_there_is_none() -> None:
    answer = loaded(Token()).answer({"do": "open", "token": "Xã B", "pin": "1234"})
    assert answer == {"error": "no_token", "reason": "Xã B"}


@pytest.mark.parametrize(
    ("how", "asked", "signature"),
    [
        ("rsa", (b"abc", Mechanism.SHA256_RSA_PKCS, None), b"\x01" * 64),
        (
            "pss",
            (b"abc", Mechanism.SHA256_RSA_PKCS_PSS, (Mechanism.SHA256, MGF.SHA256, 32)),
            b"\x01" * 64,
        ),
        (
            "ec",
            (hashlib.sha256(b"abc").digest(), Mechanism.ECDSA, None),
            b"\x30\x44" + (b"\x02\x20" + b"\x01" * 32) * 2,
        ),
    ],
)
def test_the_key_that_has_a_certificate_and_can_sign_is_taken_and_signs(how, asked, signature) -> None:
    key = Signing(b"2")
    certificates = (certificate(b"2", b"own"), certificate(b"9", b"above"), certificate(b"1", b"agreeing"))
    driver = loaded(Token(objects=(Signing(b"7"), Agreeing(b"1"), *certificates, key)))
    opened = driver.answer({"do": "open", "token": "Xã A", "pin": "1234"})
    assert opened == {"certificate": b"own".hex(), "chain": [b"above".hex()]}
    answer = driver.answer({"do": "sign", "data": b"abc".hex(), "how": how})
    assert (key.asked, answer) == (asked, {"signature": signature.hex()})


def test_a_driver_that_cannot_be_loaded_is_no_driver() -> None:
    def broken(_module: str) -> Library:
        raise RuntimeError("wrong ELF class")

    answer = Driver(broken).answer({"do": "load", "module": "x"})
    assert answer == {"error": "no_driver", "reason": "wrong ELF class"}


def test_serving_is_talking_with_a_real_driver() -> None:
    here, there = Pipe()
    here.send_bytes(json.dumps({"do": "tokens"}).encode())
    here.send_bytes(b"no json")
    with pytest.raises(ValueError, match="Expecting value"):
        serve(there)
    assert json.loads(here.recv_bytes()) == {"tokens": []}


def test_talking_ends_when_the_other_side_hangs_up() -> None:
    here, there = Pipe()
    here.send_bytes(json.dumps({"do": "load", "module": "x"}).encode())
    here.send_bytes(json.dumps({"do": "tokens"}).encode())
    received, other = there, here
    # Both requests wait in the pipe; the end of the pipe follows them.
    answers = []

    class Ending:
        def recv_bytes(self) -> bytes:
            if not received.poll():
                raise EOFError
            return received.recv_bytes()

        def send_bytes(self, content: bytes) -> None:
            answers.append(json.loads(content))

    talk(Ending(), lambda _module: Library(Token()))  # type: ignore[arg-type]
    assert len(answers) == 2
    other.close()
    received.close()
