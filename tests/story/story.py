#!/usr/bin/python3
"""What story.sh does to its content.

    story.py derive CONTENT/departments/ID/2021     writes the report of the year before beside it
    story.py replace FILE OLD NEW                   a part of a file that is there exactly once

A figure of the year before is derived where the document says by how much it changed: final - prior_change.
Rates are not used: they are rounded, and one of them (that of appropriation_summary) is on a wrong base.
Changes against the budget say nothing of the year before. What cannot be derived is left out, not zero.
"""

import json
import pathlib
import sys
from decimal import Decimal


def derived_line(line):
    return {
        "id": line["id"],
        "final": str(Decimal(line["final"]) - Decimal(line["prior_change"])),
        "note": f"推算的数：本年 {line['final']}，所说的增减 {line['prior_change']}",
    }


def derive(folder):
    folder = pathlib.Path(folder)
    stated = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    year = stated["year"] - 1
    tables = {}
    for name, table in stated["tables"].items():
        lines = [derived_line(l) for l in table.get("lines", []) if "final" in l and "prior_change" in l]
        if lines or "status" in table:
            tables[name] = {"status": "attachment-not-held"} | ({"lines": lines} if lines else {})
    report = {
        "year": year,
        "profile": stated["profile"],
        "unit": stated["unit"],
        "source_title": f"从{stated['source_title']}推算的{year}年度数",
        "source_note": f"没有{year}年度的文件。这里的数都是从{stated['year']}年度的报告推算的：决算数减去说明里的比上年增减额，"
        "没有用增减率；说明没有讲到增减额的，就没有数。",
        "tables": tables,
    }
    target = folder.parent / str(year)
    target.mkdir()
    text = json.dumps(report, ensure_ascii=False, indent=2)
    (target / "report.json").write_text(text + "\n", encoding="utf-8")


def replace(file, old, new):
    file = pathlib.Path(file)
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        sys.exit(f"{file}: {old} is there {text.count(old)} times, not once")
    file.write_text(text.replace(old, new), encoding="utf-8")


{"derive": derive, "replace": replace}[sys.argv[1]](*sys.argv[2:])
