#!/usr/bin/python3
"""What the checks find in the documents that are shipped.

The lists beside this file (*.findings.tsv) have one line for each finding: rule, severity, whether it is
acknowledged, the address of the first figure, what is stated, what was recomputed. UPDATE=1 writes them, to be
compared with the documents by somebody.

The errors are computed here once more, by hand, from the figures in the content. There are no others.
"""

import json
import os
import pathlib
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "dataset"))
import harness
import sources
from harness import check_same

FENGTAI = "beijing/fengtai/zwfwj/2021"
PUTUO = "shanghai/putuo/ghzyj/2024"
LISTS = {FENGTAI: "fengtai-zwfwj-2021.findings.tsv", PUTUO: "putuo-ghzyj-2024.findings.tsv"}


def check_content():
    run = subprocess.run([harness.JUESUAN, "check", harness.CONTENT, "--format", "json"], stdout=subprocess.PIPE)
    told = json.loads(run.stdout)
    check_same("mistakes in the sources", told["errors"], [])
    return run.returncode, told


def below(report, finding):
    return finding["figures"][0]["address"].removeprefix(report + "/")


def line_of(report, finding):
    known = "acknowledged" if finding["acknowledged"] else "-"
    values = [finding["stated"] or "-", finding["recomputed"] or "-"]
    return "\t".join([finding["rule"], finding["severity"], known, below(report, finding), *values])


def findings_are_listed(report, findings):
    path = HERE / LISTS[report]
    lines = [line_of(report, finding) for finding in findings]
    if os.environ.get("UPDATE"):
        path.write_text("".join(line + "\n" for line in lines), "utf-8")
    listed = path.read_text("utf-8").splitlines()
    check_same("findings, without order", set(lines), set(listed))
    check_same("findings", lines, listed)


# --- by hand ---


class Document:
    """The numbers of a report by address, as they are written."""

    def __init__(self, report):
        folder = harness.CONTENT / "departments" / report
        self.texts = {}
        for name, table in sources.load(folder / "report.json")["tables"].items():
            self.read(name, table.get("lines", []))
        for path in sorted(folder.glob("*/*.json")):
            record = sources.load(path)
            scope = f"{path.parent.name}/{path.stem}"
            for table in ("funds", "indicators", "criteria"):
                self.read(f"{scope}/{table}", record.get(table, []))
            for holder in [record, *record.get("indicators", [])]:
                self.read(f"{scope}/facts", holder.get("facts", []))

    def read(self, table, rows):
        for row in rows:
            for key, value in row.items():
                self.texts[f"{table}/{row['id']}/{key}"] = value

    def __call__(self, address):
        return Decimal(self.texts[address])

    def points(self, form, column):
        """What the execution of the budget and the indicators of a form have together, without the total."""
        parts = [text for address, text in self.texts.items() if self.is_point(form, column, address)]
        return sum(Decimal(part) for part in parts if not isinstance(part, dict))

    @staticmethod
    def is_point(form, column, address):
        scope = f"projects/{form}"
        if address == f"{scope}/funds/total/{column}":
            return True
        is_indicator = address.startswith(f"{scope}/indicators/") and address.endswith("/" + column)
        return is_indicator and address != f"{scope}/indicators/total/{column}"


