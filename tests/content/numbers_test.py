#!/usr/bin/python3
"""Every number of the source documents has a home in the content, and nothing is there that they do not state.

The documents are not part of the project; without them the test is skipped. Each is divided into
sections (documents.py). A number in a section is a figure that has its home there, or it is explained in
the list beside this file (section, number, how often, kind, home):

    year month day date numbering document name threshold   as what stands beside the number says
    restated                                                a figure that has its home elsewhere, printed again

Codes are at home in the ids of lines; telephone numbers must not be at home anywhere. And persons are not
named, and no prose is copied.
"""

import collections
import csv
import itertools
import os
import pathlib
import re
import sys
from decimal import Decimal

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "dataset"))
import documents
import harness
import sources
from harness import check_same

SHARED = pathlib.Path(os.environ.get("SHARED") or harness.ROOT.parent / "shared")

# Numbers of a line that the documents print one after the other.
NEIGHBOURS = [
    ("final", "share"),
    ("final", "completion"),
    ("final", "budget_change", "budget_rate"),
    ("prior_change", "prior_rate"),
    ("established", "actual"),
    ("count", "amount"),
    ("amount", "mean"),
    ("from", "to"),
    ("initial_budget", "full_budget", "executed"),
    ("completion", "weight", "score"),
    ("mean", "loss_rate"),
    ("sum", "mean"),
]

RUN = 16  # so many characters of prose in a row are a copy,
FREE = 6  # unless fewer of them than this are outside names

# Names that no list of the content has as such.
NAMES = ["政务服务体系建设科", "行政审批服务科", "政府信息公开科", "驻区单位服务科"]


class Read:
    """A document and the report that was made of it."""

    def __init__(self, kind):
        self.document = kind(SHARED)
        department, year = kind.department, kind.year
        names = sources.load(harness.CONTENT / f"departments/{department}/department.json")["names"]
        columns = {column: column for column in sources.MEASURES}
        self.report = sources.Report(harness.CONTENT, department, names, year, columns)
        prefix = f"{department}/{year}/"
        self.figures = {address.removeprefix(prefix): figure for address, figure in self.report.figures}
        self.homes = collections.defaultdict(collections.Counter)
        for address, figure in self.stated().items():
            self.homes[self.document.home(address, figure.scope)][unsigned(figure)] += 1
        with open(pathlib.Path(__file__).parent / kind.explained, encoding="utf-8", newline="") as file:
            self.explained = list(csv.DictReader(file))

    def stated(self):
        return {address: figure for address, figure in self.figures.items() if figure.value is not None}

    def explanations(self, section, restated):
        found = collections.Counter()
        for row in self.explained:
            if row["section"] == section and (row["kind"] == "restated") == restated:
                found[row["number"] if restated else (row["number"], row["kind"])] += int(row["times"])
        return found

    def free_numbers(self, section):
        """The numbers of a section that nothing beside them explains."""
        return [number.text for number in self.document.numbers(section) if not number.kind]


def unsigned(figure):
    """As the documents print it: they say in words that something decreased."""
    return figure.stated.lstrip("-")


# --- numbers ---


def no_number_is_outside_the_sections(read):
    document = read.document
    counted = sum(len(document.numbers(section)) for section in document.sections)
    check_same("numbers", counted, len(documents.TOKEN.findall(document.text)))
    unknown = set(read.homes) - set(document.sections)
    check_same("sections with figures that the document lacks", unknown, set())
    unknown = {row["section"] for row in read.explained} - set(document.sections)
    check_same("sections with explanations that the document lacks", unknown, set())


def every_number_has_a_home(read):
    for section in read.document.sections:
        found = collections.Counter(read.free_numbers(section))
        expected = read.homes[section] + read.explanations(section, restated=True)
        check_same(f"{section}: numbers without a home", found - expected, collections.Counter())
        check_same(f"{section}: figures that it does not state", expected - found, collections.Counter())


def explanations_are_exact(read):
    for section in read.document.sections:
        kinds = ("", "code", "telephone")
        found = collections.Counter((n.text, n.kind) for n in read.document.numbers(section) if n.kind not in kinds)
        expected = read.explanations(section, restated=False)
        check_same(f"{section}: numbers that are not explained", found - expected, collections.Counter())
        check_same(f"{section}: explanations of nothing", expected - found, collections.Counter())


def restated_numbers_are_the_figures(read):
    for row in read.explained:
        if row["kind"] != "restated":
            check_same(f"the home of {row}", row["home"], "")
            continue
        assert row["home"] in read.stated(), f"there is no {row['home']}"
        figure = read.figures[row["home"]]
        check_same(row["home"], abs(Decimal(figure.stated)), Decimal(row["number"]))


