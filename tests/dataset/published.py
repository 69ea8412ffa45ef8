"""What a site publishes as data, read with readers that are not ours: Python's csv and json, the sqlite3
program. Everything comes out in one form: rows by key, a number as a Quantity.
"""

import csv
import functools
import io
import json
import subprocess
from decimal import Decimal

import harness
import sources
from harness import check_same
from sources import MEASURES, Quantity

# The tables that are always there, with their keys.
KEYS = {
    "departments": "id",
    "department_names": "department name from",
    "units": "department id",
    "reports": "department year",
    "tables": "department year id",
    "lines": "department year table id",
    "figures": "department year table line column statement",
    "projects": "department year id",
    "funds": "department year scope id",
    "indicators": "department year project id",
    "evaluations": "department year id",
    "criteria": "department year evaluation id",
    "expert_scores": "department year evaluation criterion expert",
    "facts": "department year scope id",
    "findings": "department year id",
    "finding_figures": "department year finding id",
    "revisions": "department id",
    "changes": "department revision id",
}
FLAGS = {"acknowledged"}  # true or false; 1 or 0 in the database
SCOPED = ("funds", "facts")  # have generated columns to be joined by


# --- readers ---


def refuse_constant(name):
    raise AssertionError(f"{name} is no JSON")


def refuse_duplicates(pairs):
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), f"a key comes twice: {names}"
    return dict(pairs)


def plain_decimal(text):
    assert sources.NUMBER.match(text), f"{text} is no plain number"
    return Decimal(text)


def plain_integer(text):
    assert text != "-0", "a negative zero"
    return int(text)


def read_json(path):
    return json.loads(
        path.read_bytes().decode("utf-8"),
        parse_float=plain_decimal,
        parse_int=plain_integer,
        parse_constant=refuse_constant,
        object_pairs_hook=refuse_duplicates,
    )


def read_csv(path):
    """(header, rows); every row has as many cells as the header."""
    text = path.read_bytes().decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    for row in rows:
        check_same(f"{path.name}: the number of cells of {row}", len(row), len(header))
    return header, rows


def sqlite(*arguments, text=None):
    """(exit status, output, errors) of the sqlite3 program."""
    command = ["sqlite3", "-bail", "-batch", *map(str, arguments)]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr


def query(database, sql):
    """Rows as dictionaries; there are no binary fractions in the database."""
    status, out, err = sqlite("-readonly", "-json", database, sql)
    assert not status, f"sqlite3: {err} in {sql}"
    return json.loads(out, parse_float=refuse_constant, object_pairs_hook=refuse_duplicates) if out else []


class Columns:
    """The columns of a table, by what stands in them."""

    def __init__(self, names, types, keys):
        self.names = names
        self.keys = keys
        self.flags = FLAGS & set(names)
        self.integers = {n for n in names if types.get(n) == "INTEGER"} - self.flags
        self.quantities = {}  # the name of the value -> (name of stated, name of scale)
        for name in names:
            stated, scale = ("stated", "scale") if name == "value" else (f"{name}_stated", f"{name}_scale")
            if scale in names:
                self.quantities[name] = (stated, scale)
        parts = {part for pair in self.quantities.values() for part in pair}
        self.whole = [n for n in names if n not in parts and n not in self.quantities]

    def in_text(self):
        """The columns of CSV and JSON."""
        scales = {scale for _, scale in self.quantities.values()}
        return [n for n in self.names if n not in scales]


def units_to_value(units, scale, measure):
    """A quantity of the database: amounts are in 分, anything else in millionths."""
    return Decimal(units).scaleb(-2 if measure == "amount" else -6)


def normal(columns, row):
    """A row of the database with quantities in the place of their three columns."""
    out = {name: bool(row[name]) if name in columns.flags else row[name] for name in columns.whole}
    for name, (stated, scale) in columns.quantities.items():
        text = row[stated]
        assert text is None or isinstance(text, str), f"stated {text!r}"
        if text is None:
            check_same(f"{name} of a number that is not there", (row[name], row[scale]), (None, None))
            out[name] = None
        elif row[name] is None:
            check_same(f"{name} of {text}", (row[scale], text in sources.NOT_THERE.values()), (None, True))
            out[name] = Quantity(None, text)
        else:
            measure = row.get("measure") if name == "value" and "measure" in row else MEASURES[name]
            check_same(f"the decimals of {text}", row[scale], len(text.partition(".")[2]))
            out[name] = Quantity(units_to_value(row[name], row[scale], measure), text)
    return out


def by_key(columns, rows):
    found = {tuple(row[key] for key in columns.keys): row for row in rows}
    check_same("rows by key", len(found), len(rows))
    return found


# --- a site and what is in it ---


