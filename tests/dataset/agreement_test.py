#!/usr/bin/python3
"""All datasets say the same: CSV, JSON, SQLite, report.csv, report.json and the sources, cell by cell.

The readers are not ours: Python's csv and json, the sqlite3 program, and sources.py, which reads the
content folder by itself. Everything is done twice, with the shipped content and with one that is full
of formulas, quotes and numbers of every form (hostile.py).
"""

import collections
import json
import re
import sys
from decimal import Decimal

sys.dont_write_bytecode = True
import harness
import hostile
import sources
from harness import check_same, check_same_rows
from published import KEYS, SCOPED, Site, query, read_csv, read_json, schema, sqlite, units_to_value
from published import by_key, check_csv_row, check_json_row, check_value, csv_key, csv_text, key_in_csv

# Which columns are not in the sources.
DERIVED = {
    "departments": "id name short_name",
    "department_names": "department",
    "units": "department",
    "reports": "department department_name figures figures_checked balances_held balances_broken balances_unchecked",
    "tables": "department year id title",
    "lines": "department year table",
    "projects": "department year",
    "funds": "department year scope unit source_line",
    "indicators": "department year project source_line",
    "evaluations": "department year source_line",
    "criteria": "department year evaluation source_line",
    "facts": "department year scope indicator source_line",
}
LINED = {"figures", "funds", "indicators", "evaluations", "criteria", "expert_scores", "facts"}
COUNTS = "figures figures_checked balances_held balances_broken balances_unchecked".split()
REFERENCES = {
    "department_names": {"departments": "department"},
    "changes": {"revisions": "department revision"},
    "units": {"departments": "department"},
    "reports": {"departments": "department"},
    "tables": {"reports": "department year"},
    "lines": {"tables": "department year table"},
    "figures": {"lines": "department year table line"},
    "projects": {"reports": "department year"},
    "funds": {
        "reports": "department year",
        "projects": "department year project",
        "evaluations": "department year evaluation",
    },
    "indicators": {"projects": "department year project"},
    "evaluations": {"reports": "department year"},
    "criteria": {"evaluations": "department year evaluation"},
    "expert_scores": {"criteria": "department year evaluation criterion"},
    "facts": {
        "reports": "department year",
        "projects": "department year project",
        "indicators": "department year project indicator",
        "evaluations": "department year evaluation",
    },
    "findings": {"reports": "department year"},
    "finding_figures": {"findings": "department year finding"},
}
FIGURES_HEADER = (
    "department year table line column statement label column_label measure value stated scale unit file source_line "
    "first_revision last_revision"
).split()
EXPERTS_HEADER = (
    "department year evaluation criterion expert criterion_name score score_stated score_scale source_line"
).split()
ALL_FIGURES_HEADER = (
    "address department year scope table line column statement label column_label measure value stated scale unit "
    "file source_line"
).split()
# Where a table's records are described: the kind of source, and the record within it.
SCHEMAS = {
    "departments": ("department", None),
    "department_names": ("department", "department_name"),
    "units": ("department", "unit"),
    "reports": ("report", None),
    "tables": ("report", "table"),
    "lines": ("report", "line"),
    "projects": ("project", None),
    "funds": ("project", "fund"),
    "indicators": ("project", "indicator"),
    "evaluations": ("evaluation", None),
    "criteria": ("evaluation", "criterion"),
    "facts": ("project", "fact"),
}


# --- the tests, each of a site ---


def csv_files_are_the_tables(site):
    for name, columns in site.tables():
        header, rows = read_csv(site.folder / f"data/{name}.csv")
        check_same(f"the header of {name}.csv", header, columns.in_text())
        check_same(f"the rows of {name}.csv", len(rows), len(site.rows[name]))
        expected = {key_in_csv(columns, row): row for row in site.rows[name].values()}
        for cells in rows:
            key = csv_key(columns, cells, header)
            assert key in expected, f"{name}.csv: {key} is not in the database"
            check_csv_row(f"{name}.csv {key}", columns, cells, expected.pop(key))


