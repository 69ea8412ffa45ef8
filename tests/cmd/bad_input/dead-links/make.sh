cat >>in/pages/about.md <<'END'

[本页](about.md) [报告](departments/example/culture/2024/) [别的部门](../../departments/nope/)
[网站](www.gov.cn) [附件](附件.pdf) ![图](foo.png)
[内容]()
END
cat >>in/departments/example/culture/2024/narrative.md <<'END'

## 附：其他

[项目](projects/p01.json) [上年](../2023/narrative.md) [本文](#附：其他)
收入｛｛income_expenditure_summary/income-total/final｝｝

| 项目 | 金额 |
|------|------|
| 甲   | 1    |
END
