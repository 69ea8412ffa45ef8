sed -i 's|"from": "2019"|"from": "2019-02-29"|' in/departments/example/culture/department.json
