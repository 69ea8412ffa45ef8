"""Reports of the profile beijing-2021 that are consistent in all its balances, from a seed. All is invented (虚构)."""

import collections
import random
from fractions import Fraction

GENERAL = ["2010301", "2010302", "2013201", "2050803", "2080505", "2080506", "2101101", "2210201"]
FUND = ["2120801", "2120802", "2296003"]
CAPITAL = ["2230105"]
STAFF = ["30101", "30102", "30113", "30302", "30399"]
PUBLIC = ["30201", "30211", "30231", "31002"]


def codes(items):
    """All that are above these, too."""
    lengths = (3, 5, 7)
    return sorted({item[:n] for item in items for n in lengths if n <= len(item)})


class Ratio(collections.namedtuple("Ratio", "part whole halves")):
    """Two figures in steps; the whole may be off by so many halves of one, as what is computed from two figures."""

    def percent(self):
        return rounded(100 * Fraction(self.part, self.whole))

    def outside(self):
        """The nearest percentages that the rounding of the figures and of themselves, or cutting off, cannot explain."""
        part, half = abs(self.part), Fraction(1, 2)
        high = 100 * (part + half) / (self.whole - half * self.halves)
        low = 100 * (part - half) / (self.whole + half * self.halves)
        sign = -1 if self.part < 0 else 1
        return [rounded(sign * (high + Fraction(15, 1000))), rounded(sign * (low - Fraction(15, 1000)))]


class Numbers:
    """Whole numbers of steps, and how they are written."""

    def __init__(self, seed, decimals, is_trimmed=False):
        self.random = random.Random(seed)
        self.decimals, self.is_trimmed = decimals, is_trimmed

    def some(self, low=100, high=2000):
        unit = 10**self.decimals
        return self.random.randint(low * unit, high * unit)

    def text(self, steps):
        sign, steps = "-" if steps < 0 else "", abs(steps)
        if not self.decimals:
            return f"{sign}{steps}"
        text = f"{sign}{steps // 10**self.decimals}.{steps % 10**self.decimals:0{self.decimals}}"
        return text.rstrip("0").rstrip(".") if self.is_trimmed else text


def rounded(ratio, decimals=2):
    """Half away from zero, as accountants do."""
    scaled = abs(ratio) * 10**decimals
    units = int(scaled + Fraction(1, 2))
    sign = "-" if ratio < 0 and units else ""
    return f"{sign}{units // 10**decimals}.{units % 10**decimals:0{decimals}}"