def years_are_parts_of_the_whole(site):
    for name, columns in site.tables():
        header, rows = read_csv(site.folder / f"data/{name}.csv")
        by_year = collections.defaultdict(list)
        for row in rows if "year" in header else []:
            by_year[row[header.index("year")]].append(row)
        for year, expected in by_year.items():
            check_same(f"{year}/{name}.csv", read_csv(site.folder / f"data/{year}/{name}.csv"), (header, expected))
        found = {path.parent.name for path in site.folder.glob(f"data/[0-9]*/{name}.csv")}
        check_same(f"the years of {name}.csv", found, set(by_year))


def json_files_are_the_tables(site):
    for name, columns in site.columns.items():
        whole = site.folder / f"data/{name}.json"
        check_same(f"{name}.json exists", whole.exists(), "year" not in columns.names)
        paths = [whole] if whole.exists() else sorted(site.folder.glob(f"data/[0-9]*/{name}.json"))
        rows = [row for path in paths for row in read_json(path)]
        header, csv_rows = read_csv(site.folder / f"data/{name}.csv")
        check_same(f"the rows of {name}.json", len(rows), len(csv_rows))
        for row in rows:
            key = tuple(row[k] for k in columns.keys)
            assert key in site.rows[name], f"{name}.json: {key} is not in the database"
            check_json_row(f"{name}.json {key}", columns, row, site.rows[name][key])
        for path in paths:
            check_same_order(path, columns)


def check_same_order(path, columns):
    """A JSON file and the CSV file beside it have their rows in the same order, JSON one on a line."""
    header, rows = read_csv(path.with_suffix(".csv"))
    expected = [csv_key(columns, cells, header) for cells in rows]
    found = [key_in_csv(columns, row) for row in read_json(path)]
    check_same(f"the order of {path.name}", found, expected)
    lines = path.read_text("utf-8").split("\n")
    check_same(f"the frame of {path.name}", (lines[0], lines[-2:]), ("[", ["]", ""]))
    check_same(f"the lines of {path.name}", len(lines), len(rows) + 3)


def there_are_no_other_files(site):
    expected = {"index.html", "dictionary/index.html", "juesuan.sqlite"}
    for name, columns in site.tables():
        expected.add(f"{name}.csv")
        if "year" not in columns.names:
            expected.add(f"{name}.json")
        for year in {row["year"] for row in site.rows[name].values() if "year" in row}:
            expected.add(f"{year}/{name}.csv")
            if name in site.columns:
                expected.add(f"{year}/{name}.json")
    data = site.folder / "data"
    check_same("the files in data/", {str(p.relative_to(data)) for p in data.rglob("*") if p.is_file()}, expected)


def tables_are_the_sources(site):
    for name, columns in site.columns.items():
        found = site.rows[name]
        expected = []
        for row in site.sources.rows.get(name, []):
            unknown = set(row) - set(columns.names)
            assert not unknown, f"{name} has no column for {unknown}"
            row = {n: row.get(n) for n in columns.whole + list(columns.quantities)}
            row.update({key: "" for key in columns.keys if row[key] is None})
            there = found.get(tuple(row[k] for k in columns.keys), {})
            if name in LINED:  # has a test of its own
                row["source_line"] = there.get("source_line")
            if name == "reports":  # has a test of its own
                row.update({k: there.get(k) for k in COUNTS})
            expected.append(row)
        check_same_rows(name, found, by_key(columns, expected))
        header, rows = read_csv(site.folder / f"data/{name}.csv")
        order = [csv_key(columns, cells, header) for cells in rows]
        check_same(f"the order of {name}.csv", order, [key_in_csv(columns, row) for row in expected])


def source_lines_lead_to_the_figures(site):
    texts = {}
    for key, row in site.rows["figures"].items():
        if row["file"] not in texts:
            texts[row["file"]] = (site.content / row["file"]).read_text("utf-8").split("\n")
        line = texts[row["file"]][row["source_line"] - 1]
        name = "value" if row["statement"] else row["column"]
        number = row["value"]
        wanted = re.escape(number.stated) if number.value is not None else r"\{"
        assert re.search(rf'"{name}": *"?{wanted}', line), f"{key}: line {row['source_line']} is {line!r}"


