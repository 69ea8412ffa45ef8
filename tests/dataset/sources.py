"""A second reader of the content folder, which knows nothing of the program's own.

It reads the JSON files with Python's json, and says what rows the datasets must have and what address
each number must have. What the columns measure is written down here once more, on purpose.
"""

import json
import re
from decimal import Decimal
from typing import NamedTuple, Optional

# In the order in which wide tables have their columns.
MEASURES = {
    **dict.fromkeys("initial_budget full_budget final executed amount prior prior_change".split(), "amount"),
    "prior_rate": "percent",
    "budget_change": "amount",
    **dict.fromkeys("budget_rate completion share".split(), "percent"),
    **dict.fromkeys(
        "fiscal_appropriation superior_subsidy business_income operating_income affiliated_remittance other_income "
        "basic project remitted operating_expenditure affiliated_subsidy general_public government_fund "
        "state_capital opening income closing".split(),
        "amount",
    ),
    **dict.fromkeys("established actual count".split(), "count"),
    "execution_rate": "percent",
    **dict.fromkeys("weight score sum mean".split(), "score"),
    "loss_rate": "percent",
    **dict.fromkeys("value from to".split(), "number"),
}

# Which of the keys of a record are numbers.
FUND = "initial_budget full_budget executed weight execution_rate score".split()
INDICATOR = "completion weight score".split()
CRITERION = "weight sum mean loss_rate score".split()
EVALUATION = ["score"]
FACT = "value from to".split()

# The zeros that lead from a unit of money to 元.
MONEY = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}

NOT_THERE = {"dash": "——", "not-involved": "不涉及"}


class Quantity(NamedTuple):
    value: Optional[Decimal]  # an amount in 元; None for what is not there
    stated: str


class Figure(NamedTuple):
    """A row of report.csv, but for the address, which it is found by."""

    department: str
    year: int
    scope: str
    table: str
    line: str
    column: str
    statement: str
    label: Optional[str]
    column_label: str
    measure: str
    value: Optional[Decimal]
    stated: str
    unit: Optional[str]


def load(path):
    """A JSON file in which numbers stay exact."""
    return json.loads(path.read_text("utf-8"), parse_float=Decimal)


def quantity(raw, measure, unit):
    if isinstance(raw, dict):
        return Quantity(None, NOT_THERE[raw["na"]])
    stated = raw if isinstance(raw, str) else format(Decimal(raw), "f")
    value = Decimal(stated)
    if measure == "amount":
        value = value.scaleb(MONEY[unit])
    return Quantity(value, stated)


def unit_of(measure, money, other):
    return {"amount": money, "percent": "%", "score": "分"}.get(measure, other)


class Profile:
    """What a profile and its codes say about lines and columns."""

    def __init__(self, content, name, titles):
        data = load(content / f"profiles/{name}.json")
        codes = load(content / f"classifications/{data['classification']}.json")
        self.tables = {table["id"]: table for table in data["tables"]}
        self.funds = {fund["id"]: fund.get("label") for fund in data.get("funds", [])}
        self.codes = {}
        for kind in ("functional", "economic"):
            self.codes[kind] = {code["code"]: code["name"] for code in codes.get(kind, [])}
        self.titles = titles

    def line(self, table, line):
        """(label, side, unit) of a line."""
        form = self.tables[table]
        for fixed in form.get("lines", []):
            if fixed["id"] == line:
                by_code = self.codes["functional"].get(line) or self.codes["economic"].get(line)
                return fixed.get("label", by_code), fixed.get("side"), fixed.get("unit")
        return self.codes[form["codes"]][line], None, None

    def column(self, table, column, side):
        """(label, unit) of a column; with two of that name, it is the one of the line's side."""
        those = [c for c in self.tables[table]["columns"] if c["id"] == column]
        chosen = next((c for c in those if c.get("side") in (None, side)), those[-1])
        return chosen.get("label", self.titles[column]), chosen.get("unit")


