sed -i 's/"999900"/999900/' in/departments/example/culture/department.json
sed -i 's/"id": "207", "final": "1130.00"/"id": 207, "final": 1130.00/' in/departments/example/culture/2024/report.json
