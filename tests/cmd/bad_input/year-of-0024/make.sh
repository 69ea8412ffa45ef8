cd in/departments/example/culture
mv 2024 0024
sed -i 's/"year": 2024/"year": 24/' 0024/report.json
