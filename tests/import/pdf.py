"""PDFs, written by hand: texts in a font that is not there but says what its characters are, and lines."""

WIDE, HIGH = 595, 842


class Page:
    """Places are counted in points from the upper left corner."""

    def __init__(self, width=WIDE, height=HIGH):
        self.width, self.height, self.commands = width, height, []

    def text(self, x, y, text, size=10):
        """Its base line is at y."""
        codes = "".join(f"{ord(c):04X}" for c in text)
        self.commands.append(f"BT /F1 {size} Tf {x} {self.height - y} Td <{codes}> Tj ET")

    def line(self, x0, y0, x1, y1, how="stroked"):
        if how == "stroked":
            self.commands.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        elif how == "filled":  # as Word does: thin, and in pieces
            steps = 4
            for i in range(steps):
                a, b = x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps
                w, h = (x1 - x0) / steps or 0.5, (y1 - y0) / steps or 0.5
                self.commands.append(f"{a} {self.height - b - h} {w} {h} re f")
        else:
            raise ValueError(how)

    def grid(self, xs, ys, how="stroked", without=()):
        """All lines between; `without`: of ("v", column line, row) or ("h", row line, column)."""
        for i, x in enumerate(xs):
            for row in range(len(ys) - 1):
                if ("v", i, row) not in without:
                    self.line(x, ys[row], x, ys[row + 1], how)
        for i, y in enumerate(ys):
            for column in range(len(xs) - 1):
                if ("h", i, column) not in without:
                    self.line(xs[column], y, xs[column + 1], y, how)

    def rows(self, xs, ys, rows, size=10):
        """Texts of cells; a list is several lines of one, None nothing."""
        for y0, y1, cells in zip(ys, ys[1:], rows):
            for x, text in zip(xs, cells):
                lines = text if isinstance(text, list) else [text or ""]
                top = (y0 + y1) / 2 - len(lines) * (size + 2) / 2
                for i, line in enumerate(lines):
                    self.text(x + 5, top + (i + 1) * (size + 2) - 3, line, size)


def to_unicode():
    ranges = [f"<{i:02X}00> <{i:02X}FF> <{i:02X}00>" for i in range(256) if not 0xD8 <= i < 0xE0]
    blocks = "".join(
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange\n"
        for part in (ranges[i : i + 100] for i in range(0, len(ranges), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{blocks}endcmap end end"
    )


def stream(data):
    return f"<< /Length {len(data)} >>\nstream\n{data}\nendstream"


def pdf(*pages, trailer=""):
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /Invented /Encoding /Identity-H /ToUnicode 4 0 R /DescendantFonts [5 0 R] >>",
        4: stream(to_unicode()),
        5: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invented /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        " /Supplement 0 >> /FontDescriptor 6 0 R /DW 1000 /W [32 126 500] >>",
        6: "<< /Type /FontDescriptor /FontName /Invented /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880"
        " /Descent -120 /CapHeight 700 /StemV 80 >>",
    }
    kids = []
    for page in pages:
        n = len(objects) + 2
        kids.append(n)
        objects[n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Contents {n + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[n + 1] = stream("\n".join(page.commands))
        objects.setdefault(2, "")
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{n} 0 R' for n in kids)}] >>"
    out, places = "%PDF-1.4\n", {}
    for n in sorted(objects):
        places[n] = len(out)
        out += f"{n} 0 obj\n{objects[n]}\nendobj\n"
    size = max(objects) + 1
    table = "".join(f"{places[n]:010} 00000 n \n" if n in places else "0000000000 65535 f \n" for n in range(size))
    start = len(out)
    out += f"xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("ascii")
