sed -i 's/example-2024/exmaple-2024/' in/departments/example/culture/2024/report.json
sed -i 's/example-2024/shanghai-2031/' in/departments/example/culture/2023/report.json
