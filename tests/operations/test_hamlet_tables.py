"""Tables by hamlet: what is asked, what it comes to, what reads it, and who keeps it from being met."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations.answer import answer_all
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.hamlet_tables import (
    Failing,
    failing,
    failing_words,
    hamlet_tables,
    totals,
    uses,
)
from tests.support.windows import HAMLETS, make_desk


@pytest.fixture
def desk(tmp_path: Path):
    made = make_desk(tmp_path)
    yield made
    made.close()


def tell(desk: Desk, element: str, *answers: str) -> None:
    texts = {
        FactKey(element, hamlet.id, year_period(2024)): text
        for hamlet, text in zip(desk.book.hamlets, answers, strict=False)
    }
    answer_all(desk, texts, "paste")


def requirement(desk: Desk, code: str):
    assert desk.set is not None
    return next(one for one in desk.set.requirements() if one.code == code)


def test_a_criterion_asks_for_every_column_once(desk: Desk) -> None:
    (table,) = hamlet_tables(desk)
    elements = [field.element for field in table.table.columns]
    assert table.code == "8"
    assert table.indicators == ("8.2", "8.3")
    assert len(elements) == len(set(elements)) == 8
    assert "8.2, 8.3" in table.title()
    desk.choose(None)
    assert hamlet_tables(desk) == ()


def test_a_total_with_a_gap_is_no_total(desk: Desk) -> None:
    (table,) = hamlet_tables(desk)
    at = [field.element for field in table.table.columns].index("thon_cum_loa")
    tell(desk, "thon_cum_loa", "1", "2", "3")
    total = totals(desk, table.table, [at])[at]
    assert (total.filled, total.rows, total.value, total.complete) == (3, 4, None, False)
    tell(desk, "thon_cum_loa", "1", "2", "3", "0")
    assert totals(desk, table.table)[at].value == 6
    tell(desk, "thon_loa_hoat_dong", "có", "không", "có", "có")
    assert totals(desk, table.table)[at + 1].value == 3


def test_a_column_names_what_reads_it_with_the_verdict(desk: Desk) -> None:
    (table,) = hamlet_tables(desk)
    (use,) = uses(desk, table.table.columns[1])
    assert (use.requirement, use.verdict) == ("8.2.a", Verdict.UNDETERMINED)


def test_the_hamlet_is_named_with_the_cause_asked_beside_or_with_what_is_counted(desk: Desk) -> None:
    one = requirement(desk, "8.2.a")
    assert failing(desk, one) == ()
    tell(desk, "thon_dien_thoai_co_dinh", "có", "không", "không", "có")
    tell(desk, "thon_dien_thoai_di_dong", "có", "không", "không", "có")
    tell(desk, "thon_dien_luoi", "có", "không", "có", "có")
    found = failing(desk, one)
    assert found[0] == Failing(HAMLETS[1], ("chưa có điện lưới",))
    assert found[1].causes == ("chưa có điện thoại cố định", "chưa có điện thoại di động")
    assert failing_words(found).startswith("Vĩnh Hòa (chưa có điện lưới), Vĩnh Phú (")


def test_a_cause_that_is_not_known_is_not_made_up() -> None:
    assert failing_words((Failing("Vĩnh Lợi", ()),)) == "Vĩnh Lợi"
