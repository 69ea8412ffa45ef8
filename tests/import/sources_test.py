#!/usr/bin/python3
"""The two source documents, imported: what of their numbers is placed, and whether it is what the content has.

The content was made of them by hand, figure by figure (tests/content/numbers_test.py), in words of its own; so
figures are compared, and texts are not. The documents are not part of the project; without them this is skipped.
"""

import collections
import json
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "dataset"))
sys.path.insert(0, str(HERE.parent / "content"))
import documents
import harness
import reading
import sources
from harness import check_same

PLACED = 99  # per cent of the figures, at least


class Imported:
    def __init__(self, kind, path, scratch):
        self.kind = kind
        self.path = path
        self.document = kind(reading.SHARED)
        self.content = scratch / kind.department.replace("/", "-") / "content"
        shutil.copytree(harness.CONTENT, self.content, ignore=shutil.ignore_patterns("departments"))
        place = self.content / "departments" / kind.department
        place.mkdir(parents=True)
        shutil.copy(harness.CONTENT / "departments" / kind.department / "department.json", place)
        self.report = place / str(kind.year)
        self.status, self.told = self.run(reading.SHARED / path)
        self.shipped_figures = self.figures(harness.CONTENT)
        self.own_figures = self.figures(self.content)

    def run(self, path):
        command = [harness.JUESUAN, "import", path, "--department", self.kind.department]
        command += ["--year", self.kind.year, "--into", self.content, "--format", "json"]
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.returncode, json.loads(done.stdout)

    def figures(self, content):
        """{address: as stated}; criteria go by their names, evaluations by their kinds, facts are left out."""
        department = sources.load(content / f"departments/{self.kind.department}/department.json")
        columns = {column: column for column in sources.MEASURES}
        report = sources.Report(content, self.kind.department, department["names"], self.kind.year, columns)
        names = self.names(content)
        found = {}
        for address, figure in report.figures:
            if "/facts/" not in address:
                found[self.by_name(address, names)] = figure.stated
        return found

    def names(self, content):
        """{evaluations/ID: (kind, {criterion: path of names})}"""
        found = {}
        for path in (content / "departments" / self.kind.department / str(self.kind.year)).glob("evaluations/*.json"):
            record = sources.load(path)
            criteria = {}
            for criterion in record.get("criteria", []):
                above = criteria.get(criterion.get("parent"), "")
                criteria[criterion["id"]] = f"{above}>{criterion['name']}"
            found[record["id"]] = (record["kind"], criteria)
        return found

    def by_name(self, address, names):
        parts = address.removeprefix(f"{self.kind.department}/{self.kind.year}/").split("/")
        if parts[0] == "evaluations":
            kind, criteria = names[parts[1]]
            parts[1] = kind
            parts[3] = criteria.get(parts[3], parts[3])
        return "/".join(parts)

    def facts(self, content):
        """How often each number is a fact."""
        root = content / "departments" / self.kind.department / str(self.kind.year)
        found = collections.Counter()

        def add(value):
            if isinstance(value, dict):
                found.update(str(fact[key]) for fact in value.get("facts", []) for key in ("value", "from", "to") if key in fact)
                for item in value.values():
                    add(item)
            elif isinstance(value, list):
                for item in value:
                    add(item)

        for path in root.rglob("*.json"):
            add(sources.load(path))
        return found

    def findings(self, content):
        run = subprocess.run(
            [harness.JUESUAN, "check", f"{self.kind.department}/{self.kind.year}", "--content", content, "--format", "json"],
            stdout=subprocess.PIPE,
        )
        names = self.names(content)
        prefix = f"{self.kind.department}/{self.kind.year}/"
        found = collections.Counter()
        for finding in json.loads(run.stdout)["findings"]:
            address = self.by_name(finding["figures"][0]["address"], names).removeprefix(prefix)
            if "/facts/" in address:
                address = address.split("/facts/")[0] + "/facts"
            found[(finding["rule"], finding["severity"], address)] += 1
        return found