def source_lines_lead_to_the_records(site):
    """All other figures stand in a record that begins on that line, or are on it themselves."""
    count = 0
    for row in query(site.database, "SELECT * FROM all_figures"):
        text = (site.content / row["file"]).read_text("utf-8").split("\n")
        line = text[row["source_line"] - 1]
        if row["column"].startswith("expert-"):
            wanted = row["stated"] if row["value"] is not None else "{"
        else:
            wanted = f'"{row["line"]}"' if row["table"] != "result" else f'"{row["scope"].split("/")[1]}"'
            wanted = '"' if row["table"] in site.sources.tables else wanted  # see above
        assert wanted in line, f"{row['address']}: line {row['source_line']} is {line!r}"
        count += 1
    check_same("figures", count, len(figures_of_sources(site)))


def reports_say_what_was_checked(site):
    for report, check in zip(site.sources.reports, site.checks):
        row = site.rows["reports"][(report.department, report.year)]
        check_same(f"{report.department} {report.year}", {k: row[k] for k in COUNTS}, {k: check["checked"][k] for k in COUNTS})


def wide_tables_are_pivots(site):
    for name, columns in site.wide.items():
        rows = {}
        for row in site.rows["lines"].values():
            if row["table"] == name:
                wide = dict.fromkeys(columns.quantities)
                wide.update(department=row["department"], year=row["year"], line=row["id"], label=row["label"])
                rows[(row["department"], row["year"], row["id"])] = wide
        for figure in site.rows["figures"].values():
            if figure["table"] == name and not figure["statement"]:
                rows[(figure["department"], figure["year"], figure["line"])][figure["column"]] = figure["value"]
        check_same_rows(f"the view {name}", site.rows[name], rows)


def figures_of_sources(site):
    pairs = [pair for report in site.sources.reports for pair in report.figures]
    figures = dict(pairs)
    check_same("addresses", len(figures), len(pairs))
    return figures


def file_of(row):
    return f"departments/{row['department']}/{row['year']}/{row['scope'] or 'report'}.json"


def all_figures_are_the_sources(site):
    rows = query(site.database, "SELECT * FROM all_figures")
    check_same("the columns of all_figures", list(rows[0]), ALL_FIGURES_HEADER)
    found = {}
    for row in rows:
        address = row.pop("address")
        assert address not in found, f"{address} is not unique"
        value, scale = row["value"], row.pop("scale")
        check_same(f"the scale of {address}", scale, None if value is None else len(row["stated"].partition(".")[2]))
        row["value"] = None if value is None else units_to_value(value, scale, row["measure"])
        check_same(f"the file of {address}", row.pop("file"), file_of(row))
        assert row.pop("source_line") > 0
        found[address] = sources.Figure(**row)
    check_same_rows("all_figures", found, figures_of_sources(site))


def report_csv_is_the_sources(site):
    count = 0
    for report, folder in site.reports():
        header, rows = read_csv(folder / "report.csv")
        check_same("the header of report.csv", header, [name for name in ALL_FIGURES_HEADER if name != "scale"])
        expected = dict(report.figures)
        for cells in rows:
            cells = dict(zip(header, cells))
            address = cells.pop("address")
            assert address in expected, f"{address}: not in the sources, or twice"
            figure = expected.pop(address)
            check_value(address, cells.pop("value"), figure)
            stated = cells.pop("stated")
            check_same(f"the file of {address}", cells.pop("file"), file_of(cells))
            assert int(cells.pop("source_line")) > 0
            check_same(address, stated, figure.stated)
            texts = {k: "" if v is None else csv_text(str(v)) for k, v in figure._asdict().items()}
            check_same(address, cells, {k: v for k, v in texts.items() if k in cells})
            check_same(address, set(figure._fields) - set(cells), {"value", "stated"})
            count += 1
        check_same("figures that report.csv lacks", list(expected), [])
    check_same("the figures of all report.csv", count, len(figures_of_sources(site)))


