"""What the child answers, asked without a process: a scripted library stands for the driver."""

from __future__ import annotations

import json
from multiprocessing import Pipe

import pytest
from pkcs11 import TokenFlag
from pkcs11.exceptions import DeviceRemoved, PinIncorrect, PinLocked

from ntm_desktop.trust.token_child import Driver, talk

NO_FLAGS = TokenFlag(0)


class Token:
    label, serial, manufacturer_id = "Xã A\0 ", b"12\0", "Hãng "

    def __init__(self, error: Exception | None = None, flags: TokenFlag = NO_FLAGS) -> None:
        self.error, self.flags = error, flags

    def open(self, user_pin: str) -> object:
        assert user_pin == "1234"
        if self.error is not None:
            raise self.error
        return Session()


class Session:
    closed = False

    def get_objects(self, _template: object) -> list[object]:
        return []

    def close(self) -> None:
        Session.closed = True


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


def test_a_token_without_a_key_is_closed_again() -> None:
    assert loaded(Token()).answer({"do": "open", "token": "Xã A", "pin": "1234"})["error"] == "no_key"
    assert Session.closed


def test_padding_is_no_part_of_a_name() -> None:
    assert loaded(Token()).answer({"do": "tokens"}) == {
        "tokens": [{"label": "Xã A", "serial": "12", "maker": "Hãng"}]
    }


def test_nothing_is_there_before_a_driver_is_loaded_and_nothing_signs_before_a_pin() -> None:
    driver = Driver(lambda _module: Library(Token()))
    assert driver.answer({"do": "tokens"}) == {"tokens": []}
    assert driver.answer({"do": "sign", "data": "00", "how": "rsa"})["error"] == "failed"


def test_a_driver_that_cannot_be_loaded_is_no_driver() -> None:
    def broken(_module: str) -> Library:
        raise RuntimeError("wrong ELF class")

    answer = Driver(broken).answer({"do": "load", "module": "x"})
    assert answer == {"error": "no_driver", "reason": "wrong ELF class"}


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