def percent(part, whole):
    return (100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def fengtai_by_hand(d):
    """Rule and first figure of each error that the document has; each is shown to be one."""
    # 44.69% is the change by this year's total; by last year's, 4149.35 - 1854.45, it is 80.81%
    total, change = d("appropriation_summary/total/final"), d("appropriation_summary/total/prior_change")
    assert d("appropriation_summary/total/prior_rate") == percent(change, total) == Decimal("44.69")
    assert total - change == Decimal("2294.90") and percent(change, total - change) == Decimal("80.81")
    yield "rate-base", "appropriation_summary/total/prior_rate"

    # 0.29 more than a budget of nothing is no 49%
    table = "general_public_expenditure"
    assert d(f"{table}/20132/final") - d(f"{table}/20132/budget_change") == 0 != d(f"{table}/20132/budget_rate")
    yield "rate-zero-base", f"{table}/20132/budget_rate"

    # 201 was spent as 20103 and 20132 together, but was budgeted with 327.65 more
    budget = {code: d(f"{table}/{code}/final") - d(f"{table}/{code}/budget_change") for code in ("201", "20103", "20132")}
    final = {code: d(f"{table}/{code}/final") for code in budget}
    assert abs(final["201"] - final["20103"] - final["20132"]) <= Decimal("0.015")  # three figures, half of 0.01 each
    assert budget["201"] - budget["20103"] - budget["20132"] == Decimal("327.65")
    yield "budget-codes", f"{table}/201/budget_change"

    assert d.texts[f"{table}/205/stated_year"] == 2020
    yield "stated-year", f"{table}/205/stated_year"

    overall = "evaluations/overall/funds/project"
    assert d(f"{overall}/executed") == Decimal("3452.88") > d(f"{overall}/full_budget") == Decimal("3452.50")
    yield "over-execution", f"{overall}/executed"

    criterion = "evaluations/website/criteria/fund-management"
    assert d(f"{criterion}/loss_rate") == Decimal("19.11")
    assert percent(d(f"{criterion}/weight") - d(f"{criterion}/mean"), d(f"{criterion}/weight")) == Decimal("18.33")
    yield "loss-rate", f"{criterion}/loss_rate"

    # costs that are not what was executed
    for form, cost, executed in (("p01", "20", "12.489"), ("p07", "0.2862", "0.38"), ("p08", "12.309", "12.3016")):
        assert d(f"projects/{form}/facts/cost-1-actual/value") == Decimal(cost)
        assert d(f"projects/{form}/funds/total/executed") == Decimal(executed)
        yield "cost-executed", f"projects/{form}/facts/cost-1-actual/value"

    funds = "projects/p07/funds"
    parts = d(f"{funds}/carried-forward/executed") + d(f"{funds}/other/executed")
    assert parts == Decimal("0.3900") and d(f"{funds}/total/executed") == Decimal("0.38")
    yield "fund-sum", f"{funds}/total/executed"

    for form, stated, points in (("p07", "95", "92.6"), ("p14", "97", "95"), ("p15", "96", "106")):
        assert d(f"projects/{form}/indicators/total/score") == Decimal(stated)
        assert d.points(form, "score") == Decimal(points), d.points(form, "score")
        yield "score-sum", f"projects/{form}/indicators/total/score"
    assert d("projects/p15/indicators/total/weight") == 100 and d.points("p15", "weight") == 110
    yield "weight-sum", "projects/p15/indicators/total/weight"

    # 1121.6239 万元, which is the budget, is written as 元
    limit = "projects/p09/facts/cost-1-limit"
    assert d.texts[f"{limit}/unit"] == "元" and d(f"{limit}/value") == d("projects/p09/funds/total/full_budget")
    yield "unit-slip", f"{limit}/value"


def fengtai_warnings(d):
    """What is likely to be wrong, too."""
    # more was left over last year than last year's figures leave: 310.98 against 41.52
    summary = "income_expenditure_summary"
    opening = d(f"{summary}/total/final") - d(f"{summary}/income-total/final")
    left = d(f"{summary}/total/final") - d(f"{summary}/total/prior_change")
    left -= d(f"{summary}/expenditure-total/final") - d(f"{summary}/expenditure-total/prior_change")
    assert (opening, left) == (Decimal("310.98"), Decimal("41.52"))
    yield "balance-summary-implied-opening", f"{summary}/total/final"
    assert d("projects/p08/facts/cost-1-actual/value") > d("projects/p08/facts/cost-1-limit/value")
    yield "cost-limit", "projects/p08/facts/cost-1-actual/value"
    for form in ("p11", "p14"):
        assert d(f"projects/{form}/facts/cost-1-limit/value") > d(f"projects/{form}/funds/total/full_budget")
        yield "cost-limit", f"projects/{form}/facts/cost-1-limit/value"
    for form in ("p16", "p17"):
        indicator = f"projects/{form}/indicators/satisfaction-1"
        assert d(f"{indicator}/score") < d(f"{indicator}/weight") and f"{indicator}/reason" not in d.texts
        yield "score-reason", f"{indicator}/score"


def putuo_by_hand(d):
    # the text says 5377.64 and 4896.98, which are the figures of all funds, 12.89 more than these tables
    for figure in ("general_public_expenditure/total/basic", "basic_expenditure/staff-total/final"):
        line, _, column = figure.rpartition("/")
        (second,) = [Decimal(also["value"]) for also in d.texts[f"{line}/also"] if also["column"] == column]
        assert second - d(figure) == Decimal("12.89"), second
        yield "statements", figure


def putuo_warnings(d):
    codes = sources.load(harness.CONTENT / "classifications/2024.json")["functional"]
    names = {code["code"]: code["name"] for code in codes}
    for code in ("2080599", "2200199", "22102"):
        line = f"general_public_expenditure/{code}"
        assert d.texts[f"{line}/narrative_label"].removesuffix("支出") != names[code].removesuffix("支出")
        yield "code-name", f"{line}/narrative_label"
    # "下降（增长）"
    assert d.texts["three_public/total/prior_direction"] == "unclear"
    yield "rate-direction", "three_public/total/prior_change"


def are_found(report, findings, severity, by_hand):
    found = sorted((f["rule"], below(report, f)) for f in findings if f["severity"] == severity)
    check_same(severity, found, sorted(by_hand))


def prepare():
    status, told = check_content()
    by_report = {report: [] for report in LISTS}
    for finding in told["findings"]:
        by_report[f"{finding['department']}/{finding['year']}"].append(finding)

    def errors_are_acknowledged():
        errors = [finding for finding in told["findings"] if finding["severity"] == "error"]
        check_same("errors that are not acknowledged", [error for error in errors if not error["acknowledged"]], [])
        check_same("the status", (status, told["checked"]["errors"]), (0, 0))

    tests = [("all errors are acknowledged", errors_are_acknowledged)]
    for report, errors, warnings in (
        (FENGTAI, fengtai_by_hand, fengtai_warnings),
        (PUTUO, putuo_by_hand, putuo_warnings),
    ):
        findings, document = by_report[report], Document(report)
        tests += [
            (f"{report}: what is found", lambda r=report, f=findings: findings_are_listed(r, f)),
            (
                f"{report}: the errors by hand, and no others",
                lambda r=report, f=findings, e=errors, d=document: are_found(r, f, "error", e(d)),
            ),
            (
                f"{report}: the warnings by hand, and no others",
                lambda r=report, f=findings, w=warnings, d=document: are_found(r, f, "warning", w(d)),
            ),
        ]
    return tests


if __name__ == "__main__":
    sys.exit(harness.run_prepared(prepare))
