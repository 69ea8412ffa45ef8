rm in/departments/example/culture/2024/report.json
