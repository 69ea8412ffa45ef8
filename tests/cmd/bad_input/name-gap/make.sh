sed -i 's|"from": "2019"|"from": "2024"|; s|"to": "2019"|"to": "2022"|' in/departments/example/culture/department.json
