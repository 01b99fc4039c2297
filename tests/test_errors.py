from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Cancelled, Damaged, DiskFull, NtmError, Refused, Unavailable, Untrusted


@dataclass(eq=False)
class Sample(Refused):
    name: str
    count: int

    code: ClassVar[str] = "sample"


def test_facts_are_the_fields_by_name() -> None:
    assert Sample("x", 3).facts() == {"name": "x", "count": 3}
    assert str(Sample("x", 3)) == "sample {'name': 'x', 'count': 3}"


def test_error_without_fields_has_no_facts() -> None:
    assert Cancelled().facts() == {}


def test_families_have_the_exit_codes_of_the_command_line() -> None:
    codes = [family.exit_code for family in (Refused, Unavailable, Untrusted, Damaged, NtmError)]
    assert codes == [1, 3, 4, 5, 6]
    assert DiskFull("a.pdf").exit_code == 3
