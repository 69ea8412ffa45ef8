sed -i 's/"id": "income-other"/"id": "incom-other"/
s/"id": "2070109"/"id": "2070199"/
s/"id": "reception"/"id": "x"/' in/departments/example/culture/2024/report.json
