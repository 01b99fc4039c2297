from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.paths import resources_folder
from ntm_desktop.snapshot import return_slip as module
from ntm_desktop.snapshot.return_slip import (
    Demand,
    Remark,
    ReturnSlip,
    RoundKind,
    SlipFormatUnknown,
    SlipUnreadable,
    decode_slip,
    encode_slip,
)

KEY = FactKey("ho_so_truc_tuyen", "", Period("2023"))
FULL = Remark(1, "8.4.d", Demand.CORRECT, "Báo cáo ghi 702 hồ sơ.", KEY, "a" * 64, "702")
PLAIN = Remark(2, "8.1", Demand.ASK, "Vì sao?", FactKey("thon_so_ho", "h1", Period("2023-H1"), plan=True))
SLIP = ReturnSlip(
    dossier="5f0c1f0a6d9b4d0e8f5a3b2c1d0e9f8a",
    revision=1,
    identity="1" * 64,
    commune="30604",
    set="vn-xa-ntm-2021-2025@1.0.0",
    year=2024,
    round=RoundKind.APPRAISAL,
    office="Văn phòng Điều phối NTM tỉnh An Giang",
    who="Phạm Thị Duyên",
    made_at="2025-03-02T08:30:00.000Z",
    due=date(2025, 3, 15),
    remarks=(FULL, PLAIN, Remark(3, "13.3", Demand.ASK, "Mã không mở được.")),
    note="Nộp lại bản có chữ ký.",
)


def test_slip_comes_back_as_it_was_written():
    assert decode_slip(encode_slip(SLIP)) == SLIP
    bare = dataclasses.replace(SLIP, due=None, remarks=(), note="")
    assert decode_slip(encode_slip(bare)) == bare


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(
    st.builds(
        Remark,
        number=st.integers(0, 10**6),
        requirement=texts,
        demand=st.sampled_from(Demand),
        text=texts,
        fact=st.none() | st.builds(FactKey, texts, texts, st.just(Period("2023-Q1")), st.booleans()),
        evidence=st.just("") | st.just("f" * 64),
        appraised=texts,
    )
)
def test_any_remark_comes_back_as_it_was_written(remark):
    slip = dataclasses.replace(SLIP, remarks=(remark,))
    assert decode_slip(encode_slip(slip)) == slip


def test_fifty_remarks_are_under_eighteen_thousand_bytes():
    text = (
        "Báo cáo kèm theo, trang 3, ghi 702 hồ sơ; đề nghị xã rà lại và nộp phiếu xét nghiệm nước năm 2024."
    )
    remarks = [dataclasses.replace(FULL, number=number, text=text, evidence="") for number in range(1, 51)]
    assert len(encode_slip(dataclasses.replace(SLIP, remarks=tuple(remarks)))) < 18_000


def changed(**changes: object) -> bytes:
    content = json.loads(encode_slip(SLIP))
    for path, value in changes.items():
        target = content
        *way, last = path.split("__")
        for step in way:
            target = target[int(step) if step.isdecimal() else step]
        target[int(last) if last.isdecimal() else last] = value
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


@pytest.mark.parametrize(
    ("content", "place", "problem"),
    [
        (b"\xff", "$", "not_utf8"),
        (b"[]", "$", "another_format"),
        (changed(format="ntm-dossier"), "$", "another_format"),
        (changed(identity="x"), "$.identity", "bad_value"),
        (changed(extra=1), "$.extra", "unknown_key"),
        (changed(remarks__0__extra=1), "$.remarks[0].extra", "unknown_key"),
        (changed(remarks__0=[]), "$.remarks[0]", "wrong_type"),
        (changed(remarks__0__demand="shout"), "$.remarks[0].demand", "bad_value"),
        (changed(remarks__0__fact__period="2023-13"), "$.remarks[0].fact.period", "bad_value"),
        (changed(remarks__0__text="x" * 4001), "$.remarks[0].text", "too_large"),
        (changed(remarks__0__n=2), "$.remarks[1]", "doubled"),
        (changed(remarks__1__fact__plan=False), "$", "not_canonical"),
        (b"x" * (module.LARGEST_SLIP + 1), "$", "too_large"),
    ],
)
def test_what_is_no_slip_is_refused_with_its_place(content, place, problem):
    with pytest.raises(SlipUnreadable) as caught:
        decode_slip(content)
    assert (caught.value.place, caught.value.problem) == (place, problem)


def test_more_remarks_than_anybody_reads_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_REMARKS", 2)
    with pytest.raises(SlipUnreadable):
        decode_slip(encode_slip(SLIP))


def test_slip_of_a_newer_program_says_so():
    with pytest.raises(SlipFormatUnknown):
        decode_slip(changed(format_version=2))


def test_published_schema_names_every_key():
    schema = json.loads(
        (resources_folder() / "schema" / "return-slip.schema.json").read_text(encoding="utf-8")
    )
    content = json.loads(encode_slip(SLIP))
    assert set(schema["required"]) == set(schema["properties"]) == set(content)
    remark = schema["$defs"]["remark"]
    assert set(remark["properties"]) == set(content["remarks"][0])
    assert set(remark["required"]) == set(content["remarks"][2])
    assert set(schema["$defs"]["fact"]["properties"]) == set(content["remarks"][1]["fact"])
    assert set(schema["properties"]["round"]["enum"]) == set(RoundKind)
    assert set(remark["properties"]["demand"]["enum"]) == set(Demand)
