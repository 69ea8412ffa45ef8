truncate -s 1G in/departments/example/culture/2024/report.json in/departments/example/culture/2024/narrative.md in/departments/example/culture/2024/projects/p01.json in/profiles/example-2024.json
