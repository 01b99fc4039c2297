"""Sets to rows: whatever a set holds comes back."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import Check, Severity, Table
from ntm_desktop.facts.catalogue import Field
from ntm_desktop.i18n import Text
from ntm_desktop.packs.workbook.build import build_book
from ntm_desktop.packs.workbook.plan import rows_of
from tests.support.pack_books import Rows, book_of, sound_rows


def built(rows):
    return build_book("bo.xlsx", book_of(rows)).set


def again(source):
    rows: Rows = {
        sheet: [dict(row) for row in entries] for sheet, entries in rows_of(source).items() if entries
    }
    made = built(rows)
    return dataclasses.replace(made, sha256=source.sha256)


def with_first(**more: object):
    source = built(sound_rows())
    indicator = source.criteria[0].indicators[0]
    first = dataclasses.replace(indicator.requirements[0], **more)
    changed = dataclasses.replace(indicator, requirements=(first,))
    criterion = dataclasses.replace(
        source.criteria[0], indicators=(changed, *source.criteria[0].indicators[1:])
    )
    return dataclasses.replace(source, criteria=(criterion,))


def test_rows_of_a_set_build_the_same_set():
    source = built(sound_rows())
    assert again(source) == source


def test_checks_keep_their_order_beside_and_below_their_fields():
    fields = with_first().requirements()[0].fields
    below = Check("mot", parse("${ho_so_giai_quyet} >= 0"), Text("Một", "One"), Severity.BLOCKING)
    beside = Check("hai", parse("${ho_so_truc_tuyen} >= 0"), Text("Hai"), element="ho_so_truc_tuyen")
    for checks in ((below, beside), (beside, below), (beside, beside_of(beside, "ba"))):
        source = with_first(checks=checks, fields=fields)
        assert again(source) == source


def beside_of(check: Check, code: str) -> Check:
    return dataclasses.replace(check, code=code)


def test_what_is_asked_twice_or_not_at_all_comes_back():
    first = with_first().requirements()[0].fields
    last_year = Field("ho_so_giai_quyet", Text("Năm trước"), years_back=1, required=False)
    table = Table((Field("thon_co_loa", Text("Loa"), hint=Text("Nghe được")),))
    for more in ({"fields": (*first, last_year)}, {"tables": (table,)}):
        source = with_first(**more)
        assert again(source) == source
    rows = rows_of(with_first(fields=(), tables=()))
    assert {"requirement": "1.1.a", "type": "nothing"} in rows["survey"]


def test_thresholds_of_ratios_are_shown_as_percentages():
    rows = rows_of(built(sound_rows()))
    assert [row["value"] for row in rows["thresholds"]] == ["30%", "50%"]
    assert [row.get("threshold") for row in rows["requirements"]] == [None, None, "80%"]


def test_from_which_change_on_is_asked_comes_back_as_people_write_it():
    source = built(sound_rows())
    elements = dict(source.catalogue.elements)
    for name, share in zip(elements, (Fraction(1, 5), Fraction(1, 8), Fraction(1, 3)), strict=False):
        elements[name] = dataclasses.replace(elements[name], change_asked=share)
    catalogue = dataclasses.replace(source.catalogue, elements=elements)
    changed = dataclasses.replace(source, catalogue=catalogue, change_asked=Fraction(1, 4))
    assert again(changed) == changed
    rows = rows_of(changed)
    assert rows["settings"][0]["change_asked"] == "25%"
    assert [row.get("change_asked") for row in rows["catalogue"]] == ["20%", "12.5%", "1/3", None]


def test_how_a_figure_is_merged_comes_back():
    rows = sound_rows()
    rows["catalogue"][0]["merge"] = "average:ho_so_giai_quyet"
    source = built(rows)
    assert source.catalogue.elements["ho_so_truc_tuyen"].merge == "average:ho_so_giai_quyet"
    assert again(source) == source