def report_json_is_the_sources(site):
    for report, folder in site.reports():
        found = dict(figures_of_report_json(read_json(folder / "report.json")))
        expected = {}
        for address, figure in report.figures:
            path = address.removeprefix(f"{report.department}/{report.year}/")
            expected[path] = (figure.value, figure.stated, figure.unit if figure.value is not None else None)
        check_same_rows(f"report.json of {report.department}", found, expected)


def figures_of_report_json(data):
    """(address below the report, (value, stated, unit)) of every number."""

    def numbers(path, record, skip=()):
        for name, value in record.items():
            if isinstance(value, dict) and name not in skip:
                yield f"{path}/{name}", number_of_report_json(value)

    def facts(path, record):
        for fact in record.get("facts", []):
            yield from numbers(f"{path}facts/{fact['id']}", fact)

    for table, record in data.get("tables", {}).items():
        for line in record.get("lines", []):
            yield from numbers(f"{table}/{line['id']}", line)
            for also in line.get("also", []):
                yield f"{table}/{line['id']}/{also['column']}@{also['where']}", number_of_report_json(also["value"])
    yield from facts("", data)
    for kind in ("projects", "evaluations"):
        for record in data.get(kind, []):
            path = f"{kind}/{record['id']}/"
            yield from numbers(f"{path}result/total", record)
            for fund in record.get("funds", []):
                yield from numbers(f"{path}funds/{fund['id']}", fund)
            for indicator in record.get("indicators", []):
                yield from numbers(f"{path}indicators/{indicator['id']}", indicator)
                yield from facts(path, indicator)
            for criterion in record.get("criteria", []):
                yield from numbers(f"{path}criteria/{criterion['id']}", criterion)
                for number, score in enumerate(criterion.get("experts", []), 1):
                    yield f"{path}criteria/{criterion['id']}/expert-{number}", number_of_report_json(score)
            yield from facts(path, record)


def number_of_report_json(record):
    record = {k: v for k, v in record.items() if k != "label"}
    if "na" in record:
        check_same("the keys of a number that is not there", list(record), ["na"])
        return None, sources.NOT_THERE[record["na"]], None
    assert type(record["value"]) in (int, Decimal), f"{record}"
    return Decimal(record["value"]), record["stated"], record.get("unit")


def every_number_has_one_address(site):
    for report in site.sources.reports:
        files = sources.report_files(site.content, report.department, report.year)
        stated = collections.Counter(text for path in files for text in sources.number_like(sources.load(path)))
        addressed = collections.Counter(figure.stated for _, figure in report.figures)
        check_same("numbers without an address", stated - addressed, collections.Counter())
        check_same("addresses without a number", addressed - stated, collections.Counter())


def headers_are_the_dictionary(site):
    for name, (kind, record) in SCHEMAS.items():
        described = schema(kind)["$defs"][record] if record else schema(kind)
        expected = []
        for key, value in described["properties"].items():
            is_number = value.get("$ref", "").endswith("/quantity")
            if is_number and name != "lines":
                expected += [key, "stated", "scale"] if key == "value" else [key, f"{key}_stated", f"{key}_scale"]
            elif not is_number and key not in ("$schema", "$comment") and value.get("type") not in ("array", "object"):
                expected.append(key)
        derived = [n for n in DERIVED[name].split() if n not in expected]
        found = site.columns[name].names
        check_same(f"{name}: columns that are not in the sources", [n for n in found if n not in expected], derived)
        check_same(f"{name}: columns of the sources", [n for n in found if n in expected], expected)
    check_same("figures", site.columns["figures"].names, FIGURES_HEADER)
    check_same("expert_scores", site.columns["expert_scores"].names, EXPERTS_HEADER)


