#!/usr/bin/python3
"""In a consistent report nothing is found; change any one figure of a balance, and what no longer holds is found.

Reports are made from seeds (invented.py). What no longer holds, and what rounding explains, is computed here
from the profile's balances (balances.py), and must be what `juesuan check` finds: the same balances with the
same figures, and no others. Forms and evaluations have no balances; there each figure is named when it is changed.

Every changed report is a department; one run checks them all. SEED=n makes other reports; with FULL each
figure is changed in each way, by just more than rounding explains, by much, and by what it explains.
"""

import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.dont_write_bytecode = True
if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 10**9:
    tempfile.tempdir = "/dev/shm"  # many small files
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "dataset")]
import harness
import invented
import scored
from balances import Balances, Report
from harness import check_same

FULL = bool(os.environ.get("FULL"))
SPARSE = 25 if os.environ.get("MEMCHECK") else 1  # under valgrind, where everything is slow
SEED = int(os.environ.get("SEED", "1"))
YEAR = 2021
DEPARTMENT = {"division": "999901", "division_name": "虚构", "level": "county"}
PROFILE = json.loads((harness.CONTENT / "profiles/beijing-2021.json").read_text())

# decimals, whether zeros at the end are left out, whether there is a report of the year before, blank cells
KINDS = [(2, False, False, False), (2, True, True, True), (6, False, False, True), (0, False, False, False)]
EVERY = [1, 7, 9, 11]  # which figures are changed where there is not the time for all


# --- a content folder ---


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False))


def start_content(content):
    write(content / "site.json", {"title": "虚构"})
    write(content / "profiles/beijing-2021.json", PROFILE | {"from": YEAR - 1})
    functional = invented.codes(invented.GENERAL + invented.FUND + invented.CAPITAL)
    economic = invented.codes(invented.STAFF + invented.PUBLIC)
    known = json.loads((harness.CONTENT / "classifications/2021.json").read_text())
    for scheme, codes in (("functional", functional), ("economic", economic)):
        have = {code["code"] for code in known[scheme]}
        known[scheme] += [{"code": code, "name": "虚构的科目"} for code in codes if code not in have]
    write(content / "classifications/2021.json", known)


def table_json(figures, table):
    lines = collections.defaultdict(dict)
    for (own, line, column), text in figures.items():
        if own == table:
            lines[line][column] = text
    return {"lines": [{"id": line, **row} for line, row in lines.items()]}


def report_json(tables, year):
    return {
        "year": year,
        "profile": "beijing-2021",
        "unit": "万元",
        "approved": f"{year + 1}-08-10",
        "published": f"{year + 1}-08-30",
        "tables": tables,
    }


