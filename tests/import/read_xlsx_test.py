#!/usr/bin/python3
"""Workbooks of Excel."""

import os
import time

import office
import reading
from office import number, sheet, text, xlsx
from reading import check_golden, check_refused, check_same, check_warned, many, tree

FORMATS = [0, "0", "0.00", "#,##0.00", 9, 10, "0.00;[Red]-0.00;\"—\"", 43, '#,##0.00"万元"', 14, 31, 22, "@", "#.##", "0,,", "0.00E+00", 'G/通用格式"分"', "[$¥-804]#,##0.0_ ", "[h]:mm", "000000", ";;;", "mm:ss", "m/d", 55]
SHOWN = [
    (0, "12.5", "12.5", None), (0, "4180.7600000000002", "4180.76", None), (0, "0.1", "0.1", None),
    (0, "0.333333333333333", "0.333333333", "0.333333333333333"), (0, "12345678901", "12345678901", None),
    (0, "123456789012", "1.23457E+11", "123456789012"), (0, "1.0000000000000001E-5", "0.00001", None),
    (0, "1.23456789E-5", "1.23457E-05", "0.0000123456789"), (0, "-0", "0", None), (0, "1E3", "1000", None),
    (0, "1234567.89012", "1234567.89", "1234567.89012"), (0, "-99999.999999999", "-100000", "-99999.999999999"),
    (1, "0.5", "1", "0.5"), (1, "-0.5", "-1", "-0.5"), (1, "2.5", "3", "2.5"), (1, "1.4999999999999999", "2", "1.5"),
    (2, "1.005", "1.01", "1.005"), (2, "0.004", "0.00", "0.004"), (2, "9.995", "10.00", "9.995"), (2, "-0.001", "-0.00", "-0.001"),
    (2, "7", "7.00", None), (2, "0", "0.00", None), (3, "1234567.891", "1,234,567.89", "1234567.891"), (3, "-1234.5", "-1,234.50", None),
    (3, "999.999", "1,000.00", "999.999"), (4, "0.825", "83%", "0.825"), (4, "1", "100%", None), (5, "0.82129999999999992", "82.13%", None),
    (6, "0", "—", "0"), (6, "-3.5", "-3.50", None), (7, "0", "-", "0"), (7, "1234.5", "1,234.50", None), (7, "-2", "-2.00", None),
    (8, "3869.78", "3,869.78万元", None), (9, "44561", "2021/12/31", None), (10, "44561", "2021年12月31日", None),
    (11, "44561.75", "2021/12/31 18:00", None), (10, "60", "1900年2月29日", None), (10, "59", "1900年2月28日", None),
    (10, "1", "1900年1月1日", None), (12, "12.5", "12.5", None), (13, "12.5", "12.5", None), (14, "12345678", "12", "12345678"),
    (15, "12345", "1.23E+04", "12345"), (16, "96.5", "96.5分", None), (17, "1234.56", "¥1,234.6", "1234.56"), (18, "1.5", "36:00", None),
    (19, "42", "000042", None), (21, "0.0104166666666667", "15:00", None), (22, "44561", "12/31", None), (23, "0.75", "下午6时00分", None),
    (0, "没有数", "没有数", None),
]


def shown(cells, **more):
    """What each (style, stored number) is shown as, one a row."""
    out = tree(xlsx({"虚构": sheet(*(number(f"B{i}", value, style) for i, (style, value) in enumerate(cells, 1)))}, formats=FORMATS, **more))
    result = {}
    for line in out.splitlines()[2:]:
        place, value = line.strip().split(": ", 1)
        row, _, stored = place.partition(" stored ")
        result[int(row.split(",")[0]) - 1] = (value, stored or None)
    return [result.get(i) for i in range(len(cells))]


def test_formats():
    """Numbers are shown in their formats, and the stored one is kept where that is rounded."""
    found = shown([case[:2] for case in SHOWN])
    for case, value in zip(SHOWN, found):
        check_same(f"{case[1]} as {FORMATS[case[0]]}", value, (case[2], case[3]))


def test_decimals():
    """Rounding is that of decimal arithmetic, half away from zero, for many numbers."""
    import decimal
    import random

    chance = random.Random(1)
    cells, expected = [], []
    for _ in range(many(3000)):
        value = decimal.Decimal(chance.randrange(-(10**9), 10**9)).scaleb(-chance.randrange(0, 7))
        cells.append((2, str(value) if chance.random() < 0.5 else f"{value:E}"))
        rounded = value.quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP)
        plain = f"{value.normalize():f}"
        expected.append((str(rounded), plain if rounded != value else None))
    for cell, value, wanted in zip(cells, shown(cells), expected):
        check_same(str(cell), value, wanted)


def test_1904():
    """Dates that count from 1904."""
    check_same("date", shown([(10, "0"), (10, "43099")], workbook='<workbookPr date1904="1"/>'),
               [("1904年1月1日", None), ("2021年12月31日", None)])