class Site:
    def __init__(self, content, folder):
        self.content, self.folder = content, folder
        self.database = folder / "data/juesuan.sqlite"
        self.titles = titles()
        self.sources = sources.Sources(content, self.titles)
        self.checks = [self.check(report) for report in self.sources.reports]
        self.add_findings()
        self.profiles = [sources.load(path) for path in sorted(content.glob("profiles/*.json"))]
        self.columns = {name: self.table_columns(name) for name in KEYS}
        self.wide = self.wide_columns()
        self.rows = {name: self.table_rows(name, columns) for name, columns in {**self.columns, **self.wide}.items()}

    def check(self, report):
        """What the check command says of a report."""
        done = subprocess.run(
            [harness.JUESUAN, "check", "--content", self.content, "--format", "json",
             f"{report.department}/{report.year}"],
            stdout=subprocess.PIPE,
        )
        return json.loads(done.stdout)

    def add_findings(self):
        """Findings as rows, beside those that come from the sources."""
        rows = self.sources.rows
        for table in ("findings", "finding_figures"):
            rows[table] = []
        for report, check in zip(self.sources.reports, self.checks):
            for number, finding in enumerate(check["findings"], 1):
                keys = {"department": finding["department"], "year": finding["year"]}
                own = {k: v for k, v in finding.items() if k != "figures"}
                rows["findings"].append({**own, "id": number})
                for place, figure in enumerate(finding["figures"], 1):
                    path = figure["file"].removeprefix(f"{self.content}/")
                    row = {**figure, **keys, "finding": number, "id": place, "file": path}
                    row["source_line"] = row.pop("line")
                    del row["column"]
                    rows["finding_figures"].append(row)

    def table_columns(self, name):
        info = query(self.database, f'SELECT * FROM pragma_table_xinfo("{name}")')
        generated = [c["name"] for c in info if c["hidden"]]
        check_same(f"the generated columns of {name}", generated, ["project", "evaluation"] if name in SCOPED else [])
        info = [c for c in info if not c["hidden"]]
        keys = [c["name"] for c in sorted(info, key=lambda c: c["pk"]) if c["pk"]]
        return Columns([c["name"] for c in info], {c["name"]: c["type"] for c in info}, keys)

    def wide_columns(self):
        """The statutory tables: what all profiles together say that they have."""
        found = {}
        for profile in self.profiles:
            for table in profile["tables"]:
                found.setdefault(table["id"], set()).update(column["id"] for column in table["columns"])
        return {name: wide_table(present) for name, present in found.items()}

    def table_rows(self, name, columns):
        rows = query(self.database, f'SELECT * FROM "{name}"')
        for row in rows:
            generated = ["project", "evaluation"] if name in SCOPED else []
            check_same(f"the columns of {name}", list(row), columns.names + generated)
        return by_key(columns, [normal(columns, row) for row in rows])

    def tables(self):
        return {**self.columns, **self.wide}.items()

    def reports(self):
        for report in self.sources.reports:
            yield report, self.folder / f"departments/{report.department}/{report.year}"


def wide_table(present):
    names = "department year line label".split()
    for column in MEASURES:
        if column in present:
            prefix = "" if column == "value" else f"{column}_"
            names += [column, f"{prefix}stated", f"{prefix}scale"]
    return Columns(names, {"year": "INTEGER"}, names[:3])


@functools.cache
def schema(kind):
    return json.loads(harness.juesuan("schema", kind))


def titles():
    """What the columns are called, where a profile does not say otherwise."""
    line = schema("report")["$defs"]["line"]["properties"]
    return {column: line[column]["title"] for column in MEASURES}


# --- cells ---


def csv_text(text):
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def csv_cells(columns, row):
    """The cells that a row must have in CSV; values are compared as numbers elsewhere."""
    cells = {}
    for name in columns.whole:
        value = str(row[name]).lower() if name in columns.flags else row[name]
        cells[name] = "" if value is None else str(value) if name in columns.integers else csv_text(value)
    for name, (stated, _) in columns.quantities.items():
        cells[stated] = "" if row[name] is None else row[name].stated
    return cells


def check_value(what, text, number):
    """The text of a value in CSV or JSON against the quantity."""
    if number is None or number.value is None:
        check_same(what, text, "")
        return
    assert sources.NUMBER.match(text), f"{what}: {text!r} is no plain number"
    check_same(what, Decimal(text), number.value)
    assert text[0] != "-" or number.value < 0, f"{what}: {text!r} is a negative zero"


def check_csv_row(what, columns, cells, row):
    cells = dict(zip(columns.in_text(), cells))
    for name in columns.quantities:
        check_value(f"{what} {name}", cells.pop(name), row[name])
    check_same(what, cells, csv_cells(columns, row))


def check_json_row(what, columns, found, row):
    check_same(f"{what}: keys", list(found), columns.in_text())
    for name in columns.whole:
        check_same(f"{what} {name}", (type(found[name]), found[name]), (type(row[name]), row[name]))
    for name, (stated, _) in columns.quantities.items():
        number = row[name]
        check_same(f"{what} {stated}", found[stated], number and number.stated)
        value = found[name]
        assert value is None or type(value) in (int, Decimal), f"{what} {name}: {value!r}"
        check_value(f"{what} {name}", "" if value is None else format(Decimal(value), "f"), number)


def csv_key(columns, cells, header):
    """The key of a CSV row, to find the row by."""
    at = dict(zip(header, cells))
    return tuple(int(at[key]) if key in columns.integers else at[key] for key in columns.keys)


def key_in_csv(columns, row):
    return tuple(row[key] if key in columns.integers else csv_text(row[key]) for key in columns.keys)
