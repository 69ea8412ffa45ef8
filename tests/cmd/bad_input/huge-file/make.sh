year=in/departments/example/culture/2024
truncate -s 1G $year/narrative.md $year/projects/p01.json
truncate -s 1G in/departments/example/culture/2023/report.json in/classifications/2024.json