def enough_is_placed(imported):
    count = imported.told["import"]["coverage"]
    percent = 100 * count["placed"] / count["figures"]
    print(f"# {imported.path}: {count['figures']} figures: {count['in_tables']} in tables and forms, {count['facts']}")
    print(f"# facts, {count['restated']} stated again, {count['only_in_text']} only in text, {count['not_placed']} not placed")
    assert percent >= PLACED, f"only {percent:.2f} % are placed"
    check_same("not placed", count["not_placed"], 0)


def figures_are_those_of_the_content(imported):
    shipped, own = imported.shipped_figures, imported.own_figures
    same = sum(own.get(address) == stated for address, stated in shipped.items())
    differ = {(a, shipped[a], own[a]) for a in shipped if a in own and own[a] != shipped[a]}
    missing = set(shipped) - set(own)
    print(f"# of {len(shipped)} figures of the content {same} agree, {len(differ)} differ, {len(missing)} are missing")
    check_same("figures that differ", differ, set())
    check_same("figures that are missing", missing, set())
    check_same("figures that the content does not have", set(own) - set(shipped), set())


def facts_are_those_of_the_content(imported):
    missing = imported.facts(harness.CONTENT) - imported.facts(imported.content)
    check_same("facts that are missing", missing, collections.Counter())


def findings_are_found(imported):
    missing = imported.findings(harness.CONTENT) - imported.findings(imported.content)
    # dates and what was acknowledged are no matter of the document
    missing = {finding for finding in missing if finding[0] not in ("timeliness", "acknowledgement-unused")}
    check_same("findings of the content that the import lacks", missing, set())


def what_a_person_must_see_is_told(imported, expected):
    told = collections.Counter(error["id"] for error in imported.told["errors"] if error["severity"] == "warning")
    check_same("warnings", told, collections.Counter(expected))
    check_same("exit status", imported.status, 1 if expected else 0)


def nobody_is_named(imported):
    text = "".join(path.read_text("utf-8") for path in imported.report.rglob("*") if path.is_file())
    for name in imported.document.persons():
        assert name not in text, f"a person is named ({len(name)} characters)"
    for number in imported.document.telephones():
        assert number not in text, "a telephone number stands there"


def forms_are_complete(imported):
    forms = sorted((imported.report / "projects").glob("*.json"))
    check_same("forms", len(forms), imported.document.forms)
    for path in forms:
        form = sources.load(path)
        for key in ("name", "supervisor", "implementer", "goal", "goal_actual"):
            assert form.get(key), f"{path.name} has no {key}"
        check_same(f"funds of {path.name}", [f["id"] for f in form["funds"]], ["total", "current-year", "carried-forward", "other"])
        check_same(f"the last of {path.name}", form["indicators"][-1]["id"], "total")


def tests_of(imported, expected):
    name = imported.kind.department
    tests = [enough_is_placed, figures_are_those_of_the_content, facts_are_those_of_the_content, findings_are_found, nobody_is_named]
    found = [(f"{name}: {test.__name__.replace('_', ' ')}", lambda t=test: t(imported)) for test in tests]
    found.append((f"{name}: what a person must see is told", lambda: what_a_person_must_see_is_told(imported, expected)))
    return found


def prepare(scratch):
    fengtai = Imported(documents.Fengtai, documents.Fengtai.path, scratch)
    putuo = Imported(documents.Putuo, "samples/putuo-ghzyj-2024.pdf", scratch)
    tests = tests_of(fengtai, {"wrong-year": 1})
    tests.append(("every form is complete", lambda: forms_are_complete(fengtai)))
    told = {"wrong-department": 1, "no-unit": 1, "unsure-code": 4}
    return tests + tests_of(putuo, told)


def main():
    if not (reading.SHARED / documents.Fengtai.path).exists():
        print("1..0 # SKIP the source documents are not here")
        return 0
    if not harness.JUESUAN:
        print("1..0 # SKIP no program in $JUESUAN")
        return 0
    with harness.folder() as scratch:
        return harness.run_prepared(lambda: prepare(scratch))


sys.exit(main())
