"""A content folder that is hard on the datasets, made of the shipped one.

Texts that look like formulas or need quotes, numbers of every form, a department without reports, one
with several years and one nested below another.
"""

import itertools
import json
import shutil

from sources import FACT, FUND, INDICATOR, load

TEXTS = [
    "=cmd|'/C calc'!A0",
    "+1",
    "-1",
    "-x",
    "@SUM(A1:A9)",
    'say "so"',
    '"',
    "a,b",
    ",",
    "first line\nsecond line",
    "=1\n=2",
    '-"quoted", and more',
    "'=already",
    "'",
    "决算，数字",
    "＝全角",
    "＋",
    "𠀀𠀁",
    "null",
    "NULL",
    "0012",
    "1e5",
    "<b>&amp;</b>",
    "back\\slash",
    "semi;colon",
    "{{braces}}",
]

NOT_THERE = [{"na": "dash"}, {"na": "not-involved"}]
# For amounts in 万元: at most six decimals, at most 64 bits of 分.
AMOUNTS = ["0", "0.00", "-0.00", "-0.90", "0.000001", "-0.000001", "9223372036854.775807", "70.00", 12, *NOT_THERE]
NUMBERS = ["0", "-0.00", "100", "-100", "0.000001", "9223372036854", "-9.99", "49", 7, *NOT_THERE]

TEXT_KEYS = set(
    "label name narrative_label note prior_reason budget_reason statement supervisor implementer goal goal_actual "
    "target actual reason remark grade source_title source_note short_name division_name".split()
)


def save(path, data):
    def exact(value):
        raise TypeError(value)

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1, default=exact) + "\n", "utf-8")


def with_texts(data, texts):
    """The same with every text that a person writes replaced."""
    if isinstance(data, list):
        return [with_texts(value, texts) for value in data]
    if not isinstance(data, dict):
        return data
    return {
        key: next(texts) if is_text(data, key) else with_texts(value, texts)
        for key, value in data.items()
    }


def is_text(data, key):
    """`actual` is a text of indicators and a number of lines."""
    return key in TEXT_KEYS and isinstance(data[key], str) and not (key == "actual" and "established" in data)


def change(path, edit):
    data = load(path)
    save(path, edit(data) or data)


def make(shipped, folder):
    """Writes the content into a new folder."""
    shutil.copytree(shipped, folder)
    texts = itertools.cycle(TEXTS)
    for path in sorted(folder.glob("departments/**/*.json")):
        change(path, lambda data: with_texts(data, texts))
    for path in folder.glob("departments/**/*.md"):
        path.write_text("没有正文。\n", "utf-8")
    fengtai = folder / "departments/beijing/fengtai/zwfwj"
    change(fengtai / "department.json", several_names)
    change(folder / "profiles/beijing-2021.json", any_year)
    add_years(fengtai)
    add_numbers(folder, fengtai / "2022")
    add_departments(folder)


def any_year(profile):
    del profile["from"], profile["to"]


def several_names(department):
    department["names"] = [
        {"name": "=now()", "short_name": "@now", "from": "2022-03"},
        {"name": "-then", "from": "2021", "to": "2022-03-01"},
        {"name": '"before"', "to": "2020-12"},
    ]


def add_years(department):
    for year in (2020, 2022):
        shutil.copytree(department / "2021", department / str(year))
        change(department / str(year) / "report.json", lambda data, year=year: {**data, "year": year})


def add_numbers(folder, report):
    """Numbers of every form, in every kind of record."""
    amounts, numbers = itertools.cycle(AMOUNTS), itertools.cycle(NUMBERS)

    def in_report(data):
        for line in data["tables"]["general_public_expenditure"]["lines"]:
            line["final"], line["share"] = next(amounts), next(numbers)
        data["tables"]["operating_costs"]["unit"] = "元"
        data["tables"]["operating_costs"]["lines"][0]["final"] = "123456789.01"
        data["tables"]["procurement"]["unit"] = "亿元"
        data["tables"]["procurement"]["lines"][0]["final"] = "1.0123456789"
        data["tables"]["three_public_counts"]["lines"][0]["count"] = {"na": "dash"}
        line = data["tables"]["income_expenditure_summary"]["lines"][0]
        line["also"] = [
            {"column": "final", "where": "narrative", "value": "-0.00"},
            {"column": "prior_rate", "where": "narrative", "value": {"na": "not-involved"}},
            {"column": "final", "where": "note_2", "value": "4180.760000"},
        ]
        data["facts"] = [
            {"id": f"fact-{i}", "label": next(TEXT_CYCLE), **dict(zip(columns, numbers))}
            for i, columns in enumerate([["value"], ["from", "to"], FACT] * len(NUMBERS))
        ]

    def in_project(data):
        data["unit"] = "元"
        for fund in data["funds"]:
            fund.update({column: next(numbers) for column in FUND[3:]})
            fund.update(initial_budget="-0.00", full_budget={"na": "dash"}, executed="12345.67")
        for indicator in data["indicators"]:
            indicator.update({column: next(numbers) for column in INDICATOR})

    def in_evaluation(data):
        data["score"] = {"na": "dash"}
        for criterion in data.get("criteria", []):
            criterion["experts"] = [next(numbers) for _ in range(3)]

    change(report / "report.json", in_report)
    change(report / "projects/p01.json", in_project)
    for path in report.glob("evaluations/*.json"):
        change(path, in_evaluation)


TEXT_CYCLE = itertools.cycle(TEXTS)


def add_departments(folder):
    base = {"division": "110106", "division_name": "@区", "level": "county"}
    top = {**base, "names": [{"name": "=top"}], "units": [{"id": "a", "name": "-单位"}]}
    fact = {"id": "f", "label": "=f", "value": "1", "unit": "=u"}
    save(folder / "departments/beijing/department.json", top)
    save(folder / "departments/beijing-2/department.json", {**base, "names": [{"name": "+nothing yet"}]})
    save(
        folder / "departments/beijing/2024/report.json",
        {"year": 2024, "profile": "shanghai-2024", "unit": "千元", "facts": [fact]},
    )
