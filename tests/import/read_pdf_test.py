#!/usr/bin/python3
"""PDFs."""

import os
import pathlib
import re
import tempfile

import reading
from pdf import Page, pdf
from reading import SHARED, check_golden, check_refused, check_same, check_warned, tree

XS = [60, 130, 260, 340, 420, 500]
HEAD = [["项目", None, "合计", "基本支出", "项目支出"], [["功能分类", "科目编码"], "科目名称", None, None, None]]
# The first two cells of the first row are one; the others of the first two rows are one each.
OPEN = {("v", 1, 0), ("h", 1, 2), ("h", 1, 3), ("h", 1, 4)}


def report(how):
    """A table that goes on overleaf with its head repeated, and text around it."""
    first, second, third = Page(), Page(), Page(842, 595)
    first.text(200, 90, "虚构市样例局2024年度部门决算", 16)
    first.text(92, 130, "虚构的一段话从这里开始，它长得在这一行里写不下，所以到了", 16)
    first.text(60, 158, "第二行，全年支出9,759.38万元，比上年增加12.5%。这一行也是满的", 16)
    first.text(60, 186, "最后一行。", 16)
    first.text(92, 214, "另起一段，很短。", 16)
    first.text(200, 300, "支出决算表", 12)
    first.text(430, 320, "单位：万元")
    ys = [330, 355, 395, 420, 460, 485]
    first.grid(XS, ys, how, OPEN)
    first.rows(XS, ys, HEAD + [
        ["208", "社会保障和就业支出", "754.75", "754.75", "0.00"],
        ["2080505", ["机关事业单位基本养老保", "险缴费支出"], "446.11", "446.11", "0.00"],
        ["212", "城乡社区支出", "3,845.24", "1,585.59", "2,259.65"]])
    first.text(290, 800, "- 1 -")
    ys = [72, 97, 137, 162, 187]
    second.grid(XS, ys, how, OPEN | {("v", 1, 3)})
    second.rows(XS, ys, HEAD + [["221", "住房保障支出", "461.08", "461.08", None], ["合计", None, "9759.38", "5377.64", "4381.74"]])
    second.text(60, 210, "注：虚构的注。")
    second.text(290, 800, "第 2 页 共 3 页")
    third.text(300, 60, "虚构的横表", 12)
    xs, ys = [60, 260, 460, 780], [80, 105, 130]
    third.grid(xs, ys, how, {("v", 3, 0), ("v", 3, 1), ("v", 0, 0), ("v", 0, 1)})
    third.rows(xs, ys, [["一", "二", "三"], ["1", "2", "3"]])
    return pdf(first, second, third)


def test_ruled():
    """Tables with lines: merged heads, wrapped names, more than one page; paragraphs around them."""
    found = tree(report("stroked"), "-p")
    check_golden("pdf_ruled.txt", found)
    check_same("lines that are thin areas", tree(report("filled"), "-p"), found)


def pages_of_table(*parts, edges=lambda page, number: None):
    """A table with a page for each of its parts, which have the head of the table again."""
    pages = []
    for number, part in enumerate(parts, 1):
        page, rows = Page(), [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], *part]
        ys = [110, 135, *(135 + 30 * (i + 1) for i in range(len(part)))]
        page.grid(XS, ys)
        page.rows(XS, ys, rows)
        edges(page, number)
        pages.append(page)
    return pages


def row(code, name, *figures):
    return [code, name, *(figures or (None, None, None))]


def kinds(found):
    return [line.split(":")[0] for line in found.splitlines() if not line.startswith(("  ", "format"))]


def cells_of(found):
    return [line.strip() for line in found.splitlines() if line.startswith("  ")]


def test_edges():
    """Running titles, units and page numbers do not part a table, and are no text; what they say is there."""
    parts = [[row(str(200 + i), "虚构科目", f"{i}.50", f"{i}.50", "0.00")] for i in range(4)]

    def edges(page, number):
        page.text(60, 60, "虚构市样例局2024年度部门决算（第3版）", 9)
        page.text(60, 100, "金额单位：万元", 9)
        page.text(200, 800, f"虚构市样例局 {number + 2} / 30 号", 9)

    found = tree(pdf(*pages_of_table(*parts, edges=edges)))
    check_same("blocks", kinds(found), ["paragraph", "table 5x5"] + ["edge"] * 11)
    check_same("the unit is said once before the table", found.splitlines()[1], "paragraph: 金额单位：万元")
    check_same("edges", sorted(line for line in found.splitlines() if line.startswith("edge")),
               sorted(["edge: 虚构市样例局2024年度部门决算（第3版）"] * 4 + ["edge: 金额单位：万元"] * 3
                      + [f"edge: 虚构市样例局 {n} / 30 号" for n in (3, 4, 5, 6)]))