def codes_are_lines(read):
    for section in read.document.sections:
        found = [number.text for number in read.document.numbers(section) if number.kind == "code"]
        table = read.document.codes(section)
        lines = read.report.data["tables"][table]["lines"] if table else []
        expected = [line["id"] for line in lines if line["id"].isdigit()]
        check_same(f"the codes of {section}", sorted(found), sorted(expected))


def codes_stand_beside_their_numbers(read):
    """In a table with codes, each is followed by the numbers of its line, in the order of the columns."""
    for section in read.document.sections:
        table = read.document.codes(section)
        if not table:
            continue
        form = read.report.profile.tables[table]
        columns = [column["id"] for column in form["columns"] if "where" not in column]
        code = None
        rows = collections.defaultdict(list)
        for number in read.document.numbers(section):
            code = number.text if number.kind == "code" else code
            if number.kind != "code":
                rows[code].append(number.text)
        for line in read.report.data["tables"][table]["lines"]:
            if line["id"].isdigit():
                expected = [line[column] for column in columns if column in line]
                check_same(f"{table}/{line['id']}", rows[line["id"]][: len(expected)], expected)


def contains(numbers, run):
    return any(numbers[at : at + len(run)] == run for at in range(len(numbers) - len(run) + 1))


def neighbours_stand_side_by_side(read):
    lines = collections.defaultdict(dict)
    for address, figure in read.stated().items():
        line, _, column = address.rpartition("/")
        lines[line].setdefault(column.partition("@")[0], unsigned(figure))
        if "@" in column:  # what stands beside the narrative's own columns
            lines[line][column.partition("@")[0]] = unsigned(figure)
    numbers = [Decimal(text) for section in read.document.sections for text in read.free_numbers(section)]
    count = 0
    for line, columns in lines.items():
        for run in NEIGHBOURS:
            if all(column in columns for column in run):
                expected = [columns[column] for column in run]
                assert contains(numbers, list(map(Decimal, expected))), f"{line}: {expected} do not stand side by side"
                count += 1
    assert count > 20, f"only {count} lines"


def forms_are_in_order(read):
    """The funds and indicators of a form are in the order in which it prints them; so are experts' rows."""
    for section in read.document.sections:
        figures = [(a, f) for a, f in read.stated().items() if read.document.home(a, f.scope) == section and f.scope]
        form = [f for _, f in figures if f.table in ("funds", "indicators") and f.scope.startswith("projects")]
        rest = iter(read.free_numbers(section))
        for figure in form:
            assert unsigned(figure) in rest, f"{section}: {figure} comes out of order"
        rows = itertools.groupby((pair for pair in figures if pair[1].table == "criteria"), lambda pair: pair[1].line)
        for line, row in rows:
            columns = {figure.column: unsigned(figure) for _, figure in row}
            experts = [columns[column] for column in columns if column.startswith("expert-")]
            if experts:
                expected = [columns["weight"], *experts, columns["sum"]]
                assert contains(read.free_numbers(section), expected), f"{section}: {line} is not {expected}"


def what_is_not_there_is_not_there(read):
    for section in read.document.sections:
        if not re.fullmatch(r"p\d\d", section):
            continue
        cells = [cell for cell in read.document.sections[section].split("\n") if cell]
        project = sources.load(read.report.folder / f"projects/{section}.json")
        dashes = sum(1 for f in read.figures.values() if f.scope == f"projects/{section}" and f.stated == "——")
        check_same(f"{section}: dashes", dashes, cells.count("—"))
        absent = [i for i in project["indicators"] if i.get("na") == "not-involved"]
        check_same(f"{section}: indicators that are not involved", len(absent), cells.count("不涉及"))
        check_same(f"{section}: the name of the project", project["name"], cells[cells.index("项目名称") + 1])


def summary(read):
    document = read.document
    kinds = collections.Counter(number.kind for section in document.sections for number in document.numbers(section))
    restated = sum(int(row["times"]) for row in read.explained if row["kind"] == "restated")
    total, free = sum(kinds.values()), kinds.pop("")
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"# {document.department}: {total} numbers: {free - restated} figures, {restated} restated, {said}")


# --- persons ---


