#!/usr/bin/python3
"""Plain text: paragraphs, and tables whose cells are parted by tabs."""

import reading
from reading import SHARED, check_golden, check_refused, check_same, check_warned, many, tree

DUMP = """
　　虚构市演示区样例局2021年度部门决算

项目支出绩效自评表
（2021年度）
\t项目名称
\t虚构的演示项目

\t项目资金
（万元）
\t
\t年初预
算数
\t全年
执行数

\t
\t年度资金总额
\t12.489
\t12.489

\t绩
效
指
标
\t一级指标
\t年度

指标值
\t得分

\t
\t产出指标
\t1、原因：虚构
整改：虚构

2、原因：有 1 件。

\t
\t效益指标
\t
\t９

\t总分
\t96


表后的一段。
\t只有一格，是一段话

\t又一段话
"""

COPIED = '''虚构的收支表
项目\t决算数\t"说明
有两行"
收入\t1,234.50\t
\t0.00\t"他说""好"""
支出\t\t"没有结束的引号
单位：虚构局\t单位：万元
'''


def test_dump():
    """A dump of Word's tables: cells of several lines, rows ended by an empty one."""
    check_golden("text_dump.txt", tree(DUMP.encode(), "-p"))


def test_copied():
    """Rows copied from a spreadsheet, quoted cells with line feeds."""
    check_golden("text_copied.txt", tree(COPIED.encode()))


def test_line_ends():
    """The ends of lines do not matter."""
    check_same("with CR LF", tree(DUMP.replace("\n", "\r\n").encode()), tree(DUMP.encode()))


def test_encodings():
    """UTF-8, UTF-16 and GB18030, with marks and without, are the same text."""
    expected = tree(DUMP.encode())
    for encoding in ("utf-8-sig", "utf-16", "gb18030", "gbk"):
        check_same(encoding, tree(DUMP.encode(encoding)), expected)
    check_same("big endian", tree(b"\xfe\xff" + DUMP.encode("utf-16-be")), expected)


def test_cut():
    """A text that was cut within a character is read, with a warning."""
    out = check_warned(("虚构的一段。" * 20).encode()[:-1], "broken-characters")
    assert "虚构的一段。虚构的一段\ufffd" in out, out


def test_refused():
    """What is no text is refused, and the kinds that are taken are named."""
    check_refused(b"", "empty-document")
    check_refused(b" \r\n\t\n\xe3\x80\x80", "empty-document")
    check_refused(bytes(range(256)) * 20, "unknown-document", hint="docx, xlsx, xls, pdf, html and plain text")
    check_refused("虚构\x00的".encode(), "unknown-document")
    check_refused(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" * 9, "unknown-document")


def test_folder():
    """A folder and what is not there are errors."""
    for path in ("/", "/虚构/没有"):
        status, out, err = reading.run(path)
        check_same(path, (status, out), (1, ""))
        assert err.startswith("error "), err


def test_many_cells():
    """A table of 100,000 cells is read; one beyond the limit is not."""
    rows = many(10000)
    table = "".join("\t".join(str(row * 10 + column) for column in range(10)) + "\n" for row in range(rows))
    assert tree(table.encode()).startswith(f"format text\ntable {rows}x10\n")
    limit = str(rows * 10 - 1)
    check_refused(table.encode(), "document-too-large", "-l", limit, hint=f"{limit} cells")


def test_seed():
    """The seed: 18 forms and two tables of an evaluation, none longer or wider than the document has it."""
    seed = SHARED / "seed/fengtai-zwfwj-2021.txt"
    if not seed.exists():
        print("# skipped: no ../shared")
        return
    lines = tree(seed.read_bytes()).splitlines()
    tables = [line for line in lines if line.startswith("table ")]
    check_same("tables", tables[:2] + sorted(set(tables[2:])),
               ["table 20x4", "table 20x11", "table 21x9", "table 26x9", "table 30x9"])
    check_same("forms", len(tables) - 2, 18)
    check_same("sums", sum(line.endswith(": 总分") for line in lines), 20)
    check_same("the last two lines", lines[-2:], ["  21,2: 100", "  21,3: 94"])


if __name__ == "__main__":
    reading.main(__name__)
