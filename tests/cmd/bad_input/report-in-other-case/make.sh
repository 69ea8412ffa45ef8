cd in/departments/example/culture
mv 2024/report.json 2024/Report.json
mv 2023/report.json report.json