def texts_of(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, path.read_bytes().decode("utf-8", errors="replace")


def persons_are_not_named(reads, site):
    telephones = {number for read in reads for number in read.document.telephones()}
    persons = {name for read in reads for name in read.document.persons()}
    company = r"由([\u4e00-\u9fff]{2,20}?公司)"
    companies = {name for read in reads for name in re.findall(company, read.document.text)}
    assert telephones and len(persons) > 5 and companies, "nobody is named in the documents"
    for number in telephones:
        assert re.fullmatch(r"\d[\d-]{6,}", number), "a telephone number that is none"
    for name in persons:
        assert re.fullmatch("[\u4e00-\u9fff]{2,4}", name), "a person that is none"
    number = re.compile(r"(?<![\da-f])(" + "|".join(map(re.escape, sorted(telephones))) + r")(?![\da-f])")
    for folder in (harness.CONTENT, site):
        for path, text in texts_of(folder):
            assert not number.search(text), f"{path} has a telephone number of the document"
            for name in persons | companies:
                assert name not in text, f"{path} has a name of the document ({len(name)} characters)"


# --- prose ---


def names_of_content():
    """What is called something: it carries over from the documents as it is."""
    found = set(NAMES)

    def add(data, keys):
        if isinstance(data, list):
            for value in data:
                add(value, keys)
        elif isinstance(data, dict):
            found.update(value for key, value in data.items() if key in keys and isinstance(value, str))
            for value in data.values():
                add(value, keys)

    for path in harness.CONTENT.rglob("*.json"):
        folder = path.relative_to(harness.CONTENT).parts[0]
        data = sources.load(path)
        if folder in ("profiles", "classifications"):
            add({k: v for k, v in data.items() if k != "terms"}, ("title", "label", "name"))
        elif path.name == "department.json":
            add(data, ("name", "short_name"))
        elif path.name == "report.json":
            add(data, ("source_title", "narrative_label"))
        elif path.parent.name in ("projects", "evaluations"):
            found.update(value for key, value in data.items() if key == "name")
    return found


def runs(text, grams):
    """Where a text has RUN characters or more in a row that the grams have, too."""
    at = 0
    while at + RUN <= len(text):
        if text[at : at + RUN] not in grams:
            at += 1
            continue
        end = at + RUN
        while end < len(text) and text[end - RUN + 1 : end + 1] in grams:
            end += 1
        yield at, end
        at = end


def characters_outside_names(run, names):
    """How many letters of a run are not in a name, a title, a term in quotes or a date."""
    covered = [False] * len(run)

    def cover(start, end):
        covered[start:end] = [True] * (end - start)

    for name in names:
        for match in re.finditer(re.escape(name), run):
            cover(*match.span())
        for size in range(4, len(name)):  # a name that the run begins or ends with
            if run.startswith(name[-size:]):
                cover(0, size)
            if run.endswith(name[:size]):
                cover(len(run) - size, len(run))
    for match in re.finditer(r"《[^》]*(》|$)|“[^”]{1,20}”|[\d.]+年?|\d+月|\d+日|\W", run):
        cover(*match.span())
    return covered.count(False)


def prose_is_not_copied(reads):
    names = {"".join(name.split()) for name in names_of_content()}
    grams = set()
    size = 0
    for path, text in texts_of(harness.CONTENT):
        if "schemas" not in path.parts:
            text = "".join(text.split())
            size += len(text)
            grams.update(text[at : at + RUN] for at in range(len(text) - RUN + 1))
    assert size > 100000, f"only {size} characters of content"
    for read in reads:
        read_size = 0
        for paragraph in read.document.prose():
            read_size += len(paragraph)
            for start, end in runs(paragraph, grams):
                free = characters_outside_names(paragraph[start:end], names)
                assert free < FREE, f"copied: {paragraph[start:end]} ({free} characters outside names)"
        assert read_size > 5000, f"only {read_size} characters of prose"


TESTS = [
    no_number_is_outside_the_sections,
    every_number_has_a_home,
    explanations_are_exact,
    restated_numbers_are_the_figures,
    codes_are_lines,
    codes_stand_beside_their_numbers,
    neighbours_stand_side_by_side,
    forms_are_in_order,
    what_is_not_there_is_not_there,
]


def prepare(site):
    harness.build(harness.CONTENT, site)
    reads = [Read(kind) for kind in documents.DOCUMENTS]
    for read in reads:
        summary(read)
    tests = [
        (f"{read.document.department}: {test.__name__.replace('_', ' ')}", lambda t=test, r=read: t(r))
        for read in reads
        for test in TESTS
    ]
    tests.append(("persons are not named", lambda: persons_are_not_named(reads, site)))
    tests.append(("prose is not copied", lambda: prose_is_not_copied(reads)))
    return tests


def main():
    if not all((SHARED / kind.path).exists() for kind in documents.DOCUMENTS):
        print("1..0 # SKIP the source documents are not here")
        return 0
    if not harness.JUESUAN:
        print("1..0 # SKIP no program in $JUESUAN")
        return 0
    with harness.folder() as scratch:
        return harness.run_prepared(lambda: prepare(scratch / "site"))


sys.exit(main())
