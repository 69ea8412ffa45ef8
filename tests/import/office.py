"""Documents of Word and workbooks of Excel, as little of them as will do. What they say is invented (虚构)."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    S: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def pack(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def relations(*pairs):
    """Of (type, target); their ids are rId1 and so on."""
    rows = "".join(
        f'<Relationship Id="rId{i}" Type="{R}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(pairs, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def strict(parts):
    """The same parts with the names of ISO 29500's strict form."""
    result = {}
    for name, data in parts.items():
        for old, new in STRICT.items():
            data = data.replace(old, new)
        result[name] = data
    return result


# --- Word ---


def docx_parts(body, styles="", numbering="", footnotes=""):
    def part(root, inner):
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{W}" xmlns:r="{R}"'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            f' xmlns:v="urn:schemas-microsoft-com:vml">{inner}</w:{root}>'
        )

    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(
            ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml")
        ),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/styles.xml": part("styles", styles),
        "word/numbering.xml": part("numbering", numbering),
        "word/footnotes.xml": part("footnotes", footnotes),
        "word/header1.xml": part("hdr", p("虚构的页眉")),
    }


def docx(body, **parts):
    return pack(docx_parts(body, **parts))


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(text, properties=""):
    """A paragraph of a text, or of runs that are made already."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{text if text.startswith('<') else run(text)}</w:p>"


def item(text, level, number=1):
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def row(*cells, properties=""):
    inner = "".join(c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def span(count):
    return f'<w:gridSpan w:val="{count}"/>'


DOWN, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def level(n, form, text, more=""):
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def style(name, properties="", based_on="", title=""):
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title or name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


# --- Excel ---


def xlsx_parts(sheets, strings=(), formats=(), workbook=""):
    """Of {name: content of the sheet}; a name may end in " hidden". Cells of style n have formats[n], a number or a code."""
    names = [name.removesuffix(" hidden") for name in sheets]
    rows = "".join(
        f'<sheet name="{name.removesuffix(" hidden")}" sheetId="{i + 10}" r:id="rId{i}"'
        f'{" state=" + chr(34) + "hidden" + chr(34) if name.endswith(" hidden") else ""}/>'
        for i, name in enumerate(sheets, 1)
    )
    kinds = [(200 + i, code) if isinstance(code, str) else (code, None) for i, code in enumerate(formats)]
    own = "".join(f'<numFmt numFmtId="{n}" formatCode="{escape(c, {chr(34): "&quot;"})}"/>' for n, c in kinds if c)
    cells = "".join(f'<xf numFmtId="{n}"/>' for n, c in kinds)
    parts = {
        "_rels/.rels": relations(("officeDocument", "/xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{workbook}<sheets>{rows}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *(("worksheet", f"worksheets/sheet{len(names) - i}.xml") for i in range(len(names))),
            ("styles", "styles.xml"),
            ("sharedStrings", "../xl/sharedStrings.xml"),
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{S}"><numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f"<cellXfs>{cells}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{"".join(f"<si>{s}</si>" for s in strings)}</sst>',
    }
    for i, content in enumerate(sheets.values()):
        parts[f"xl/worksheets/sheet{len(names) - i}.xml"] = f'<worksheet xmlns="{S}">{content}</worksheet>'
    return parts


def xlsx(sheets, **parts):
    return pack(xlsx_parts(sheets, **parts))


def number(place, value, style=0):
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def text(place, value):
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet(*rows):
    return f"<sheetData>{''.join(f'<row>{row}</row>' for row in rows)}</sheetData>"