def test_no_edges():
    """What stands at the same height on few pages, or heads a table of its own on each page, is text."""
    pages = []
    for number in range(4):
        page, xs, ys = Page(), [60, 200, 300 + 20 * number, 400], [110, 135, 160]
        page.text(60, 90, "项目支出绩效自评表")
        page.grid(xs, ys)
        page.rows(xs, ys, [["项目", "金额", "备注"], ["虚构", f"{number}.50", "无"]])
        if number < 2:
            page.text(60, 60, "虚构的草稿")
        pages.append(page)
    found = tree(pdf(*pages))
    check_same("blocks", kinds(found), ["paragraph", "paragraph", "table 2x3"] * 2 + ["paragraph", "table 2x3"] * 2)


# Eleven characters are all that the second column has place for.
FULL, REST = "机关事业单位基本养老保", "险缴费支出"
ABOVE = [row("208", "社会保障和就业支出", "754.75", "754.75", "0.00"), row("20805", "行政单位养老支出", "446.11", "446.11", "0.00")]
BELOW = row("212", "城乡社区支出", "3.00", "1.00", "2.00")


def test_cut_rows():
    """A row that a break of pages cut is one again, with its figures in the upper or in the lower part."""
    figures = ["446.11", "446.11", "0.00"]
    whole = ["4,1: 2080505", f"4,2: {FULL}{REST}", "4,3: 446.11", "4,4: 446.11", "4,5: 0.00"]
    for upper, lower in ((row("2080505", FULL, *figures), row(None, REST)), (row(None, FULL), row("2080505", REST, *figures))):
        found = tree(pdf(*pages_of_table([*ABOVE, upper], [lower, BELOW])))
        check_same("blocks", kinds(found), ["table 5x5"])
        check_same("the row", cells_of(found)[15:20], whole)
        check_same("the row below", cells_of(found)[20], "5,1: 212")


def test_rows_that_are_whole():
    """Rows at a break of pages that are not certainly one stay two; where they may be one, a person is told."""
    figures = ["446.11", "446.11", "0.00"]
    upper, lower = row("2080505", FULL, *figures), row(None, REST)
    for what, above, below in (
        ("there was place for more", row("2080505", FULL[:-1], *figures), lower),
        ("both have figures", upper, row(None, REST, "1.00", "1.00", "0.00")),
        ("a code of its own", upper, row("2080506", REST)),
        ("the lower begins with what begins a row", upper, row(None, "其中：虚构科目")),
        ("the lower is numbered", upper, row(None, "（二）虚构科目")),
        ("the upper has a figure where the lower has a name", row("2080505", "1.00", *figures), lower),
    ):
        found = tree(pdf(*pages_of_table([*ABOVE, above], [below, BELOW])))
        check_same(what, kinds(found), ["table 6x5"])
    heading = row(None, "其中：")  # such rows are in this table, so the last may be one
    found = check_warned(pdf(*pages_of_table([ABOVE[0], heading, ABOVE[1], upper], [lower, BELOW])), "cut-row")
    check_same("unsure", kinds(found), ["table 7x5"])
    # without a code, the upper may be a row that has no figures
    found = check_warned(pdf(*pages_of_table([*ABOVE, row(None, FULL)], [row(None, REST, *figures), BELOW])), "cut-row")
    check_same("unsure, too", kinds(found), ["table 6x5"])


