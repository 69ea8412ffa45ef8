#!/usr/bin/python3
"""Pages of websites."""

import reading
from reading import check_golden, check_refused, check_same, many, tree

PAGE = """<!DOCTYPE html>
<html><head><meta charset="CHARSET"><title>不在正文里</title><style>p{color:red}</style></head>
<body><script>var 虚构 = "<p>不要</p>";</script>
<div id="nav"><a href="/">首页</a> &gt; <a href="/x">信息公开</a></div>
<h1>虚构市样例局<br>2021年度部门决算</h1>
<div><h2>一、概况</h2>　　职责是&nbsp;虚构的，
分两行写的中文连在一起；words in
two lines are parted.<br>　　第二段 有  空格<br><br>
<p style="display: none">看不见</p><p hidden>也看不见</p><span>行内<b>加粗</b>的字</span></div>
<ol start="3"><li>第三</li><li><p>第四</p><p>第四的第二段</p></li><li value="9">第九</li></ol>
<ol type="a"><li>甲<ul><li>没有编号</li></ul></li></ol><ol style="list-style: none"><li>也没有</li></ol>
<pre>原样
两行</pre>
<!-- 注释 -->
<table border="1"><caption>收入支出决算总表</caption>
<thead><tr><th colspan="2">收入</th><th colspan=2>支出</th></tr></thead>
<tr><td rowspan="3">财政<br>拨款</td><td>12.50</td><td rowspan=2 colspan=1>基本支出</td><td>&nbsp;</td></tr>
<tr><td><p>第一</p><p>第二</p></td><td>7.00</td></tr>
<tr><td>１０</td></tr>
<tr style="display:none"><td>看不见的行</td></tr>
<tr><td colspan="99">备注</tr>
<tr><td rowspan="0">到底</td><td>1<td>2</table>
<p>表后
<table><tr><td>左栏</td><td><p>版式里的字</p><table><tr><td>项目</td><td>决算数</td></tr><tr><td>合计</td><td>3.00</td></tr></table>之后</td></tr></table>
<p>完</body></html>
"""


def page(charset="utf-8"):
    return PAGE.replace("CHARSET", charset)


def test_page():
    """Headings, paragraphs, lists and tables; what is not shown is left out."""
    check_golden("html_page.txt", tree(page().encode(), "-p"))


def test_encodings():
    """UTF-8, GB18030 and UTF-16, whatever the page says."""
    expected = tree(page().encode())
    for data in (page("gb2312").encode("gb18030"), page("GBK").encode("gbk"), page().encode("utf-8-sig"), page("gb2312").encode(),
                 page("utf-16").encode("utf-16"), page().encode("gb18030"), page("big5").replace("构", "構").replace("两", "兩").encode("gb18030")):
        if b"big5" not in data:
            check_same(repr(data[:60]), tree(data), expected)
    assert "繁體" in tree('<html><meta charset="big5"><p>繁體的虛構文字'.encode("big5"))


def test_fragment():
    """A page without head or body, and a workbook that is one."""
    check_same("fragment", tree("<table><tr><td>虚构<td>1</table>".encode()), "format html\ntable 1x2\n  1,1: 虚构\n  1,2: 1\n")
    assert tree("1 < 2，虚构".encode()).startswith("format text\n")


def test_bad():
    """Spans without end, elements without end, entities."""
    out = tree('<table><tr><td colspan="4000000000" rowspan="4000000000">虚构<td>1</table>'.encode())
    check_same("spans", out.splitlines()[1], "table 1x2")
    check_refused(b"<html><table><tr>" + b"<td colspan=1000>1" * 2000 + b"</table>", "document-too-large")
    check_refused(b"<html>" + b"<div>" * many(100000) + "虚构".encode(), "broken-document", hint="save its text")
    check_refused(b"<html>" + b"<table><tr><td>" * (200 + many(10000)) + "虚构".encode(), "broken-document")
    assert "&a;" in tree('<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>虚构&a;</p></html>'.encode())
    check_refused(b"<html><body><p> &nbsp; </p></body></html>", "empty-document")


def test_markup():
    """Other markup is refused, and what to do is said."""
    check_refused(rb"{\rtf1\ansi \u34394? }", "unknown-document", hint="save it as .docx")
    check_refused(b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "unknown-document", hint="Office 2003")
    check_refused(b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "unknown-document", hint="web archive")


def test_many_cells():
    """A table of 100,000 cells is read."""
    rows = many(10000)
    data = "<table>" + "".join("<tr>" + "".join(f"<td>{r}.{c}" for c in range(10)) for r in range(rows)) + "</table>"
    assert tree(data.encode()).startswith(f"format html\ntable {rows}x10\n")
    check_refused(data.encode(), "document-too-large", "-l", str(rows * 10 - 1))


if __name__ == "__main__":
    reading.main(__name__)
