from __future__ import annotations

import pytest

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.doubts import failed_checks
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import Check
from ntm_desktop.i18n import Text
from tests.support.rules import needs, set_of, situation

CHECK = Check("tu_mau", parse("${a} <= ${b}"), Text("Tử số lớn hơn mẫu số"))


@pytest.mark.parametrize(
    ("figures", "failed"), [({"a": 3, "b": 2}, (CHECK,)), ({"a": 2, "b": 2}, ()), ({"a": 3}, ()), ({}, ())]
)
def test_only_a_check_that_is_not_fulfilled_asks(figures, failed):
    compiled = compile_set(set_of(needs("${a}", ">", "1", checks=(CHECK,)), needs("yes", code="1.1.b")))
    assert failed_checks(compiled, situation(figures), "1.1.a") == failed
    assert failed_checks(compiled, situation(figures), "1.1.b") == ()
