"""A realistic snapshot made by hand, verdicts included: nothing is computed, so it can judge what computes.

`make_snapshot()` is a commune in An Giang, 2023, with one indicator of every outcome. Evidence contents are
made from the number of the file, so that a container can be filled from it: `sample_evidence`.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from ntm_desktop.criteria.model import Basis, CriterionSet, Lever, Operator
from ntm_desktop.criteria.verdicts import (
    ChosenThreshold,
    Confirmation,
    Distance,
    Evaluation,
    Reason,
    RequirementResult,
    Verdict,
    WholeResult,
)
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Problem, Provenance, Value
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import COMMUNE, Commune, Hamlet, Profile, ProfileEntry, Record
from ntm_desktop.snapshot.model import Evidence, EvidenceLink, EvidenceSpot, PackFile, Snapshot
from tests.support.sample_set import FILLER_CRITERION, make_set

YEAR = 2023
TAKEN_AT = "2024-01-09T17:30:00Z"
"""Already the next day in +07:00."""

COMMUNE_SAMPLE = Commune("30604", "Vĩnh An", "Xã", "Tỉnh An Giang", "ấp")
LONG_COMMUNE = Commune(
    "00226", "Văn Miếu - Quốc Tử Giám Nguyễn Trường Tộ Thượng", "Đặc khu", "Thành phố Hồ Chí Minh"
)

HAMLETS = tuple(
    Hamlet(f"h{order}", name, order)
    for order, name in enumerate(("Vĩnh Thành", "Vĩnh Lợi", "Vĩnh Quới", "Vĩnh Hòa"), start=1)
)
RECORDS = (*(Record(f"r{order}", "san_pham_ocop", order, since=date(2022, 5, 1)) for order in range(1, 4)),)

_REMARKS = {
    "results": "Xã đã hoàn thành lắp đặt 04 hệ thống thông tin dùng chung.\n"
    "Bộ phận một cửa làm việc cả sáng thứ Bảy.",
    "difficulties": "Nhiều hộ chưa có điện thoại thông minh; đường truyền ở ấp Vĩnh Quới còn yếu.",
    "proposals": "Đề nghị tỉnh hỗ trợ đường truyền & thiết bị cho 02 ấp xa trung tâm.",
    "8.4.d": "Hồ sơ tăng mạnh trong quý IV, tổ công nghệ số cộng đồng đang hướng dẫn tại nhà.",
}


def make_fact(element: str, value: Value | None, text: str, subject: str = COMMUNE, **claim: object) -> Fact:
    """Make a fact of the sample year with one claim."""
    made = Claim(
        id=hashlib.sha256(f"{element}/{subject}".encode()).hexdigest()[:32],
        text=text,
        value=value,
        provenance=Provenance("Bộ phận một cửa", "BC-12/2023", date(2023, 12, 20), documented=True),
        who="Trần Thị Bé",
        at="2024-01-03T02:15:00.000Z",
    )
    return Fact(
        FactKey(element, subject, year_period(YEAR)),
        (dataclasses.replace(made, **claim),),  # type: ignore[arg-type]
    )


def _number(element: str, value: str) -> Fact:
    return make_fact(element, Fraction(value), value.replace(".", ","))


def _yes(element: str, subject: str = COMMUNE, *, value: bool = True) -> Fact:
    return make_fact(element, value, "có" if value else "không", subject)


def _facts(fillers: int) -> Iterator[Fact]:
    yield _yes("co_diem_buu_chinh")
    yield _yes("co_mang_lan")
    yield _yes("co_cho", value=False)
    yield _yes("khong_no_dong")
    yield _number("so_can_bo", "29")
    yield _number("so_can_bo_co_may_tinh", "29")
    yield _number("so_he_thong", "4")
    yield _number("thu_nhap_binh_quan", "52.5")
    yield _number("dan_so", "8298")
    solved = make_fact("ho_so_giai_quyet", Fraction(2382), "2.382")
    older = dataclasses.replace(solved.claims[0], id="0" * 32, text="2.380", value=Fraction(2380))
    yield dataclasses.replace(
        solved, claims=(*solved.claims, older), settled=True, reason="Số của một cửa mới hơn"
    )
    yield _number("ho_so_truc_tuyen", "612")
    yield make_fact(
        "nguoi_co_so_dien_tu",
        None,
        "hơn bốn nghìn",
        problem=Problem("not_a_number", (("text", "hơn bốn nghìn"),)),
    )
    for hamlet in HAMLETS:
        yield _yes("ap_co_loa", hamlet.id)
        if hamlet.id != "h3":
            yield _yes("ap_co_internet", hamlet.id)
    for record in RECORDS:
        yield make_fact("ocop_ten", f"Mắm cá số {record.order}", f"Mắm cá số {record.order}", record.id)
        yield _yes("ocop_len_san", record.id, value=record.order != 3)
    for number in range(1, fillers + 1):
        yield _number(f"them_tu_{number}", "95")
        yield _number(f"them_mau_{number}", "100")


def personal_fact() -> Fact:
    """Return a figure that must never be in a dossier."""
    return make_fact("ocop_chu_the", "Nguyễn Văn Ẩn", "Nguyễn Văn Ẩn", "r1")


def _chosen(value: str, operator: Operator = Operator.AT_LEAST, **more: object) -> ChosenThreshold:
    defaults: dict[str, object] = {"basis": Basis.REPORTED, "document": "qd-318", "why": ("general",)}
    return ChosenThreshold(operator, Fraction(value), **(defaults | more))  # type: ignore[arg-type]


def _ratio(
    code: str, verdict: Verdict, parts: tuple[int, int], chosen: ChosenThreshold, **more: object
) -> RequirementResult:
    exact = (Fraction(parts[0]), Fraction(parts[1]))
    return RequirementResult(code, verdict, exact[0] / exact[1], exact, chosen, **more)  # type: ignore[arg-type]


def _unknown(code: str, chosen: ChosenThreshold, *missing: FactKey) -> RequirementResult:
    return RequirementResult(
        code, Verdict.UNDETERMINED, threshold=chosen, missing=missing, reason=Reason("missing_facts")
    )


def _requirement_results(fillers: int) -> Iterator[RequirementResult]:
    met, not_met = Verdict.MET, Verdict.NOT_MET
    period = year_period(YEAR)
    yield RequirementResult("8.1.a", met, value=True)
    yield _unknown("8.2.a", _chosen("1"), FactKey("ap_co_internet", "h3", period))
    confirmed = _chosen("1", basis=Basis.DELEGATED, document="12/QĐ-UBND", why=("confirmed",), confirmed=True)
    yield _ratio("8.3.a", met, (4, 4), confirmed)
    yield _ratio("8.4.a", met, (29, 29), _chosen("1"))
    yield RequirementResult("8.4.b", met, value=True)
    yield RequirementResult("8.4.c", met, Fraction(4), threshold=_chosen("4"))
    yield _ratio(
        "8.4.d",
        not_met,
        (612, 2382),
        _chosen("3/10", Operator.GREATER),
        distance=Distance(Lever.NUMERATOR, Fraction(103), "ho_so_truc_tuyen", Fraction(715), Fraction(2382)),
    )
    yield RequirementResult("10.1.a", met, Fraction("52.5"), threshold=_chosen("48", why=("conditional",)))
    sold = Distance(Lever.NUMERATOR, Fraction(1), "ocop_len_san", Fraction(3), Fraction(3))
    yield _ratio("13.1.a", not_met, (2, 3), _chosen("1", basis=Basis.OFFICIAL), distance=sold)
    yield _unknown("15.4.a", _chosen("1/2"), FactKey("nguoi_co_so_dien_tu", COMMUNE, period))
    yield RequirementResult("7.1.a", Verdict.NOT_APPLICABLE)
    for number in range(1, fillers + 1):
        basis = Basis.OFFICIAL if number % 2 else Basis.REPORTED
        yield _ratio(f"{FILLER_CRITERION}.{number}.a", met, (95, 100), _chosen("9/10", basis=basis))
    yield RequirementResult("dk.1", met, value=True)


def make_evaluation(fillers: int = 0) -> Evaluation:
    """Make the verdicts of the sample, written down by hand."""
    met, not_met, unknown = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED
    open_part = Reason("undetermined_parts", (("count", "1"),))
    filled = [WholeResult(f"{FILLER_CRITERION}.{number}", met, 1, 1) for number in range(1, fillers + 1)]
    indicators = (
        WholeResult("8.1", met, 1, 1),
        WholeResult("8.2", unknown, 0, 1, open_part),
        WholeResult("8.3", met, 1, 1),
        WholeResult("8.4", not_met, 3, 4),
        WholeResult("10.1", met, 1, 1),
        WholeResult("13.1", not_met, 0, 1),
        WholeResult("15.4", unknown, 0, 1, open_part),
        WholeResult("7.1", Verdict.NOT_APPLICABLE, 0, 0),
        *filled,
    )
    criteria = (
        WholeResult("8", not_met, 2, 4),
        WholeResult("10", met, 1, 1),
        WholeResult("13", not_met, 0, 1),
        WholeResult("15", unknown, 0, 1, open_part),
        WholeResult("7", Verdict.NOT_APPLICABLE, 0, 0),
        WholeResult("19", unknown, 0, 0, Reason("incomplete_criterion")),
        *([WholeResult(FILLER_CRITERION, met, fillers, fillers)] if fillers else []),
    )
    return Evaluation(
        overall=WholeResult("set", not_met, 2 if fillers else 1, 6 if fillers else 5),
        criteria={result.code: result for result in criteria},
        indicators={result.code: result for result in indicators},
        requirements={result.code: result for result in _requirement_results(fillers)},
    )


def estimated(snapshot: Snapshot, *elements: str) -> Snapshot:
    """Return a snapshot whose figures of these elements are estimates."""
    facts = tuple(
        dataclasses.replace(fact, claims=tuple(_as_estimate(claim) for claim in fact.claims))
        if fact.key.element in elements
        else fact
        for fact in snapshot.facts
    )
    return dataclasses.replace(snapshot, facts=facts)


def _as_estimate(claim: Claim) -> Claim:
    return dataclasses.replace(claim, provenance=dataclasses.replace(claim.provenance, estimated=True))


def with_spots(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot whose first piece of evidence says where two figures stand in it."""
    year = year_period(YEAR)
    spots = (
        EvidenceSpot(FactKey("ap_co_loa", "h1", year), "Sheet1!B7"),
        EvidenceSpot(FactKey("ho_so_truc_tuyen", COMMUNE, year), "trang 3 <b>"),
    )
    first, *others = snapshot.evidence
    return dataclasses.replace(snapshot, evidence=(dataclasses.replace(first, spots=spots), *others))