class Report:
    """One report with its projects and evaluations, as rows and as figures."""

    def __init__(self, content, department, names, year, titles):
        self.folder = content / f"departments/{department}/{year}"
        self.department, self.year, self.titles = department, year, titles
        self.data = load(self.folder / "report.json")
        self.profile = Profile(content, self.data["profile"], titles)
        self.rows = {}
        self.figures = []  # (address, Figure)
        self.keys = {"department": department, "year": year}
        self.add_report(names)
        for path in sorted(self.folder.glob("projects/*.json")):
            self.add_project(load(path))
        for path in sorted(self.folder.glob("evaluations/*.json")):
            self.add_evaluation(load(path))

    def add_row(self, dataset, data, quantities, money=None, /, **derived):
        """What is not in the source (`derived`) and what is; numbers become quantities."""
        row = {**self.keys, **derived}
        for key, value in data.items():
            if key in quantities:
                row[key] = quantity(value, MEASURES[key], money)
            elif not isinstance(value, (list, dict)) and key not in ("$schema", "$comment"):
                row.setdefault(key, value)
        self.rows.setdefault(dataset, []).append(row)
        return row

    def add_figure(self, path, label, raw, money=None, other=None, statement="", measure=None, column_label=None):
        """`path` is the address below the report, without the statement."""
        *scope, table, line, column = path.split("/")
        measure = measure or MEASURES[column]
        number = quantity(raw, measure, money)
        figure = Figure(
            **self.keys,
            scope="/".join(scope),
            table=table,
            line=line,
            column=column,
            statement=statement,
            label=label,
            column_label=column_label or self.titles[column],
            measure=measure,
            value=number.value,
            stated=number.stated,
            unit=unit_of(measure, money, other),
        )
        address = f"{self.department}/{self.year}/{path}" + (f"@{statement}" if statement else "")
        self.figures.append((address, figure))
        return figure

    def add_figures(self, path, label, data, quantities, money=None, other=None):
        for column in quantities:
            if column in data:
                self.add_figure(f"{path}/{column}", label, data[column], money, other)

    # --- the report itself ---

    def add_report(self, names):
        self.add_row("reports", self.data, (), department_name=name_in(names, self.year))
        for name, table in self.data.get("tables", {}).items():
            title, status = self.profile.tables[name]["title"], table.get("status", "present")
            self.add_row("tables", table, (), id=name, title=title, status=status)
            money = table.get("unit", self.data["unit"])
            for line in table.get("lines", []):
                self.add_line(name, line, money)
        self.add_facts("", self.data.get("facts", []), self.data["unit"])

    def add_line(self, table, line, money):
        label, side, unit = self.profile.line(table, line["id"])
        label = line.get("label", label)
        numbers = [(column, "", line[column]) for column in line if column in MEASURES]
        numbers += [(also["column"], also["where"], also["value"]) for also in line.get("also", [])]
        self.add_row("lines", {k: v for k, v in line.items() if k not in MEASURES}, (), table=table, label=label)
        for column, statement, raw in numbers:
            head, column_unit = self.profile.column(table, column, side)
            path = f"{table}/{line['id']}/{column}"
            figure = self.add_figure(path, label, raw, money, unit or column_unit, statement, None, head)
            self.rows.setdefault("figures", []).append(
                {
                    **{k: v for k, v in figure._asdict().items() if k not in ("scope", "value", "stated")},
                    "value": Quantity(figure.value, figure.stated),
                    "file": f"departments/{self.department}/{self.year}/report.json",
                }
            )

    # --- what reports, projects and evaluations have in common ---

    def add_facts(self, scope, facts, money, indicator=None):
        for fact in facts:
            self.add_row("facts", fact, FACT, money, scope=scope, indicator=indicator)
            path = f"{scope}/facts/{fact['id']}".strip("/")
            self.add_figures(path, fact["label"], fact, FACT, money, fact.get("unit"))

    def add_funds(self, scope, funds, money):
        for fund in funds:
            label = fund.get("label", self.profile.funds.get(fund["id"]))
            self.add_row("funds", fund, FUND, money, scope=scope, label=label, unit=money)
            self.add_figures(f"{scope}/funds/{fund['id']}", label, fund, FUND, money)

    # --- projects and evaluations ---

    def add_project(self, project):
        scope = f"projects/{project['id']}"
        money = project.get("unit", self.data["unit"])
        self.add_row("projects", project, ())
        self.add_funds(scope, project.get("funds", []), money)
        for indicator in project.get("indicators", []):
            self.add_row("indicators", indicator, INDICATOR, project=project["id"])
            self.add_figures(f"{scope}/indicators/{indicator['id']}", indicator.get("name"), indicator, INDICATOR)
            self.add_facts(scope, indicator.get("facts", []), money, indicator["id"])
        self.add_facts(scope, project.get("facts", []), money)

    def add_evaluation(self, evaluation):
        scope = f"evaluations/{evaluation['id']}"
        money = evaluation.get("unit", self.data["unit"])
        self.add_row("evaluations", evaluation, EVALUATION)
        self.add_figures(f"{scope}/result/total", evaluation["name"], evaluation, EVALUATION)
        self.add_funds(scope, evaluation.get("funds", []), money)
        for criterion in evaluation.get("criteria", []):
            self.add_criterion(scope, evaluation["id"], criterion)
        self.add_facts(scope, evaluation.get("facts", []), money)

    def add_criterion(self, scope, evaluation, criterion):
        path = f"{scope}/criteria/{criterion['id']}"
        self.add_row("criteria", criterion, CRITERION, evaluation=evaluation)
        self.add_figures(path, criterion["name"], criterion, CRITERION)
        for number, raw in enumerate(criterion.get("experts", []), 1):
            expert = f"expert-{number}"
            self.add_row(
                "expert_scores",
                {"score": raw},
                ["score"],
                evaluation=evaluation,
                criterion=criterion["id"],
                expert=expert,
                criterion_name=criterion["name"],
            )
            title = self.titles["score"]
            self.add_figure(f"{path}/{expert}", criterion["name"], raw, measure="score", column_label=title)


