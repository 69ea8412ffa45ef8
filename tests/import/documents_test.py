#!/usr/bin/python3
"""What becomes of documents of several kinds and layouts. All that they say is invented (虚构).

Each document of documents/ is imported into the content that is shipped, without its departments. What comes of
it -- every figure and text of the sources by its address, what is left to a person, the counts -- is compared with
the list beside the document (NAME.expected.tsv), and the texts with NAME.expected.md where there is one.
UPDATE=1 writes both, to be read by somebody.
"""

import contextlib
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "dataset"))
import harness
import office
from harness import check_same
from pdf import Page, pdf

# (document, profile, year)
DOCUMENTS = [
    ("four-parts.txt", "beijing-2021", 2021),
    ("nine-sections.txt", "shanghai-2024", 2024),
    ("tables.html", "shanghai-2024", 2024),
    ("more-tables.html", "shanghai-2024", 2024),
    ("form.html", "beijing-2021", 2021),
    ("evaluation.html", "beijing-2021", 2021),
    ("ten-sections.txt", "beijing-2021", 2021),
    ("doubtful.txt", "beijing-2021", 2021),
    ("unlisted-codes.html", "shanghai-2024", 2024),
    ("comparisons.txt", "beijing-2021", 2021),
    ("layouts.html", "beijing-2021", 2021),
    ("form-heads.html", "beijing-2021", 2021),
    ("other-units.html", "shanghai-2024", 2024),
    ("other-units.txt", "beijing-2021", 2021),
    ("units.html", "beijing-2021", 2021),
    ("code-names.html", "shanghai-2024", 2024),
    ("sums.txt", "beijing-2021", 2021),
    ("sums.html", "shanghai-2024", 2024),
    ("town.html", "beijing-2021", 2021),
    ("school.html", "shanghai-2024", 2024),
    ("court.txt", "beijing-2021", 2021),
    ("hospital.txt", "shanghai-2024", 2024),
    ("budget-too.txt", "beijing-2021", 2021),
    ("two-departments.html", "beijing-2021", 2021),
    ("own-level.html", "beijing-2021", 2021),
    ("unit-sentences.txt", "beijing-2021", 2021),
    ("unit-tables.html", "beijing-2021", 2021),
    ("party.html", "beijing-2021", 2021),
    ("schools.txt", "beijing-2021", 2021),
    ("unit-first.txt", "beijing-2021", 2021),
    ("transport.html", "shanghai-2024", 2024),
    ("by-units.html", "shanghai-2024", 2024),
    ("columns.html", "shanghai-2024", 2024),
    ("audit.txt", "beijing-2021", 2021),
    ("contacts.txt", "beijing-2021", 2021),
    ("provincial-forms.html", "beijing-2021", 2021),
    ("other-forms.html", "beijing-2021", 2021),
    ("title-forms.html", "beijing-2021", 2021),
    ("forms-and-lists.html", "beijing-2021", 2021),
]

DEPARTMENT = "invented/office"


def fresh(folder):
    content = folder / "content"
    shutil.copytree(harness.CONTENT, content, ignore=shutil.ignore_patterns("departments"))
    (content / "departments").mkdir()
    return content


def run_import(content, document, profile, year, *options):
    command = [harness.JUESUAN, "import", document, "--department", DEPARTMENT, "--year", year, "--profile", profile]
    command += ["--into", content, "--format", "json", *options]
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, json.loads(done.stdout)


