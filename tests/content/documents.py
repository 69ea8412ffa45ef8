"""The two source documents, divided into sections, and what the numbers in them are that are no figures.

Nothing of the documents' text is in here but headings and the few characters beside a number by which
one can tell that it is a year, say, and not a figure.
"""

import fnmatch
import re
from typing import NamedTuple

TOKEN = re.compile(r"\d+(?:\.\d+)*")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


class Number(NamedTuple):
    text: str
    kind: str  # empty when nothing beside it says what it is


def divided(lines, headings):
    """{section: text}: each section begins at the next line that reads like its heading."""
    starts, at = [], 0
    for name, heading in headings:
        at = lines.index(heading, at) if heading else at
        starts.append((name, at))
        at += 1 if heading else 0
    ends = [start for _, start in starts[1:]] + [len(lines)]
    return {name: "\n".join(lines[start:end]) for (name, start), end in zip(starts, ends)}


class Document:
    """A source document: `sections` by name. `department`, `year`: the report it became."""

    path = department = year = explained = None
    # (kind, pattern, sections or None for all): the groups are numbers of that kind
    contexts = []

    def __init__(self, shared):
        self.text = (shared / self.path).read_text("utf-8").translate(FULL_WIDTH)
        self.lines = [" ".join(line.split()) for line in self.text.split("\n")]
        self.sections = self.divide()

    def numbers(self, section):
        """Every number of a section with its kind."""
        text = self.sections[section]
        kinds = {}
        for kind, pattern, sections in self.contexts:
            if sections and section not in sections:
                continue
            for match in re.finditer(pattern, text, re.MULTILINE):
                for group in range(1, match.re.groups + 1):
                    kinds.setdefault(match.span(group), kind)
        tokens = {match.span(): match.group() for match in TOKEN.finditer(text)}
        return [Number(token, kinds.get(span, "")) for span, token in tokens.items()]


class Fengtai(Document):
    path = "seed/fengtai-zwfwj-2021.txt"
    department = "beijing/fengtai/zwfwj"
    year = 2021
    explained = "fengtai-zwfwj-2021.csv"
    forms = 18
    contexts = [
        ("telephone", r"联系电话\s+(\d{8})$", None),
        ("document", r"[〔\[](\d{4})[〕\]](\d+)号", None),
        ("date", r"(\d{4}\.\d{1,2}\.\d{1,2})", None),
        ("date", r"(\d{4}\.\d{1,2})月?-(?:(\d{4}\.\d{1,2})|(\d{1,2}))月", None),
        ("date", r"\d-(\d{1,2}\.\d{1,2})（", None),
        ("date", r"至(\d{1,2}\.\d{1,2})）", None),
        ("month", r"(\d{1,2})-(\d{1,2})月", None),
        ("year", r"(\d{4})年", None),
        ("month", r"(\d{1,2})月", None),
        ("day", r"月(\d{1,2})日", None),
        ("numbering", r"（(\d{1,2})）", None),
        ("numbering", r"(?:^|[ ；。：])(\d{1,2})[.、](?!\d)", None),
        ("numbering", r"指标(\d)\b", None),
        ("name", r"(\d)G", None),
    ]

    def divide(self):
        headings = [
            ("statutory", None),
            ("overall", "部门整体绩效评价报告"),
            ("website", "二、项目支出绩效评价报告"),
            ("heading", "三、项目支出绩效自评表"),
        ]
        headings += [(f"p{number:02}", "项目支出绩效自评表") for number in range(1, self.forms + 1)]
        return divided(self.lines, headings)

    def home(self, address, scope):
        """The section in which a figure is stated."""
        return {"": "statutory"}.get(scope, scope.rpartition("/")[2])

    def codes(self, section):
        """The table whose lines' codes are printed in a section."""
        return None

    # --- persons ---

    def cell_after(self, heading):
        """The next cell that is not empty, after each one that reads so."""
        cells = [cell for cell in self.lines if cell]
        return [after for cell, after in zip(cells, cells[1:]) if cell == heading]

    def telephones(self):
        return self.cell_after("联系电话")

    def persons(self):
        leads = [name for cell in self.cell_after("项目负责人") for name in cell.split("、")]
        return leads + self.experts()

    def experts(self):
        """What stands between the last head that all tables have and the sums of the experts' table."""
        cells = [cell for cell in self.sections["website"].split("\n") if cell]
        end = cells.index("平均分") - 1
        start = max(at for at in range(end) if cells[at] == "分值")
        return cells[start + 1 : end]

    def prose(self):
        """The paragraphs, each without spaces."""
        return ["".join(line.split()) for line in self.lines]


