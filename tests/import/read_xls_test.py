#!/usr/bin/python3
"""Compound files: old workbooks are read; old documents, and what has a password, are refused."""

import reading
from ole import compound, xls
from reading import check_refused, check_same, check_warned

ROWS = [["虚构局收入表", None, None], [None, None, None], ["项目", "决算数", "　说明 "], ["财政拨款", 9746.5, 1 / 3], ["合计", 0.1 + 0.2, -12]]


def test_workbook():
    """The cells of a workbook, with a warning that formats are not known."""
    out = check_warned(xls("总表", ROWS), "no-formats")
    check_same("cells", out.splitlines(), [
        "format xls", "table 5x3", "  1,1: 虚构局收入表", "  3,1: 项目", "  3,2: 决算数", "  3,3: 说明",
        "  4,1: 财政拨款", "  4,2: 9746.5", "  4,3 stored 0.333333333333333: 0.333333333",
        "  5,1: 合计", "  5,2: 0.3", "  5,3: -12"])


def test_refused():
    """What to do with the others is said."""
    check_refused(compound("WordDocument", b"x"), "unknown-document", hint="save it as .docx")
    check_refused(compound("EncryptedPackage", b"x"), "password-protected", hint="take the password away")
    check_refused(compound("PowerPoint Document", b"x"), "unknown-document")
    check_refused(compound("Workbook", b"x"), "empty-document")
    check_refused(xls("总表", ROWS, locked=True), "password-protected")
    check_refused(xls("总表", ROWS)[:2000], "broken-document")
    check_refused(xls("总表", [["虚构"] * 10] * 10), "document-too-large", "-l", "99")


if __name__ == "__main__":
    reading.main(__name__)
