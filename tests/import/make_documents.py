#!/usr/bin/python3
"""Makes the documents that examples name, in a folder: statement.docx and tables.xlsx. All in them is invented (虚构)."""

import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import office

STATEMENT = [
    "示例市文化和旅游局2025年度部门决算（虚构）",
    "一、收入支出决算总体情况说明",
    "2025年度收、支总计1,300.00万元，比上年增加38.00万元，增长3.01%。主要原因：新馆运行，经费增加。",
    "二、一般公共预算财政拨款支出决算情况说明",
    "2025年度一般公共预算财政拨款支出1,250.00万元。",
    "三、人员构成情况",
    "行政编制32人，实有人数31人；事业编制45人，实有人数40人。",
]

TABLE = [
    ["财政拨款“三公”经费支出决算表", "", ""],
    ["单位：万元", "", ""],
    ["项目", "预算数", "决算数"],
    ["合计", "6.00", "4.10"],
    ["1.因公出国（境）费", "0.00", "0.00"],
    ["2.公务用车购置及运行维护费", "5.00", "4.00"],
    ["其中：公务用车购置费", "0.00", "0.00"],
    ["公务用车运行维护费", "5.00", "4.00"],
    ["3.公务接待费", "1.00", "0.10"],
]


def main(folder):
    folder = pathlib.Path(folder)
    (folder / "statement.docx").write_bytes(office.docx("".join(office.p(office.run(line)) for line in STATEMENT)))
    cells = [
        "".join(office.text(f"{'ABC'[column]}{row}", value) for column, value in enumerate(values) if value)
        for row, values in enumerate(TABLE, 1)
    ]
    (folder / "tables.xlsx").write_bytes(office.xlsx({"三公": office.sheet(*cells)}))


main(sys.argv[1])
