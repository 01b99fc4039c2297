"""Every error says what happened, whether the work is safe and what to do next."""

from __future__ import annotations

import dataclasses
import importlib
import string

from ntm_desktop.errors import Cancelled, Damaged, NtmError, Refused, Unavailable, Untrusted
from tests.house.source import modules

FAMILIES = {NtmError, Refused, Unavailable, Untrusted, Damaged}
SENTENCES = ("what", "safe", "next_step")


def concrete_errors() -> list[type[NtmError]]:
    for module in modules():
        if module.package != "ui" and "ntm_desktop.errors" in module.text:
            importlib.import_module(
                module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
    found: list[type[NtmError]] = []
    waiting = [NtmError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("ntm_desktop") and kind not in FAMILIES and kind not in found:
            found.append(kind)
    return sorted(found, key=lambda kind: kind.__qualname__)


def test_every_error_belongs_to_a_family() -> None:
    families = (Refused, Unavailable, Untrusted, Damaged, Cancelled)
    assert not [kind.__qualname__ for kind in concrete_errors() if not issubclass(kind, families)]


def test_codes_are_given_once() -> None:
    codes = [kind.code for kind in concrete_errors()]
    assert all(codes)
    assert sorted(codes) == sorted(set(codes))


def test_every_error_says_what_whether_safe_and_what_next() -> None:
    silent = [
        f"{kind.__qualname__}.{name}"
        for kind in concrete_errors()
        for name in SENTENCES
        if not getattr(kind, name)
    ]
    assert not silent


def test_every_placeholder_is_a_fact_of_the_error() -> None:
    unfilled = [
        f"{kind.__qualname__}.{name}: {placeholder}"
        for kind in concrete_errors()
        for name in SENTENCES
        for _, placeholder, _, _ in string.Formatter().parse(getattr(kind, name))
        if placeholder is not None and placeholder not in _facts(kind)
    ]
    assert not unfilled


def _facts(kind: type[NtmError]) -> set[str]:
    return {field.name for field in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else set()
