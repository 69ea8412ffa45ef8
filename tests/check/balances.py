"""The balances of a profile, by a second reading of juesuan-profile(5) and juesuan-rules(7): sums with Fraction.

A report is a dictionary of texts by (table, line, column). All its statutory tables were published.
"""

import collections
import re
from fractions import Fraction

HALF = Fraction(1, 2)

# One figure in a sum. `cited` is the figure that a finding names for it; None: it stands behind another.
Term = collections.namedtuple("Term", "sign key is_prior cited")
# Two sums between which a balance is.
Weighed = collections.namedtuple("Weighed", "rule left right is_at_most")


class Report:
    def __init__(self, profile, figures):
        self.tables = {table["id"]: table for table in profile["tables"]}
        self.figures = figures
        self.decimals = collections.Counter()
        for (table, _, column), text in figures.items():
            if not is_percent(column):
                self.decimals[table] = max(self.decimals[table], decimals(text))

    def column(self, table, line, column):
        """How the form has the column on the line's side; None when it has not."""
        side = next((l.get("side") for l in self.tables[table]["lines"] if l["id"] == line), None)
        for form in self.tables[table]["columns"]:
            if form["id"] == column and (not side or form.get("side", side) == side):
                return form
        return None

    def is_blank(self, table, line, column):
        """Absent, but printed: it adds nothing."""
        form = self.column(table, line, column)
        fixed = next((l for l in self.tables[table]["lines"] if l["id"] == line), {})
        return self.tables[table]["statutory"] and form and "where" not in form and "where" not in fixed

    def lines(self, table):
        return list(dict.fromkeys(line for t, line, _ in self.figures if t == table))

    def half_step(self, key, text):
        """What rounding may have done to a figure."""
        kept = max(decimals(text), min(2, self.decimals[key[0]]))
        return HALF / 10**kept if Fraction(text) else 0


def decimals(text):
    return len(text.partition(".")[2])


def is_percent(column):
    return column in ("share", "completion") or column.endswith("_rate")


def is_class(line):
    return re.fullmatch(r"\d{3}", line)


class Balances:
    """All that is weighed of a report, and of the one before it, if there is one."""

    def __init__(self, profile, report, prior=None):
        self.profile, self.report, self.prior = profile, report, prior
        self.all = []
        for balance in profile["balances"]:
            self.rule = "balance-" + balance["id"]
            if balance.get("codes"):
                self.weigh_codes(balance["table"])
            else:
                self.weigh_equation(balance)

    # One figure: nothing when it is blank, None when it is not known.

    def terms(self, sign, key, is_prior):
        report = self.prior if is_prior else self.report
        if report is None:
            change = (key[0], key[1], "prior_change")
            if key[2] != "final" or change not in self.report.figures or key not in self.report.figures:
                return None
            return [Term(sign, key, False, None), Term(-sign, change, False, change)]
        if key in report.figures:
            return [Term(sign, key, is_prior, key)]
        return [] if report.is_blank(*key) else None

    def add(self, left, right, is_at_most=False):
        if left and right and None not in left + right:
            self.all.append(Weighed(self.rule, tuple(left), tuple(right), is_at_most))

    # Equations.

    def weigh_equation(self, balance):
        words = balance["equation"].split()
        sides, relations, sign = [[]], [], 1
        for word in words:
            if word in ("=", "<="):
                sides.append([])
                relations.append(word)
            if word in ("=", "<=", "+", "-"):
                sign = -1 if word == "-" else 1
            else:
                sides[-1].append((sign, *self.place(balance, word)))
        for line, column in self.at_hand(balance, [o for side in sides for o in side]):
            sums = [self.sum(side, line, column) for side in sides]
            if all(s is not None for s in sums):
                for i, relation in enumerate(relations):
                    self.add(sums[i], sums[i + 1], relation == "<=")

    def place(self, balance, word):
        is_prior = word.startswith("prior:")
        parts = word.removeprefix("prior:").split("/")
        table = parts.pop(0) if len(parts) > 1 else balance["table"]
        each = balance.get("each")
        if len(parts) == 2:
            line, column = parts
        elif each in ("line", "class"):
            line, column = None, parts[0]
        else:
            line, column = parts[0], None if each == "column" else balance.get("column", "final")
        return is_prior, table, line, column

    def at_hand(self, balance, operands):
        each = balance.get("each")
        if each == "column":
            form = self.report.tables[operands[0][2]]["columns"]
            columns = dict.fromkeys(c["id"] for c in form if "where" not in c and not is_percent(c["id"]))
            return [(None, column) for column in columns]
        if not each:
            return [(None, None)]
        lines = dict.fromkeys(
            line for _, is_prior, table, line, _ in operands if not line and not is_prior for line in self.report.lines(table)
        )
        return [(line, None) for line in lines if each == "line" or is_class(line)]

    def sum(self, side, line, column):
        terms = []
        for sign, is_prior, table, own_line, own_column in side:
            at, where = own_line or line, own_column or column
            lines = [l for l in self.report.lines(table) if is_class(l)] if at == "classes" else [at]
            for each in lines:
                if not self.report.column(table, each, where):
                    return None  # the form has no such cell: the line is of the other side
                found = self.terms(sign, (table, each, where), is_prior)
                terms += [None] if found is None else found
        return terms

    # Sums of codes.

    def weigh_codes(self, table):
        lines = self.report.lines(table)
        codes = [line for line in lines if line[0].isdigit()]
        below = collections.defaultdict(list)
        for code in codes:
            above = [other for other in codes if other != code and code.startswith(other)]
            parent = max(above, key=len) if above else "total"
            if parent in lines:
                below[parent].append(code)
        for form in self.report.tables[table]["columns"]:
            if "where" in form or is_percent(form["id"]):
                continue
            for parent, children in below.items():
                column = form["id"]
                parts = [self.terms(1, (table, child, column), False) for child in children]
                whole = self.terms(1, (table, parent, column), False)
                self.add(whole, [term for part in parts for term in part or []])

    # Whether it holds.

    def value(self, term, changed):
        report = self.prior if term.is_prior else self.report
        text = changed.get((term.key, term.is_prior)) or report.figures[term.key]
        return term.sign * Fraction(text), report.half_step(term.key, text)

    def difference(self, weighed, changed):
        """Left less right, and what rounding explains of it."""
        left = [self.value(term, changed) for term in weighed.left]
        right = [self.value(term, changed) for term in weighed.right]
        return (
            sum(v for v, _ in left) - sum(v for v, _ in right),
            sum(half for _, half in left + right),
        )

    def holds(self, weighed, changed):
        difference, tolerance = self.difference(weighed, changed)
        return abs(difference) <= tolerance or (weighed.is_at_most and difference < 0)
