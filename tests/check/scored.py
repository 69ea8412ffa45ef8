"""A self-evaluation form and an evaluation by experts that are consistent, from a seed. All is invented (虚构)."""

import copy
import random
from fractions import Fraction

from balances import decimals
from invented import rounded


class Scored:
    """`figures` are the places of numbers: address and the changes that each must be found with."""

    def file(self):
        return self.path, self.value

    def changed(self, in_each_way):
        for number, (address, place, changes) in enumerate(self.figures()):
            for by in changes if in_each_way else [changes[number % len(changes)]]:
                value = copy.deepcopy(self.value)
                at = value
                for key in place[:-1]:
                    at = at[key]
                old = at[place[-1]]
                new = rounded(Fraction(old) + Fraction(by), max(map(decimals, (old, by))))
                at[place[-1]] = new
                yield address, new, (self.path, value)


class Form(Scored):
    """Three funds, three indicators, a cost with its limit."""

    path = "projects/p01.json"

    AMOUNTS = ("initial_budget", "full_budget", "executed")

    def __init__(self, seed):
        r = random.Random(seed)
        parts = {}
        for fund in ("current-year", "carried-forward", "other"):
            budget = r.randint(10**6, 10**7)
            parts[fund] = dict(zip(self.AMOUNTS, (budget, budget + r.randint(0, 10**5), budget * r.randint(70, 99) // 100)))
        total = {column: sum(row[column] for row in parts.values()) for column in self.AMOUNTS}
        funds = [
            {"id": fund, **{column: f"{n // 10**4}.{n % 10**4:04}" for column, n in row.items()}}
            for fund, row in (("total", total), *parts.items())
        ]
        rate = Fraction(total["executed"], total["full_budget"])
        funds[0] |= {"weight": "10", "execution_rate": rounded(100 * rate), "score": rounded(10 * rate)}
        tenths = {"quantity-1": (50, 490), "cost-1": (30, 290), "social-1": (10, 90)}
        tenths = {line: (weight, r.randint(most // 2, most)) for line, (weight, most) in tenths.items()}
        indicators = [
            {"id": line, "level1": "output", "name": line, "weight": str(weight), "reason": "虚构的原因"}
            | {"score": rounded(Fraction(score, 10), 1)}
            for line, (weight, score) in tenths.items()
        ]
        costs = (("limit", "cost-limit", "full_budget"), ("actual", "cost-actual", "executed"))
        indicators[1]["facts"] = [
            {"id": fact, "label": "成本", "value": funds[0][column], "unit": "万元", "role": role}
            for fact, role, column in costs
        ]
        whole = Fraction(funds[0]["score"]) + sum(Fraction(score, 10) for _, score in tenths.values())
        indicators.append({"id": "total", "name": "总分", "weight": "100", "score": rounded(whole)})
        self.value = {"id": "p01", "name": "虚构的项目", "unit": "万元", "funds": funds, "indicators": indicators}

    def figures(self):
        # four figures, each off by half of the last decimal: 0.0002 is rounding, 0.0003 is not
        for i, fund in enumerate(self.value["funds"]):
            for column in ("initial_budget", "full_budget", "executed"):
                changes = ["0.0003", "-0.0003", "1.0000", "-1.0000"]
                yield f"projects/p01/funds/{fund['id']}/{column}", ("funds", i, column), changes
        yield "projects/p01/funds/total/execution_rate", ("funds", 0, "execution_rate"), ["0.02", "-0.02", "5", "-5"]
        yield "projects/p01/funds/total/score", ("funds", 0, "score"), ["0.02", "-0.02", "1.00", "-1.00"]
        yield "projects/p01/funds/total/weight", ("funds", 0, "weight"), ["1", "-1"]
        for i, indicator in enumerate(self.value["indicators"]):
            for column in ("weight", "score"):
                changes = ["0.1", "-0.1", "5.0", "-5.0"] if indicator["id"] != "total" else ["0.01", "-0.01", "5", "-5"]
                yield f"projects/p01/indicators/{indicator['id']}/{column}", ("indicators", i, column), changes
        yield "projects/p01/facts/limit/value", ("indicators", 1, "facts", 0, "value"), ["0.0002", "3.0000"]
        yield "projects/p01/facts/actual/value", ("indicators", 1, "facts", 1, "value"), ["0.0002", "-0.0002", "3.0000"]


class Evaluation(Scored):
    """Five experts; groups of two groups of two criteria."""

    path = "evaluations/e1.json"
    EXPERTS = 5

    def __init__(self, seed):
        r = random.Random(seed)
        self.rows, self.below = {}, {}
        for group in ("decision", "process", "results"):
            self.below[group] = []
            for half in ("a", "b"):
                name = f"{group}-{half}"
                self.below[group].append(name)
                self.below[name] = [f"{name}-{n}" for n in (1, 2)]
                for leaf in self.below[name]:
                    weight = r.choice([2, 4, 6])
                    self.rows[leaf] = weight, [Fraction(r.randint(weight, 2 * weight), 2) for _ in range(self.EXPERTS)]
        self.below["total"] = ["decision", "process", "results"]
        weight, scores = self.row("total")
        mean = sum(scores) / self.EXPERTS
        self.value = {
            "id": "e1", "kind": "project", "name": "虚构的评价", "unit": "万元", "criteria": list(self.criteria("total")),
            "score": rounded(mean), "grade": self.grade(mean),
        }  # fmt: skip

    def row(self, name):
        """Weight and scores by expert, from the bottom."""
        if name in self.rows:
            return self.rows[name]
        rows = [self.row(child) for child in self.below[name]]
        return sum(weight for weight, _ in rows), [sum(scores) for scores in zip(*(scores for _, scores in rows))]

    @staticmethod
    def grade(score):
        return next(label for label, least in (("优秀", 90), ("良好", 80), ("中", 60), ("差", 0)) if score >= least)

    def criteria(self, name, parent=None):
        weight, scores = self.row(name)
        mean = sum(scores) / self.EXPERTS
        yield {
            "id": name, "name": name, "weight": str(weight), "experts": [rounded(score, 1) for score in scores],
            "sum": rounded(sum(scores), 1), "mean": rounded(mean), "loss_rate": rounded(100 * (1 - mean / weight)),
        } | ({"parent": parent} if parent else {})  # fmt: skip
        for child in self.below.get(name, []):
            yield from self.criteria(child, name if name != "total" else None)

    def figures(self):
        for i, criterion in enumerate(self.value["criteria"]):
            at = f"evaluations/e1/criteria/{criterion['id']}"
            yield f"{at}/weight", ("criteria", i, "weight"), ["1", "-1"]
            for expert in range(self.EXPERTS):
                yield f"{at}/expert-{expert + 1}", ("criteria", i, "experts", expert), ["0.5", "-0.5", "0.1"]
            yield f"{at}/sum", ("criteria", i, "sum"), ["0.1", "-0.1", "10.0"]
            yield f"{at}/mean", ("criteria", i, "mean"), ["0.02", "-0.02", "1.00"]
            # the mean may be off by 0.005, the rate by as much, and by less than one unit when it was cut
            by = rounded(Fraction(1, 2) / int(criterion["weight"]) + Fraction(2, 100))
            yield f"{at}/loss_rate", ("criteria", i, "loss_rate"), [by, "-" + by, "20.00"]
        yield "evaluations/e1/result/total/score", ("score",), ["0.01", "-0.01", "1.00"]
