#!/usr/bin/python3
"""Every figure of the example site: its address, value and unit, found a second time.

Speaks TAP. Python reads the same files, knows the addresses by the words of the design and the
arithmetic by its decimal module; the test program figures_test, in the folder that BUILD names,
prints what the library finds.
"""

import collections
import decimal
import glob
import json
import os
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
CONTENT = os.path.join(ROOT, "content")
PROGRAM = os.path.join(os.environ.get("BUILD", ""), "tests/model/figures_test")
EXPONENT = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}
STATED = {"dash": "——", "not-involved": "不涉及"}

decimal.getcontext().prec = 60


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def read_json(path):
    return json.loads(read(path), parse_float=str, parse_int=str)


def measures():
    """What each column measures."""
    return dict(re.findall(r"^COLUMN\((\w+), (\w+),", read(f"{ROOT}/lib/model/columns.def"), re.M))


def quantities():
    """The columns that an entity has as fields of its own."""
    parts = re.split(r"^ENTITY\((\w+),", read(f"{ROOT}/lib/model/dictionary.def"), flags=re.M)
    return {name: re.findall(r"^QUANTITY\((\w+),", body, re.M) for name, body in zip(parts[1::2], parts[2::2])}


class Finder:
    """Collects address -> (stated, value, unit); the unit is None where only the profile knows it."""

    def __init__(self):
        self.measures = measures()
        self.quantities = quantities()
        self.found = {}
        self.kinds = collections.Counter()

    def add(self, kind, address, column, value, money, other=None):
        assert address not in self.found, f"{address} comes twice"
        measure = self.measures[column]
        unit = {"AMOUNT": money, "PERCENT": "%", "SCORE": "分"}.get(measure, other)
        number = ""
        if isinstance(value, dict):
            stated = STATED[value["na"]]
        else:
            stated = value
            number = decimal.Decimal(value)
            if measure == "AMOUNT":
                number = number.scaleb(EXPONENT[money])
        self.found[address] = (stated, number, unit)
        self.kinds[kind] += 1

    def add_fields(self, entity, record, address, money, other=None):
        for column in self.quantities[entity]:
            if column in record:
                self.add(entity, f"{address}/{column}", column, record[column], money, other)

    def add_facts(self, facts, scope):
        for fact in facts:
            self.add_fields("fact", fact, f"{scope}facts/{fact['id']}", None, fact.get("unit", ""))

    def add_funds(self, funds, scope, money):
        for fund in funds:
            self.add_fields("fund", fund, f"{scope}funds/{fund['id']}", money)

    def add_line(self, line, address, money):
        for column, value in line.items():
            if column in self.measures:
                self.add("figure", f"{address}/{column}", column, value, money)
        for also in line.get("also", []):
            column = also["column"]
            self.add("statement", f"{address}/{column}@{also['where']}", column, also["value"], money)

    def add_report(self, report, base):
        for name, table in report.get("tables", {}).items():
            for line in table.get("lines", []):
                self.add_line(line, f"{base}{name}/{line['id']}", table.get("unit", report["unit"]))
        self.add_facts(report.get("facts", []), base)

    def add_project(self, project, base, money):
        scope = f"{base}projects/{project['id']}/"
        self.add_funds(project.get("funds", []), scope, project.get("unit", money))
        self.add_facts(project.get("facts", []), scope)
        for indicator in project.get("indicators", []):
            self.add_fields("indicator", indicator, f"{scope}indicators/{indicator['id']}", money)
            self.add_facts(indicator.get("facts", []), scope)

    def add_evaluation(self, evaluation, base, money):
        scope = f"{base}evaluations/{evaluation['id']}/"
        self.add_fields("evaluation", evaluation, f"{scope}result/total", money)
        self.add_funds(evaluation.get("funds", []), scope, evaluation.get("unit", money))
        self.add_facts(evaluation.get("facts", []), scope)
        for criterion in evaluation.get("criteria", []):
            address = f"{scope}criteria/{criterion['id']}"
            self.add_fields("criterion", criterion, address, money)
            for number, score in enumerate(criterion.get("experts", []), 1):
                self.add("expert", f"{address}/expert-{number}", "score", score, money)

    def add_folder(self, folder):
        """A year of a department."""
        report = read_json(f"{folder}/report.json")
        base = os.path.relpath(folder, f"{CONTENT}/departments") + "/"
        self.add_report(report, base)
        for path in glob.glob(f"{folder}/projects/*.json"):
            self.add_project(read_json(path), base, report["unit"])
        for path in glob.glob(f"{folder}/evaluations/*.json"):
            self.add_evaluation(read_json(path), base, report["unit"])


def compare(expected, printed):
    """What differs, in words."""
    yield from (f"not found: {address}" for address in sorted(expected.keys() - printed.keys()))
    yield from (f"found besides: {address}" for address in sorted(printed.keys() - expected.keys()))
    for address in sorted(expected.keys() & printed.keys()):
        stated, number, unit = expected[address]
        printed_stated, printed_number, printed_unit = printed[address]
        if stated != printed_stated:
            yield f"{address}: {printed_stated} in the place of {stated}"
        if number == "" and printed_number != "" or number != "" and decimal.Decimal(printed_number) != number:
            yield f"{address}: the value is {printed_number}, not {number}"
        if unit is not None and unit != printed_unit:
            yield f"{address}: in {printed_unit}, not {unit}"


def main():
    if not os.access(PROGRAM, os.X_OK):
        print("1..0 # SKIP no figures_test in $BUILD")
        return 0
    finder = Finder()
    for path in sorted(glob.glob(f"{CONTENT}/departments/**/report.json", recursive=True)):
        finder.add_folder(os.path.dirname(path))
    listed = subprocess.run([PROGRAM, "list", CONTENT], stdout=subprocess.PIPE, check=False)
    lines = [line.split("\t") for line in listed.stdout.decode().splitlines()]
    printed = {address: tuple(rest) for address, *rest in lines}
    wrong = list(compare(finder.found, printed))
    checks = [
        ("the content is read without an error", listed.returncode == 0, f"status {listed.returncode}"),
        ("no address comes twice", len(printed) == len(lines), f"{len(lines)} lines, {len(printed)} addresses"),
        ("all figures are found, with their values and units", not wrong, "\n".join(wrong[:20])),
        *((f"there are figures of the kind {kind}", finder.kinds[kind] > 0, "none")
          for kind in ("figure", "fact", "fund", "indicator", "evaluation", "criterion", "expert")),
    ]  # fmt: skip
    print(f"1..{len(checks)}")
    for number, (name, good, why) in enumerate(checks, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
        if not good:
            print("# " + why.replace("\n", "\n# "))
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(finder.kinds.items()))
    print(f"# {len(printed)} figures: {counted}")
    return 0 if all(good for _, good, _ in checks) else 1


sys.exit(main())