class Content:
    """Departments that are checked together."""

    def __init__(self, folder):
        self.folder, self.count = folder, 0
        start_content(folder)

    def add(self, reports, files=()):
        """reports: tables by year. The department's name."""
        self.count += 1
        name = f"d{self.count}"
        folder = self.folder / "departments" / name
        write(folder / "department.json", DEPARTMENT | {"names": [{"name": f"虚构 {name}"}]})
        for year, tables in reports.items():
            write(folder / str(year) / "report.json", report_json(tables, year))
        for path, value in files:
            write(folder / str(YEAR) / path, value)
        return name

    def check(self):
        """The findings by department: (severity, rule, figures that are named)."""
        run = subprocess.run(
            [harness.JUESUAN, "check", self.folder, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        told = json.loads(run.stdout)
        assert not told["errors"], told["errors"][:3]
        self.checked = told["checked"]
        findings = collections.defaultdict(list)
        for finding in told["findings"]:
            named = frozenset(figure["address"].split("/", 1)[1] for figure in finding["figures"])
            findings[finding["department"]].append((finding["severity"], finding["rule"], named))
        return findings


# --- reports ---


class Made:
    """A consistent report, and the one before it."""

    def __init__(self, seed, decimals, is_trimmed, has_prior, is_blank):
        self.numbers = invented.Numbers(seed, decimals, is_trimmed)
        before = invented.Accounts(self.numbers) if has_prior else None
        accounts = invented.Accounts(self.numbers, before)
        accounts.tell_changes()
        accounts.tell_shares()
        self.percents = accounts.percents
        self.report = Report(PROFILE, accounts.figures(is_blank))
        self.prior = Report(PROFILE, before.figures()) if before else None
        self.balances = Balances(PROFILE, self.report, self.prior)
        self.by_figure = collections.defaultdict(list)
        for weighed in self.balances.all:
            for term in weighed.left + weighed.right:
                self.by_figure[term.key, term.is_prior].append(weighed)

        self.tables = {YEAR: self.tables_of(self.report)}
        if self.prior:
            self.tables[YEAR - 1] = self.tables_of(self.prior)

    @staticmethod
    def tables_of(report):
        return {table: table_json(report.figures, table) for table in dict.fromkeys(key[0] for key in report.figures)}

    def reports(self, changed):
        reports = dict(self.tables)
        for (key, is_prior), text in changed.items():
            figures = (self.prior if is_prior else self.report).figures | {key: text}
            reports[YEAR - is_prior] = reports[YEAR - is_prior] | {key[0]: table_json(figures, key[0])}
        return reports

    def address(self, term):
        return "/".join([str(YEAR - term.is_prior), *term.cited])

    def broken(self, changed):
        """Rule and figures of each balance of this year that does not hold."""
        broken = collections.Counter()
        for figure in changed:
            for weighed in dict.fromkeys(self.by_figure[figure]):
                if not self.balances.holds(weighed, changed):
                    named = (self.address(term) for term in weighed.left + weighed.right if term.cited)
                    broken[weighed.rule, frozenset(named)] += 1
        return broken

    def is_rounding(self, changed):
        """Whether the sums differ by no more than rounding explains."""
        return all(
            abs(difference) <= tolerance
            for figure in changed
            for difference, tolerance in (self.balances.difference(weighed, changed) for weighed in self.by_figure[figure])
        )

    def is_named(self, figure):
        """Whether a balance, when it is broken, names the figure, and it can be broken by it."""
        return any(
            term.cited == figure[0] and term.is_prior == figure[1]
            for weighed in self.by_figure[figure]
            for term in weighed.left + weighed.right
        )

    def changes(self, figure, number):
        """How a figure is changed: by just too much for each of its balances, by much, by what rounding explains."""
        report = self.prior if figure[1] else self.report
        text, step = report.figures[figure[0]], Fraction(1, 10**self.numbers.decimals)
        value = int(Fraction(text) / step)
        # the figure itself counts, also where it was zero
        tolerances = {
            self.balances.difference(weighed, {figure: self.numbers.text(value + 1)})[1] for weighed in self.by_figure[figure]
        }
        just = [int(tolerance / step) + 1 for tolerance in sorted(tolerances)]
        much = max(value // 3, 10 * just[-1])
        all_ways = [sign * by for by in (just[0], much, 1, *just[1:]) for sign in (1, -1)]
        ways = all_ways if FULL else [all_ways[number % 4], *all_ways[4 : 6 if number % 5 == 0 else 4]]
        return [{figure: self.numbers.text(value + by)} for by in dict.fromkeys(ways) if value + by >= 0]


def check_change(made, changed, findings):
    (figure,) = changed
    where = f"{'/'.join(figure[0])} {'of the prior report ' if figure[1] else ''}changed to {changed[figure]}"
    expected = made.broken(changed)
    found = collections.Counter((rule, named) for _, rule, named in findings if rule.startswith("balance-"))
    if figure[1]:  # the other balances of the prior report are not looked at here
        found = collections.Counter({f: n for f, n in found.items() if any(a.startswith(str(YEAR)) for a in f[1])})
    check_same(where, found, expected)
    if expected:
        address = "/".join([str(YEAR - figure[1]), *figure[0]])
        assert not made.is_named(figure) or any(address in named for _, _, named in findings), f"{where}: is not named"
    elif not figure[1] and made.is_rounding(changed):
        worse = [finding for finding in findings if finding[0] != "note"]
        assert not worse, f"{where}: rounding explains it, but {worse}"


def check_reports(kind, seed, every):
    made = Made(seed, *kind)
    with harness.folder() as folder:
        content = Content(folder)
        whole = content.add(made.reports({}))
        tried = {}
        for number, figure in list(enumerate(made.by_figure))[:: SPARSE if FULL else every * SPARSE]:
            for changed in made.changes(figure, number):
                tried[content.add(made.reports(changed))] = changed
        findings = content.check()
    assert len(tried) > 300 // every // SPARSE, len(tried)
    check_same("what is found where nothing is wrong", findings[whole], [])
    for name, changed in tried.items():
        check_change(made, changed, findings[name])


def check_percentages(kind, seed):
    made = Made(seed, *kind)
    with harness.folder() as folder:
        content = Content(folder)
        tried = {}
        for key, ratio in list(made.percents.items())[::SPARSE]:
            for changed in ratio.outside() + [invented.rounded(Fraction(ratio.percent()) + 7)]:
                tried[content.add(made.reports({(key, False): changed}))] = key, changed
        findings = content.check()
    for name, (key, changed) in tried.items():
        address = "/".join([str(YEAR), *key])
        assert any(s == "error" and address in named for s, _, named in findings[name]), f"{address} {changed} is not found"


# --- forms and evaluations ---


def check_scored(make):
    whole = make(SEED)
    with harness.folder() as folder:
        content = Content(folder)
        plain = content.add({YEAR: {}}, [whole.file()])
        changes = list(whole.changed(FULL))[::SPARSE]
        tried = {content.add({YEAR: {}}, [file]): (address, text) for address, text, file in changes}
        findings = content.check()

    def of_form(name):
        return [f for f in findings[name] if f[1] != "completeness"]  # there are no tables

    check_same("what is found where nothing is wrong", of_form(plain), [])
    for name, (address, text) in tried.items():
        named = [f for f in of_form(name) if f[0] != "note" and f"{YEAR}/{address}" in f[2]]
        assert named, f"{address} changed to {text} is not found: {of_form(name)}"


def prepare():
    tests = []
    for number, (kind, every) in enumerate(zip(KINDS, EVERY)):
        decimals, is_trimmed, has_prior, is_blank = kind
        what = f"{decimals} decimals{', no zeros at the end' if is_trimmed else ''}{', two years' if has_prior else ''}"
        tests.append((f"balances: {what}", lambda k=kind, n=number, e=every: check_reports(k, SEED * 100 + n, e)))
    tests.append(("percentages", lambda: check_percentages(KINDS[0], SEED)))
    tests.append(("self-evaluation forms", lambda: check_scored(scored.Form)))
    tests.append(("evaluations", lambda: check_scored(scored.Evaluation)))
    return tests


if __name__ == "__main__":
    sys.exit(harness.run_prepared(prepare))
