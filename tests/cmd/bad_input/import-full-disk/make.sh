cat >statement.txt <<'TEXT'
示例市文化和旅游局2025年度部门决算（虚构）
2025年度本年支出合计1234.56万元。
TEXT
can_mount
