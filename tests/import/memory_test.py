#!/usr/bin/python3
"""What an import needs of memory and time grows with the document, and not faster. All that is said is invented (虚构).

Memory is that of the process, without what it needs for the smallest of documents; the size of a document is that of
what is unpacked: of the text, of the XML. What each kind may need is somewhat more than it does.
"""

import os
import pathlib
import resource
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "dataset"))
import documents_test as documents
import harness
import office

MIB = 1 << 20
# The program, its libraries, the catalogue. The process that starts it counts too: so that stays small.
OWN = max(16 * MIB, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def run(kind, figures):
    """(bytes of the document, bytes of memory, seconds of the processor) of an import into empty content."""
    with harness.folder() as folder:
        content = documents.fresh(folder)
        path = folder / "document"
        size = int(subprocess.check_output([sys.executable, __file__, str(kind), str(figures), path]))
        command = [harness.JUESUAN, "import", path, "--department", documents.DEPARTMENT, "--year", "2021"]
        command += ["--profile", "beijing-2021", "--into", content]
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode in (0, 1), f"exit {process.returncode}"
        assert (content / "departments" / documents.DEPARTMENT / "2021/report.json").exists(), "nothing was written"
    return size, usage.ru_maxrss * 1024, usage.ru_utime


def text(figures, differ):
    """Sentences of four figures; `differ`: each says something else, so that all become facts that a person must see."""
    lines = ["2021年度部门决算说明", "二、收入支出决算总体情况说明"]
    for i in range(figures // 4):
        n = i if differ else 0
        lines.append(f"2021年度收、支总计{n + 1000}.50万元，比上年减少{n % 97}.50万元，下降{n % 90}.25%，完成年初预算的{n % 99}.1%。")
    return "\n".join(lines).encode()


def cells(rows):
    """Ten to a row, of a table that no profile has."""
    return [[f"虚构项目{r}", *(f"{7 * r + c}.{c:02}" for c in range(1, 10))] for r in range(rows)]


def docx(rows):
    body = "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{office.p(c)}</w:tc>" for c in row) + "</w:tr>" for row in cells(rows))
    parts = office.docx_parts(office.p("2021年度部门决算") + body + "</w:tbl>")
    return office.pack(parts), sum(len(part.encode()) for part in parts.values())


def xlsx(rows):
    def cell(row, column, value):
        place = f"{'ABCDEFGHIJ'[column]}{row + 1}"
        return office.number(place, value) if column else office.text(place, value)

    lines = ("".join(cell(r, c, value) for c, value in enumerate(row)) for r, row in enumerate(cells(rows)))
    parts = office.xlsx_parts({"虚构": office.sheet(*lines)})
    return office.pack(parts), sum(len(part.encode()) for part in parts.values())


def html(rows):
    lines = ("<tr>" + "".join(f'<td class="xl65">{c}</td>' for c in row) + "</tr>" for row in cells(rows))
    data = ("<html><p>2021年度部门决算</p><table>" + "\n".join(lines) + "</table></html>").encode()
    return data, len(data)


def plain(figures, differ):
    data = text(figures, differ)
    return data, len(data)


def one_line(figures):
    """A sentence of nothing but amounts."""
    amounts = "、".join(f"虚构费用{i}.{i % 100:02}万元" for i in range(1, figures + 1))
    data = f"2021年度部门决算说明\n二、收入支出决算总体情况说明\n本年支出{amounts}。\n".encode()
    return data, len(data)


# (what, how it is made of a number of figures, how many, how many times its size it may need)
KINDS = [
    ("a Word document with one table", lambda n: docx(n // 10), 30000, 10),
    ("a workbook with one table", lambda n: xlsx(n // 10), 30000, 10),
    ("a web page with one table, of which the tree of the parser is the most", lambda n: html(n // 10), 30000, 30),
    ("a text that says the same again and again", lambda n: plain(n, False), 8000, 10),
    ("a text of nothing but what a person must see: each figure is a fact, with a notice", lambda n: plain(n, True), 8000, 40),
    ("a sentence of very many amounts, which are all thought of together", one_line, 8000, 120),
]


def needs_no_more(kind, figures, times):
    size, memory, _ = run(kind, figures)
    print(f"# {figures} figures, {size / 1e6:.1f} MB: {max(memory - OWN, 0) / size:.1f} times that")
    assert memory <= OWN + times * size, f"{memory / MIB:.0f} MiB for {size / MIB:.1f} MiB"


def takes_time_in_proportion(kind, figures):
    few, many = run(kind, figures)[2], run(kind, 4 * figures)[2]
    print(f"# four times the figures: {few:.2f} and {many:.2f} seconds")
    assert many <= 8 * few + 0.2, f"{few:.2f} and {many:.2f} seconds"


def make(kind, figures, path):
    data, size = KINDS[int(kind)][1](int(figures))
    pathlib.Path(path).write_bytes(data)
    print(size)


TESTS = [
    *(
        (f"{what}: at most {times} times its size", lambda k=kind, n=figures, t=times: needs_no_more(k, n, t))
        for kind, (what, _, figures, times) in enumerate(KINDS)
    ),
    ("a table: four times the size, about four times the time", lambda: takes_time_in_proportion(0, 5000)),
    ("a text: four times the size, about four times the time", lambda: takes_time_in_proportion(4, 2000)),
    ("a sentence: four times the amounts, about four times the time", lambda: takes_time_in_proportion(5, 2000)),
]

if len(sys.argv) > 1:
    make(*sys.argv[1:])
elif not harness.JUESUAN:
    print("1..0 # SKIP no program in $JUESUAN")
elif os.environ.get("MEMCHECK") or "sanitize" in os.environ.get("BUILD", ""):
    print("1..0 # SKIP instrumentation needs memory of its own")
else:
    sys.exit(harness.run_tests(TESTS))