def name_in(names, year):
    """The department's name in a year: the newest that had begun, or else the oldest."""
    for name in names:
        if int(name.get("from", "0")[:4]) <= year:
            return name["name"]
    return names[-1]["name"]


def departments(content):
    """The ids of all departments, in the order of their bytes."""
    root = content / "departments"
    return sorted(str(path.parent.relative_to(root)) for path in root.rglob("department.json"))


def years(content, department):
    paths = (content / "departments" / department).glob("[0-9][0-9][0-9][0-9]/report.json")
    return sorted(int(path.parent.name) for path in paths)


class Sources:
    """All of a content folder: `rows` by dataset, `reports`."""

    def __init__(self, content, titles):
        self.rows = {}
        self.reports = []
        self.tables = {table["id"] for path in content.glob("profiles/*.json") for table in load(path)["tables"]}
        for department in departments(content):
            self.add_department(content, department, titles)

    def add(self, table, row):
        self.rows.setdefault(table, []).append(row)

    def add_department(self, content, department, titles):
        data = load(content / f"departments/{department}/department.json")
        names = data["names"]
        own = {k: v for k, v in data.items() if isinstance(v, str) and k not in ("$schema", "$comment")}
        first = {"name": names[0]["name"], "short_name": names[0].get("short_name")}
        self.add("departments", {"id": department, **first, **own})
        for name in names:
            self.add("department_names", {"department": department, **name})
        for unit in data.get("units", []):
            self.add("units", {"department": department, **unit})
        for year in years(content, department):
            report = Report(content, department, names, year, titles)
            self.reports.append(report)
            for table, rows in report.rows.items():
                self.rows.setdefault(table, []).extend(rows)


# --- what looks like a number, wherever it stands ---

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
TEXTS = set(
    "approved published $schema $comment id year stated_year label name narrative_label note prior_reason budget_reason statement supervisor "
    "implementer goal goal_actual target reason remark grade unit source_title source_note".split()
)


def number_like(data, key=None, is_indicator=False):
    """Everything in a source that looks like a number and does not stand where a text stands."""
    if isinstance(data, dict) and set(data) == {"na"}:
        yield NOT_THERE[data["na"]]
    elif isinstance(data, dict):
        indicator = key == "indicators"
        for name, value in data.items():
            yield from number_like(value, name, indicator)
    elif isinstance(data, list):
        for value in data:
            yield from number_like(value, key)
    elif key not in TEXTS and not (is_indicator and key in ("actual", "na")):
        if isinstance(data, (int, Decimal)) or NUMBER.match(data):
            yield data if isinstance(data, str) else format(Decimal(data), "f")


def report_files(content, department, year):
    folder = content / f"departments/{department}/{year}"
    below = [path for kind in ("projects", "evaluations") for path in sorted(folder.glob(f"{kind}/*.json"))]
    return [folder / "report.json", *below]