def database_is_sound(site):
    check_same("integrity", query(site.database, "PRAGMA integrity_check"), [{"integrity_check": "ok"}])
    check_same("foreign keys", query(site.database, "PRAGMA foreign_key_check"), [])
    things = query(site.database, "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    found = collections.defaultdict(set)
    for thing in things:
        found[thing["type"]].add(thing["name"])
    expected = {"table": set(KEYS), "view": set(site.wide) | {"all_figures"}, "index": {"figures_by_line"}}
    check_same("what is in the database", dict(found), expected)
    for name, keys in KEYS.items():
        check_same(f"the key of {name}", site.columns[name].keys, keys.split())
        check_same(f"the references of {name}", references(site, name), REFERENCES.get(name, {}))


def references(site, name):
    found = collections.defaultdict(list)
    for row in query(site.database, f'SELECT * FROM pragma_foreign_key_list("{name}") ORDER BY seq'):
        found[row["table"]].append(row["from"])
        key = site.columns[row["table"]].keys
        check_same(f"what {name} refers to in {row['table']}", row["to"], key[row["seq"]])
    return {table: " ".join(columns) for table, columns in found.items()}


def scopes_can_be_joined(site):
    for name in SCOPED:
        for row in query(site.database, f"SELECT scope, project, evaluation FROM {name}"):
            kind, _, key = row["scope"].partition("/")
            expected = (key if kind == "projects" else None, key if kind == "evaluations" else None)
            check_same(row["scope"], (row["project"], row["evaluation"]), expected)


def keys_and_references_hold(site):
    """On a copy: what would break a reference or a key is refused."""
    attempts = [
        "DELETE FROM departments",
        "DELETE FROM lines",
        "DELETE FROM projects",
        "UPDATE funds SET scope = 'projects/none' WHERE scope = 'projects/p01'",
        "UPDATE facts SET indicator = 'none' WHERE indicator IS NOT NULL",
        "INSERT INTO departments (id) SELECT id FROM departments LIMIT 1",
        "INSERT INTO departments (id) VALUES (NULL)",
        "UPDATE figures SET statement = NULL",
    ]
    with harness.folder() as scratch:
        for sql in attempts:
            copy = scratch / "copy.sqlite"
            copy.write_bytes(site.database.read_bytes())
            status, _, err = sqlite(copy, f"PRAGMA foreign_keys = ON; {sql}")
            assert status and "constraint failed" in err, f"{sql} is allowed: {err}"


def lines_are_found_by_index(site):
    sql = 'EXPLAIN QUERY PLAN SELECT * FROM figures WHERE "table" = 1 AND line = 2 AND "column" = 3'
    plan = sqlite("-readonly", site.database, sql)[1]
    assert "USING INDEX figures_by_line (table=? AND line=? AND column=?)" in plan, plan


def a_second_csv_reader_agrees(site):
    """The sqlite3 program's own reader of CSV."""
    paths = sorted(site.folder.rglob("*.csv"))
    with harness.folder() as scratch:
        script = []
        for number, path in enumerate(paths):
            script += [f".import --csv {path} t{number}", ".mode json", f".once {scratch}/{number}.json"]
            script.append(f"SELECT * FROM t{number};\n")
        status, _, err = sqlite(":memory:", text="\n".join(script))
        assert not status and not err, err
        for number, path in enumerate(paths):
            header, rows = read_csv(path)
            text = (scratch / f"{number}.json").read_text("utf-8")
            found = [list(row.items()) for row in json.loads(text or "[]")]
            check_same(str(path), found, [list(zip(header, row)) for row in rows])


def files_are_plain_text(site):
    count = 0
    for path in sorted(site.folder.rglob("*")):
        if path.suffix not in (".csv", ".json"):
            continue
        count += 1
        raw = path.read_bytes()
        text = raw.decode("utf-8")
        assert not raw.startswith(b"\xef\xbb\xbf"), f"{path}: a byte order mark"
        assert "\r" not in text and text.endswith("\n"), f"{path}: line ends"
        assert not re.search(r"[ \t]$", text, re.MULTILINE), f"{path}: trailing spaces"
        assert not re.search("[\0-\x09\x0b-\x1f\x7f\ufeff]", text), f"{path}: control characters"
        if path.suffix == ".json":
            read_json(path)
    assert count > 50, f"only {count} files"


def threads_change_nothing(site):
    """Departments come one after the other, whoever is done first: the same bytes in all data."""
    with harness.folder() as scratch:
        for jobs in (1, 7):
            out = scratch / str(jobs)
            harness.build(site.content, out, "--jobs", jobs)
            for path in sorted(site.folder.rglob("*")):
                if path.suffix in (".csv", ".json", ".sqlite"):
                    name = path.relative_to(site.folder)
                    assert (out / name).read_bytes() == path.read_bytes(), f"{name} differs with {jobs} threads"


def formulas_are_guarded_in_text_only(site):
    """Says the rule once more, by itself: which cells begin with what a spreadsheet would compute."""
    guarded = numbers = 0
    for name, columns in site.tables():
        header, rows = read_csv(site.folder / f"data/{name}.csv")
        stated = {s for s, _ in columns.quantities.values()}
        for row in rows:
            for column, cell in zip(header, row):
                if column in columns.quantities or column in stated or column in columns.integers:
                    is_number = cell == "" or cell in sources.NOT_THERE.values() or sources.NUMBER.match(cell)
                    assert is_number, f"{name} {column}: {cell!r}"
                    numbers += cell.startswith("-")
                else:
                    assert cell[:1] not in ("=", "+", "-", "@"), f"{name} {column}: {cell!r}"
                    guarded += cell[:1] == "'"
    return guarded, numbers


def hostile_cells_are_there(site):
    guarded, numbers = formulas_are_guarded_in_text_only(site)
    assert guarded > 100 and numbers > 10, f"{guarded} guarded texts, {numbers} negative numbers"
    cells = {value for name in KEYS for row in site.rows[name].values() for value in row.values()}
    check_same("texts that are missing", set(hostile.TEXTS) - cells, set())
    stated = {figure.stated for figure in figures_of_sources(site).values()}
    wanted = [text for text in hostile.AMOUNTS + hostile.NUMBERS if isinstance(text, str)]
    check_same("numbers that are missing", set(wanted) - stated, set())
    check_same("years", {row["year"] for row in site.rows["reports"].values()}, {2020, 2021, 2022, 2024})


TESTS = [
    csv_files_are_the_tables,
    years_are_parts_of_the_whole,
    json_files_are_the_tables,
    there_are_no_other_files,
    tables_are_the_sources,
    source_lines_lead_to_the_figures,
    source_lines_lead_to_the_records,
    reports_say_what_was_checked,
    wide_tables_are_pivots,
    all_figures_are_the_sources,
    report_csv_is_the_sources,
    report_json_is_the_sources,
    every_number_has_one_address,
    headers_are_the_dictionary,
    database_is_sound,
    scopes_can_be_joined,
    keys_and_references_hold,
    lines_are_found_by_index,
    a_second_csv_reader_agrees,
    files_are_plain_text,
    threads_change_nothing,
    formulas_are_guarded_in_text_only,
]


def prepare(scratch):
    harness.build(harness.CONTENT, scratch / "shipped")
    hostile.make(harness.CONTENT, scratch / "content")
    harness.build(scratch / "content", scratch / "hostile")
    shipped = Site(harness.CONTENT, scratch / "shipped")
    hard = Site(scratch / "content", scratch / "hostile")
    tests = [
        (f"{name} content: {test.__name__.replace('_', ' ')}", lambda t=test, s=site: t(s))
        for name, site in (("shipped", shipped), ("hostile", hard))
        for test in TESTS
    ]
    return [*tests, ("hostile content: hostile cells are there", lambda: hostile_cells_are_there(hard))]


def main():
    if not harness.JUESUAN:
        print("1..0 # SKIP no program in $JUESUAN")
        return 0
    with harness.folder() as scratch:
        return harness.run_prepared(lambda: prepare(scratch))


sys.exit(main())
