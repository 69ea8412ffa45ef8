iconv -f UTF-8 -t GB18030 in/departments/example/culture/2024/narrative.md >gbk
mv gbk in/departments/example/culture/2024/narrative.md
iconv -f UTF-8 -t GB18030 in/departments/example/culture/department.json >gbk
mv gbk in/departments/example/culture/department.json
