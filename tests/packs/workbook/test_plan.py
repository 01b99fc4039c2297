"""Sets to rows: whatever a set holds comes back."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import Basis, Check, RequirementKind, Severity, Table, Threshold
from ntm_desktop.facts.catalogue import Field
from ntm_desktop.i18n import Text
from ntm_desktop.packs.workbook.build import build_book
from ntm_desktop.packs.workbook.plan import rows_of
from tests.support.pack_books import Rows, book_of, rich_rows, sound_rows


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


def test_a_piece_of_every_kind_comes_back():
    source = built(rich_rows())
    assert source.catalogue.registers["san_pham"].columns == ("sp_hang", "sp_ten")
    assert (len(source.conditions), len(source.migrations), set(source.tags)) == (1, 1, {"so"})
    assert again(source) == source


def test_every_piece_stands_on_its_sheet():
    rows = rows_of(built(rich_rows()))
    assert [(row["name"], row["type"]) for row in rows["catalogue"][-4:]] == [
        ("thon_co_loa", "yes_no"),
        ("san_pham", "register"),
        ("sp_hang", "select_one sp_hang"),
        ("sp_ten", "text"),
    ]
    assert {(row["list_name"], row["name"]) for row in rows["choices"]} == {
        ("vung", "mien_nui"),
        ("vung", "dong_bang"),
        ("sp_hang", "ba_sao"),
        ("loai", "tot"),
        ("tags", "so"),
    }
    assert [(row["type"], row["name"]) for row in rows["survey"] if row["type"] != "end_repeat"] == [
        ("integer", "ho_so_truc_tuyen"),
        ("integer", "ho_so_giai_quyet"),
        ("integer", "ho_so_giai_quyet"),
        ("yes_no", "co_dai_truyen_thanh"),
        ("begin_repeat", "san_pham"),
        ("select_one sp_hang", "sp_hang"),
        ("begin_repeat", "hamlets"),
        ("yes_no", "thon_co_loa"),
        ("yes_no", "co_dai_truyen_thanh"),
    ]
    assert rows["survey"][5]["constraint"] == "count(san_pham, yes) >= 0"
    assert rows["requirements"][-1]["stage"] == "recognition"
    assert [row["year"] for row in rows["examples"]][:3] == [2026, None, None]
    assert all(isinstance(row["year"], int) for row in rows["examples"] if row["year"] is not None)


def test_a_threshold_that_nobody_has_read_stands_in_the_row_of_its_requirement():
    source = with_first(
        thresholds=(Threshold(parse("0.3"), Basis.REPORTED, document="vi-du"),), kind=RequirementKind.COUNT
    )
    (first, *_others) = rows_of(source)["requirements"]
    assert first["threshold"] == "0.3", "only a ratio is shown as a percentage"
    unread = with_first(thresholds=(Threshold(None, Basis.MISSING),))
    assert "threshold" not in {key for key, cell in rows_of(unread)["requirements"][0].items() if cell}
    assert rows_of(unread)["thresholds"][0]["basis"] == "missing"


def test_the_second_threshold_is_never_lost_beside_one_in_the_row():
    first = Threshold(parse("0.3"), Basis.REPORTED, document="vi-du")
    other = dataclasses.replace(first, value=parse("0.5"), when=parse("${profile:vung} = 'dong_bang'"))
    source = with_first(thresholds=(first, other))
    rows = rows_of(source)
    assert (rows["requirements"][0]["threshold"], [row["value"] for row in rows["thresholds"]]) == (
        "30%",
        ["50%"],
    )
    assert again(source) == source


def test_whole_points_are_numbers_and_others_fractions():
    for points, cell in ((Fraction(40), 40), (Fraction(5, 2), "5/2")):
        assert rows_of(with_first(points=points))["requirements"][0]["points"] == cell


def test_of_a_child_only_what_differs_is_planned_with_the_lists_it_names():
    parent = build_book("cha.xlsx", book_of(rich_rows()))
    named = f"{parent.set.id}@{parent.set.version}+{parent.sha256}"
    setting = {"set_id": "con", "version": "1.0.0", "title": "Con", "short_title": "Con", "publisher": "Con"}
    rows: Rows = {
        "settings": [{**setting, "parent": named}],
        "catalogue": [{"name": "muc", "label": "Mức", "type": "select_one muc"}],
        "choices": [
            {"list_name": "muc", "name": "cao", "label": "Cao"},
            {"list_name": "tags", "name": "tinh", "label": "Của tỉnh"},
        ],
        "indicators": [{"code": "1.2", "tags": "tinh"}],
    }
    child = build_book("con.xlsx", book_of(rows), parents=lambda *_named: parent.content).set
    planned = rows_of(child, parent.set)
    assert {name: len(entries) for name, entries in planned.items() if entries} == {
        "settings": 1,
        "catalogue": 1,
        "choices": 2,
        "indicators": 1,
    }
    assert {row["name"] for row in planned["choices"]} == {"cao", "tinh"}
    assert len(rows_of(child)["choices"]) == 7


def test_a_list_of_the_parent_that_a_child_names_goes_along():
    parent = build_book("cha.xlsx", book_of(rich_rows()))
    setting = {"set_id": "con", "version": "1.0.0", "title": "Con", "short_title": "Con", "publisher": "Con"}
    rows: Rows = {
        "settings": [{**setting, "parent": f"{parent.set.id}@{parent.set.version}+{parent.sha256}"}],
        "catalogue": [{"name": "xep_hang", "label": "Xếp hạng", "type": "select_one hang"}],
        "choices": [{"list_name": "hang", "name": "ba_sao", "label": "3 sao"}],
    }
    child = build_book("con.xlsx", book_of(rows), parents=lambda *_named: parent.content).set
    planned = rows_of(child, parent.set)
    assert [row["name"] for row in planned["catalogue"]] == ["xep_hang"]
    assert [row["name"] for row in planned["choices"]] == ["ba_sao"]