STRINGS = ["<t>收入支出决算总表</t>", "<r><rPr/><t>项</t></r><r><t xml:space=\"preserve\">　目</t></r><rPh><t>注音</t></rPh>", "<t>两行_x000D_\n的</t>", "<t/>"]
FIRST = (
    "<cols><col min=\"1\" max=\"2\"/></cols>"
    + sheet(
        '<c r="B3" t="s"><v>0</v></c><c r="C3" s="1"/>',
        '<c r="B4" t="s"><v>1</v></c><c r="D4" t="s"><v>2</v></c>',
        text("B5", "一、财政拨款") + '<c r="D5" s="1"><f>SUM(D6:D7)</f><v>12.345</v></c><c r="E5" t="str"><f>"a"</f><v>公式的字</v></c>',
        '<c r="B6" t="b"><v>1</v></c><c r="C6" t="e"><v>#DIV/0!</v></c><c r="D6" t="s"><v>99</v></c>',
        '<c r="B7" t="inlineStr"><is><r><t>行</t></r><r><t>内</t></r></is></c><c><v>1</v></c><c><v>2</v></c>',
    )
    + '<mergeCells><mergeCell ref="B3:F3"/><mergeCell ref="B5:C6"/><mergeCell ref="D6:E6"/><mergeCell ref="A1:B1"/><mergeCell ref="C4:C4"/><mergeCell ref="X"/></mergeCells>'
)


def test_cells():
    """Strings, formulas and merged cells, with their places; sheets in the order of the workbook."""
    book = {"总表": FIRST, "附表 二": sheet(text("A1", "虚构"))}
    check_golden("xlsx_cells.txt", tree(xlsx(book, strings=STRINGS, formats=[0, 2]), "-p"))


def test_strict():
    """The strict form is read as the transitional one."""
    parts = office.xlsx_parts({"总表": FIRST}, strings=STRINGS, formats=[0, 2])
    check_same("strict", tree(office.pack(office.strict(parts))), tree(office.pack(parts)))


def test_hidden():
    """Hidden sheets, rows and columns are read, with a warning."""
    one = sheet(text("A1", "虚构"))
    assert "虚构" in check_warned(xlsx({"看得见": one, "表 hidden": one}), "hidden-cells")
    assert "虚构" in check_warned(xlsx({"表": one.replace("<row>", '<row hidden="1">')}), "hidden-cells")
    assert "虚构" in check_warned(xlsx({"表": '<cols><col min="1" max="1" hidden="1"/></cols>' + one}), "hidden-cells")
    tree(xlsx({"表": '<cols><col min="3" max="16384" hidden="1"/></cols>' + one}))


def test_without_results():
    """Formulas that were never calculated are told of."""
    check_warned(xlsx({"表": sheet(text("A1", "虚构") + '<c r="B1"><f>1+1</f></c>')}), "formulas-without-results")


def test_large():
    """What is formatted but empty does not count; what is far apart does."""
    styled = "".join(f'<c r="{c}{{0}}" s="1"/>' for c in ("A", "B", "XFD"))
    rows = [text("B2", "虚构"), *(styled.format(i) for i in range(3, many(9000))), styled.format(1048576)]
    content = '<dimension ref="A1:XFD1048576"/>' + sheet(*rows) + '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    check_same("table", tree(xlsx({"表": content}, formats=[0, 2])), "format xlsx\ntable 1x1\n  1,1: 虚构\n")
    check_refused(xlsx({"表": sheet(text("A1", "虚构"), text("XFD1048576", "构"))}), "document-too-large")


def test_many_cells():
    """A sheet of 100,000 cells is read in a second."""
    count = many(10000)
    rows = ["".join(number(f"{chr(65 + c)}{r}", f"{r}.{c}5", 1) for c in range(10)) for r in range(1, count + 1)]
    data = xlsx({"表": sheet(*rows)}, formats=[0, 3])
    start = time.monotonic()
    assert tree(data).startswith(f"format xlsx\ntable {count}x10\n")
    if not os.environ.get("MEMCHECK"):
        assert time.monotonic() - start < 5  # on a machine that others use, too
    check_refused(data, "document-too-large", "-l", str(count * 10 - 1))


def test_broken():
    """Workbooks that were cut, or refer to what is not there, or are binary."""
    check_refused(xlsx({"表": "<sheetData><row>"}), "broken-document", hint="worksheets/sheet1.xml")
    parts = office.xlsx_parts({"表": FIRST})
    del parts["xl/worksheets/sheet1.xml"]
    check_refused(office.pack(parts), "empty-document")
    check_refused(office.pack({"xl/workbook.bin": b"\0"}), "unknown-document", hint="save it as .xlsx")


if __name__ == "__main__":
    reading.main(__name__)