def flat(value, address):
    """(address, text) of everything in a record; things of a list go by their ids."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in ("$schema", "id"):
                yield from flat(item, f"{address}/{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            name = item["id"] if isinstance(item, dict) and "id" in item else number
            yield from flat(item, f"{address}/{name}")
    else:
        yield address, str(value)


def lines_of(content, told):
    """What came of it, a line each."""
    root = content / "departments" / DEPARTMENT
    for path in sorted(root.rglob("*.json")):
        name = str(path.relative_to(root).with_suffix(""))
        for address, text in flat(json.loads(path.read_text("utf-8")), name):
            yield address, text
    for error in told["errors"]:
        yield f"told/{error['severity']}/{error['id']}", error["message"]
    for key, count in {**told["import"]["classes"], **told["import"]["coverage"]}.items():
        yield f"count/{key}", str(count)


def texts_of(content):
    """The narrative and the texts of the evaluations."""
    root = content / "departments" / DEPARTMENT
    return "".join(path.read_text("utf-8") for path in sorted(root.rglob("*.md")))


def comes_to_what_is_expected(name, profile, year):
    with harness.folder() as folder:
        content = fresh(folder)
        status, told = run_import(content, HERE / "documents" / name, profile, year)
        found = list(lines_of(content, told))
        texts = texts_of(content)
        check_same("exit status", status, int(told["import"]["review"] > 0))
        if not any(error["id"] == "personal-data" for error in told["errors"]):  # which stops a build
            harness.build(content, folder / "site")
    expected = HERE / "documents" / f"{name}.expected.tsv"
    if os.environ.get("UPDATE"):
        out = io.StringIO()
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(found)
        expected.write_text(out.getvalue(), "utf-8")
    with open(expected, encoding="utf-8", newline="") as file:
        listed = [tuple(row) for row in csv.reader(file, delimiter="\t")]
    check_same("what came of it", set(found), set(listed))
    check_same("its order", found, listed)
    kept = HERE / "documents" / f"{name}.expected.md"
    if kept.exists():
        if os.environ.get("UPDATE"):
            kept.write_text(texts, "utf-8")
        check_same("its texts", texts.splitlines(), kept.read_text("utf-8").splitlines())


def texts_stay_in_order():
    """The narrative has every paragraph of the document that is no caption, in its order."""
    document = HERE / "documents/four-parts.txt"
    with harness.folder() as folder:
        content = fresh(folder)
        run_import(content, document, "beijing-2021", 2021)
        text = (content / "departments" / DEPARTMENT / "2021/narrative.md").read_text("utf-8")
    paragraphs = [line.strip() for line in document.read_text("utf-8").splitlines()]
    body = paragraphs[paragraphs.index("报表详见附件。") :]
    plain = text.replace("\\", "")
    at = 0
    for paragraph in filter(None, body):
        assert paragraph in plain[at:], f"not in its place: {paragraph}"
        at = plain.index(paragraph, at)


def edges_of_pages_are_counted():
    """Numbers at the edges of pages are numberings, and no figures that need a place; none of them is lost."""
    pages = []
    for number in range(4):
        page = Page()
        page.text(60, 60, "虚构市样例局部门决算（第3版）")
        page.text(60, 200, f"本年虚构的话，第{number + 1}页有这么一段，共使用{number + 1}.50万元。")
        page.text(200, 800, f"样例局 {number + 1} 页")
        pages.append(page)
    with harness.folder() as folder:
        content = fresh(folder)
        document = folder / "虚构.pdf"
        document.write_bytes(pdf(*pages))
        _, told = run_import(content, document, "beijing-2021", 2021)
        text = (content / "departments" / DEPARTMENT / "2021/narrative.md").read_text("utf-8")
    numbers = told["import"]["numbers"]
    check_same("figures", [n["number"] for n in numbers if n["class"] == "figure"], ["1.50", "2.50", "3.50", "4.50"])
    check_same("numberings", sorted(n["number"] for n in numbers if n["class"] == "numbering"), sorted("1234" + "1234" + "3333"))
    assert "第3版" not in text and "样例局 1" not in text, text


def sheet_of_form(title, *head):
    """A form without the sum of its scores, one row below the other."""
    rows = [
        [title],
        *head,
        ["项目资金（万元）", "全年预算数", "全年执行数", "执行率"],
        ["年度资金总额", "100.00", "90.00", "90%"],
        ["一级指标", "二级指标", "三级指标", "实际完成值"],
        ["产出指标", "数量指标", "举办赛事", "12场"],
    ]
    return office.sheet(*("".join(office.text(f"{'ABCDEF'[c]}{r}", cell) for c, cell in enumerate(row)) for r, row in enumerate(rows, 1)))


def sheets_name_projects():
    """A form that has no field for the name of its project takes that of its sheet, unless it says nothing."""
    title = "项目支出绩效自评表"
    sheets = {
        "虚构赛事项目": sheet_of_form(title),
        "虚构场馆项目": sheet_of_form(title),
        "Sheet3": sheet_of_form("2021年度虚构健身路径项目支出绩效自评表"),
        "某项目": sheet_of_form(title, ["项目名称", "虚构体育公园项目"]),
        "Sheet5": sheet_of_form(title),
    }
    with harness.folder() as folder:
        content = fresh(folder)
        (folder / "forms.xlsx").write_bytes(office.xlsx(sheets))
        _, told = run_import(content, folder / "forms.xlsx", "beijing-2021", 2021)
        projects = sorted((content / "departments" / DEPARTMENT / "2021/projects").glob("*.json"))
        found = [json.loads(path.read_text("utf-8")) for path in projects]
    names = ["虚构赛事项目", "虚构场馆项目", "虚构健身路径项目", "虚构体育公园项目", "（未填）"]
    check_same("names", [project["name"] for project in found], names)
    check_same("parts", {(len(p["funds"]), len(p["indicators"])) for p in found}, {(1, 1)})
    unsure = [error["id"] for error in told["errors"] if error["id"] in ("unsure-name", "unnamed-project")]
    check_same("what is told of names", sorted(unsure), ["unnamed-project"] + 3 * ["unsure-name"])


TESTS = [
    *((f"{name}: comes to what is expected", lambda d=(name, p, y): comes_to_what_is_expected(*d)) for name, p, y in DOCUMENTS),
    ("a sheet names the project of its form", sheets_name_projects),
    ("texts stay in the narrative, in their order", texts_stay_in_order),
    ("numbers at the edges of pages are counted, and are no figures", edges_of_pages_are_counted),
]

if __name__ == "__main__":
    sys.exit(harness.run_tests(TESTS) if harness.JUESUAN else print("1..0 # SKIP no program in $JUESUAN"))
