#!/usr/bin/python3
"""Documents of Word."""

import office
import reading
from office import BELOW, DOWN, cell, docx, docx_parts, item, level, p, pack, row, run, span, strict, style, table
from reading import check_golden, check_refused, check_same, check_warned, many, read, tree

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    + style("1", '<w:outlineLvl w:val="0"/>', "a", "heading 1")
    + style("own", "", "1", "本单位的标题")
    + style("2", "", "a", "heading 2")
    + style("numbered", '<w:numPr><w:numId w:val="2"/></w:numPr>', "a")
    + style("loop", "", "loop")
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>')
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
    + level(4, "bullet", "\uf06c")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="8">'
    + level(0, "decimal", "%1", '<w:pStyle w:val="numbered"/>')
    + level(1, "decimal", "%1.%2")
    + level(2, "upperRoman", "%1.%2.%3", "<w:isLgl/>")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="9">' + level(0, "chineseLegalSimplified", "第%1条", '<w:suff w:val="space"/>') + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="20"/></w:lvlOverride></w:num>'
)
TEXT = "".join(
    [
        p("第一部分　虚构局概况", '<w:pStyle w:val="1"/>'),
        p("自己的样式", '<w:pStyle w:val="own"/>'),
        p("二级", '<w:pStyle w:val="2"/>'),
        p("按大纲级别", '<w:outlineLvl w:val="4"/>'),
        p("不再是标题", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'),
        p("一个套不完的样式", '<w:pStyle w:val="loop"/>'),
        p(""),
        p("　　全年支出１２.５０万元。　"),
        p(run("前") + "<w:r><w:br/><w:t>后</w:t><w:tab/><w:t>又</w:t><w:noBreakHyphen/></w:r>"),
        p(
            run("原文")
            + '<w:ins w:id="1">' + run("新增") + "</w:ins>"
            + '<w:del w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:del>'
            + '<w:moveFrom w:id="3">' + run("移走") + "</w:moveFrom>"
            + "<w:hyperlink>" + run("链接") + "</w:hyperlink>"
            + "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + run("控件") + "</w:sdtContent></w:sdt>"
            + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("域") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>'
        ),
        "<w:sdt><w:sdtContent>" + p("整段的控件") + "</w:sdtContent></w:sdt>",
        p("", '<w:rPr><w:del w:id="4"/></w:rPr>'),
        p(run("有脚注") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        p(
            run("有文本框")
            + "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>" + p("框里的字")
            + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
            + p("框里的字") + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
    ]
)
NOTES = '<w:footnote w:type="separator" w:id="0">' + p("分隔") + '</w:footnote><w:footnote w:id="2">' + p("虚构的脚注") + "</w:footnote>"

LISTS = "".join(
    [
        item("收入", 0), item("本年收入", 1), item("财政拨款", 2), item("其中", 3), item("其中", 3), item("其他", 2),
        item("圆点没有编号", 4), item("上年结转", 1), item("", 2), item("支出", 0), item("本年支出", 1), item("", 2),
        p("插入的一段"), item("已经到二十", 0, 4), item("二十一", 0, 4), item("总则", 0, 3), item("附则", 0, 3),
        p("样式的编号", '<w:pStyle w:val="numbered"/>'), item("2021年", 1, 2), item("合计", 2, 2),
        p("再来", '<w:pStyle w:val="numbered"/>'), item("重新起头", 1, 2),
        p("不要编号", '<w:pStyle w:val="numbered"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        item("没有这个列表", 0, 99),
    ]
)

TABLE = table(
    row(cell("收入", span(2)), cell("支出", span(2)), properties="<w:tblHeader/>"),
    row("项目", "决算数", "项目", "决算数"),
    row(cell("财政拨款", DOWN), "12.50", cell("基本支出", DOWN + span(2))),
    row(cell("", BELOW), "7.00", cell("", BELOW + span(2))),
    row(cell("", BELOW), cell(p("第一段") + p("第二段")), "", "0.00"),
    row("其他", "—", properties='<w:gridBefore w:val="2"/>'),
    row("删去的行", "1", properties='<w:del w:id="9"/>'),
    row(cell("没有上文", BELOW)),
)
NESTED = table(
    row("外表", cell(p("前") + table(row("内表", "1.00")) + p("后"))),
)
LAYOUT = table(row(cell(p("版式里的字") + table(row("甲", "1"), row("乙", "2")) + p("之后"))), row(cell("末行")))


def test_text():
    """Headings by style, by its bases and by level; changes, fields, notes and boxes."""
    check_golden("docx_text.txt", tree(docx(TEXT, styles=STYLES, footnotes=NOTES)))


def test_lists():
    """The numbers of lists, as Word shows them."""
    check_golden("docx_lists.txt", tree(docx(LISTS, styles=STYLES, numbering=NUMBERING)))


def test_formats():
    """Each format of numbers."""
    forms = ["decimal", "upperRoman", "lowerLetter", "chineseCounting", "ideographTraditional", "decimalFullWidth",
             "decimalEnclosedParen", "ideographDigital", "decimalZero", "decimalEnclosedCircleChinese"]
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{level(0, form, "%1", "<w:suff w:val=" + chr(34) + "space" + chr(34) + "/>")}</w:abstractNum>'
        for i, form in enumerate(forms)
    ) + "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(forms)))
    found = tree(docx("".join(item("|", 0, i + 1) * 110 for i in range(len(forms))), numbering=numbering))
    lines = [line.split(": ")[1] for line in found.splitlines()[1:]]
    picked = [lines[i * 110 + n - 1].removesuffix(" |") for i in range(len(forms)) for n in (1, 10, 11, 20, 27, 105)]
    check_same("numbers", " ".join(picked),
               "1 10 11 20 27 105 I X XI XX XXVII CV a j k t aa aaaaa 一 十 十一 二十 二十七 一百零五 "
               "甲 癸 11 20 27 105 １ １０ １１ ２０ ２７ １０５ ⑴ ⑽ ⑾ ⒇ 27 105 一 一〇 一一 二〇 二七 一〇五 "
               "01 10 11 20 27 105 ① ⑩ ⑪ ⑳ 27 105")


def test_tables():
    """Cells over columns and rows, rows that begin later or were deleted, tables in tables."""
    check_golden("docx_tables.txt", tree(docx(TABLE + p("之间") + NESTED + LAYOUT)))


def test_strict():
    """The strict form is read as the transitional one."""
    parts = docx_parts(TEXT + LISTS + TABLE, styles=STYLES, numbering=NUMBERING, footnotes=NOTES)
    check_same("strict", tree(pack(strict(parts))), tree(pack(parts)))


def test_other_names():
    """Parts may have other names; neither macros nor paths that lead out of the zip matter."""
    parts = docx_parts(TABLE)
    expected = tree(pack(parts))
    parts["word/vbaProject.bin"] = b"\0" * 100
    parts["../../etc/虚构.xml"] = "<x/>"
    parts["/tmp/虚构.xml"] = "<x/>"
    check_same("with others", tree(pack(parts)), expected)
    parts["_rels/.rels"] = office.relations(("officeDocument", "/doc/main.xml"))
    parts["doc/main.xml"] = parts.pop("word/document.xml")
    check_same("renamed", tree(pack(parts)), expected)


def test_hidden():
    """Hidden text is left out, with a warning."""
    body = p(run("看得见") + run("看不见", "<w:vanish/>") + run("的", '<w:vanish w:val="0"/>')) + p(run("全不见", "<w:vanish/>"))
    check_same("text", check_warned(docx(body), "hidden-text"), "format docx\nparagraph: 看得见的\n")


def test_bombs():
    """What unpacks to too much, entities, and files from elsewhere are refused."""
    big = docx_parts("<w:p><w:r><w:t>" + "虚" * 3000000 + "</w:t></w:r></w:p>")
    check_refused(pack(big), "document-too-large", "-l", "1000000", hint="unpacks to more than 1000000 bytes")
    laughs = '<!DOCTYPE w [<!ENTITY a "虚虚虚虚虚虚虚虚虚虚">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]>"
    for doctype, entity in ((laughs, "&j;"), ('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
                            ('<!DOCTYPE w SYSTEM "http://localhost/虚构.dtd">', "")):
        parts = docx_parts(p("<w:r><w:t>" + entity + "</w:t></w:r>"))
        name = "word/document.xml"
        parts[name] = parts[name].replace("?>", "?>" + doctype, 1)
        check_refused(pack(parts), "broken-document", hint="word/document.xml")


def test_deep():
    """What lies in itself without end is refused."""
    check_refused(docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "broken-document")


def test_broken():
    """Zips and parts that were cut or damaged are refused."""
    whole = docx(TEXT + TABLE)
    for cut in (10, len(whole) // 2, len(whole) - 30):
        check_refused(whole[:cut], "broken-document")
    at = whole.index(b"word/document.xml") + 60
    status, out, err = read(whole[:at] + b"\xff" * 40 + whole[at + 40 :])
    check_same("damaged", (status, out), (1, ""))
    parts = docx_parts(TEXT)
    parts["word/document.xml"] = parts["word/document.xml"][:-20]
    check_refused(pack(parts), "broken-document", hint="save it again")
    check_refused(docx(""), "empty-document")


def test_other_zips():
    """Other documents in zips are refused, and what to do is said."""
    check_refused(pack({"虚构.txt": "虚构"}), "unknown-document", hint="unpack them")
    check_refused(pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
                  "unknown-document", hint="save it as .docx")


def test_encrypted_zip():
    """A zip with a password is refused."""
    whole = bytearray(pack(docx_parts(TEXT), 0))
    for at, mark in ((6, b"PK\3\4"), (8, b"PK\1\2")):
        start = whole.find(mark)
        while start >= 0:
            whole[start + at] |= 1
            start = whole.find(mark, start + 4)
    check_refused(bytes(whole), "password-protected", hint="take the password away")


def test_many_cells():
    """A table of 100,000 cells is read."""
    rows = many(10000)
    body = table(*(row(*"0123456789") for _ in range(rows)))
    assert tree(docx(body)).startswith(f"format docx\ntable {rows}x10\n")
    check_refused(docx(body), "document-too-large", "-l", str(rows * 10 - 1))


if __name__ == "__main__":
    reading.main(__name__)
