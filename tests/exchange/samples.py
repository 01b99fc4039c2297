"""Elements, hamlets and a small form for the tests of this folder."""

from __future__ import annotations

from ntm_desktop.exchange.form import Asked, AskedTable, Band, Form, FormIdentity, RowSubject
from ntm_desktop.exchange.proposals import Terms
from ntm_desktop.facts.catalogue import Choice, Element, SubjectKind, ValueType
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Provenance
from ntm_desktop.facts.period import Period, PeriodKind
from ntm_desktop.facts.subject import Hamlet, Record
from ntm_desktop.facts.text import read
from ntm_desktop.i18n import Text


def element(name: str, type_: ValueType = ValueType.INTEGER, **more: object) -> Element:
    return Element(name=name, label=Text(name), type=type_, **more)  # type: ignore[arg-type]


ELEMENTS = {
    one.name: one
    for one in (
        element("ho_so", unit="hồ sơ"),
        element("truc_tuyen", unit="hồ sơ", definition=Text("Hồ sơ nộp qua mạng.")),
        element("dien_tich", ValueType.DECIMAL, unit="ha"),
        element("ty_le", ValueType.PERCENT),
        element("thu_nhap", ValueType.MONEY, unit="trieu_dong"),
        element("co_lan", ValueType.YES_NO),
        element("ngay", ValueType.DATE, period=PeriodKind.NONE),
        element(
            "loai_dai",
            ValueType.CHOICE,
            choices=(Choice("fm", Text("Đài FM")), Choice("it", Text("Ứng dụng CNTT"))),
        ),
        element("ghi_chu", ValueType.TEXT),
        element("so_ho", subject=SubjectKind.HAMLET),
        element("co_loa", ValueType.YES_NO, subject=SubjectKind.HAMLET),
        element(
            "ocop_ten", ValueType.TEXT, subject=SubjectKind.RECORD, register="ocop", period=PeriodKind.NONE
        ),
        element("quy", period=PeriodKind.QUARTER),
    )
}
HAMLETS = (Hamlet("h1", "Vĩnh Lợi", 1), Hamlet("h2", "Vĩnh Quới", 2), Hamlet("h3", "Vĩnh Hoà", 3))
RECORDS = (Record("r1", "ocop", 1), Record("r2", "khac", 1))
TERMS = Terms(ELEMENTS, HAMLETS, RECORDS)
YEAR = Period("2023")


def key(name: str, subject: str = "") -> FactKey:
    period = Period("-") if ELEMENTS[name].period is PeriodKind.NONE else YEAR
    return FactKey(name, subject, period)


def fact(name: str, text: str, subject: str = "", *, source: str = "", estimated: bool = False) -> Fact:
    reading = read(ELEMENTS[name], text)
    provenance = Provenance(source=source, estimated=estimated)
    claim = Claim("c", reading.text, reading.value, reading.problem, provenance)
    return Fact(key(name, subject), (claim,))


def asked(name: str, subject: str = "", known: Fact | None = None) -> Asked:
    return Asked(key(name, subject), ELEMENTS[name], f"Số liệu {name}", known)


FACTS = {
    one.key: one
    for one in (
        fact("ho_so", "2.382", source="Một cửa"),
        fact("dien_tich", "77,61"),
        fact("co_lan", "có"),
        fact("loai_dai", "fm"),
        fact("so_ho", "398", "h1"),
        fact("thu_nhap", "khoảng 40", estimated=True),
    )
}


def form(facts: dict[FactKey, Fact] = FACTS) -> Form:
    def ask(name: str, subject: str = "") -> Asked:
        return asked(name, subject, facts.get(key(name, subject)))

    names = ("ho_so", "truc_tuyen", "dien_tich", "ty_le", "thu_nhap", "co_lan", "ngay", "loai_dai", "ghi_chu")
    return Form(
        identity=FormIdentity("kho-1", "ho-so-1"),
        title="Xã Vĩnh An: số liệu năm 2023",
        year=2023,
        bands=(
            Band("8", "Thông tin và truyền thông", 1),
            Band("8.4", "Ứng dụng công nghệ thông tin", 2, tuple(map(ask, names))),
            Band("8.5", "Wifi", 2, (ask("ho_so"),)),
        ),
        tables=(
            AskedTable(
                "8.2.a Ấp",
                "8.2.a Tỷ lệ ấp có loa",
                "Ấp",
                ("Số hộ", "Có loa"),
                tuple(RowSubject(one.id, one.name) for one in HAMLETS),
                tuple((ask("so_ho", one.id), ask("co_loa", one.id)) for one in HAMLETS),
            ),
        ),
    )