def sample_evidence(count: int = 3) -> list[tuple[Evidence, bytes]]:
    """Make pieces of evidence with their contents; names repeat and carry accents."""
    made = []
    names = ("Báo cáo một cửa quý IV.pdf", "Ảnh điểm bưu điện văn hóa.jpg", "Bảng theo dõi hồ sơ.xlsx")
    media = (
        "application/pdf",
        "image/jpeg",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    for number in range(count):
        content = f"minh chứng {number}\n".encode() * (number % 7 + 1)
        evidence = Evidence(
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            name=names[number % 3],
            media_type=media[number % 3],
            links=(EvidenceLink("8.4.d", "bao_cao"),) if number % 3 != 1 else (EvidenceLink("8.1.a"),),
            dated=date(2023, 12, 1 + number % 28),
            title=f"Minh chứng số {number + 1}" if number % 2 else "",
            added_by="Trần Thị Bé",
            added_at="2024-01-04T03:00:00.000Z",
        )
        made.append((evidence, content))
    return made


def make_snapshot(
    *, indicators: int = 8, evidence: int = 3, commune: Commune = COMMUNE_SAMPLE, **changes: object
) -> Snapshot:
    """Make the sample snapshot.

    `indicators` (at least 8) and `evidence` set its size; `changes` replace fields of the snapshot. Its set is
    that of `make_set`, its pack is invented bytes whose sha256 the set carries.
    """
    fillers = indicators - 8
    pack = b'{"id":"mau-xa-ntm","version":"1.0.0"}\n'
    digest = hashlib.sha256(pack).hexdigest()
    criterion_set: CriterionSet = make_set(fillers, sha256=digest)
    made = Snapshot(
        dossier="5f0c1f0a6d9b4d0e8f5a3b2c1d0e9f8a",
        revision=1,
        previous="",
        commune=commune,
        year=YEAR,
        assessed_on=date(YEAR, 12, 31),
        set=criterion_set,
        packs=(PackFile(criterion_set.id, criterion_set.version, digest, pack),),
        facts=tuple(_facts(fillers)),
        hamlets=HAMLETS,
        records=RECORDS,
        profile=Profile((ProfileEntry("vung", "dbscl", date(2021, 1, 1), "Quyết định 861/QĐ-TTg"),)),
        evaluation=make_evaluation(fillers),
        evidence=tuple(piece for piece, _ in sample_evidence(evidence)),
        confirmations=(Confirmation("8.3.a", Fraction(1), "12/QĐ-UBND", date(2022, 6, 30), "Trần Thị Bé"),),
        taken_at=TAKEN_AT,
        program="0.1.0",
        remarks=dict(_REMARKS),
        signatory="Nguyễn Văn Bình",
        signatory_title="CHỦ TỊCH",
        place=commune.name,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]
