from __future__ import annotations

import pytest
from hypothesis import given

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.language.show import show
from tests.support.trees import trees


@pytest.mark.parametrize(
    "rule",
    [
        "ratio(${a}, ${b}) >= 0.3",
        "(1 + 2) * 3 - (4 - 5)",
        "1 - (2 + 3)",
        "(4 - 5) * 2 / (1 - 3)",
        "(1 + 2) / 3",
        "2 / (3 * 4) / 5",
        "-(1 + 2) * -3",
        "not (yes and no) or (yes or no) and yes",
        "(yes and no) and yes",
        "(1 < 2) = yes",
        "${profile:vung} = 'a \"b\"' or ${8.4.a}",
        'threshold("s-1", "10.1.a", ${_nam} - 1) * 1.1',
        "count(hamlets, ${co} and ${x} > 1.25)",
        "max_in_days(phat, ${ngay}, 15) >= 5",
        'add_months(${_ngay_danh_gia}, -12) < date("2024-02-29")',
        "sum_years(previous(${a}, 2), 2021, ${_nam})",
        "if(known(${a}), round(${a}, 2), coalesce(${b}, min(1, 2), max(3)))",
    ],
)
def test_a_rule_is_shown_as_it_is_best_written(rule):
    assert show(parse(rule)) == rule


@given(trees())
def test_what_is_shown_reads_the_same(node):
    assert parse(show(node)) == node