def test_unruled():
    """Tables without lines: columns by their gaps, names that go on in the next line or have no figures."""
    page = Page()
    page.text(200, 80, "虚构的收入表", 16)
    rows = [("项目", "决算数", "上年数"), ("财政拨款收入", "12.50", "7.00"), ("其中：", "", ""), ("一般公共预算财政拨款收", "10.00", "7.00"),
            ("入", "", ""), ("其他收入", "", "1,000.25"), ("合计", "12.50", "1,007.25")]
    for i, (name, a, b) in enumerate(rows):
        page.text(60, 120 + 14 * i, name)
        for x, text in ((300, a), (450, b)):
            if text:
                page.text(x - 5 * len(text), 120 + 14 * i, text)
    page.text(60, 240, "表后的一段话。")
    check_golden("pdf_unruled.txt", tree(pdf(page)))


def test_rows_without_lines():
    """Rows that no lines part, in a table that has lines between its columns."""
    page, ys = Page(), [80, 105, 200, 225]
    page.grid([60, 200, 300, 400], ys)
    page.rows([60, 200, 300], ys, [["项目", "决算数", ["备注", "（说明）"]], [None, None, None], ["合计", "19.50", None]])
    for i, (name, figure, note) in enumerate([("财政拨款", "12.50", ""), ("事业收入", "3.00", "虚构"), ("其他收入", "4.00", "")]):
        page.text(65, 120 + 25 * i, name)
        page.text(270, 120 + 25 * i, figure)
        page.text(305, 120 + 25 * i, note)
    check_golden("pdf_rows_without_lines.txt", tree(pdf(page)))


def test_bold():
    """What is printed twice to look bold stands there once."""
    page = Page()
    for x in (60, 60.3):
        page.text(x, 80, "虚构的标题", 16)
    check_same("text", tree(pdf(page)), "format pdf\nparagraph: 虚构的标题\n")


def test_order():
    """The order in which a page is drawn does not matter."""
    page, other = Page(), Page()
    for text, y in (("虚构的第三段。", 200), ("虚构的第一段。", 80), ("虚构的第二段。", 140)):
        page.text(60, y, text)
    check_same("text", tree(pdf(page)).splitlines()[1:],
               ["paragraph: 虚构的第一段。", "paragraph: 虚构的第二段。", "paragraph: 虚构的第三段。"])


def test_refused():
    """Pictures, passwords, and what is broken."""
    scanned = Page()
    scanned.line(10, 10, 500, 10)
    check_refused(pdf(scanned), "no-text", hint="its pages are pictures")
    page = Page()
    page.text(60, 80, "虚构")
    secret = "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % ("5A" * 32, "A5" * 32)
    check_refused(pdf(page, trailer=secret), "password-protected", hint="print it to a PDF without one")
    check_refused(b"%PDF-1.4\n" + b"\x80 nothing " * 100, "broken-document")


def test_limits():
    """More cells, and more text, than is allowed."""
    check_refused(report("stroked"), "document-too-large", "-l", "20")
    page = Page()
    for i in range(200):
        page.text(60, 80 + 3 * i, "虚构" * 20)
    check_refused(pdf(page), "document-too-large", "-l", "2000")


def test_without_programs():
    """Without pdftotext, what to install is said."""
    with tempfile.TemporaryDirectory() as folder:
        status, out, err = reading.read(report("stroked"), env={**os.environ, "PATH": folder})
    check_same("exit", (status, out), (1, ""))
    assert "cannot run pdftotext" in err and "apt-get install poppler-utils" in err, err


def test_sample():
    """A report of 30 pages: all figures of its nine tables are in cells, one each, in the right row and column."""
    path = SHARED / "samples/putuo-ghzyj-2024.pdf"
    if not path.exists():
        print("# skipped: no ../shared")
        return
    found = tree(path.read_bytes())
    tables = re.split(r"^table ", found, flags=re.M)[1:]
    check_same("sizes", [table.split()[0] for table in tables],
               ["6x3", "30x4", "27x9", "27x8", "32x7", "27x5", "40x6", "5x12", "6x8", "6x8"])
    check_golden("pdf_sample_tables.txt", "".join(figures(table) for table in tables))


def figures(table):
    """The figures of a table, each with the first text of its row and its column."""
    lines = []
    for line in table.splitlines()[1:]:
        match = re.fullmatch(r"  (\d+),(\d+)(?: \d+x\d+)?: (-?[\d.]+)", line)
        if match:
            lines.append(f"{match[1]},{match[2]} {match[3]}\n")
    return f"table {table.split()[0]}\n" + "".join(lines)


if __name__ == "__main__":
    reading.main(__name__)
