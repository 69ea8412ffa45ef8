sed -i 's/"id": "income-other"/"id": "income-total"/' in/departments/example/culture/2024/report.json
