"""A small criterion set made by hand: every kind of requirement, every basis, and parts that are not known.

Thresholds and names are for tests only; nothing here says what the law says.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from ntm_desktop.criteria.model import (
    Basis,
    Condition,
    Criterion,
    CriterionSet,
    DocumentReference,
    EvidenceRule,
    Indicator,
    Lever,
    Operator,
    Requirement,
    RequirementKind,
    Threshold,
)
from ntm_desktop.facts.catalogue import (
    Catalogue,
    Choice,
    Element,
    Field,
    ProfileAttribute,
    Register,
    SubjectKind,
    ValueType,
)
from ntm_desktop.i18n import Text

if TYPE_CHECKING:
    from ntm_desktop.criteria.language.nodes import Node

SET_ID = "mau-xa-ntm"
SET_VERSION = "1.0.0"
FILLER_CRITERION = "20"

EVERY_ROW: Node = ("yes",)


def fact(name: str) -> Node:
    """Read an element."""
    return ("fact", name)


def share(part: Node, whole: Node) -> Node:
    """Divide two measures."""
    return ("ratio", part, whole)


def threshold(value: str, basis: Basis = Basis.REPORTED, **more: object) -> Threshold:
    """Make a threshold with a constant."""
    return Threshold(value=("number", value), basis=basis, document="qd-318", **more)  # type: ignore[arg-type]


def requirement(code: str, label: str, measure: Node, **more: object) -> Requirement:
    """Make a requirement; a ratio where a threshold is given, else yes or no."""
    kind = RequirementKind.RATIO if "thresholds" in more else RequirementKind.YES_NO
    defaults: dict[str, object] = {"kind": kind, "basis": Basis.REPORTED, "document": "qd-318"}
    return Requirement(code=code, label=Text(label), measure=measure, **(defaults | more))  # type: ignore[arg-type]


def indicator(code: str, name: str, *requirements: Requirement, **more: object) -> Indicator:
    """Make an indicator with its requirements."""
    short = name if len(name) <= 22 else name[:21] + "…"
    defaults: dict[str, object] = {"name_basis": Basis.REPORTED}
    return Indicator(
        code=code, name=Text(name), short_name=Text(short), requirements=requirements, **(defaults | more)
    )  # type: ignore[arg-type]


def criterion(code: str, name: str, *indicators: Indicator, **more: object) -> Criterion:
    """Make a criterion with its indicators."""
    return Criterion(
        code=code,
        name=Text(name),
        short_name=Text(name[:22]),
        indicators=indicators,
        name_basis=Basis.OFFICIAL,
        **more,  # type: ignore[arg-type]
    )


def _element(name: str, label: str, type_: ValueType = ValueType.INTEGER, **more: object) -> Element:
    return Element(name=name, label=Text(label), type=type_, **more)  # type: ignore[arg-type]


def _elements(fillers: int) -> dict[str, Element]:
    yes_no = ValueType.YES_NO
    record = {"subject": SubjectKind.RECORD, "register": "san_pham_ocop"}
    elements = (
        _element("co_diem_buu_chinh", "Có điểm phục vụ bưu chính", yes_no),
        _element("ap_co_internet", "Ấp có dịch vụ internet", yes_no, subject=SubjectKind.HAMLET),
        _element("ap_co_loa", "Ấp có loa hoạt động", yes_no, subject=SubjectKind.HAMLET),
        _element("so_can_bo", "Số cán bộ, công chức", unit="người"),
        _element("so_can_bo_co_may_tinh", "Số cán bộ, công chức có máy tính", unit="người"),
        _element("co_mang_lan", "Có mạng LAN kết nối internet", yes_no),
        _element("so_he_thong", "Số hệ thống thông tin đang dùng", unit="hệ thống"),
        _element("ho_so_giai_quyet", "Số hồ sơ đã giải quyết", unit="hồ sơ"),
        _element("ho_so_truc_tuyen", "Số hồ sơ giải quyết trực tuyến", unit="hồ sơ"),
        _element("thu_nhap_binh_quan", "Thu nhập bình quân đầu người", ValueType.MONEY, unit="trieu_dong"),
        _element("co_cho", "Xã có chợ theo quy hoạch", yes_no),
        _element("cho_dat_chuan", "Chợ đạt chuẩn", yes_no),
        _element("dan_so", "Dân số", unit="người"),
        _element("nguoi_co_so_dien_tu", "Số người có sổ khám chữa bệnh điện tử", unit="người"),
        _element("khong_no_dong", "Không có nợ đọng xây dựng cơ bản", yes_no),
        _element("ocop_ten", "Tên sản phẩm", ValueType.TEXT, **record),
        _element("ocop_chu_the", "Họ tên chủ thể", ValueType.TEXT, personal=True, **record),
        _element("ocop_len_san", "Đã lên sàn thương mại điện tử", yes_no, **record),
    )
    more = (
        _element(f"them_{part}_{number}", f"Số liệu {part} số {number}")
        for number in range(1, fillers + 1)
        for part in ("tu", "mau")
    )
    return {element.name: element for element in (*elements, *more)}


def make_catalogue(fillers: int = 0) -> Catalogue:
    """Make the elements the sample set reads."""
    return Catalogue(
        id="vn-danh-muc-so-lieu",
        version="1.0.0",
        elements=_elements(fillers),
        registers={
            "san_pham_ocop": Register(
                "san_pham_ocop", Text("Sản phẩm OCOP"), ("ocop_ten", "ocop_chu_the", "ocop_len_san")
            )
        },
        profile={
            "vung": ProfileAttribute(
                "vung",
                Text("Vùng"),
                (
                    Choice("dbscl", Text("Đồng bằng sông Cửu Long")),
                    Choice("tdmnpb", Text("Trung du miền núi phía Bắc")),
                ),
            )
        },
    )


def _digital() -> Criterion:
    hamlets: Node = ("count", "hamlets", EVERY_ROW)
    at_least, above = Operator.AT_LEAST, Operator.GREATER
    return criterion(
        "8",
        "Thông tin và truyền thông",
        indicator(
            "8.1",
            "Xã có điểm phục vụ bưu chính",
            requirement(
                "8.1.a",
                "Có ít nhất 01 điểm phục vụ bưu chính",
                fact("co_diem_buu_chinh"),
                basis=Basis.OFFICIAL,
            ),
        ),
        indicator(
            "8.2",
            "Xã có dịch vụ viễn thông, internet",
            requirement(
                "8.2.a",
                "Tỷ lệ ấp có dịch vụ viễn thông, internet",
                share(("count", "hamlets", fact("ap_co_internet")), hamlets),
                operator=at_least,
                thresholds=(threshold("1"),),
                unit=Text("ấp"),
            ),
        ),
        indicator(
            "8.3",
            "Xã có đài truyền thanh và hệ thống loa đến các ấp",
            requirement(
                "8.3.a",
                "Tỷ lệ ấp có loa hoạt động",
                share(("count", "hamlets", fact("ap_co_loa")), hamlets),
                operator=at_least,
                thresholds=(Threshold(None, Basis.DELEGATED, document="qd-318"),),
                unit=Text("ấp"),
            ),
        ),
        indicator(
            "8.4",
            "Xã có ứng dụng công nghệ thông tin trong công tác quản lý, điều hành",
            requirement(
                "8.4.a",
                "Tỷ lệ cán bộ, công chức được trang bị máy tính",
                share(fact("so_can_bo_co_may_tinh"), fact("so_can_bo")),
                operator=at_least,
                thresholds=(threshold("1"),),
                lever=Lever.NUMERATOR,
                unit=Text("người"),
            ),
            requirement("8.4.b", "Có mạng LAN kết nối internet", fact("co_mang_lan")),
            requirement(
                "8.4.c",
                "Số hệ thống thông tin đang dùng",
                fact("so_he_thong"),
                operator=at_least,
                thresholds=(threshold("4"),),
                kind=RequirementKind.COUNT,
                unit=Text("hệ thống"),
            ),
            requirement(
                "8.4.d",
                "Tỷ lệ hồ sơ thủ tục hành chính được giải quyết trực tuyến",
                share(fact("ho_so_truc_tuyen"), fact("ho_so_giai_quyet")),
                operator=above,
                thresholds=(threshold("3/10"),),
                lever=Lever.NUMERATOR,
                unit=Text("hồ sơ"),
                fields=(
                    Field("ho_so_giai_quyet", Text("Tổng số hồ sơ đã giải quyết")),
                    Field("ho_so_truc_tuyen", Text("Trong đó giải quyết trực tuyến")),
                ),
                evidence=(EvidenceRule("bao_cao", Text("Báo cáo của bộ phận một cửa"), ("pdf",)),),
            ),
            tags=("chuyen_doi_so",),
        ),
    )


def _others() -> tuple[Criterion, ...]:
    at_least = Operator.AT_LEAST
    income = requirement(
        "10.1.a",
        "Thu nhập bình quân đầu người",
        fact("thu_nhap_binh_quan"),
        operator=at_least,
        thresholds=(
            threshold("39", when=("=", ("profile", "vung"), ("text", "tdmnpb"))),
            threshold("48", when=("=", ("profile", "vung"), ("text", "dbscl"))),
        ),
        kind=RequirementKind.AMOUNT,
        unit=Text("triệu đồng"),
    )
    market = requirement("7.1.a", "Chợ đạt chuẩn", fact("cho_dat_chuan"), relevant=fact("co_cho"))
    ocop: Node = ("count", "san_pham_ocop", fact("ocop_len_san"))
    sold = requirement(
        "13.1.a",
        "Tỷ lệ sản phẩm OCOP lên sàn thương mại điện tử",
        share(ocop, ("count", "san_pham_ocop", EVERY_ROW)),
        operator=at_least,
        thresholds=(
            threshold("1", Basis.OFFICIAL, checked_by="Văn phòng điều phối", checked_on=date(2024, 1, 5)),
        ),
        lever=Lever.NUMERATOR,
        unit=Text("sản phẩm"),
        basis=Basis.OFFICIAL,
    )
    health = requirement(
        "15.4.a",
        "Tỷ lệ dân số có sổ khám chữa bệnh điện tử",
        share(fact("nguoi_co_so_dien_tu"), fact("dan_so")),
        operator=at_least,
        thresholds=(threshold("1/2"),),
        lever=Lever.NUMERATOR,
        unit=Text("người"),
    )
    return (
        criterion("10", "Thu nhập", indicator("10.1", "Thu nhập bình quân đầu người", income)),
        criterion("13", "Tổ chức sản xuất", indicator("13.1", "Sản phẩm OCOP lên sàn", sold)),
        criterion("15", "Y tế", indicator("15.4", "Sổ khám chữa bệnh điện tử", health)),
        criterion("7", "Cơ sở hạ tầng thương mại nông thôn", indicator("7.1", "Xã có chợ đạt chuẩn", market)),
        criterion("19", "Quốc phòng và an ninh", complete=False),
    )


def _filler(number: int) -> Indicator:
    code = f"{FILLER_CRITERION}.{number}"
    return indicator(
        code,
        f"Chỉ tiêu làm đầy số {number}: tỷ lệ hộ gia đình được tiếp cận dịch vụ thiết yếu trên địa bàn",
        requirement(
            f"{code}.a",
            "Tỷ lệ hộ được tiếp cận",
            share(fact(f"them_tu_{number}"), fact(f"them_mau_{number}")),
            operator=Operator.AT_LEAST,
            thresholds=(threshold("9/10", Basis.OFFICIAL if number % 2 else Basis.REPORTED),),
            basis=Basis.OFFICIAL,
            unit=Text("hộ"),
        ),
    )


DOCUMENTS = {
    "qd-318": DocumentReference(
        "qd-318",
        "318/QĐ-TTg",
        Text("Quyết định ban hành Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021 - 2025"),
        date(2022, 3, 8),
        "Thủ tướng Chính phủ",
    ),
    "tt-05": DocumentReference("tt-05", "05/2022/TT-BTTTT", Text("Thông tư về xóm & <thôn> thông minh")),
}


def make_set(fillers: int = 0, **changes: object) -> CriterionSet:
    """Make the sample set: 8 indicators in 6 criteria, and so many more with a ratio each.

    Its sha256 is empty; `make_snapshot` sets it to that of the pack it invents.
    """
    extra = (criterion(FILLER_CRITERION, "Làm đầy", *map(_filler, range(1, fillers + 1))),) if fillers else ()
    arrears = Condition(
        requirement("dk.1", "Không có nợ đọng xây dựng cơ bản", fact("khong_no_dong")), "recognition"
    )
    made = CriterionSet(
        id=SET_ID,
        version=SET_VERSION,
        title=Text("Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021 - 2025"),
        short_title=Text("Xã NTM 2021–2025"),
        level="ntm",
        rule_language=1,
        criteria=(_digital(), *_others(), *extra),
        catalogue=make_catalogue(fillers),
        documents=DOCUMENTS,
        valid_from=2021,
        valid_to=2025,
        conditions=(arrears,),
        legal_basis=("qd-318", "tt-05"),
        publisher="Nhóm thử nghiệm",
        tags={"chuyen_doi_so": Text("Chuyển đổi số")},
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]