class Accounts:
    """The tables of a year, after those of the year before."""

    def __init__(self, numbers, before=None):
        self.n, self.before, self.steps, self.percents = numbers, before, {}, {}
        self.fund_tables()
        self.general_public()
        self.appropriation()
        self.expenditure()
        self.income()
        self.summary()
        self.small_tables()

    def put(self, table, line, **columns):
        for column, steps in columns.items():
            self.steps[table, line, column] = steps

    def get(self, table, line, column="final"):
        return self.steps.get((table, line, column), 0)

    def put_tree(self, table, items):
        """Items with several columns, what is above them, and the total."""
        for code in codes(items) + ["total"]:
            below = [row for item, row in items.items() if code == "total" or item.startswith(code)]
            self.put(table, code, **{column: sum(row[column] for row in below) for column in below[0]})

    def last(self, table, line, column="final"):
        return self.before.get(table, line, column) if self.before else self.n.some(200, 900)

    def nature(self):
        basic, project = self.n.some(), self.n.random.choice([0, self.n.some(), self.n.some()])
        return {"final": basic + project, "basic": basic, "project": project}

    def fund_tables(self):
        fund = {}
        for item in FUND:
            row = self.nature()
            opening = self.last("government_fund", item, "closing")
            income = row["final"] + self.n.some(1, 300)
            fund[item] = {"opening": opening, "income": income, **row, "closing": opening + income - row["final"]}
        self.put_tree("government_fund", fund)
        self.split("government_fund_basic", self.get("government_fund", "total", "basic"), STAFF + PUBLIC)
        self.put_tree("state_capital", {item: self.nature() for item in CAPITAL})

    def split(self, table, whole, items):
        """Divides an amount among items."""
        cuts = sorted(self.n.random.randint(0, whole) for _ in items[1:])
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, whole])]
        self.put_tree(table, {item: {"final": part} for item, part in zip(items, parts)})

    def general_public(self):
        self.put_tree("general_public_expenditure", {item: self.nature() for item in GENERAL})
        table, whole = "basic_expenditure", self.get("general_public_expenditure", "total", "basic")
        self.split(table, whole, STAFF + PUBLIC)
        self.put(table, "staff-total", final=self.get(table, "301") + self.get(table, "303"))
        self.put(table, "public-total", final=self.get(table, "302") + self.get(table, "310"))

    BUDGETS = {
        "general_public": "general_public_expenditure",
        "government_fund": "government_fund",
        "state_capital": "state_capital",
    }

    def appropriation(self):
        table, totals = "appropriation_summary", {}
        for budget, source in self.BUDGETS.items():
            spent = self.get(source, "total")
            opening, income = self.n.some(200, 900), spent + self.n.some(1, 300)
            if self.before:
                opening = self.before.get(table, "closing-total", budget)
            if budget == "government_fund":
                opening, income = self.get(source, "total", "opening"), self.get(source, "total", "income")
            name = budget.replace("_", "-")
            self.put(table, f"income-{name}", final=income)
            self.put(table, f"opening-{name}", final=opening)
            totals[budget] = (income, opening, spent)
        income, opening, _ = (sum(of) for of in zip(*totals.values()))
        self.put(table, "income-total", final=income)
        self.put(table, "opening-total", final=opening)
        self.put(table, "total", final=income + opening)
        for code in codes(GENERAL + FUND + CAPITAL):
            if len(code) == 3:
                row = {budget: self.get(source, code) for budget, source in self.BUDGETS.items()}
                self.put(table, code, final=sum(row.values()), **row)
        for line, of in (
            ("expenditure-total", lambda i, o, s: s),
            ("closing-total", lambda i, o, s: i + o - s),
            ("uses-total", lambda i, o, s: i + o),
        ):
            row = {budget: of(*three) for budget, three in totals.items()}
            self.put(table, line, final=sum(row.values()), **row)

    OTHER = ("remitted", "operating_expenditure", "affiliated_subsidy")

    def expenditure(self):
        items = {}
        for item in GENERAL + FUND + CAPITAL:
            own = {column: self.n.random.choice([0, self.n.some(1, 90)]) for column in ("basic", "project", *self.OTHER)}
            for source in self.BUDGETS.values():
                for column in ("basic", "project"):
                    own[column] += self.get(source, item, column)
            items[item] = {"final": sum(own.values()), **own}
        self.put_tree("expenditure", items)

    INCOMES = {
        "superior_subsidy": "superior-subsidy",
        "business_income": "business",
        "operating_income": "operating",
        "affiliated_remittance": "affiliated",
        "other_income": "other",
    }

    def income(self):
        fiscal = self.get("appropriation_summary", "income-total")
        items, cuts = {}, sorted(self.n.random.randint(0, fiscal) for _ in GENERAL[1:])
        for item, a, b in zip(GENERAL, [0, *cuts], [*cuts, fiscal]):
            row = {"fiscal_appropriation": b - a, **{column: self.n.some(1, 90) for column in self.INCOMES}}
            items[item] = {"final": sum(row.values()), **row}
        self.put_tree("income", items)

    def summary(self):
        table = "income_expenditure_summary"
        for budget in self.BUDGETS:
            name = "income-" + budget.replace("_", "-")
            self.put(table, name, final=self.get("appropriation_summary", name))
        self.put(table, "income-fiscal-appropriation", final=self.get("appropriation_summary", "income-total"))
        for column, name in self.INCOMES.items():
            self.put(table, f"income-{name}", final=self.get("income", "total", column))
        income, spent = self.get("income", "total"), self.get("expenditure", "total")
        opening = self.last(table, "closing") if self.before else self.n.some(20000, 30000)
        used = self.last(table, "surplus-distributed")
        distributed = self.n.some(10, 90)
        self.put(table, "income-total", final=income)
        self.put(table, "opening", final=opening)
        self.put(table, "surplus-used", final=used)
        self.put(table, "total", final=income + opening + used)
        self.put(table, "uses-total", final=income + opening + used)
        self.put(table, "surplus-distributed", final=distributed)
        self.put(table, "closing", final=income + opening + used - spent - distributed)
        self.put(table, "expenditure-total", final=spent)
        for code in codes(GENERAL + FUND + CAPITAL):
            if len(code) == 3:
                self.put(table, code, final=self.get("expenditure", code))
        for column in ("basic", "project", *self.OTHER):
            self.put(table, "expenditure-" + column.replace("operating_expenditure", "operating").replace("_", "-"),
                     final=self.get("expenditure", "total", column))  # fmt: skip

    def small_tables(self):
        three = {}
        for line in ("abroad", "vehicle-purchase", "vehicle-running", "reception"):
            budget = self.n.some(5, 90)
            three[line] = {"initial_budget": budget, "final": self.n.random.choice([0, budget // 2, budget])}
        for line, parts in {
            "vehicles": ("vehicle-purchase", "vehicle-running"),
            "total": ("abroad", "vehicle-purchase", "vehicle-running", "reception"),
        }.items():
            three[line] = {c: sum(three[part][c] for part in parts) for c in ("initial_budget", "final")}
        for line, row in three.items():
            self.put("three_public", line, **row)
        goods, works, services = self.n.some(), self.n.some(), self.n.some()
        for line, steps in {
            "goods": goods, "works": works, "services": services, "total": goods + works + services,
            "sme": goods + works, "micro": works,
        }.items():  # fmt: skip
            self.put("procurement", line, final=steps)
        self.put("purchased_services", "total", final=self.n.some())
        public = self.get("basic_expenditure", "public-total")
        self.put("basic_expenditure", "total", final=self.get("general_public_expenditure", "total", "basic"))
        self.put("operating_costs", "total", final=public // 2)

    # What the text tells besides.

    def tell_changes(self):
        for table, line in (
            ("income_expenditure_summary", "total"),
            ("income_expenditure_summary", "expenditure-total"),
            ("appropriation_summary", "total"),
        ):
            final = self.get(table, line)
            prior = self.before.get(table, line) if self.before else self.implied(table, line)
            self.put(table, line, prior_change=final - prior)
            self.percents[table, line, "prior_rate"] = Ratio(final - prior, prior, 2)
        table = "general_public_expenditure"
        budgets = {item: self.n.some(100, 4000) for item in GENERAL}
        for code in codes(GENERAL) + ["total"]:
            final = self.get(table, code)
            budget = sum(b for item, b in budgets.items() if code == "total" or item.startswith(code))
            self.put(table, code, budget_change=final - budget)
            self.percents[table, code, "budget_rate"] = Ratio(final - budget, budget, 2)

    def implied(self, table, line):
        """A year before from which what this one opens with was left over."""
        summary = "income_expenditure_summary"
        spent = self.get(summary, "expenditure-total") * 9 // 10
        if (table, line) == (summary, "total"):
            return spent + self.get(summary, "total") - self.get(summary, "income-total")
        return spent

    def tell_shares(self):
        summary, general = "income_expenditure_summary", "general_public_expenditure"
        for key in list(self.steps):
            table, line, column = key
            whole = None
            if table == summary and line.startswith("expenditure-") and line != "expenditure-total":
                whole = self.get(summary, "expenditure-total")
            elif table == summary and line in ("income-fiscal-appropriation", *(f"income-{i}" for i in self.INCOMES.values())):
                whole = self.get(summary, "income-total")
            elif table == general and len(line) == 3:
                whole = self.get(general, "total")
            elif table == "procurement" and line in ("sme", "micro"):
                whole = self.get("procurement", "total")
            if whole and column == "final":
                self.percents[table, line, "share"] = Ratio(self.steps[key], whole, 1)

    def figures(self, is_blank=False):
        """Texts by (table, line, column); what is zero may be left out of the statutory tables."""
        blank = {("expenditure", c) for c in self.OTHER} | {("income", c) for c in self.INCOMES}
        texts = {}
        for key, steps in self.steps.items():
            if steps or not is_blank or (key[0], key[2]) not in blank:
                texts[key] = self.n.text(steps)
        return texts | {key: ratio.percent() for key, ratio in self.percents.items()}
