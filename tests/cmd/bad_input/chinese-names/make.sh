# what the program knows by another name
sed -i '/"reception"/s/"initial_budget"/"年初预算数"/
s/"three_public": {/"three-public": {"status": "不适用",/' in/departments/example/culture/2024/report.json
sed -i 's/"prefecture"/"地市级"/' in/departments/example/culture/department.json