NARRATIVE = [
    "一、收入支出决算总体情况说明",
    "二、收入决算情况说明",
    "三、支出决算情况说明",
    "四、财政拨款收入支出决算总体情况说明",
    "五、一般公共预算财政拨款支出决算情况说明",
    "六、一般公共预算财政拨款基本支出决算情况说明",
    "七、财政拨款“三公”经费支出决算情况说明",
    "八、政府性基金预算财政拨款收入支出决算情况说明",
    "九、国有资本经营预算财政拨款收入支出决算情况说明",
    "十、预算绩效管理情况",
    "十一、其他重要事项的情况说明",
]
TABLES = {
    "income_expenditure_summary": "收入支出决算总表",
    "income": "收入决算表",
    "expenditure": "支出决算表",
    "appropriation_summary": "财政拨款收入支出决算总表",
    "general_public_expenditure": "一般公共预算财政拨款支出决算表",
    "basic_expenditure": "一般公共预算财政拨款基本支出决算表",
    "three_public": "财政拨款“三公”经费支出决算表",
    "government_fund": "政府性基金预算财政拨款收入支出决算表",
    "state_capital": "国有资本经营预算财政拨款收入支出决算表",
}


class Putuo(Document):
    path = "samples/putuo-ghzyj-2024.layout.txt"
    department = "shanghai/putuo/ghzyj"
    year = 2024
    explained = "putuo-ghzyj-2024.csv"
    coded = ("income", "expenditure", "general_public_expenditure", "basic_expenditure")
    contexts = [
        ("year", r"(\d{4}) ?年", None),
        ("month", r"(\d{1,2}) ?月", None),
        ("day", r"月 ?(\d{1,2}) ?日", None),
        ("numbering", r"^(\d{1,2})[.、](?!\d)", None),
        ("numbering", r"^(\d)(?: |$)", ("functions",)),
        ("name", r"“(\d+) ?分钟", ("functions",)),
        ("threshold", r"单价 ?(\d+) ?万元（含）", ("narrative-11",)),
        ("code", r"(?<![\d.])(\d{3}|\d{5}|\d{7})(?![\d.])", coded),
    ]
    # The figures that are stated in the narrative; all others are in the table of their name.
    homes = {
        "narrative-1": [
            "income_expenditure_summary/total/prior_*",
            "income_expenditure_summary/expenditure-project/prior_change",
        ],
        "narrative-2": ["income_expenditure_summary/income-fiscal-appropriation/*"],
        "narrative-3": [
            "income_expenditure_summary/expenditure-basic/*",
            "income_expenditure_summary/expenditure-project/final",
            "income_expenditure_summary/expenditure-project/share",
        ],
        "narrative-4": ["appropriation_summary/total/prior_*"],
        "narrative-5": [
            "general_public_expenditure/*/share",
            "general_public_expenditure/*/prior_*",
            "general_public_expenditure/*/initial_budget",
            "general_public_expenditure/*/completion",
            "general_public_expenditure/*/final@narrative",
            "facts/*",
        ],
        "narrative-6": ["basic_expenditure/*@narrative", "general_public_expenditure/total/basic@narrative"],
        "narrative-7": [
            "three_public/*/completion",
            "three_public/*/share",
            "three_public/*/prior_*",
            "three_public/reception-*/final",
            "three_public_counts/*",
        ],
        "narrative-10": ["performance_management/*"],
        "narrative-11": ["operating_costs/*", "procurement/*", "state_assets/*"],
    }

    def divide(self):
        contents = self.lines.index("第四部分 名词解释")  # the table of contents ends there
        headings = [("contents", None), ("functions", "一、主要职能"), *TABLES.items()]
        headings += [(f"narrative-{number}", heading) for number, heading in enumerate(NARRATIVE, 1)]
        headings.append(("terms", "第四部分 名词解释"))
        sections = divided(self.lines[contents + 1 :], headings)
        sections["contents"] = "\n".join(self.lines[: contents + 1]) + sections["contents"]
        return sections

    def home(self, address, scope):
        found = [name for name, homes in self.homes.items() if any(fnmatch.fnmatchcase(address, h) for h in homes)]
        assert len(found) <= 1, f"{address} is at home in {found}"
        return found[0] if found else address.partition("/")[0]

    def codes(self, section):
        return section if section in self.coded else None

    def telephones(self):
        return re.findall(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-9]\d{7})(?!\d)", self.text)

    def persons(self):
        return []  # the document names nobody

    def prose(self):
        """The narrative, whose lines are broken anywhere, without spaces."""
        names = [name for name in self.sections if name == "functions" or name.startswith(("narrative", "terms"))]
        return ["".join(self.sections[name].split()) for name in names]


DOCUMENTS = [Fengtai, Putuo]
